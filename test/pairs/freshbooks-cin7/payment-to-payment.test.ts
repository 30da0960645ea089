import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { paymentToPayment as flow } from '../../../src/pairs/freshbooks-cin7/payment-to-payment'
import { money } from '../../vendors/freshbooks/rows'
import { aPayment, lookups, onlyDraft, type Row, refusal, settings } from './samples'

const draft = (change: Row = {}, given = settings(), known = lookups()) =>
  onlyDraft(flow.map(aPayment(change), given, known))
const refused = (change: Row, given = settings(), known = lookups()) =>
  refusal(flow.map(aPayment(change), given, known))

describe('a payment of a FreshBooks invoice', () => {
  it('becomes a payment of the invoice of its sale', () => {
    expect(draft()).toEqual({
      saleId: 'sale-1',
      task: 'task-1',
      account: '713',
      amount: '20',
      currency: 'CAD',
      date: '2026-03-16',
      rate: '1',
      reference: 'FreshBooks payment 235 · Credit Card',
      over: 'refuse',
    })
  })

  it('needs the sale of its invoice, and waits for it', () => {
    const need = { flow: 'freshbooks-cin7/invoice-to-sale', sourceId: '987', variant: 'sale' }
    expect(flow.needs?.(aPayment(), settings(), lookups())).toEqual([need])
    expect(refused({}, settings(), lookups({ linked: () => undefined }))).toMatchObject({ kind: 'dependency', ...need })
  })

  it('goes on the account of its type, in whatever letters, else on that of all others', () => {
    expect(draft({ type: 'CASH ' }).account).toBe('715')
    expect(draft({ type: 'Barter' }).account).toBe('713')
    expect(draft({ type: null }).account).toBe('713')
  })

  it('on an account that nobody chose says what to map, or what to set', () => {
    const none = settings({ paymentAccount: undefined })
    expect(refused({ type: 'Check' }, none).remedy).toBe(
      'Map payments by Check ("check") in the mapping "payment". Then replay.',
    )
    expect(refused({ type: 'Barter' }, none)).toMatchObject({
      kind: 'unmapped',
      codes: [{ mapping: 'settings.paymentAccount', code: 'barter', label: 'payments by Barter' }],
    })
    expect(refused({ type: '' }, none)).toMatchObject({ codes: [{ label: 'payments of no type' }] })
  })

  it('from credit brings no money: it goes on the account of credits, and never on the bank', () => {
    const given = settings({ creditAccount: '850' })
    expect(draft({ from_credit: true, type: 'Credit' }, given)).toMatchObject({
      account: '850',
      reference: 'FreshBooks payment 235 · Credit · from credit',
    })
    expect(refused({ from_credit: true, type: 'Cash' })).toMatchObject({
      codes: [{ mapping: 'settings.creditAccount' }],
    })
  })

  it('that was overpaid is carried as FreshBooks cut it, and says so', () => {
    expect(draft({ overpaymentid: 77 }).reference).toContain('overpaid, the rest is credit in FreshBooks')
    expect(draft({ overpaymentid: 0 }).reference).not.toContain('overpaid')
  })

  it('beyond the invoice is refused or sent whole, as the settings say', () => {
    expect(draft({}, settings({ overpaid: 'credit' })).over).toBe('credit')
  })

  it('that Cin7 cannot hold is refused', () => {
    expect(refused({ amount: money('-5.00') }).code).toBe('payment_not_positive')
    expect(refused({ amount: money('0.00') }).code).toBe('payment_not_positive')
    expect(refused({ amount: money('1.235') }).code).toBe('payment_beyond_cents')
  })

  it('in another currency takes the rate of its own day', () => {
    const rates = [
      { currency: 'USD', from: '2026-01-01', rate: '1.35' },
      { currency: 'USD', from: '2026-03-10', rate: '1.4' },
    ]
    expect(draft({ amount: money('20.00', 'USD') }, settings({ rates })).rate).toBe('1.4')
    expect(refused({ amount: money('20.00', 'USD') }).code).toBe('exchange_rate_missing')
  })

  it('has changed where amount, date, type or invoice have', () => {
    const print = (change: Row) => canonical(flow.fingerprint(aPayment(change), ''))
    const before = print({})
    const changes = [
      { amount: money('21.00') },
      { amount: money('20.00', 'USD') },
      { date: '2026-03-17' },
      { type: 'Cash' },
      { from_credit: true },
      { invoiceid: 1 },
    ]
    for (const change of changes) expect(print(change)).not.toBe(before)
    expect(print({ note: 'x', updated: '2027-01-01 10:00:00' })).toBe(before)
  })

  it('that was deleted is always taken back', () => {
    expect(flow.removes?.(settings({ deleted: 'leave' }))).toBe(true)
    expect(flow.source.deleted?.(aPayment({ vis_state: 1 }))).toBe(true)
  })
})
