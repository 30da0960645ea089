import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/core/vendor'
import { acumatica } from '../../../src/vendors/acumatica'
import { list, put, read } from '../../../src/vendors/acumatica/client'
import { ACCOUNT, answer, exception, NO_RIGHTS, SETTINGS } from './scripted'

const company = { account: ACCOUNT, settings: SETTINGS }
const PUT = put(company, 'Bill', {})
const GET = read(company, 'Bill', '9f000000-0a51-ef11-8d2a-00155d010203')
const refusal = (given: Answer, call = PUT) => acumatica.refusal?.(given, call)

const CONTRACT = 'PX.Api.ContractBased'
const FRONT_END = 'The custom error module does not recognize this error.'

/** A record as 422 answers it (sheet 9): `error` beside the value, at record, field and line level. */
const record = (fields: object, details: object[] = []) => ({
  id: '9f000000-0a51-ef11-8d2a-00155d010203',
  rowNumber: 1,
  error: "Inserting  'Bills and Adjustments' record raised at least one error. Please review the errors.",
  ReferenceNbr: { value: '<NEW>' },
  ...fields,
  Details: details,
})

describe('a record that Acumatica refuses', () => {
  it('tells every field with its path, and not the sentence about all of it', () => {
    const body = record({ Vendor: { value: 'NOSUCH', error: "'Vendor' cannot be found in the system." } }, [
      { id: 'x', Account: { value: '61000' } },
      { id: 'y', Account: { value: '99999', error: "'Account' cannot be found in the system." } },
    ])
    expect(refusal(answer(422, body))).toEqual({
      kind: 'rejected',
      code: 'acumatica_reference_unknown',
      message:
        "Vendor: 'Vendor' cannot be found in the system.; Details[1].Account: 'Account' cannot be found in the system.",
      remedy: expect.stringContaining('what stands in Vendor'),
    })
  })

  it('shows keys without the spaces that pad them', () => {
    const body = record({}, [
      { Project: { value: 'TES2323T', error: "Project 'TES2323T  ' cannot be found in the system." } },
    ])
    expect(refusal(answer(422, body))?.message).toBe(
      "Details[0].Project: Project 'TES2323T' cannot be found in the system.",
    )
  })

  it('tells the sentence about all of it where no field is named', () => {
    expect(refusal(answer(422, record({})))).toMatchObject({
      code: 'acumatica_rejected',
      message: "Inserting 'Bills and Adjustments' record raised at least one error. Please review the errors.",
    })
  })

  it.each([
    [
      'beside an exception',
      {
        ...exception(`${CONTRACT}.OutcomeEntityHasErrorsException`, 'Inserting'),
        VendorClass: { value: 'NOPE', error: "'Vendor Class' cannot be found in the system." },
      },
      'VendorClass',
    ],
    [
      'below the entity of an action',
      { entity: record({ Status: { value: 'On Hold', error: "The document status is 'On Hold'." } }) },
      'Status',
    ],
    [
      'deep in a contact',
      { MainContact: { Address: { Country: { value: 'USA', error: "'Country' cannot be found in the system." } } } },
      'MainContact.Address.Country',
    ],
  ])('is understood %s', (_, body, path) => {
    expect(refusal(answer(422, body))?.message).toMatch(new RegExp(`^${path}: `))
  })

  it('for its date is about a closed period', () => {
    const error =
      'The financial period that corresponds to the 10/1/2024 date does not exist in the master financial calendar.'
    expect(refusal(answer(422, record({ Date: { value: '2024-10-01', error } })))).toMatchObject({
      kind: 'closed_period',
      code: 'acumatica_closed_period',
      message: `Date: ${error}`,
    })
  })

  it('for a vendor reference that is in use waits for a person', () => {
    const error = 'A duplicate vendor reference number has been found.'
    expect(refusal(answer(422, record({ VendorRef: { value: 'INV-1', error } })))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_vendor_ref_taken',
    })
  })
})

describe('an answer that looks good', () => {
  it('is no stored record while its number is new', () => {
    const body = {
      id: '9f000000-0a51-ef11-8d2a-00155d010203',
      ReferenceNbr: { value: '<NEW>' },
      Type: { value: 'Bill' },
    }
    expect(refusal(answer(200, body))).toMatchObject({ kind: 'rejected', code: 'acumatica_not_stored' })
    expect(refusal(answer(200, { ...body, ReferenceNbr: { value: '004210' } }))).toBeUndefined()
    expect(refusal(answer(200, [{ Description: { value: '<NEW>' } }]), list(company, 'Bill', {}))).toBeUndefined()
  })

  it.each([
    ['a page with a password field', answer(200, '<!DOCTYPE html><form><input type="password"></form>')],
    ['a redirect to the sign-in page', answer(302, '', { location: '/Prod/Frames/Login.aspx?ReturnUrl=%2f' })],
    [
      'a redirect to the identity server',
      answer(302, '', { location: 'https://my.acumatica.com/identity/connect/authorize' }),
    ],
  ])('and is the sign-in page: %s', (_, given) => {
    expect(refusal(given)).toMatchObject({ kind: 'unauthorised', code: 'acumatica_sign_in_page' })
  })

  it.each([
    ['another page', answer(200, '<html><h1>Maintenance</h1></html>')],
    ['a redirect to an error page', answer(302, '', { location: '/Frames/Error.aspx?exceptionID=1' })],
  ])('and says nothing: %s', (_, given) => expect(refusal(given)).toBeUndefined())
})

describe('a status', () => {
  it.each([
    [
      '400',
      answer(400, {
        message: 'The request is invalid.',
        modelState: { '': ['The request body should not be empty.'] },
      }),
      'malformed',
      'acumatica_request_refused',
      'The request body should not be empty.',
    ],
    ['401 without a body', answer(401), 'unauthorised', 'acumatica_token_refused', 'status 401'],
    ['403', NO_RIGHTS, 'rejected', 'acumatica_no_rights', 'Bill: You have insufficient rights to access the object.'],
    [
      '404',
      answer(404, { message: 'The requested resource was not found.' }),
      'rejected',
      'acumatica_not_published',
      '/entity/Default/24.200.001/Bill: The requested resource was not found.',
    ],
    ['412', answer(412), 'conflict', 'acumatica_exists', 'Bill: a record with this key is in Acumatica already'],
    [
      '405',
      answer(405, { message: 'PATCH is not supported.' }),
      'rejected',
      'acumatica_rejected',
      'PATCH is not supported.',
    ],
  ])('%s', (_, given, kind, code, message) => expect(refusal(given)).toMatchObject({ kind, code, message }))
})

describe('an HTML page in place of a refusal', () => {
  const PAGE = '<!DOCTYPE html><html><head><title>Not Found</title></head><body>nginx</body></html>'

  it.each([404, 403, 400])('with status %i says nothing of the record: it is tried again', (status) =>
    expect(refusal(answer(status, PAGE))).toMatchObject({
      kind: 'transient',
      code: 'acumatica_page',
      remedy: expect.stringContaining('version of the endpoint'),
    }),
  )

  it('with status 401 or 429 means what the status means', () => {
    expect(refusal(answer(401, PAGE))).toMatchObject({ kind: 'unauthorised' })
    expect(refusal(answer(429, PAGE))).toMatchObject({ kind: 'throttled' })
  })
})

describe('an exception', () => {
  it.each([
    ['NoEntitySatisfiesTheConditionException', 'No entity satisfies the condition.', 'acumatica_not_found'],
    [
      'OutcomeEntityHasErrorsException',
      "PX.Data.PXException: Error: Inserting  'Bills and Adjustments' record raised at least one error. Please review the errors.",
      'acumatica_save_refused',
    ],
    [
      'CannotOptimizeException',
      'Optimization cannot be performed.The following fields cause the error:\r\nSomeField: View SomeView has BQL delegate',
      'acumatica_not_optimizable',
    ],
  ])('that is known says no and that nothing was done: %s', (type, words, code) => {
    const given = answer(500, exception(`${CONTRACT}.${type}`, words))
    expect(refusal(given, GET)).toMatchObject({ kind: 'rejected', code })
    expect(refusal(given)?.message).not.toMatch(/PX\.|stack| {2}/)
    expect(acumatica.undone?.(given)).toBe(true)
  })

  it('of missing preferences names the form', () => {
    const words = 'The required configuration data is not entered on the Accounts Payable Preferences form.'
    expect(refusal(answer(500, exception('PX.Data.PXSetupNotEnteredException', words)))).toMatchObject({
      code: 'acumatica_not_set_up',
      message: words,
    })
  })

  it.each([
    ['another exception', answer(500, exception('PX.Data.PXException', 'Error: The server is not available.'))],
    ['a page', answer(500, '<html><h1>Runtime Error</h1></html>')],
    ['nothing', answer(503)],
  ])('that is not known leaves open what happened: %s', (_, given) => {
    expect(refusal(given)).toBeUndefined()
    expect(acumatica.undone?.(given)).toBe(false)
  })

  it('of a list is known by its sentence, since its class is not certain', () => {
    const given = answer(
      500,
      exception('PX.Other', 'Optimization cannot be performed.The following fields cause the error:'),
    )
    expect(refusal(given, GET)).toMatchObject({ code: 'acumatica_not_optimizable' })
  })
})

describe('the limits of the licence', () => {
  it.each([
    ['the text of the front end', answer(429, FRONT_END)],
    ['JSON', answer(429, { message: 'The request has been declined.' })],
    ['nothing', answer(429)],
  ])('as %s', (_, given) =>
    expect(refusal(given)).toMatchObject({ kind: 'throttled', code: 'acumatica_rate_limit', waitMs: 30_000 }),
  )

  it('wait as long as they say, if they say', () => {
    expect(refusal(answer(429, '', { 'retry-after': '7' }))).toMatchObject({ waitMs: 7_000 })
  })

  it.each([429, 500])('of its users, as %i, leave the door alone for longer', (status) => {
    const given = answer(status, { message: 'An error has occurred.', exceptionMessage: 'API Login Limit' })
    expect(refusal(given)).toMatchObject({ kind: 'throttled', code: 'acumatica_no_seat', waitMs: 300_000 })
  })
})
