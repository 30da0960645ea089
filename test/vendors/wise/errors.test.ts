import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { wise } from '../../../src/vendors/wise'
import { answer } from './scripted'

const GET: Call = { method: 'GET', path: '/v1/transfers/47500002' }
const TRANSFER: Call = { method: 'POST', path: '/v1/transfers', body: {} }
const RECIPIENT: Call = { method: 'POST', path: '/v1/accounts', body: {} }
const FUND: Call = {
  method: 'POST',
  path: '/v3/profiles/14599371/transfers/47500002/payments',
  body: { type: 'BALANCE' },
}
const CANCEL: Call = { method: 'PUT', path: '/v1/transfers/47500002/cancel' }

const refusal = (given: Answer, call = GET) => wise.refusal?.(given, call)

const errors = (...all: object[]) => ({ errors: all })
const gateway = (status: number, message: string) => ({
  timestamp: '2026-03-02T15:05:30.123+0000',
  status,
  error: 'Forbidden',
  message,
  path: '/v1/transfers',
})
const ONE_TIME = { 'x-2fa-approval': 'be2f0000-9426-480b-9cb7-000000000000', 'x-2fa-approval-result': 'REJECTED' }

describe('what Wise says no with, in each of its forms', () => {
  it.each([
    ['a list', errors({ code: 'ERROR', message: 'No such transfer.', arguments: null }), 'No such transfer.'],
    [
      'a list with fields and a time',
      {
        timestamp: '2026-03-02T15:04:30.123Z',
        ...errors({ code: 'ERROR', message: 'Bad.', path: 'IBAN', arguments: ['IBAN'] }),
      },
      'IBAN: Bad.',
    ],
    ['several', errors({ code: 'A', message: 'One.', path: 'a' }, { code: 'B', message: 'Two.' }), 'a: One.; Two.'],
    ['auth', { error: 'invalid_request', error_description: 'Missing grant type' }, 'Missing grant type'],
    ['gateway', gateway(404, 'No message available'), 'No message available'],
    [
      'gateway, as a guide of 2026 has it',
      { error: 'unauthorized', message: 'Unauthorized', path: null },
      'Unauthorized',
    ],
    [
      'funding',
      { type: 'BALANCE', status: 'REJECTED', errorCode: 'balance.other', errorMessage: null },
      'balance.other',
    ],
    ['nothing but a code', 'payment.not-found', 'payment.not-found'],
    ['a code in quotes', '"payment.not-found"', 'payment.not-found'],
    ['plain words', 'Not here', 'Not here'],
    ['nothing', '', 'status 404'],
    ['something else', { oops: true }, 'status 404'],
  ])('%s', (_form, body, message) => {
    expect(refusal(answer(404, body))).toMatchObject({ kind: 'rejected', code: 'wise_not_found', message })
  })

  it('never repeats what was sent: arguments hold names and account numbers', () => {
    const said = {
      code: 'NOT_VALID',
      message: 'Unknown bank code.',
      path: 'sortCode',
      arguments: ['sortCode', '999999'],
    }
    const failure = refusal(answer(400, errors(said)), RECIPIENT)
    expect(failure).toMatchObject({ code: 'wise_field_refused', message: 'sortCode: Unknown bank code.' })
    expect(JSON.stringify(failure)).not.toContain('999999')
  })

  it('names the trace that the support of Wise asks for', () => {
    const given = answer(422, errors({ code: 'X', message: 'No.' }), { 'x-trace-id': 'fba501b6d453b967' })
    expect(refusal(given)?.message).toBe('No. (Wise trace fba501b6d453b967)')
  })
})

describe('the kinds of no', () => {
  it.each([
    [{ error: 'invalid_token', error_description: 'Invalid token' }],
    [{ error: 'missing_token', error_description: '?' }],
    [{ error: 'unauthorized', message: 'Full authentication is required', path: null }],
    [''],
  ])('a token that is refused: %j', (body) => {
    expect(refusal(answer(401, body))).toMatchObject({
      kind: 'unauthorised',
      code: 'wise_token_refused',
      remedy: expect.stringContaining('PUT …/credentials'),
    })
  })

  it.each([
    ['gateway', gateway(403, 'You are forbidden to send this request')],
    ['guide', { error: 'unauthorized', message: 'Unauthorized', path: null }],
    ['nothing', ''],
  ])('strong authentication, known by its header alone (%s): the transfer is funded by a person', (_form, body) => {
    expect(refusal(answer(403, body, ONE_TIME), FUND)).toMatchObject({
      kind: 'waits',
      reason: 'funding',
      code: 'wise_sca_required',
      remedy: expect.stringMatching(/fund it on wise\.com within 14 days/),
    })
  })

  it('strong authentication for a statement has another remedy, and the one-time token is told to nobody', () => {
    const statement: Call = { method: 'GET', path: '/v1/profiles/1/balance-statements/2/statement.json' }
    const failure = refusal(answer(403, gateway(403, 'No'), ONE_TIME), statement)
    expect(failure).toMatchObject({ code: 'wise_sca_required', remedy: expect.stringContaining('download') })
    expect(JSON.stringify(failure)).not.toContain('be2f0000')
  })

  it('403 without that header is a matter of rights, and does not shut the connection', () => {
    expect(refusal(answer(403, gateway(403, 'You are forbidden to send this request')), TRANSFER)).toMatchObject({
      kind: 'rejected',
      code: 'wise_forbidden',
    })
  })

  it.each([
    ['within 201', 201, { type: 'BALANCE', status: 'REJECTED', errorCode: 'balance.insufficient-funds' }],
    ['within an older 200', 200, { type: 'BALANCE', status: 'REJECTED', errorCode: 'transfer.insufficient_funds' }],
    [
      '422',
      422,
      { type: 'BALANCE', status: 'REJECTED', errorCode: 'balance.payment-option-unavailable', errorMessage: null },
    ],
    ['text', 422, 'balance.insufficient-funds'],
  ])('no money, %s', (_form, status, body) => {
    expect(refusal(answer(status, body), FUND)).toMatchObject({
      kind: 'waits',
      reason: 'funding',
      code: 'wise_insufficient_funds',
    })
  })

  it('a payment that is made, or accepted, is no refusal; nor is the word in another answer', () => {
    expect(
      refusal(answer(201, { type: 'BALANCE', status: 'COMPLETED', balanceTransactionId: 1 }), FUND),
    ).toBeUndefined()
    expect(refusal(answer(200, { type: 'BALANCE', status: 'CREATED', errorCode: null }), FUND)).toBeUndefined()
    expect(refusal(answer(200, { status: 'REJECTED' }), GET)).toBeUndefined()
  })

  it.each([
    ['payment.exists', 409],
    ['transfer.invalid-state', 422],
  ])('%s: perhaps it was paid before, so it is looked up and never sent again blindly', (code, status) => {
    expect(refusal(answer(status, code), FUND)).toMatchObject({
      kind: 'uncertain',
      code: 'wise_funded_before',
      waitMs: 0,
    })
    expect(refusal(answer(status, code), CANCEL)).toMatchObject({ kind: 'rejected' })
  })

  it.each([
    [FUND, 403, 'balance.unauthorised.missing-security-role', 'wise_role_missing'],
    [FUND, 403, 'transfer.not-accessible-for-user', 'wise_role_missing'],
    [FUND, 404, 'transfer.not-found', 'wise_not_found'],
    [FUND, 422, 'balance.no-balance-for-currency', 'wise_no_balance'],
    [
      CANCEL,
      409,
      errors({ code: 'transfer.cancellation.not.allowed', message: 'Transfer cannot be cancelled', arguments: [] }),
      'wise_cancel_refused',
    ],
    [
      TRANSFER,
      422,
      errors({ code: 'INVALID_RECIPIENT', message: 'Recipient address is mandatory for this payment.', arguments: [] }),
      'wise_recipient_incomplete',
    ],
    [
      TRANSFER,
      422,
      errors({ code: 'ERROR', message: 'Quote cannot be accepted with this request due to missing approval.' }),
      'wise_approval_missing',
    ],
    [
      RECIPIENT,
      422,
      errors({ code: 'NOT_VALID', message: 'Please specify an IBAN.', path: 'IBAN' }),
      'wise_field_refused',
    ],
    [
      GET,
      400,
      errors({ code: 'error.greaterThanZero', message: 'Larger than 0.', path: 'sourceAmount' }),
      'wise_amount_refused',
    ],
    [
      GET,
      400,
      errors({ code: 'error.quote.amount.onlySingle', message: 'One only.', path: 'sourceAmount' }),
      'wise_amount_refused',
    ],
    [
      GET,
      400,
      errors({ code: 'CurrencyCode', message: 'Not valid.', path: 'targetCurrency' }),
      'wise_currency_unknown',
    ],
    [
      GET,
      400,
      errors({ code: 'error.route.not.supported', message: 'No.', arguments: ['CNY-EUR'] }),
      'wise_route_unsupported',
    ],
    [GET, 400, errors({ code: 'INVALID_CALLBACK_URL', message: 'No.' }), 'wise_callback_unreachable'],
    [TRANSFER, 409, errors({ code: 'USED', message: 'Used.' }), 'wise_conflict'],
    [TRANSFER, 422, errors({ code: 'ERROR', message: 'Anything.' }), 'wise_rejected'],
  ] as const)('%j %i %j is %s', (call, status, body, code) => {
    const failure = refusal(answer(status, body), call)
    expect(failure).toMatchObject({ kind: 'rejected', code })
    expect(failure?.remedy.length).toBeGreaterThan(30)
  })

  it('a content type that Wise does not take is our fault', () => {
    expect(refusal(answer(415, gateway(415, 'Not supported')), TRANSFER)).toMatchObject({ kind: 'malformed' })
  })

  it('patience as long as Wise asks for it, in the name of the limiter', () => {
    const given = answer(429, '', { 'retry-after': '5', 'x-rate-limited-by': 'wise-public-api' })
    expect(refusal(given)).toMatchObject({
      kind: 'throttled',
      code: 'wise_rate_limit',
      message: 'rate limit (wise-public-api)',
      waitMs: 5000,
    })
  })

  it('408, and a page of whatever proxy, say nothing for good', () => {
    expect(refusal(answer(408, ''), TRANSFER)).toMatchObject({ kind: 'transient', code: 'wise_timeout' })
    expect(refusal(answer(403, '<html>blocked</html>'))).toMatchObject({ kind: 'transient', code: 'wise_page_instead' })
    expect(refusal(answer(400, '<html>bad</html>'), FUND)).toMatchObject({ kind: 'transient' })
  })

  it('from 500 on no words are proof, and a good answer is none of this', () => {
    expect(refusal(answer(500, errors({ code: 'NOT_VALID', message: 'No.' })), TRANSFER)).toBeUndefined()
    expect(refusal(answer(500, 'unexpected.error'), FUND)).toBeUndefined()
    expect(refusal(answer(200, { id: 1, errors: [] }))).toBeUndefined()
    expect(refusal(answer(204, ''))).toBeUndefined()
  })
})
