import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { get, post, read } from '../../../src/vendors/quickbooks/client'
import { answer, REALM } from './scripted'

const company = { account: REALM }
const GET = read(company, 'bill', '151')
const POST = post(company, 'bill', {}, 'req-1')
const refusal = (given: Answer, call: Call = POST) => quickbooks.refusal?.(given, call)

/** The envelope of the service. */
const fault = (code: string, Message: string, Detail?: string, element?: string, type = 'ValidationFault') => ({
  Fault: { Error: [{ Message, ...(Detail && { Detail }), code, ...(element !== undefined && { element }) }], type },
  time: '2026-11-02T08:00:00.000-08:00',
})

/** The envelope of the gateway. */
const gateway = (code: string, message: string, detail: string | null, type: string) => ({
  warnings: null,
  intuitObject: null,
  fault: { error: [{ message, detail, code, element: null }], type },
  queryResponse: null,
  batchItemResponse: [],
  time: 1_793_600_000_000,
})

const THROTTLED = 'message=ThrottleExceeded; errorCode=003001; statusCode=429'
const THROTTLE_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<IntuitResponse time="2026-11-02T08:00:00.000-08:00" xmlns="http://schema.intuit.com/finance/v3">
  <Fault type="SERVICE"><Error code="3001"><Message>${THROTTLED}</Message><Detail>The request limit was reached.</Detail></Error></Fault>
</IntuitResponse>`

describe('the rate limit of QuickBooks', () => {
  it.each([
    ['429 as XML', answer(429, THROTTLE_XML)],
    ['429 as JSON', answer(429, fault('3001', THROTTLED, 'The request limit was reached.', undefined, 'SERVICE'))],
    ['429 as a page', answer(429, '<html><body>Too many</body></html>')],
    ['429 without a body', answer(429, '')],
    ['403 of old times, as XML', answer(403, THROTTLE_XML)],
  ])('%s', (_form, given) => {
    expect(refusal(given)).toMatchObject({ kind: 'throttled', code: 'quickbooks_rate_limit', waitMs: 60_000 })
  })

  it('waits as long as it is told, if it is told', () => {
    expect(refusal(answer(429, THROTTLE_XML, { 'retry-after': '7' }))).toMatchObject({ waitMs: 7000 })
  })
})

describe('a refusal that is not about the record', () => {
  const expired = gateway(
    '3200',
    'message=AuthenticationFailed; errorCode=003200; statusCode=401',
    'Token expired: marker-token',
    'AUTHENTICATION',
  )
  const forbidden = gateway(
    '3100',
    'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403',
    null,
    'SERVICE',
  )

  it.each([
    ['a token that expired', answer(401, expired), 'quickbooks_token_refused'],
    ['401 without a body', answer(401, ''), 'quickbooks_token_refused'],
    ['401 with a page', answer(401, '<html>no</html>'), 'quickbooks_token_refused'],
    ['another company, or an app that was disconnected', answer(403, forbidden), 'quickbooks_not_authorised'],
    ['403 with a page', answer(403, '<html>no</html>'), 'quickbooks_not_authorised'],
    ['a person who lost the role', answer(401, fault('120', 'Authorization Failure')), 'quickbooks_no_longer_admin'],
    [
      'a plan that ended, with 400',
      answer(400, fault('6190', 'Invalid Company Status')),
      'quickbooks_subscription_ended',
    ],
    [
      'a plan that ended, with 200',
      answer(200, fault('6190', 'Invalid Company Status')),
      'quickbooks_subscription_ended',
    ],
    [
      'a scope that was not granted',
      answer(403, forbidden, { 'www-authenticate': 'Bearer realm="Intuit", error="insufficient_scope"' }),
      'quickbooks_scope_missing',
    ],
  ])('%s', (_what, given, code) => {
    const failure = refusal(given)
    expect(failure).toMatchObject({ kind: 'unauthorised', code })
    expect(failure?.remedy).toMatch(/go on by themselves/)
  })

  it('never repeats the token that the answer holds', () => {
    expect(JSON.stringify(refusal(answer(401, expired)))).not.toContain('marker-token')
    expect(JSON.stringify(refusal(answer(401, { token: 'marker-token' })))).not.toContain('marker-token')
    expect(
      JSON.stringify(refusal(answer(401, fault('3200', 'AuthenticationFailed', 'Token: marker-token')))),
    ).not.toContain('marker-token')
  })
})

describe('a refusal of the record', () => {
  it.each([
    [
      '2020',
      'Required param missing',
      'Required parameter Line is missing in the request',
      'Line',
      'quickbooks_field_missing',
    ],
    ['2030', 'Invalid ID', 'Id should be a valid number. Supplied value:1.5', 'Id', 'quickbooks_id_invalid'],
    ['2050', 'String length', 'Min:0 Max:21 supported. Supplied length:45', 'DocNumber', 'quickbooks_text_length'],
    [
      '2500',
      'Invalid Reference Id',
      'Invalid Reference Id : Names element id 970 not found',
      'Reference Id',
      'quickbooks_reference_unknown',
    ],
    ['6000', 'A business validation error', 'Business Validation Error: no', '', 'quickbooks_business_rule'],
    [
      '6070',
      'Amount calculation incorrect',
      'Amount is not equal to UnitPrice * Qty.',
      '',
      'quickbooks_amount_refused',
    ],
    ['6540', 'Deposited Transaction cannot be changed', '', '', 'quickbooks_deposited'],
    ['9999', 'Something new', 'with a detail', '', 'quickbooks_rejected'],
  ])('%s (%s)', (code, message, detail, element, expected) => {
    const failure = refusal(answer(400, fault(code, message, detail, element)))
    expect(failure).toMatchObject({ kind: 'rejected', code: expected })
    expect(failure?.message).toContain(detail)
    expect(failure?.message).toContain(element)
  })

  it.each(['500', '2010', '2170', '4000', '4001'])('is our fault where QuickBooks does not understand: %s', (code) => {
    expect(refusal(answer(400, fault(code, 'no', 'no')))).toMatchObject({
      kind: 'malformed',
      code: 'quickbooks_request_refused',
    })
  })

  it('names in the remedy what kind of reference is unknown', () => {
    const remedy = (list: string) =>
      refusal(
        answer(400, fault('2500', 'Invalid Reference Id', `Invalid Reference Id : ${list} element id 9 not found`)),
      )?.remedy
    expect(remedy('Names')).toContain('A supplier that')
    expect(remedy('Accounts')).toContain('An account that')
    expect(remedy('Klasses')).toContain('A class that')
    expect(remedy('constructor')).toContain('A record that')
  })

  it('currencies that differ', () => {
    const words = 'The transaction needs to be in the same currency as the A/R and A/P accounts you use.'
    expect(refusal(answer(400, fault('6000', 'A business validation error', words)))?.code).toBe(
      'quickbooks_currency_mismatch',
    )
  })

  it('an object that is not there: for a read the record, for a write perhaps what it points at', () => {
    const inactive = answer(
      400,
      fault('610', 'Object Not Found', "Something you're trying to use has been made inactive."),
    )
    expect(refusal(inactive, GET)?.code).toBe('quickbooks_not_found')
    expect(refusal(inactive, POST)?.code).toBe('quickbooks_missing_or_inactive')
    const deleted = answer(400, fault('610', 'Object Not Found', 'Another user has deleted this transaction.'))
    expect(refusal(deleted, POST)?.code).toBe('quickbooks_not_found')
  })

  it('books that are closed, under either code', () => {
    const closed = { kind: 'closed_period', code: 'quickbooks_closed_period' }
    expect(refusal(answer(400, fault('6210', 'Account Period Closed', 'The books are closed.')))).toMatchObject(closed)
    expect(refusal(answer(400, fault('5010', 'Account Period Closed')))).toMatchObject(closed)
  })

  it('changes of more than 30 days ago', () => {
    const words = 'Operation cdc with changedSince date 2026-01-01 which is older than fixed days is not supported.'
    expect(refusal(answer(400, fault('500', 'Unsupported Operation', words)), get(company, '/cdc'))).toMatchObject({
      kind: 'rejected',
      code: 'quickbooks_changes_too_old',
    })
  })
})

describe('what a person or a second look settles', () => {
  it('an object that changed meanwhile', () => {
    const words = 'Stale Object Error : You and Sample User were working on this at the same time.'
    expect(refusal(answer(400, fault('5010', 'Stale Object Error', words, '')))).toMatchObject({
      kind: 'conflict',
      code: 'quickbooks_stale_object',
      message: words,
      facts: { quickbooks: words },
    })
  })

  it('a number that is taken, with the document that has it', () => {
    const detail =
      'Duplicate Document Number Error : This number has already been used. DocNumber=INV 7 is assigned to TxnType=Journal Entry with TxnId=3632'
    expect(refusal(answer(400, fault('6140', 'Duplicate Document Number Error', detail)))).toMatchObject({
      kind: 'conflict',
      code: 'quickbooks_number_taken',
      facts: { number: 'INV 7', type: 'Journal Entry', id: '3632' },
    })
  })

  it.each([
    'The name supplied already exists. : null',
    'The name supplied already exists. : Another customer is \nusing it.',
  ])('a name that is taken: %s', (detail) => {
    const failure = refusal(answer(400, fault('6240', 'Duplicate Name Exists Error', detail)))
    expect(failure).toMatchObject({ kind: 'conflict', code: 'quickbooks_name_taken' })
    expect(failure?.message).not.toContain('\n')
  })
})
