import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { billPaymentToPayment as flow } from '../../../src/pairs/freshbooks-cin7/bill-payment-to-payment'
import { billPaymentRow, money } from '../../vendors/freshbooks/rows'
import { aBill, drafts, lookups, type Row, refusal, settings } from './samples'

const paid = (...payments: Row[]) => aBill({ bill_payments: payments.map(billPaymentRow) })

describe('a payment of a FreshBooks bill', () => {
  it('becomes a payment of the invoice of its purchase', () => {
    expect(drafts(flow.map(paid({}), settings(), lookups()))).toEqual([
      {
        variant: '1490',
        draft: {
          purchaseId: 'purchase-1',
          task: 'task-2',
          account: '716',
          amount: '40',
          currency: 'CAD',
          date: '2026-03-20',
          rate: '1',
          reference: 'FreshBooks bill payment 1490 · Check',
          over: 'refuse',
        },
      },
    ])
  })

  it('is one of several, in the order of their dates; a deleted one is none', () => {
    const bill = paid(
      { id: 10, paid_date: '2026-03-21' },
      { id: 9, paid_date: '2026-03-21' },
      { id: 11, paid_date: '2026-03-05' },
      { id: 12, vis_state: 1 },
    )
    expect(flow.parts?.(bill)).toEqual(['11', '9', '10'])
    expect(drafts(flow.map(bill, settings(), lookups())).map(({ variant }) => variant)).toEqual(['11', '9', '10'])
  })

  it('that FreshBooks also has as an expense of the bank is carried all the same: the expense is not', () => {
    expect(flow.parts?.(paid({ matched_with_expense: true }))).toEqual(['1490'])
  })

  it('needs the purchase; a bill without payments needs nothing', () => {
    const need = { flow: 'freshbooks-cin7/bill-to-purchase', sourceId: '43', variant: 'purchase' }
    expect(flow.needs?.(paid({}), settings(), lookups())).toEqual([need])
    expect(flow.needs?.(paid(), settings(), lookups())).toEqual([])
    expect(flow.map(paid({}), settings(), lookups({ linked: () => undefined }))).toEqual([])
  })

  it('on accounts that nobody chose names them all', () => {
    expect(
      refusal(
        flow.map(paid({ id: 1, payment_type: 'Cash' }, { id: 2, payment_type: 'Barter' }), settings(), lookups()),
      ),
    ).toMatchObject({
      codes: [
        { mapping: 'bill-payment', code: 'cash' },
        { mapping: 'settings.billPaymentAccount', code: 'barter' },
      ],
    })
    const set = settings({ billPaymentAccount: '718' })
    expect(drafts(flow.map(paid({ payment_type: 'Barter' }), set, lookups()))[0]?.draft.account).toBe('718')
  })

  it('that Cin7 cannot hold, or has no rate, is refused', () => {
    const code = (change: Row) => refusal(flow.map(paid(change), settings(), lookups())).code
    expect(code({ amount: money('-1.00') })).toBe('payment_not_positive')
    expect(code({ amount: money('1.00', 'USD') })).toBe('exchange_rate_missing')
  })

  it('has changed where amount, date or type have, each by itself', () => {
    const print = (change: Row) => {
      const bill = paid({ id: 1 }, { id: 2, ...change })
      return [canonical(flow.fingerprint(bill, '1')), canonical(flow.fingerprint(bill, '2'))]
    }
    const [other, own] = print({})
    for (const change of [{ amount: money('41.00') }, { paid_date: '2026-03-21' }, { payment_type: 'Cash' }]) {
      const [first, second] = print(change)
      expect(first).toBe(other)
      expect(second).not.toBe(own)
    }
    expect(print({ note: 'x' })).toEqual([other, own])
  })

  it('that FreshBooks no longer shows is always taken back', () => {
    expect(flow.removes?.(settings({ deleted: 'leave' }))).toBe(true)
  })

  it('says what the books are to say', () => {
    expect(flow.figures?.(paid({}), settings(), lookups())).toEqual([
      {
        variant: '1490',
        figures: {
          currency: 'CAD',
          total: '40',
          tax: '0',
          customer: { id: 'supplier-cad', name: 'Staples' },
          accounts: { '716': '40' },
        },
      },
    ])
  })
})
