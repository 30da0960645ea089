import { describe, expect, it } from 'vitest'
import { hmac, hmacKey } from '../../../src/lib/bytes'
import { webhook } from '../../../src/vendors/wave/webhook'

const BUSINESS = '7d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e'
const SECRET = 'wave-demo-secret-01'
const T = 1_772_464_000
const BODY =
  '{"event_id":"b2c9f0a4-0d7e-4f0a-9a52-6f7d1c2b3a41","event_type":"invoice.paid","business_id":"7d1f4c0a-2b7e-4a53-9f0c-6e2a1b3c4d5e","data":{"invoice_id":"2210045590134775306","customer_id":"70110233","currency_code":"USD","amount_paid":"40.00","remaining_balance":"0.00","paid_date":"2026-03-02"}}'
/** Made outside the project with the scheme of the sheet. */
const V1 = '91c34454c169faa749272dc68c36b50e3e1ba24dea12e7c681fdf9635a39b487'

const delivery = (body: string, signature?: string) => ({
  headers: new Headers(signature === undefined ? {} : { 'x-wave-signature': signature }),
  body,
})
const event = (event_type: string, data: object, business_id = BUSINESS) =>
  delivery(JSON.stringify({ event_id: 'e-1', event_type, business_id, data }))

describe('a Wave delivery is believed', () => {
  const verify = (signature: string, now = T + 5, body = BODY, secret = SECRET) =>
    webhook.verify(delivery(body, signature), secret, now * 1000)

  it('with the right signature, within 300 seconds either way', async () => {
    const signature = `t=${T},v1=${V1}`
    expect(await verify(signature)).toBe(true)
    expect(await verify(signature, T + 300)).toBe(true)
    expect(await verify(signature, T - 300)).toBe(true)
    expect(await verify(signature, T + 301)).toBe(false)
    expect(await verify(signature, T - 301)).toBe(false)
  })

  it('only for the very bytes, the very stamp and the right secret', async () => {
    expect(await verify(`t=${T},v1=${V1}`, T, BODY.replaceAll(':', ': '))).toBe(false)
    expect(await verify(`t=${T + 1},v1=${V1}`)).toBe(false)
    expect(await verify(`t=${T},v1=${V1}`, T, BODY, 'another')).toBe(false)
  })

  it('never with half a header, a plain digest of the body, or none', async () => {
    expect(await verify(`t=${T}`)).toBe(false)
    expect(await verify(`v1=${V1}`)).toBe(false)
    expect(await verify(await hmac(await hmacKey(SECRET), BODY))).toBe(false)
    expect(await verify('')).toBe(false)
    expect(await verify(`t=now,v1=${V1}`)).toBe(false)
    expect(await webhook.verify(delivery(BODY), SECRET, T * 1000)).toBe(false)
  })
})

describe('a probe', () => {
  it('is unsigned and has no event in it', () => {
    expect(webhook.probe(delivery(''))).toBe(true)
    expect(webhook.probe(delivery('hello'))).toBe(true)
    expect(webhook.probe(delivery('', `t=${T},v1=${V1}`))).toBe(false)
    expect(webhook.probe(event('invoice.paid', {}))).toBe(false)
  })
})

describe('what a delivery says', () => {
  it('names the business, bare or as a GraphQL id', () => {
    expect(webhook.accounts(event('invoice.paid', {}))).toEqual([BUSINESS])
    expect(webhook.accounts(event('invoice.paid', {}, btoa(`Business:${BUSINESS.toUpperCase()}`)))).toEqual([BUSINESS])
    expect(webhook.accounts(event('invoice.paid', {}, 'somebody'))).toEqual([])
    expect(webhook.accounts(delivery('hello'))).toEqual([])
  })

  it.each([
    'invoice.approved',
    'invoice.sent',
    'invoice.viewed',
    'invoice.paid',
    'invoice.partially_paid',
    'invoice.overpaid',
    'invoice.overdue',
    'invoice.created',
    'invoice.updated',
    'payment.created',
  ])('%s means that the invoice is read again, under its GraphQL id', (name) => {
    expect(webhook.changes(event(name, { invoice_id: '2210045590134775306' }), BUSINESS)).toEqual([
      { type: 'invoice', id: btoa(`Business:${BUSINESS};Invoice:2210045590134775306`), event: name, eventId: 'e-1' },
    ])
  })

  it('customer.created means the customer', () => {
    const [change] = webhook.changes(event('customer.created', { customer_id: '70110233' }), BUSINESS) ?? []
    expect(change).toMatchObject({ type: 'customer', id: btoa(`Business:${BUSINESS};Customer:70110233`) })
  })

  it('concerns nobody where the event is unknown, of another business, or without a usable id', () => {
    expect(webhook.changes(event('estimate.sent', { estimate_id: '1' }), BUSINESS)).toEqual([])
    expect(webhook.changes(event('payment.created', { payment_id: '1' }), BUSINESS)).toEqual([])
    expect(webhook.changes(event('invoice.paid', { invoice_id: Number('2210045590134775306') }), BUSINESS)).toEqual([])
    const other = '00000000-2b7e-4a53-9f0c-6e2a1b3c4d5e'
    expect(webhook.changes(event('invoice.paid', { invoice_id: '1' }, other), BUSINESS)).toEqual([])
  })

  it('is not understood where it is not the envelope', () => {
    expect(webhook.changes(delivery('{"event_type":"invoice.paid"}'), BUSINESS)).toBeUndefined()
    expect(webhook.changes(delivery('[]'), BUSINESS)).toBeUndefined()
  })
})
