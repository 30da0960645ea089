import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { cin7 } from '../../../src/vendors/cin7'

const SENTENCE = 'You have reached 60 calls per 60 seconds API limit.'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: new Headers(headers),
  text: typeof body === 'string' ? body : JSON.stringify(body),
  json: typeof body === 'string' ? undefined : body,
})
const model = (Exception: string, ErrorCode = 400) => [{ ErrorCode, Exception }]
const POST: Call = { method: 'POST', path: '/ExternalApi/v2/sale' }
const refusal = (given: Answer, call = POST) => cin7.refusal?.(given, call)

describe('the rate limit of Cin7', () => {
  it.each([
    ['429 as text', answer(429, SENTENCE, { 'retry-after': '60 Seconds' }), 60_000],
    ['429 with a bare number', answer(429, SENTENCE, { 'retry-after': '30' }), 30_000],
    ['429 without a header', answer(429, ''), 60_000],
    ['503 as text', answer(503, SENTENCE), 60_000],
    ['400 as error model', answer(400, model(SENTENCE)), 60_000],
    ['200 as error model', answer(200, model(SENTENCE)), 60_000],
  ])('%s', (_form, given, waitMs) => {
    expect(refusal(given)).toMatchObject({ kind: 'throttled', code: 'cin7_rate_limit', waitMs })
  })

  it('is not read into any other 503 or 400', () => {
    expect(refusal(answer(503, 'down for maintenance'))).toBeUndefined()
    expect(refusal(answer(400, model('x')))?.kind).toBe('rejected')
  })
})

describe('what Cin7 says no with', () => {
  it.each([
    ['Active payment term with name cash was not found in Payment Terms reference book', 'cin7_payment_term_unknown'],
    ["Location 'Shed' was not found in Locations reference book", 'cin7_location_unknown'],
    ['Account with specified ID not found', 'cin7_account_unknown'],
    ["Tax rule 'GST' is not active", 'cin7_tax_rule_unknown'],
    ["attribute 'Total' doesn't match … Expected value is: 1436.50", 'cin7_line_total_refused'],
    ['Category not found.', 'cin7_category_unknown'],
    ["Sales Representative 'X' was not found in Company Contacts reference book", 'cin7_not_found'],
    ["'Date' is required for 'Lines' line", 'cin7_rejected'],
  ])('%s', (words, code) => {
    const failure = refusal(answer(400, model(words)))
    expect(failure).toMatchObject({ kind: 'rejected', code, message: words })
    expect(failure?.remedy).toMatch(/replay/)
  })

  it.each([
    ['/customer', 'cin7_customer_name_taken'],
    ['/supplier', 'cin7_supplier_name_taken'],
    ['/product', 'cin7_product_sku_taken'],
  ])('leaves what is there already to a person: %s', (path, code) => {
    const call: Call = { method: 'POST', path: `/ExternalApi/v2${path}` }
    expect(refusal(answer(400, model('X already exists')), call)).toMatchObject({ kind: 'conflict', code })
  })

  it('names in the remedy what has to be made right', () => {
    const term = refusal(
      answer(400, model('Active payment term with name 30 days was not found in Payment Terms reference book')),
    )
    expect(term?.remedy).toContain('The Cin7 payment term "30 days" does not exist or is inactive')
    const location = refusal(answer(400, model("Location 'Shed' was not found in Locations reference book", 404)))
    expect(location?.remedy).toContain('"Shed"')
  })

  it('as an array, as one object, with several entries, and within HTTP 200', () => {
    expect(refusal(answer(400, { ErrorCode: 400, Exception: 'Lines is invalid' }))?.message).toBe('Lines is invalid')
    expect(refusal(answer(400, [...model('Category not found.', 404), ...model('b')]))?.message).toBe(
      'Category not found.; b',
    )
    expect(refusal(answer(200, model('Lines is invalid')))?.code).toBe('cin7_rejected')
  })

  it('a closed period, where its words speak of the lock date', () => {
    expect(refusal(answer(400, model('Date is before the Lock Date 2026-01-31')))).toMatchObject({
      kind: 'closed_period',
      code: 'cin7_closed_period',
    })
  })

  it('a taken customer name, which a person settles', () => {
    const words = 'Customer with such name already exists'
    expect(refusal(answer(400, model(words)), { method: 'POST', path: '/ExternalApi/v2/customer' })).toMatchObject({
      kind: 'conflict',
      code: 'cin7_customer_name_taken',
    })
    expect(refusal(answer(400, model(words)))?.kind).toBe('rejected')
  })

  it('bad credentials, with 403 and plain text', () => {
    expect(refusal(answer(403, 'Incorrect credentials!'))).toMatchObject({
      kind: 'unauthorised',
      code: 'cin7_credentials_refused',
    })
  })

  it('a verb that is not offered', () => {
    expect(refusal(answer(405, "The requested resource does not support http method 'PUT'."))?.kind).toBe('malformed')
  })

  it('leaves a 500 to the session, even with an error model: it proves nothing', () => {
    expect(refusal(answer(500, model('Object reference not set')))).toBeUndefined()
  })

  it('leaves good answers alone, lists and objects', () => {
    expect(refusal(answer(200, { ID: 'x' }))).toBeUndefined()
    expect(refusal(answer(200, []))).toBeUndefined()
    expect(refusal(answer(200, [{ ID: 'payment', Amount: 1 }]))).toBeUndefined()
    expect(refusal(answer(404, '<html>Page not found</html>'))).toBeUndefined()
  })
})
