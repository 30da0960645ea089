import { describe, expect, it } from 'vitest'
import { freshbooksCin7 } from '../../../src/pairs/freshbooks-cin7'
import { Settings } from '../../../src/pairs/freshbooks-cin7/settings'
import { settings } from './samples'

const problems = (change: object) => {
  const { error } = Settings.safeParse({ ...settings(), ...change })
  return Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]))
}

describe('the settings of the pair', () => {
  it('say in plain words what is missing or wrong', () => {
    expect(
      problems({
        accountReceivable: undefined,
        paymentTerm: ' ',
        lines: 'both',
        rates: [{ currency: 'euro', from: '1.3.2026', rate: '0' }],
        expenses: { as: 'cash', supplier: 'Bayside' },
      }),
    ).toEqual({
      accountReceivable: 'the code of the Cin7 account for receivables, e.g. "610"',
      paymentTerm: 'the name of an active Cin7 payment term, e.g. "30 days"',
      lines: '"stock" or "service"',
      'rates.0.currency': 'a currency of three letters, e.g. "EUR"',
      'rates.0.from': 'a date, e.g. "2026-03-01"',
      'rates.0.rate': 'a rate, e.g. "1.08"',
      'expenses.as': '"auto" or "purchase" or "money"',
      'expenses.supplier': 'the ID of a Cin7 supplier, as Cin7 shows it in the address of its page',
    })
  })

  it('refuse a misspelt name and a limit that is not an amount', () => {
    expect(Settings.safeParse({ ...settings(), discountAcount: '260' }).success).toBe(false)
    expect(problems({ rounding: { account: '860', limit: 'little' } })).toHaveProperty(['rounding.limit'])
    expect(problems({ rates: [{ currency: 'EUR', from: '2026-02-30', rate: '-1' }] })).toHaveProperty(['rates.0.rate'])
  })

  it('do without purchases and expenses', () => {
    expect(Settings.safeParse({ ...settings(), purchases: undefined, expenses: undefined }).success).toBe(true)
  })

  it('point at what has to exist in Cin7, and what for', () => {
    const uses = freshbooksCin7.references(
      settings({
        terms: { 14: '14 days' },
        creditAccount: '850',
        billPaymentAccount: '718',
        rounding: { account: '860', limit: '0.05' },
        expenses: { banks: { Chequing: '719' }, bank: '720' },
      }),
    )
    expect(uses.every(({ side }) => side === 'target')).toBe(true)
    expect(uses.map(({ path, kind, code, use }) => [path, kind, code, use])).toEqual([
      ['settings.accountReceivable', 'account', '610', 'receivable'],
      ['settings.revenueAccount', 'account', '200', 'revenue'],
      ['settings.taxRule', 'tax', 'Tax on Sales', 'sale'],
      ['settings.noTaxRule', 'tax', 'Tax Exempt', 'sale'],
      ['settings.paymentTerm', 'term', '30 days', undefined],
      ['settings.terms.14', 'term', '14 days', undefined],
      ['settings.location', 'location', 'Main Warehouse', undefined],
      ['settings.chargeProduct', 'service', 'FreshBooks line', 'service'],
      ['settings.discountAccount', 'account', '260', undefined],
      ['settings.paymentAccount', 'account', '713', 'payment'],
      ['settings.creditAccount', 'account', '850', 'payment'],
      ['settings.rounding.account', 'account', '860', undefined],
      ['settings.purchases.accountPayable', 'account', '800', 'payable'],
      ['settings.purchases.taxRule', 'tax', 'Tax on Purchases', 'purchase'],
      ['settings.purchases.noTaxRule', 'tax', 'Purchases Exempt', 'purchase'],
      ['settings.purchases.chargeProduct', 'service', 'FreshBooks cost', 'service'],
      ['settings.billPaymentAccount', 'account', '718', 'payment'],
      ['settings.expenses.banks.Chequing', 'account', '719', 'payment'],
      ['settings.expenses.bank', 'account', '720', 'payment'],
    ])
  })

  it('run what is needed first: parties, documents, then their payments', () => {
    expect(freshbooksCin7.flows.map(({ name }) => name)).toEqual([
      'freshbooks-cin7/client-to-customer',
      'freshbooks-cin7/vendor-to-supplier',
      'freshbooks-cin7/invoice-to-sale',
      'freshbooks-cin7/payment-to-payment',
      'freshbooks-cin7/bill-to-purchase',
      'freshbooks-cin7/bill-payment-to-payment',
      'freshbooks-cin7/expense-to-purchase',
      'freshbooks-cin7/journal-to-journal',
    ])
  })
})
