import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { canonical } from '../../../src/lib/json'
import { invoiceToSale as flow } from '../../../src/pairs/wave-cin7/invoice-to-sale'
import type { Settings } from '../../../src/pairs/wave-cin7/settings'
import type { Invoice, InvoiceItem } from '../../../src/vendors/wave/invoices'
import { anInvoice, anItem, VAT } from '../../vendors/wave/samples'
import { lookups, MAPPINGS, settings } from './samples'

const minor = (minorUnitValue: string) => ({ minorUnitValue })

const mapped = (invoice: Invoice, given: Settings = settings(), known: Lookups = lookups()) => {
  const result = flow.map(invoice, given, known)
  if (!Array.isArray(result)) throw new Error(`${result.code}: ${result.message}`)
  const [only] = result
  if (!only || result.length !== 1) throw new Error('one sale')
  return only
}

const refused = (invoice: Invoice, given: Settings = settings(), known: Lookups = lookups()) => {
  const result = flow.map(invoice, given, known)
  if (Array.isArray(result)) throw new Error('it was not refused')
  return result
}

/** An invoice of untaxed lines, each given by quantity, price and amount in minor units. */
const untaxed = (lines: [string, string, string][], change: Partial<Invoice> = {}): Invoice => {
  const sum = String(lines.reduce((all, [, , subtotal]) => all + Number(subtotal), 0))
  const items = lines.map(([quantity, unitPrice, subtotal]) =>
    anItem({ quantity, unitPrice, subtotal: minor(subtotal), total: minor(subtotal), taxes: [] }),
  )
  return anInvoice({ items, subtotal: minor(sum), taxTotal: minor('0'), total: minor(sum), ...change })
}

const differences = (invoice: Invoice, given?: Settings) => flow.totals?.(invoice, mapped(invoice, given).draft)

describe('an approved Wave invoice becomes a sale', () => {
  it('with all that Cin7 needs', () => {
    expect(mapped(anInvoice())).toEqual({
      variant: 'sale',
      draft: {
        customerId: 'customer-USD',
        currency: 'USD',
        location: 'Main Warehouse',
        taxRule: 'Tax on Sales',
        taxInclusive: false,
        terms: '30 days',
        date: '2026-03-02',
        dueDate: '2026-04-01',
        rate: '1',
        reference: '15',
        memo: 'Wave invoice 15\nPO PO-7\nThank you',
        attributes: {},
        fulfil: false,
        lines: [],
        charges: [
          {
            description: 'Wave line',
            quantity: '2',
            price: '20',
            tax: '8',
            taxRule: 'VAT 20',
            account: '201',
            comment: 'Misc. Services · Spreadsheet changes',
            total: '40',
          },
        ],
        beforeTax: '40',
        tax: '8',
        total: '48',
      },
    })
  })

  it('only once it is approved, and only if it has lines', () => {
    expect(flow.skip?.(anInvoice({ status: 'DRAFT' }), settings(), lookups())).toMatch(/^draft/)
    expect(flow.skip?.(anInvoice({ items: null }), settings(), lookups())).toMatch(/^empty/)
    expect(flow.skip?.(anInvoice({ status: 'SAVED' }), settings(), lookups())).toBeUndefined()
    expect(flow.skip?.(untaxed([['1', '0', '0']]), settings(), lookups())).toBeUndefined()
  })

  it('after its customer, in the currency of the invoice', () => {
    const invoice = anInvoice({ currency: { code: 'EUR', exponent: 2 } })
    expect(flow.needs?.(invoice, settings(), lookups())).toEqual([
      { flow: 'wave-cin7/customer-to-customer', sourceId: 'cust-1', variant: 'EUR' },
    ])
    expect(refused(invoice, settings(), lookups({ linked: () => undefined }))).toMatchObject({ kind: 'dependency' })
  })
})

describe('quantity and price', () => {
  const line = (quantity: string, price: string, subtotal: string) =>
    mapped(untaxed([[quantity, price, subtotal]])).draft.charges[0]

  it('are kept where Cin7 computes the same amount of them', () => {
    expect(line('1.2345', '10.01', '1236')).toMatchObject({ quantity: '1.2345', price: '10.01', total: '12.36' })
  })

  it('become 1 × the amount where they do not, with the original beside', () => {
    const converted = { quantity: '1', price: '33.33', total: '33.33' }
    expect(line('3', '11.11111', '3333')).toMatchObject({
      ...converted,
      comment: expect.stringContaining('(3 × 11.11111)'),
    })
    expect(line('2', '16.67', '3333')).toMatchObject(converted)
    expect(line('0.5', '66.66', '3333')).toMatchObject(converted)
    expect(line('1', '-5', '-500')).toMatchObject({ quantity: '1', price: '-5', total: '-5' })
  })

  it('of a product keep the quantity, because it moves stock', () => {
    const given = settings({ lines: 'stock' })
    const product = (item: Partial<InvoiceItem>, total: string) =>
      mapped(
        anInvoice({
          items: [anItem({ taxes: [], ...item })],
          taxTotal: minor('0'),
          subtotal: minor(total),
          total: minor(total),
        }),
        given,
      ).draft.lines[0]
    expect(
      product({ quantity: '3', unitPrice: '11.11111', subtotal: minor('3333'), total: minor('3333') }, '3333'),
    ).toMatchObject({
      sku: 'SKU-1',
      name: 'Misc. Services',
      quantity: '3',
      price: '11.11',
      total: '33.33',
    })
  })

  it('of equal products are one line: some accounts refuse a SKU twice', () => {
    const given = settings({ lines: 'stock' })
    const { lines } = mapped(
      untaxed([
        ['1', '10', '1000'],
        ['2', '10', '2000'],
        ['1', '9', '900'],
      ]),
      given,
    ).draft
    expect(lines.map(({ quantity, price, total }) => [quantity, price, total])).toEqual([
      ['3', '10', '30'],
      ['1', '9', '9'],
    ])
  })
})

describe('what has no counterpart in Cin7', () => {
  const discounted = anInvoice({
    discountTotal: minor('100'),
    items: [
      anItem(),
      anItem({ account: { id: 'acc-other', name: 'Other' } }),
      anItem({ taxes: [{ amount: minor('1'), salesTax: { ...VAT, id: 'tax-x', name: 'X' } }] }),
    ],
  })

  it('is named all at once, each with what to do', () => {
    const failure = refused(discounted, settings(), lookups({}, { 'account/acc-sales': '201' }))
    expect(failure).toMatchObject({
      kind: 'unmapped',
      codes: [
        { mapping: 'tax', code: 'tax-vat', label: 'VAT' },
        { mapping: 'account', code: 'acc-other', label: 'Other' },
        { mapping: 'tax', code: 'tax-x', label: 'X' },
        { mapping: 'settings.discountAccount', code: 'discount' },
      ],
    })
    expect(failure.remedy).toContain('Map the Wave account "Other" (acc-other)')
    expect(failure.remedy).toContain('Set discountAccount')
  })

  it('needs no product where lines are charges', () => {
    const { 'product/prod-1': _, ...rest } = MAPPINGS
    expect(mapped(anInvoice(), settings(), lookups({}, rest)).draft.lines).toEqual([])
    expect(refused(anInvoice(), settings({ lines: 'stock' }), lookups({}, rest))).toMatchObject({
      codes: [{ mapping: 'product', code: 'prod-1', label: 'Misc. Services' }],
    })
  })
})

describe('tax', () => {
  const withTaxes = (taxes: InvoiceItem['taxes'], total: string) =>
    anInvoice({
      items: [anItem({ taxes, total: minor(total) })],
      taxTotal: minor(String(Number(total) - 4000)),
      total: minor(total),
    })
  const GST = { id: 'tax-gst', name: 'GST', abbreviation: 'GST' }

  it('of several kinds on a line is one rule, found by their ids in order', () => {
    const invoice = withTaxes(
      [
        { amount: minor('800'), salesTax: VAT },
        { amount: minor('200'), salesTax: GST },
      ],
      '5000',
    )
    expect(mapped(invoice).draft.charges[0]).toMatchObject({ taxRule: 'GST and VAT', tax: '10' })
  })

  it('that is absent takes the rule for untaxed lines', () => {
    expect(mapped(untaxed([['1', '40', '4000']])).draft.charges[0]).toMatchObject({ taxRule: 'Tax Exempt', tax: '0' })
  })

  it('without an amount is what the line has above its subtotal', () => {
    expect(mapped(withTaxes([{ amount: null, salesTax: VAT }], '4800')).draft.charges[0]?.tax).toBe('8')
  })
})

describe('a discount on the invoice', () => {
  it('is one negative charge on the discount account', () => {
    const invoice = untaxed([['2', '20', '4000']], { discountTotal: minor('500'), total: minor('3500') })
    const { draft } = mapped(invoice, settings({ discountAccount: '260' }))
    expect(draft.charges[1]).toMatchObject({
      quantity: '1',
      price: '-5',
      account: '260',
      taxRule: 'Tax Exempt',
      tax: '0',
    })
    expect(draft).toMatchObject({ beforeTax: '35', total: '35' })
    expect(flow.totals?.(invoice, draft)).toEqual([])
  })
})

describe('currencies', () => {
  const euro = (exchangeRate: string) => anInvoice({ currency: { code: 'EUR', exponent: 2 }, exchangeRate })

  it('take Wave’s rate where both keep their books in the same currency', () => {
    expect(mapped(euro('1.0825')).draft).toMatchObject({ currency: 'EUR', customerId: 'customer-EUR', rate: '1.0825' })
  })

  it('name the full rate in the memo where Cin7 holds fewer decimals', () => {
    const { rate, memo } = mapped(euro('1.08256789')).draft
    expect(rate).toBe('1.08257')
    expect(memo).toContain('Exchange rate in Wave: 1.08256789')
  })

  it('never make a rate up', () => {
    expect(refused(euro('0'))).toMatchObject({ kind: 'rejected', code: 'exchange_rate_missing' })
  })

  it('refuse another base currency, except for invoices in Cin7’s own', () => {
    const cad = lookups({ targetAccount: { id: 'cin7', baseCurrency: 'CAD' } })
    expect(refused(anInvoice(), settings(), cad)).toMatchObject({ kind: 'rejected', code: 'base_currency_differs' })
    expect(refused(euro('1.1'), settings(), lookups({ targetAccount: { id: 'cin7', baseCurrency: null } })).code).toBe(
      'base_currency_differs',
    )
    const inCad = anInvoice({ currency: { code: 'CAD', exponent: 2 }, exchangeRate: '0.73' })
    expect(mapped(inCad, settings(), cad).draft.rate).toBe('1')
  })

  it('without decimals are carried as they are', () => {
    const yen = untaxed([['3', '1500', '4500']], { currency: { code: 'JPY', exponent: 0 }, exchangeRate: '0.0067' })
    expect(mapped(yen).draft).toMatchObject({ total: '4500', rate: '0.0067' })
    expect(differences(yen)).toEqual([])
  })

  it('with three decimals are refused where Cin7 cannot hold the amount', () => {
    const dinars = (minorUnits: string) =>
      untaxed([['1', `${Number(minorUnits) / 1000}`, minorUnits]], {
        currency: { code: 'KWD', exponent: 3 },
        exchangeRate: '3.25',
      })
    expect(differences(dinars('1230'))).toEqual([])
    expect(differences(dinars('1234'))).toContainEqual({
      what: 'total',
      source: '1.234',
      target: '1.23',
      currency: 'KWD',
    })
    const lenient = settings({ rounding: { account: '860', limit: '1' } })
    expect(differences(dinars('1234'), lenient)).toContainEqual({
      what: 'total',
      source: '1.234',
      target: '1.23',
      currency: 'KWD',
    })
  })
})

describe('totals', () => {
  it('agree to the cent, for the sum and for tax', () => {
    expect(differences(anInvoice())).toEqual([])
    const rounded = anInvoice({
      items: [
        anItem({
          quantity: '1',
          unitPrice: '4495.16',
          subtotal: minor('449516'),
          total: minor('494355'),
          taxes: [{ amount: minor('44839'), salesTax: VAT }],
        }),
      ],
      subtotal: minor('449516'),
      taxTotal: minor('44840'),
      total: minor('494356'),
    })
    expect(differences(rounded)).toEqual([
      { what: 'tax', source: '448.4', target: '448.39', currency: 'USD' },
      { what: 'total', source: '4943.56', target: '4943.55', currency: 'USD' },
    ])
  })

  it('within the limit become a line that says so', () => {
    const off = anInvoice({ taxTotal: minor('801'), total: minor('4801') })
    const lenient = settings({ rounding: { account: '860', limit: '0.01' } })
    const { draft } = mapped(off, lenient)
    expect(draft.charges[1]).toMatchObject({ comment: 'Rounding', account: '860', price: '0.01', quantity: '1' })
    expect(draft.total).toBe('48.01')
    expect(differences(off, lenient)).toEqual([])
  })

  it('beyond the limit stay a difference', () => {
    const off = anInvoice({ taxTotal: minor('802'), total: minor('4802') })
    const lenient = settings({ rounding: { account: '860', limit: '0.01' } })
    expect(mapped(off, lenient).draft.charges).toHaveLength(1)
    expect(differences(off, lenient)).toHaveLength(2)
  })

  it('of a draft that was changed on its way are found', () => {
    const { draft } = mapped(anInvoice())
    expect(flow.totals?.(anInvoice(), { ...draft, charges: [] })).toHaveLength(3)
  })
})

describe('what counts as a change', () => {
  const print = (change: Partial<Invoice>) => canonical(flow.fingerprint(anInvoice(change), ''))

  it.each<[string, Partial<Invoice>]>([
    ['number', { invoiceNumber: '16' }],
    ['date', { invoiceDate: '2026-03-03' }],
    ['due date', { dueDate: '2026-05-01' }],
    ['customer', { customer: { id: 'cust-2', name: 'x' } }],
    ['currency', { currency: { code: 'EUR', exponent: 2 } }],
    ['rate', { exchangeRate: '1.1' }],
    ['memo', { memo: 'other' }],
    ['order number', { poNumber: 'other' }],
    ['discount', { discountTotal: minor('1') }],
    ['total', { total: minor('1') }],
    ['approval', { status: 'DRAFT' }],
    ['line text', { items: [anItem({ description: 'other' })] }],
    ['line account', { items: [anItem({ account: { id: 'a', name: 'A' } })] }],
    ['line tax', { items: [anItem({ taxes: [] })] }],
  ])('%s', (_what, change) => {
    expect(print(change)).not.toBe(print({}))
  })

  it.each<[string, Partial<Invoice>]>([
    ['viewed', { status: 'VIEWED', modifiedAt: '2027-01-01T00:00:00.000Z' }],
    ['paid', { status: 'PAID', amountDue: minor('0'), amountPaid: minor('4800') }],
    ['an empty memo that reads as null', {}],
    ['a renamed customer', { customer: { id: 'cust-1', name: 'Renamed' } }],
  ])('not %s', (_what, change) => {
    expect(print(change)).toBe(print({}))
    expect(print({ memo: '' })).toBe(print({ memo: null }))
  })
})
