import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { Answer, Call, ReadApi } from '../../../src/core/vendor'
import { wave } from '../../../src/vendors/wave'
import { businessUuid, childId } from '../../../src/vendors/wave/ids'
import { Invoice, invoices } from '../../../src/vendors/wave/invoices'
import { anInvoice, BUSINESS } from './samples'

const BUSINESS_ID = btoa(`Business:${BUSINESS}`)

/** Answers from a list of bodies, and refuses as the session does. */
const scripted = (bodies: unknown[], settings: object = {}) => {
  const calls: Call[] = []
  const api: ReadApi = {
    account: BUSINESS,
    settings,
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      calls.push(call)
      expect(wave.reads(call)).toBe(true)
      const body = bodies.shift()
      const failure = wave.refusal?.(answer(body), call)
      if (failure) throw new Failed(failure)
      return schema.parse(body)
    },
  }
  return { api, calls }
}

const answer = (json: unknown, status = 200): Answer => ({
  status,
  headers: new Headers(),
  text: JSON.stringify(json),
  json,
})
const errors = (code: string | undefined, message: string, path?: (string | number)[]) => ({
  errors: [{ message, ...(path && { path }), extensions: { id: 'ref-1', ...(code && { code }) } }],
  data: { business: null },
})

describe('reading from Wave', () => {
  it('asks for one invoice with everything the flows need, through the session and by variables', async () => {
    const { api, calls } = scripted([{ data: { business: { invoice: anInvoice() } } }])
    const invoice = await invoices.read(api, 'an-id')
    expect(invoice?.invoiceNumber).toBe('15')
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/graphql/public', route: 'Invoice' })
    expect(calls[0]?.body).toMatchObject({
      operationName: 'Invoice',
      variables: { businessId: BUSINESS_ID, id: 'an-id' },
    })
    const query = JSON.stringify(calls[0]?.body)
    expect(query).toContain('payments')
    expect(query).not.toMatch(/viewUrl|pdfUrl/)
  })

  it('gives a record that can be stored and parsed again', async () => {
    const { api } = scripted([{ data: { business: { invoice: anInvoice() } } }])
    const invoice = await invoices.read(api, 'an-id')
    expect(Invoice.parse(JSON.parse(JSON.stringify(invoice)))).toEqual(invoice)
  })

  it('takes null and NOT_FOUND for absence, but never a missing business', async () => {
    const gone = errors('NOT_FOUND', 'not found', ['business', 'invoice'])
    expect(await invoices.read(scripted([{ data: { business: { invoice: null } } }]).api, 'x')).toBeNull()
    expect(await invoices.read(scripted([gone]).api, 'x')).toBeNull()
    for (const body of [
      { data: { business: null } },
      errors('NOT_FOUND', "Business 'x' could not be found.", ['business']),
    ])
      await expect(invoices.read(scripted([body]).api, 'x')).rejects.toMatchObject({
        failure: { code: 'wave_business_not_found' },
      })
  })

  it('lists by stamp, oldest first, fifty at a time', async () => {
    const stamp = { modifiedAt: '2026-03-02T15:04:43.189Z', invoiceNumber: '1007', invoiceDate: '2026-03-02' }
    const paid = { status: 'PARTIAL', amountDue: { minorUnitValue: '3000' }, amountPaid: { minorUnitValue: '1000' } }
    const money = { total: { minorUnitValue: '4000' }, currency: { code: 'USD', exponent: 2 } }
    const node = { id: 'i1', ...stamp, ...paid, ...money, customer: { name: 'Acme' } }
    const { api, calls } = scripted([
      { data: { business: { invoices: { pageInfo: { totalPages: 1 }, edges: [{ node }] } } } },
    ])
    const page = await invoices.changes(api, null, null)
    expect(page.done).toBe(true)
    expect(page.items).toEqual([
      {
        change: { type: 'invoice', id: 'i1', event: 'listed' },
        version: node.modifiedAt,
        date: '2026-03-02',
        number: '1007',
        row: 'PARTIAL 1000 3000',
        terms: { kind: 'dated', number: '1007', date: '2026-03-02', total: '40', currency: 'USD', party: 'Acme' },
      },
    ])
    expect(calls[0]?.body).toMatchObject({
      variables: { after: null, page: 1, pageSize: 50, sort: ['MODIFIED_AT_ASC'] },
    })
  })

  it('never takes a mutation for a read', () => {
    const call = (query: string): Call => ({ method: 'POST', path: '/graphql/public', body: { query } })
    expect(wave.reads(call('query A { user { id } }'))).toBe(true)
    expect(wave.reads(call('mutation A { invoiceDelete { didSucceed } }'))).toBe(false)
    expect(wave.reads(call('query A { user { id } } mutation B { x }'))).toBe(false)
    expect(wave.reads(call('{ user { id } }'))).toBe(false)
    expect(wave.reads({ method: 'GET', path: '/graphql/public' })).toBe(false)
  })
})

describe('what Wave says no with', () => {
  const said = (json: unknown, status = 200) =>
    wave.refusal?.(answer(json, status), {
      method: 'POST',
      path: '/graphql/public',
      body: { query: 'query A { user { id } }' },
    })

  it.each([
    ['UNAUTHENTICATED', 'unauthorised', 'wave_unauthenticated'],
    ['INTERNAL_SERVER_ERROR', 'transient', 'wave_internal_error'],
    ['GRAPHQL_VALIDATION_FAILED', 'malformed', 'wave_query_refused'],
    ['BAD_USER_INPUT', 'malformed', 'wave_query_refused'],
    ['VARIABLE_VALUE', 'malformed', 'wave_query_refused'],
    ['SOMETHING_NEW', 'rejected', 'wave_refused'],
  ])('%s', (code, kind, ours) => {
    expect(said(errors(code, 'words'))).toMatchObject({ kind, code: ours, message: 'words (Wave reference ref-1)' })
  })

  it('the code decides, whatever the status', () => {
    expect(said(errors('UNAUTHENTICATED', 'x'), 400)?.kind).toBe('unauthorised')
    expect(said(errors('GRAPHQL_VALIDATION_FAILED', 'x'), 400)?.kind).toBe('malformed')
  })

  it('the gravest of several errors decides', () => {
    const two = {
      errors: [
        ...errors('NOT_FOUND', 'a', ['business', 'invoice']).errors,
        ...errors('INTERNAL_SERVER_ERROR', 'b').errors,
      ],
    }
    expect(said(two)?.code).toBe('wave_internal_error')
  })

  it('a refused mutation, by its fields', () => {
    const refused = {
      didSucceed: false,
      inputErrors: [{ path: ['input', 'email'], message: 'Enter a valid email address.' }],
    }
    expect(said({ data: { customerCreate: refused } })).toMatchObject({
      kind: 'rejected',
      code: 'wave_input_refused',
      message: 'input.email: Enter a valid email address.',
    })
    expect(said({ data: { customerPatch: { didSucceed: true, inputErrors: null } } })).toBeUndefined()
  })

  it('leaves plain statuses and good answers to the session', () => {
    expect(said({ error: 'x' }, 429)).toBeUndefined()
    expect(said(errors(undefined, 'x'), 403)).toBeUndefined()
    expect(said({ data: { business: { invoice: null } } })).toBeUndefined()
  })
})

describe('who was reached', () => {
  const business = (id: string, isPersonal = false) => ({
    id: btoa(`Business:${id}`),
    name: `Business ${id[0]}`,
    isPersonal,
    timezone: 'America/Toronto',
    currency: { code: 'CAD' },
  })
  const other = '8d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e'
  const reach = (bodies: unknown[], settings = {}) =>
    wave.account({ ...scripted(bodies, settings).api, account: '' }, { kind: 'token', token: 't' })
  const listed = (...all: object[]) => ({ data: { businesses: { edges: all.map((node) => ({ node })) } } })

  it('is the one real business, or the chosen one', async () => {
    const account = {
      id: BUSINESS,
      name: 'Business 7',
      baseCurrency: 'CAD',
      timeZone: 'America/Toronto',
      lockDate: null,
    }
    expect(await reach([listed(business(other, true), business(BUSINESS))])).toEqual(account)
    expect(await reach([{ data: { business: business(BUSINESS) } }], { businessId: BUSINESS.toUpperCase() })).toEqual(
      account,
    )
  })

  it('is asked for where there are several', async () => {
    await expect(reach([listed(business(other), business(BUSINESS))])).rejects.toMatchObject({
      failure: { code: 'wave_business_not_chosen' },
    })
  })
})

describe('ids', () => {
  it('are rebuilt from business and bare number, and otherwise left as they are', () => {
    const id = btoa(`Business:${BUSINESS};Invoice:2210045590134775306`)
    expect(childId(BUSINESS, 'Invoice', '2210045590134775306')).toBe(id)
    expect(childId(BUSINESS, 'Invoice', id)).toBe(id)
    expect(childId(BUSINESS, 'Invoice', 'rubbish')).toBeUndefined()
    expect(businessUuid('rubbish')).toBeUndefined()
  })
})
