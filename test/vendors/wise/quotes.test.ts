import { describe, expect, it } from 'vitest'
import { balancePrice, previewPrice } from '../../../src/vendors/wise/price'
import {
  bindCall,
  expiresAt,
  isFresh,
  QuoteShape,
  quoteCall,
  readPreview,
  readQuote,
} from '../../../src/vendors/wise/quotes'
import { byBank, fromBalance, QUOTE_ID, quote } from './samples'
import { answering, failureOf, PROFILE } from './scripted'

const at = (time: string) => Date.parse(`2026-03-02T${time}Z`)
const parsed = (over: object = {}) => QuoteShape.parse(quote(over))
const priced = async (over: object) => balancePrice(parsed(over))

describe('a quote of Wise', () => {
  it('is asked for with one amount, exact to the last digit, paid from the balance', () => {
    const wanted = { source: 'USD', target: 'EUR', fixed: 'target', amount: '916.70' } as const
    const call = quoteCall({ account: PROFILE }, wanted)
    expect(call).toMatchObject({ method: 'POST', path: `/v3/profiles/${PROFILE}/quotes` })
    expect(JSON.stringify(call.body)).toBe(
      '{"sourceCurrency":"USD","targetCurrency":"EUR","targetAmount":916.70,"preferredPayIn":"BALANCE"}',
    )
    const bound = quoteCall({ account: PROFILE }, { ...wanted, fixed: 'source', recipient: '40000417' })
    expect(JSON.stringify(bound.body)).toContain(
      '"sourceAmount":916.70,"preferredPayIn":"BALANCE","targetAccount":40000417',
    )
  })

  it('without an id is a price only, and leaves no trace at Wise', async () => {
    const closed = fromBalance({ disabled: true, disabledReason: { message: 'Open a USD balance.' } })
    const { id: _, user: __, profile: ___, ...preview } = quote({ paymentOptions: [byBank(), closed] })
    const { api, calls } = answering({ 'POST /v3/quotes': preview })
    const wanted = { source: 'USD', target: 'EUR', fixed: 'source', amount: '1000' } as const
    expect(previewPrice(await readPreview(api, wanted))).toMatchObject({ source: '1000', fee: '5.15' })
    expect(calls[0]?.path).toBe('/v3/quotes')
  })

  it('is read again, kept and read back the same', async () => {
    const { api } = answering({ [`GET /v3/profiles/${PROFILE}/quotes/${QUOTE_ID}`]: quote() })
    const read = await readQuote(api, QUOTE_ID)
    expect(QuoteShape.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
  })

  it('takes its recipient in the one form that Wise accepts', () => {
    expect(bindCall({ account: PROFILE }, QUOTE_ID, '40000417')).toEqual({
      method: 'PATCH',
      path: `/v3/profiles/${PROFILE}/quotes/${QUOTE_ID}`,
      route: '/v3/profiles/{profile}/quotes/{quote}',
      body: { targetAccount: 40000417 },
      headers: { 'content-type': 'application/merge-patch+json' },
    })
  })
})

describe('the end of a quote', () => {
  it('is the earlier of the two that Wise says', () => {
    expect(expiresAt(parsed({ rateExpirationTime: '2026-03-05T15:04:05Z' }))).toBe(at('15:34:05'))
    expect(expiresAt(parsed({ expirationTime: '2026-03-03T15:04:05Z' }))).toBe(at('15:34:05'))
    expect(expiresAt(parsed({ rateExpirationTime: null, expirationTime: undefined }))).toBeNaN()
  })

  it('is come a minute before: nothing is begun any more', () => {
    expect(isFresh(parsed(), at('15:33:04'))).toBe(true)
    expect(isFresh(parsed(), at('15:33:05'))).toBe(false)
    expect(isFresh(parsed({ rateExpirationTime: null, expirationTime: null }), at('15:05:00'))).toBe(false)
  })

  it.each(['ACCEPTED', 'FUNDED', 'EXPIRED', 'CANCELLED'])('has come where it is %s', (status) => {
    expect(isFresh(parsed({ status }), at('15:05:00'))).toBe(false)
  })
})

describe('the price of a payment from the balance', () => {
  it('is what its own option says, not the quote, and not the other way of paying', () => {
    const over = {
      sourceAmount: 1,
      targetAmount: 1,
      notices: [{ text: 'Rate not guaranteed', link: null, type: 'WARNING' }],
    }
    expect(balancePrice(parsed(over))).toEqual({
      source: '1000',
      fee: '5.15',
      target: '916.75',
      rate: '0.9215',
      sourceCurrency: 'USD',
      targetCurrency: 'EUR',
      expiresAt: at('15:34:05'),
      warnings: ['Rate not guaranteed'],
    })
  })

  it('is not that of another way of paying out', () => {
    const swift = fromBalance({ payOut: 'SWIFT', fee: { total: 99 } })
    expect(balancePrice(parsed({ paymentOptions: [swift, fromBalance()] })).fee).toBe('5.15')
  })

  it('does not exist where Wise blocks it', async () => {
    const notices = [{ text: 'Not to this country.', type: 'BLOCKED' }]
    expect(await failureOf(priced({ notices }))).toMatchObject({
      code: 'wise_quote_blocked',
      message: 'Not to this country.',
    })
  })

  it.each([
    [
      'is disabled',
      [fromBalance({ disabled: true, disabledReason: { code: 'x', message: 'Open a USD balance.' } })],
      'Open a USD',
    ],
    ['is not offered', [byBank()], 'no payment from the balance from USD to EUR'],
  ])('does not exist where it %s', async (_, paymentOptions, words) => {
    expect(await failureOf(priced({ paymentOptions }))).toMatchObject({
      kind: 'rejected',
      code: 'wise_balance_not_offered',
      message: expect.stringContaining(words),
    })
  })

  it('has no cents lost on its way through JSON', () => {
    const option = fromBalance({ sourceAmount: 0.1 + 0.2, targetAmount: 1234567.89 })
    const text = JSON.stringify(quote({ paymentOptions: [option] })).replace('0.30000000000000004', '0.30')
    expect(balancePrice(QuoteShape.parse(JSON.parse(text)))).toMatchObject({ source: '0.3', target: '1234567.89' })
  })
})
