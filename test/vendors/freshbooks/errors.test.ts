import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { freshbooks } from '../../../src/vendors/freshbooks'
import { answer } from './scripted'

const GET: Call = { method: 'GET', path: '/accounting/account/Zk4Qp/invoices/invoices/5' }
const refusal = (given: Answer, call = GET) => freshbooks.refusal?.(given, call)

const old = (errno: number, message: string, more: object = {}) => ({
  response: { errors: [{ errno, message, ...more }] },
})
const modern = (reason: string, message: string, status = 400) => ({
  code: 3,
  message: `Request failed with status_code: ${status}`,
  details: [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'accounting.api.freshbooks.com',
      metadata: { object: 'invoice', message, value: '5', field: 'invoiceid' },
    },
  ],
})
const ledger = (status: number, message: string, field: string | null) => ({
  errors: {
    message: `Request failed with status code ${status}`,
    status,
    details: [{ reason: `${field}: ${message}`, metadata: { message, field } }],
  },
})
const scopeWords = "insufficient_scope: needs more. Provided: ['user:profile:read']. Required: ['user:bills:read']."

describe('what FreshBooks says no with, in each of its forms', () => {
  it.each([
    [
      'accounting, old',
      404,
      old(1012, 'Invoice not found.', { field: 'invoiceid', object: 'invoice' }),
      'invoiceid: Invoice not found.',
    ],
    ['accounting, old, one object', 404, { response: { errors: { errno: 1012, message: 'Gone.' } } }, 'Gone.'],
    ['accounting, new', 404, modern('1012', 'Invoice not found.', 404), 'invoiceid: Invoice not found.'],
    ['events, 2024', 404, { errno: 404, message: 'No such callback.' }, 'No such callback.'],
    ['ledger', 404, ledger(404, 'Not here.', null), 'Not here.'],
    [
      'events with details',
      400,
      { errno: 400, message: 'Bad.', details: ['event: Not an event.'] },
      'event: Not an event.',
    ],
    [
      'events, 2022',
      400,
      { code: 3, message: 'Bad.', details: [{ fieldViolations: [{ field: 'event', description: 'Not an event.' }] }] },
      'event: Not an event.',
    ],
    ['ledger, invalid', 400, ledger(400, 'This field is required.', 'name'), 'name: This field is required.'],
    [
      'accounting, several',
      422,
      {
        response: {
          errors: [
            { errno: 1001, message: 'A.' },
            { errno: 1004, message: 'B.' },
          ],
        },
      },
      'A.; B.',
    ],
    ['online payments', 400, { error_type: 'not_enabled', message: 'Not enabled.' }, 'Not enabled.'],
    ['no words at all', 422, { response: { errors: [{ errno: 8016, message: null, field: null }] } }, 'error 8016'],
    ['none of the known ones', 400, { oops: true }, '{"oops":true}'],
  ])('%s', (_form, status, body, message) => {
    const code = status === 404 ? 'freshbooks_not_found' : 'freshbooks_rejected'
    expect(refusal(answer(status, body))).toMatchObject({ kind: 'rejected', code, message })
  })

  it('the old form within HTTP 200, and nothing else there', () => {
    expect(refusal(answer(200, old(1012, 'Not there.')))).toMatchObject({ code: 'freshbooks_not_found' })
    expect(refusal(answer(200, { response: { errors: [] } }))).toBeUndefined()
    expect(refusal(answer(200, { response: { result: { invoice: { message: 'thanks', id: 1 } } } }))).toBeUndefined()
    expect(refusal(answer(200, { data: [{ errors: 1 }] }))).toBeUndefined()
    expect(refusal(answer(200, { data: [], message: 'OK' }))).toBeUndefined()
    expect(refusal(answer(204, ''))).toBeUndefined()
  })
})

describe('the kinds of no', () => {
  it.each([
    ['auth style', 401, { error: 'unauthenticated', error_description: 'Sign in.' }],
    ['accounting, old', 401, old(1003, 'The server could not verify you.')],
    ['accounting, new', 401, modern('1003', 'The server could not verify you.', 401)],
    ['events', 401, { errno: 401, message: 'invalid_token: no good.' }],
    ['within HTTP 200', 200, old(1003, 'The server could not verify you.')],
    ['a page', 401, '<html>401</html>'],
    ['nothing', 401, ''],
  ])('a token that ended: %s', (_form, status, body) => {
    const failure = refusal(answer(status, body))
    expect(failure).toMatchObject({ kind: 'unauthorised', code: 'freshbooks_token_refused' })
    expect(failure?.remedy).toMatch(/connect again/)
  })

  it('a scope that is missing needs another consent, and says which', () => {
    const failure = refusal(answer(403, { message: scopeWords }))
    expect(failure).toMatchObject({ kind: 'unauthorised', code: 'freshbooks_scope_missing' })
    expect(failure?.message).toContain('user:bills:read')
  })

  it('the ledger’s unknown scope does not stop the connection', () => {
    const call: Call = { method: 'GET', path: '/accounting/businesses/u-1/ledger_accounts/accounts' }
    expect(refusal(answer(403, { message: scopeWords }), call)).toMatchObject({
      kind: 'rejected',
      code: 'freshbooks_no_ledger',
    })
  })

  it.each([403, 401, 422])('a feature that is off is no refused token, whatever the status (%i)', (status) => {
    expect(refusal(answer(status, old(1003, 'You do not have access to bill vendors.')))).toMatchObject({
      kind: 'rejected',
      code: 'freshbooks_feature_off',
    })
  })

  it.each([
    ['an account whose subscription ended', 403, old(1042, 'Inactive.'), 'unauthorised', 'freshbooks_account_inactive'],
    ['a right that the person lacks', 403, old(1003, 'Denied.'), 'rejected', 'freshbooks_access_denied'],
    ['a field that cannot be written', 403, old(1038, 'Read-only.'), 'rejected', 'freshbooks_write_denied'],
    ['a record that was deleted', 422, old(1011, 'Deleted.'), 'rejected', 'freshbooks_deleted'],
    ['bad JSON', 400, old(1005, 'Expecting value.', { field: null }), 'malformed', 'freshbooks_call_refused'],
    ['a bad page', 422, modern('1014', 'Bad page.', 422), 'malformed', 'freshbooks_call_refused'],
    ['a bad filter', 422, old(1023, 'Not a date.'), 'malformed', 'freshbooks_call_refused'],
    ['an invalid value', 422, old(1004, 'Invalid.'), 'rejected', 'freshbooks_rejected'],
  ])('%s', (_what, status, body, kind, code) => {
    expect(refusal(answer(status, body))).toMatchObject({ kind, code })
  })

  it('a name that is taken is for a person to settle', () => {
    expect(refusal(answer(409, old(409, 'Number 15 exists.')))).toMatchObject({
      kind: 'conflict',
      code: 'freshbooks_conflict',
      facts: { freshbooks: 'Number 15 exists.' },
    })
  })

  it('a page with status 403 is not FreshBooks speaking of credentials', () => {
    expect(refusal(answer(403, '<html>blocked</html>'))).toMatchObject({ kind: 'transient' })
  })
})

describe('what is left to the plain meaning of the status', () => {
  it.each([
    ['a rate limit, with Retry-After', answer(429, { message: 'slow' }, { 'retry-after': '12' })],
    ['a crash, which proves nothing', answer(500, old(0, 'There was an error accessing your account data.'))],
    ['an outage', answer(503, '<html>later</html>')],
    ['a page that is not there', answer(404, '<html>404</html>')],
    ['a redirect', answer(302, '')],
  ])('%s', (_what, given) => {
    expect(refusal(given)).toBeUndefined()
  })

  it('Retry-After on a good answer is no request for patience', () => {
    expect(refusal(answer(200, { response: { result: {} } }, { 'retry-after': '53' }))).toBeUndefined()
  })
})

describe('the secrets of a callback', () => {
  it('are cut out of what FreshBooks says about them', () => {
    const verifier = 'marker-secret-verifier'
    const uri = 'https://connector.test/webhooks/freshbooks/c_1/unguessable'
    const call = (callback: object): Call => ({
      method: 'PUT',
      path: '/events/account/Zk4Qp/events/callbacks/7',
      body: { callback },
    })
    const wrong = refusal(
      answer(422, old(1004, `Invalid value '${verifier}' for field 'verifier'.`)),
      call({ verifier }),
    )
    expect(wrong?.message).toBe("Invalid value '…' for field 'verifier'.")
    const unknown = refusal(answer(400, { oops: verifier }), call({ verifier }))
    expect(unknown?.message).toBe('{"oops":"…"}')
    expect(refusal(answer(422, { errno: 422, message: `uri: ${uri} is taken` }), call({ uri }))?.message).toBe(
      'uri: … is taken',
    )
  })
})
