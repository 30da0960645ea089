import { describe, expect, it } from 'vitest'
import { waveCin7 } from '../../../src/pairs/wave-cin7'
import { Settings } from '../../../src/pairs/wave-cin7/settings'
import { settings } from './samples'

describe('the settings of the pair', () => {
  it('say in plain words what is missing', () => {
    const { error } = Settings.safeParse({
      ...settings(),
      accountReceivable: undefined,
      paymentTerm: ' ',
      lines: 'both',
    })
    const said = Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]))
    expect(said).toEqual({
      accountReceivable: 'the code of the Cin7 account for receivables, e.g. "610"',
      paymentTerm: 'the name of an active Cin7 payment term, e.g. "30 days"',
      lines: '"service" or "stock"',
    })
  })

  it('refuse a misspelt name and a limit that is not an amount', () => {
    expect(Settings.safeParse({ ...settings(), discountAcount: '260' }).success).toBe(false)
    expect(Settings.safeParse({ ...settings(), rounding: { account: '860', limit: 'little' } }).success).toBe(false)
  })

  it('point at what has to exist in Cin7, and what for', () => {
    const uses = waveCin7.references(
      settings({
        discountAccount: '260',
        rounding: { account: '860', limit: '0.05' },
        terms: { 14: '14 days' },
        suppliers: { accountPayable: '800', taxRule: 'Tax on Purchases' },
      }),
    )
    expect(uses.map(({ path, kind, code, use }) => [path, kind, code, use])).toEqual([
      ['settings.accountReceivable', 'account', '610', 'receivable'],
      ['settings.revenueAccount', 'account', '200', 'revenue'],
      ['settings.taxRule', 'tax', 'Tax on Sales', 'sale'],
      ['settings.noTaxRule', 'tax', 'Tax Exempt', 'sale'],
      ['settings.paymentTerm', 'term', '30 days', undefined],
      ['settings.terms.14', 'term', '14 days', undefined],
      ['settings.location', 'location', 'Main Warehouse', undefined],
      ['settings.suppliers.accountPayable', 'account', '800', 'payable'],
      ['settings.suppliers.taxRule', 'tax', 'Tax on Purchases', 'purchase'],
      ['settings.chargeProduct', 'service', 'Wave line', 'service'],
      ['settings.discountAccount', 'account', '260', undefined],
      ['settings.rounding.account', 'account', '860', undefined],
    ])
  })

  it('ask for what suppliers need as soon as one customer becomes a supplier', () => {
    const said = (change: object) =>
      Settings.safeParse({ ...settings(), ...change }).error?.issues.map(({ path }) => path.join('.'))
    expect(said({ role: 'both' })).toEqual(['suppliers'])
    expect(said({ roles: { 'cust-1': 'supplier' } })).toEqual(['suppliers'])
    expect(said({ roles: { 'cust-1': 'customer' } })).toBeUndefined()
  })

  it('run what is needed first: parties and products, then invoices, then payments', () => {
    expect(waveCin7.flows.map(({ name }) => name)).toEqual([
      'wave-cin7/customer-to-customer',
      'wave-cin7/customer-to-supplier',
      'wave-cin7/product-to-product',
      'wave-cin7/invoice-to-sale',
      'wave-cin7/payment-to-payment',
    ])
  })
})
