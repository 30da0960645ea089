import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { invoiceToSale as flow } from '../../../src/pairs/wave-cin7/invoice-to-sale'
import type { Settings } from '../../../src/pairs/wave-cin7/settings'
import type { Invoice } from '../../../src/vendors/wave/invoices'
import { anInvoice, anItem, VAT } from '../../vendors/wave/samples'
import { lookups, MAPPINGS, settings } from './samples'

const minor = (minorUnitValue: string) => ({ minorUnitValue })

const draft = (invoice: Invoice, given: Settings = settings(), known: Lookups = lookups()) => {
  const result = flow.map(invoice, given, known)
  if (!Array.isArray(result) || !result[0]) throw new Error(JSON.stringify(result))
  expect(flow.totals?.(invoice, result[0].draft)).toEqual([])
  return result[0].draft
}

/** Carried by product-to-product. */
const carried = (facts: Record<string, string>, mappings: Record<string, string> = MAPPINGS) => {
  const known = lookups({}, mappings)
  return {
    ...known,
    linked: (need: Parameters<Lookups['linked']>[0]) =>
      need.flow === 'wave-cin7/product-to-product' ? { id: 'p-1', number: '', facts } : known.linked(need),
  }
}

describe('prices that include their tax', () => {
  const given = settings({ prices: 'inclusive' })

  it('keep Wave’s own price where that includes the tax', () => {
    const sale = draft(anInvoice({ items: [anItem({ unitPrice: '24' })] }), given)
    expect(sale).toMatchObject({ taxInclusive: true, beforeTax: '40', tax: '8', total: '48' })
    expect(sale.charges[0]).toMatchObject({ quantity: '2', price: '24', tax: '8', total: '48' })
  })

  it('are the line with its tax where Wave’s do not', () => {
    expect(draft(anInvoice(), given).charges[0]).toMatchObject({
      quantity: '1',
      price: '48',
      comment: expect.stringContaining('(2 × 20)'),
    })
  })

  it('are taken apart again where Cin7 wants them without', () => {
    const sale = draft(anInvoice({ items: [anItem({ unitPrice: '24' })] }))
    expect(sale.charges[0]).toMatchObject({ quantity: '1', price: '40', tax: '8' })
  })

  it('hold a discount and a rounding line too', () => {
    const invoice = anInvoice({ discountTotal: minor('500'), total: minor('4301') })
    const rounding = { account: '860', limit: '0.01' }
    const sale = draft(invoice, settings({ prices: 'inclusive', discountAccount: '260', rounding }))
    expect(sale).toMatchObject({ beforeTax: '35.01', tax: '8', total: '43.01' })
  })
})

describe('credit lines', () => {
  const invoice = anInvoice({
    items: [
      anItem({ taxes: [], quantity: '5', total: minor('10000'), subtotal: minor('10000') }),
      anItem({ taxes: [], quantity: '1', unitPrice: '-15', subtotal: minor('-1500'), total: minor('-1500') }),
      anItem({ taxes: [], quantity: '-1', subtotal: minor('-2000'), total: minor('-2000') }),
    ],
    subtotal: minor('6500'),
    taxTotal: minor('0'),
    total: minor('6500'),
  })

  it('are negative charges', () => {
    expect(draft(invoice).charges.map(({ quantity, price }) => [quantity, price])).toEqual([
      ['5', '20'],
      ['1', '-15'],
      ['1', '-20'],
    ])
  })

  it('move no stock: they stay charges beside lines of products', () => {
    const { lines, charges } = draft(invoice, settings({ lines: 'stock' }))
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['SKU-1', '5']])
    expect(charges.map(({ price }) => price)).toEqual(['-15', '-20'])
  })
})

describe('the product of a line', () => {
  const service = { sku: 'WAVE-1', name: 'Hours', type: 'Service' }

  it('names the charge, where it was carried and is a service', () => {
    expect(draft(anInvoice(), settings(), carried(service)).charges[0]?.description).toBe('Hours')
    const stock = { ...service, type: 'Stock' }
    expect(draft(anInvoice(), settings(), carried(stock)).charges[0]?.description).toBe('Wave line')
    expect(draft(anInvoice()).charges[0]?.description).toBe('Wave line')
  })

  it('is the SKU of a stock line: the one that a person chose, else the one that was carried', () => {
    const given = settings({ lines: 'stock' })
    expect(draft(anInvoice(), given, carried(service)).lines[0]?.sku).toBe('SKU-1')
    const { 'product/prod-1': _, ...rest } = MAPPINGS
    expect(draft(anInvoice(), given, carried(service, rest)).lines[0]?.sku).toBe('WAVE-1')
  })

  it('is needed first only where lines are of stock and nobody chose a SKU', () => {
    const needs = (given: Settings, mappings?: Record<string, string>) =>
      flow
        .needs?.(anInvoice({ items: [anItem(), anItem()] }), given, lookups({}, mappings))
        .map(({ flow: name }) => name)
    const customer = 'wave-cin7/customer-to-customer'
    expect(needs(settings(), {})).toEqual([customer])
    expect(needs(settings({ lines: 'stock' }))).toEqual([customer])
    expect(needs(settings({ lines: 'stock' }), {})).toEqual([customer, 'wave-cin7/product-to-product'])
  })

  it('is shipped at once only where the settings say so', () => {
    expect(draft(anInvoice(), settings({ fulfil: 'auto' })).fulfil).toBe(true)
  })
})

describe('terms', () => {
  it('follow from the days between invoice and due date', () => {
    const given = settings({ terms: { 30: 'thirty', 0: 'at once' } })
    expect(draft(anInvoice(), given).terms).toBe('thirty')
    expect(draft(anInvoice({ dueDate: '2026-03-02' }), given).terms).toBe('at once')
    expect(draft(anInvoice({ dueDate: '2026-03-20' }), given).terms).toBe('30 days')
  })
})

describe('cost dimensions', () => {
  const attribute = (attribute: number, from: string, values: Record<string, string>) => ({ attribute, from, values })
  const attributes = [
    attribute(1, 'account', { 'acc-sales': 'North', 'acc-2': 'South' }),
    attribute(2, 'customer', { 'cust-1': 'Retail' }),
    attribute(3, 'product', { 'prod-9': 'never' }),
    attribute(4, 'poNumber', { 'PO-7': 'Project 7' }),
  ]
  const two = anInvoice({
    items: [anItem(), anItem({ account: { id: 'acc-2', name: 'Other' } })],
    subtotal: minor('8000'),
    taxTotal: minor('1600'),
    total: minor('9600'),
  })

  it('are looked up by what the invoice has, and left out where nothing is listed', () => {
    expect(draft(anInvoice(), settings({ attributes })).attributes).toEqual({
      '1': 'North',
      '2': 'Retail',
      '4': 'Project 7',
    })
    expect(draft(anInvoice({ poNumber: null })).attributes).toEqual({})
  })

  it('of lines that differ stand beside each other: a sale has one of each', () => {
    const known = lookups({}, { ...MAPPINGS, 'account/acc-2': '202' })
    expect(draft(two, settings({ attributes }), known).attributes['1']).toBe('North, South')
  })
})

describe('several taxes on a line', () => {
  it('are one rule, also where prices include them', () => {
    const taxes = [
      { amount: minor('800'), salesTax: VAT },
      { amount: minor('200'), salesTax: { id: 'tax-gst', name: 'GST', abbreviation: 'GST' } },
    ]
    const invoice = anInvoice({
      items: [anItem({ taxes, unitPrice: '25', total: minor('5000') })],
      taxTotal: minor('1000'),
      total: minor('5000'),
    })
    expect(draft(invoice, settings({ prices: 'inclusive' })).charges[0]).toMatchObject({
      price: '25',
      tax: '10',
      taxRule: 'GST and VAT',
    })
  })
})
