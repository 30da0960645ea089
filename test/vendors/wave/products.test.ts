import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { Call, ReadApi } from '../../../src/core/vendor'
import { wave } from '../../../src/vendors/wave'
import { bareNumber } from '../../../src/vendors/wave/ids'
import { invoices } from '../../../src/vendors/wave/invoices'
import { Product, products } from '../../../src/vendors/wave/products'
import { anInvoice, aPayment, aProduct, BUSINESS } from './samples'

/** Answers one body, and refuses as the session does. */
const scripted = (json: unknown) => {
  const calls: Call[] = []
  const api: ReadApi = {
    account: BUSINESS,
    settings: {},
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      calls.push(call)
      expect(wave.reads(call)).toBe(true)
      const failure = wave.refusal?.({ status: 200, headers: new Headers(), text: '', json }, call)
      if (failure) throw new Failed(failure)
      return schema.parse(json)
    },
  }
  return { api, calls }
}

const queryOf = ([call]: Call[]): string => JSON.stringify(call?.body)

describe('products of Wave', () => {
  it('are read one by one, in a form that can be stored and parsed again', async () => {
    const { api, calls } = scripted({ data: { business: { product: aProduct() } } })
    const product = await products.read(api, 'an-id')
    expect(product).toEqual(aProduct())
    expect(Product.parse(JSON.parse(JSON.stringify(product)))).toEqual(product)
    expect(calls[0]?.body).toMatchObject({ variables: { id: 'an-id' } })
  })

  it('are null where Wave shows none, in either of its ways', async () => {
    expect(await products.read(scripted({ data: { business: { product: null } } }).api, 'x')).toBeNull()
    const gone = { errors: [{ message: 'no', path: ['business', 'product'], extensions: { code: 'NOT_FOUND' } }] }
    expect(await products.read(scripted({ ...gone, data: { business: null } }).api, 'x')).toBeNull()
  })

  it('are listed by stamp, archived ones too', async () => {
    const node = { id: 'p1', modifiedAt: '2026-03-02T15:04:43.189Z', name: 'Tea' }
    const list = { pageInfo: { totalPages: 1 }, edges: [{ node }] }
    const { api, calls } = scripted({ data: { business: { products: list } } })
    expect(await products.changes(api, null, null)).toMatchObject({
      done: true,
      items: [
        { change: { type: 'product', id: 'p1' }, version: node.modifiedAt, terms: { kind: 'named', name: 'Tea' } },
      ],
    })
    expect(calls[0]?.body).toMatchObject({ variables: { pageSize: 50, sort: ['MODIFIED_AT_ASC'] } })
    expect(queryOf(calls)).toContain('isArchived: null')
  })
})

describe('payments of an invoice', () => {
  it('come with it, and say where the money went and in which currency', async () => {
    const invoice = anInvoice({ payments: [aPayment()] })
    const { api, calls } = scripted({ data: { business: { invoice } } })
    expect((await invoices.read(api, 'an-id'))?.payments).toEqual([aPayment()])
    expect(queryOf(calls)).toMatch(/payments \{[^}]*active[^}]*account \{ id name currency \{ code \} \}/)
  })

  it('are also read as they were stored before: without name and currency of the account', async () => {
    const { active: _, account, ...rest } = aPayment()
    const payments = [{ ...rest, account: { id: account.id } }]
    const { api } = scripted({ data: { business: { invoice: { ...anInvoice(), payments } } } })
    expect((await invoices.read(api, 'an-id'))?.payments).toEqual(payments)
  })
})

describe('the number that stands in an id', () => {
  it('is found by its type, and only by that', () => {
    expect(bareNumber(aProduct().id, 'Product')).toBe('80000001')
    expect(bareNumber(aProduct().id, 'InvoicePayment')).toBeUndefined()
    expect(bareNumber('rubbish', 'Product')).toBeUndefined()
  })
})
