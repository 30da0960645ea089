import { describe, expect, it } from 'vitest'
import { invoiceFigures } from '../../../src/pairs/wave-cin7/invoice-figures'
import { invoiceToSale } from '../../../src/pairs/wave-cin7/invoice-to-sale'
import type { Invoice } from '../../../src/vendors/wave/invoices'
import { anInvoice, anItem, VAT } from '../../vendors/wave/samples'
import { lookups, settings } from './samples'

const minor = (minorUnitValue: string) => ({ minorUnitValue })
const GRANTS = { id: 'acc-grants', name: 'Grants' }

const taxed = (subtotal: string, tax: string, change: object = {}) =>
  anItem({
    subtotal: minor(subtotal),
    total: minor(String(Number(subtotal) + Number(tax))),
    taxes: [{ amount: minor(tax), salesTax: VAT }],
    ...change,
  })

const invoice = (change: Partial<Invoice> = {}): Invoice =>
  anInvoice({
    items: [taxed('1000', '200'), taxed('500', '100')],
    discountTotal: minor('0'),
    subtotal: minor('1500'),
    taxTotal: minor('300'),
    total: minor('1800'),
    ...change,
  })

describe('what Cin7 is to say of a Wave invoice', () => {
  it('is Wave’s own sums on Cin7’s accounts, under Cin7’s customer', () => {
    expect(invoiceFigures(invoice(), settings(), lookups())).toEqual({
      currency: 'USD',
      total: '18',
      tax: '3',
      customer: { id: 'customer-usd', name: anInvoice().customer.name },
      accounts: { 201: '15' },
    })
  })

  it('has the discount on its own account', () => {
    const discounted = invoice({ discountTotal: minor('150'), total: minor('1650') })
    const { accounts } = invoiceFigures(discounted, settings({ discountAccount: '260' }), lookups())
    expect(accounts).toEqual({ 201: '15', 260: '-1.5' })
  })

  it('names what nobody has mapped, so that it is no silent gap', () => {
    const items = [taxed('1000', '200'), taxed('500', '100', { account: GRANTS })]
    const { accounts } = invoiceFigures(invoice({ items }), settings(), lookups())
    expect(accounts).toEqual({ 201: '10', 'not mapped: Grants': '5' })
  })

  it('has what the lines leave over as rounding', () => {
    const rounded = invoice({ taxTotal: minor('301'), total: minor('1801') })
    const given = settings({ rounding: { account: '404', limit: '0.05' } })
    expect(invoiceFigures(rounded, given, lookups())).toMatchObject({
      total: '18.01',
      tax: '3',
      accounts: { 201: '15', 404: '0.01' },
    })
    expect(invoiceFigures(rounded, settings(), lookups()).accounts).toMatchObject({ 'not mapped: rounding': '0.01' })
  })

  it('adds up to the total in every currency', () => {
    const yen = invoice({ currency: { code: 'JPY', exponent: 0 } })
    expect(invoiceFigures(yen, settings(), lookups())).toMatchObject({ currency: 'JPY', total: '1800', tax: '300' })
  })

  it('is told of the one sale that it becomes', () => {
    const variants = invoiceToSale.figures?.(invoice(), settings(), lookups()).map(({ variant }) => variant)
    expect(variants).toEqual(['sale'])
  })
})
