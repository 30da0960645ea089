import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { paymentToPayment as flow } from '../../../src/pairs/wave-cin7/payment-to-payment'
import type { Invoice, InvoicePayment } from '../../../src/vendors/wave/invoices'
import { anInvoice, aPayment } from '../../vendors/wave/samples'
import { lookups, settings } from './samples'

const paid = (...payments: Partial<InvoicePayment>[]): Invoice => anInvoice({ payments: payments.map(aPayment) })

const drafts = (invoice: Invoice, given = settings(), known = lookups()) => {
  const result = flow.map(invoice, given, known)
  if (!Array.isArray(result)) throw new Error(`${result.code}: ${result.message}`)
  return result
}
const refused = (invoice: Invoice, known = lookups()) => {
  const result = flow.map(invoice, settings(), known)
  if (Array.isArray(result)) throw new Error('it was not refused')
  return result
}

describe('a payment of a Wave invoice', () => {
  it('becomes a payment of the invoice of its sale', () => {
    expect(drafts(paid({}))).toEqual([
      {
        variant: aPayment().id,
        draft: {
          saleId: 'sale-1',
          task: 'task-1',
          account: '713',
          amount: '30.00',
          currency: 'USD',
          date: '2026-03-05',
          rate: '1',
          reference: 'Wave 15 · payment 77 · BANK_TRANSFER',
          over: 'refuse',
        },
      },
    ])
  })

  it('needs the sale; an invoice without payments needs nothing and has nothing to carry', () => {
    const need = { flow: 'wave-cin7/invoice-to-sale', sourceId: 'inv-15', variant: 'sale' }
    expect(flow.needs?.(paid({}), settings(), lookups())).toEqual([need])
    expect(flow.needs?.(anInvoice({ payments: null }), settings(), lookups())).toEqual([])
    expect(flow.parts?.(anInvoice({ payments: null }))).toEqual([])
  })

  it('is one of several, in the order of their dates; one that is not active is none', () => {
    const invoice = paid(
      { id: 'c', paymentDate: '2026-03-09' },
      { id: 'a', paymentDate: '2026-03-07' },
      { id: 'b', paymentDate: '2026-03-07', active: null },
      { id: 'd', active: false },
    )
    expect(flow.parts?.(invoice)).toEqual(['a', 'b', 'c'])
    expect(drafts(invoice).map(({ variant }) => variant)).toEqual(['a', 'b', 'c'])
  })

  it('beyond the invoice is refused or sent whole, as the settings say', () => {
    expect(drafts(paid({}), settings({ overpaid: 'credit' }))[0]?.draft.over).toBe('credit')
  })

  it('on accounts that nobody mapped names them all', () => {
    const invoice = paid({ id: 'a' }, { id: 'b', account: { id: 'acc-till', name: 'Till' } })
    expect(refused(invoice, lookups({}, {}))).toMatchObject({
      kind: 'unmapped',
      codes: [
        { mapping: 'bank', code: 'acc-bank', label: 'Bank' },
        { mapping: 'bank', code: 'acc-till', label: 'Till' },
      ],
    })
  })

  it('is read with thousands separators, and refused where it makes no sense in Cin7', () => {
    expect(drafts(paid({ amount: '1,695.00' }))[0]?.draft.amount).toBe('1695.00')
    expect(refused(paid({ amount: 'much' }))).toMatchObject({ kind: 'malformed', code: 'wave_payment_unreadable' })
    expect(refused(paid({ amount: null })).code).toBe('wave_payment_unreadable')
    expect(refused(paid({ paymentDate: null })).code).toBe('wave_payment_unreadable')
    expect(refused(paid({ amount: '-5' })).code).toBe('payment_not_positive')
    expect(refused(paid({ amount: '1.235' })).code).toBe('payment_beyond_cents')
  })

  it('has changed where amount, date, account or rate have, each part by itself', () => {
    const print = (change: Partial<InvoicePayment>) => {
      const invoice = paid({ id: 'a' }, { id: 'b', ...change })
      return [canonical(flow.fingerprint(invoice, 'a')), canonical(flow.fingerprint(invoice, 'b'))]
    }
    const [other, own] = print({})
    const changes: Partial<InvoicePayment>[] = [
      { amount: '31' },
      { paymentDate: '2026-03-06' },
      { account: { id: 'x' } },
      { exchangeRate: '2' },
    ]
    for (const change of changes) {
      const [first, second] = print(change)
      expect(first).toBe(other)
      expect(second).not.toBe(own)
    }
    expect(print({ memo: 'x', modifiedAt: '2027-01-01T00:00:00.000Z' })).toEqual([other, own])
  })

  it('that Wave no longer shows is always taken back', () => {
    expect(flow.removes?.(settings({ deleted: 'leave' }))).toBe(true)
  })
})

describe('the rate of a payment', () => {
  const euro = (payment: Partial<InvoicePayment>) => ({
    ...paid(payment),
    currency: { code: 'EUR', exponent: 2 },
    exchangeRate: '1.08',
  })
  const account = (code: string) => ({ id: 'acc-bank', name: 'Bank', currency: { code } })

  it('is Wave’s where the money went into an account of the base currency', () => {
    expect(drafts(euro({ account: account('USD'), exchangeRate: '1.0934567' }))[0]?.draft.rate).toBe('1.09346')
  })

  it('is the invoice’s where it stayed in the currency of the invoice', () => {
    expect(drafts(euro({ account: account('EUR'), exchangeRate: '1' }))[0]?.draft.rate).toBe('1.08')
  })

  it('is never made up', () => {
    expect(refused(euro({ account: account('CAD'), exchangeRate: '1.4' })).code).toBe('exchange_rate_missing')
    expect(refused(euro({ account: account('USD'), exchangeRate: '0' })).code).toBe('exchange_rate_missing')
    const other = lookups({ targetAccount: { id: 'cin7', baseCurrency: 'CAD' } })
    expect(refused(euro({ account: account('USD') }), other).code).toBe('base_currency_differs')
  })
})
