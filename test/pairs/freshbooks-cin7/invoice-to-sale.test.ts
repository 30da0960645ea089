import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { invoiceToSale as flow } from '../../../src/pairs/freshbooks-cin7/invoice-to-sale'
import type { Invoice } from '../../../src/vendors/freshbooks/invoices'
import { invoiceLine, money } from '../../vendors/freshbooks/rows'
import { anInvoice, lineOf, lookups, MAPPINGS, mugs, onlyDraft, type Row, refusal, settings } from './samples'

const draft = (invoice: Invoice, given = settings(), known = lookups()) => {
  const made = onlyDraft(flow.map(invoice, given, known))
  expect(flow.totals?.(invoice, made)).toEqual([])
  return made
}

/** Lines as given, without discount. */
const plain = (lines: Row[], amount: string, change: Row = {}) =>
  anInvoice({ lines, amount: money(amount), discount_value: '0', discount_total: money('0.00'), ...change })

describe('an invoice', () => {
  it('becomes a sale whose rows add up to the total of FreshBooks', () => {
    expect(draft(anInvoice({ po_number: '77' }))).toEqual({
      customerId: 'Customer-CAD',
      currency: 'CAD',
      rate: '1',
      location: 'Main Warehouse',
      taxRule: 'Tax on Sales',
      terms: '30 days',
      date: '2026-03-02',
      dueDate: '2026-04-01',
      reference: 'ACM0002',
      memo: 'FreshBooks invoice ACM0002\nPO 77\nThanks for your business',
      attributes: {},
      fulfil: false,
      taxInclusive: false,
      lines: [
        {
          sku: 'MUG-1',
          name: 'Mugs',
          quantity: '6',
          price: '4',
          total: '24',
          tax: '0',
          taxRule: 'Tax Exempt',
          account: '200',
          comment: 'Mug',
        },
      ],
      charges: [
        {
          description: 'FreshBooks line',
          quantity: '4',
          price: '5',
          total: '20',
          tax: '2.6',
          taxRule: 'HST 13',
          account: '201',
          comment: 'Bowls · Dinnerware',
        },
        {
          description: 'FreshBooks line',
          quantity: '1',
          price: '-2',
          total: '-2',
          tax: '-0.26',
          taxRule: 'HST 13',
          account: '260',
          comment: 'Discount',
        },
        {
          description: 'FreshBooks line',
          quantity: '1',
          price: '-2.4',
          total: '-2.4',
          tax: '0',
          taxRule: 'Tax Exempt',
          account: '260',
          comment: 'Discount',
        },
      ],
      beforeTax: '39.6',
      tax: '2.34',
      total: '41.94',
    })
  })

  it('is skipped as a draft until it is sent, unless the settings carry drafts; whatever its other status', () => {
    const skip = (change: Row, given = {}) => flow.skip?.(anInvoice(change), settings(given), lookups())
    expect(skip({ status: 1 })).toMatch(/^draft/)
    expect(skip({ status: 1 }, { drafts: 'carry' })).toBeUndefined()
    for (const status of [0, 2, 3, 4, 8]) expect(skip({ status })).toBeUndefined()
    expect(skip({ lines: [] })).toMatch(/^empty/)
  })

  it('needs the customer in the currency of the invoice', () => {
    const need = { flow: 'freshbooks-cin7/client-to-customer', sourceId: '12', variant: 'USD' }
    expect(flow.needs?.(anInvoice({ currency_code: 'USD' }), settings(), lookups())).toEqual([need])
    expect(refusal(flow.map(anInvoice(), settings(), lookups({ linked: () => undefined })))).toMatchObject({
      kind: 'dependency',
      ...need,
      variant: 'CAD',
    })
  })

  it('takes the term that its dates say', () => {
    const terms = { 14: '14 days' }
    expect(draft(anInvoice({ due_date: '2026-03-16' }), settings({ terms })).terms).toBe('14 days')
    expect(draft(anInvoice({ due_date: '2026-03-17' }), settings({ terms })).terms).toBe('30 days')
    expect(draft(anInvoice({ due_date: null }))).toMatchObject({ dueDate: '2026-03-02' })
  })

  it('deleted in FreshBooks voids the sale once it has no payments, or leaves it', () => {
    expect(flow.removes?.(settings())).toBe('unpaid')
    expect(flow.removes?.(settings({ deleted: 'leave' }))).toBe(false)
  })

  it('has changed where the sale would, not where payments or the status have', () => {
    const print = (change: Row, skus = {}) => canonical(flow.fingerprint(anInvoice(change, skus), ''))
    const before = print({})
    const changes = [
      { status: 1 },
      { invoice_number: 'x' },
      { create_date: '2026-03-03' },
      { due_date: '2026-03-03' },
      { customerid: 13 },
      { currency_code: 'USD' },
      { notes: 'x' },
      { po_number: 'x' },
      { discount_value: '9' },
      { amount: money('41.95') },
      ...[{ name: 'x' }, { qty: '5' }, { taxName1: 'x' }, { taxAmount1: '12' }, { compounded_tax: true }].map(
        (line) => ({
          lines: [invoiceLine(line), mugs()],
        }),
      ),
    ]
    for (const change of changes) expect(print(change), JSON.stringify(change)).not.toBe(before)
    const paid = {
      status: 4,
      v3_status: 'paid',
      paid: money('41.94'),
      outstanding: money('0.00'),
      updated: '2026-04-01 10:00:00',
    }
    expect(print({ ...paid, version: '2026-04-01 10:00:00.000001' }, { Bowls: 'BOWL' })).toBe(before)
  })
})

describe('a line', () => {
  const row = (line: Row, given = settings(), skus = {}) => {
    const made = draft(
      anInvoice({ lines: [line], discount_value: '0', discount_total: money('0.00'), amount: money('20.00') }, skus),
      given,
    )
    return made.lines[0] ?? made.charges[0]
  }
  const untaxed = { taxName1: '', taxAmount1: '0' }

  it('is a product where the mapping or FreshBooks knows a SKU for its name, the mapping first', () => {
    const mug = mugs({ qty: '5', amount: money('20.00') })
    expect(row(mug, settings(), { Mugs: 'OTHER' })).toMatchObject({ sku: 'MUG-1', quantity: '5', price: '4' })
    expect(row(invoiceLine(untaxed), settings(), { Bowls: 'BOWL-4' })).toMatchObject({ sku: 'BOWL-4', name: 'Bowls' })
    expect(row(invoiceLine(untaxed))).not.toHaveProperty('sku')
    expect(row(invoiceLine({ ...untaxed, name: '' }), settings(), { '': 'X' })).not.toHaveProperty('sku')
  })

  it('is a charge where the settings book services only, or where it is a credit', () => {
    expect(row(mugs({ qty: '5', amount: money('20.00') }), settings({ lines: 'service' }))).not.toHaveProperty('sku')
    const back = [invoiceLine(untaxed), mugs({ qty: '-1', amount: money('-4.00') })]
    const { lines, charges } = draft(plain(back, '16.00'))
    expect(lines).toEqual([])
    expect(charges[1]).toMatchObject({ quantity: '1', price: '-4', comment: 'Mugs · Mug · (-1 × 4)' })
  })

  it('of less than one, or with more decimals than Cin7 holds, is charged as one, and says so', () => {
    expect(row(lineOf('0.25', '80.00', '20.00'))).toMatchObject({
      quantity: '1',
      price: '20',
      comment: expect.stringContaining('(0.25 × 80)'),
    })
    expect(row(lineOf('3.33333', '6.00', '20.00'))).toMatchObject({ quantity: '1', total: '20' })
  })

  it('of less than one of a product is a charge: Cin7 takes no such quantity', () => {
    const half = mugs({ qty: '0.5', unit_cost: money('40.00'), amount: money('20.00') })
    expect(row(half)).toMatchObject({ quantity: '1', price: '20', comment: 'Mugs · Mug · (0.5 × 40)' })
    expect(row(half)).not.toHaveProperty('sku')
  })

  it('of a product keeps its quantity; the price gives way', () => {
    const line = mugs({ qty: '3', unit_cost: money('6.666666'), amount: money('20.00') })
    expect(row(line)).toMatchObject({ sku: 'MUG-1', quantity: '3', price: '6.6667', total: '20' })
  })

  it('of one product twice is one line, where price and texts are alike', () => {
    const twice = [mugs(), mugs({ lineid: 3, qty: '1', amount: money('4.00') })]
    expect(draft(plain(twice, '28.00')).lines).toMatchObject([{ sku: 'MUG-1', quantity: '7', total: '28' }])
  })

  it('goes on the sales account that its item is mapped to', () => {
    expect(row(invoiceLine(untaxed))?.account).toBe('201')
    expect(row(invoiceLine({ ...untaxed, name: 'Free text' }))?.account).toBe('200')
  })
})

describe('the taxes of a line', () => {
  const rule = (taxes: Row, mappings = MAPPINGS) => {
    const invoice = plain([lineOf('1', '100.00', '100.00', taxes)], '113.00')
    const mapped = flow.map(invoice, settings(), lookups({}, mappings))
    return Array.isArray(mapped) ? mapped[0]?.draft.charges[0]?.taxRule : refusal(mapped)
  }

  it('are found by name and percent, else by name alone; several together', () => {
    expect(rule({ taxName1: 'HST', taxAmount1: '13.000' })).toBe('HST 13')
    expect(rule({ taxName1: 'GST', taxAmount1: '5' })).toBe('GST any')
    expect(rule({ taxName1: 'PST', taxAmount1: '7', taxName2: 'GST', taxAmount2: '5' })).toBe('GST and PST')
    expect(rule({ taxName1: 'QST', taxAmount1: '9.975', taxName2: 'GST', taxAmount2: '5' })).toBe('Quebec')
    expect(rule({ taxName1: 'HST', taxAmount1: '13' }, { 'tax/HST': 'by name', 'tax/HST 13%': 'exact' })).toBe('exact')
  })

  it('that stack are another rule, in their order', () => {
    const taxes = { taxName1: 'PST', taxAmount1: '7', taxName2: 'GST', taxAmount2: '5', compounded_tax: true }
    expect(rule(taxes)).toMatchObject({ codes: [{ mapping: 'tax', code: 'PST 7%+GST 5% compounded' }] })
    expect(rule(taxes, { 'tax/PST+GST compounded': 'stacked' })).toBe('stacked')
    expect(rule({ ...taxes, taxName2: '', taxAmount2: '' }, { 'tax/PST 7%': 'one' })).toBe('one')
  })

  it('of 0 % are a tax where they have a name', () => {
    expect(rule({ taxName1: 'Zero', taxAmount1: '0' })).toMatchObject({ codes: [{ code: 'Zero 0%' }] })
    expect(rule({ taxName1: null, taxAmount1: '' })).toBe('Tax Exempt')
  })

  it('that nobody mapped are all named, and a discount account too', () => {
    const lines = [
      invoiceLine({ taxName1: 'A', taxAmount1: '1' }),
      mugs({ taxName1: 'B', taxAmount1: '2', taxName2: 'A', taxAmount2: '1' }),
    ]
    const failure = refusal(flow.map(anInvoice({ lines }), settings({ discountAccount: undefined }), lookups()))
    expect(failure).toMatchObject({
      kind: 'unmapped',
      codes: [
        { mapping: 'tax', code: 'A 1%', label: 'tax A 1%' },
        { mapping: 'tax', code: 'A 1%+B 2%', label: 'tax A 1%+B 2%' },
        { mapping: 'settings.discountAccount', code: 'discount', label: 'a discount on an invoice' },
      ],
    })
    expect(failure.remedy).toBe(
      'Map tax A 1% ("A 1%") in the mapping "tax". Map tax A 1%+B 2% ("A 1%+B 2%") in the mapping "tax". Set discountAccount, for: a discount on an invoice. Then replay.',
    )
  })
})

describe('to the cent', () => {
  const QST = { taxName1: 'GST', taxAmount1: '5', taxName2: 'QST', taxAmount2: '9.975' }
  const taxes = (invoice: Invoice, given = settings()) => draft(invoice, given).charges.map(({ tax }) => tax)

  it('a tax that FreshBooks rounds once is spread over the lines, a cent where rounding took one', () => {
    const thirds = ['33.33', '33.33', '33.33'].map((cost) => lineOf('1', cost, cost, QST))
    expect(taxes(plain(thirds, '114.96'))).toEqual(['4.99', '4.99', '4.99'])
    const fifths = ['9.99', '9.99', '9.99', '9.99'].map((cost) =>
      lineOf('1', cost, cost, { taxName1: 'HST', taxAmount1: '13' }),
    )
    expect(taxes(plain(fifths, '45.15'))).toEqual(['1.29', '1.3', '1.3', '1.3'])
  })

  it('where FreshBooks rounds each line, so is its tax', () => {
    const fifths = ['9.99', '9.99', '9.99', '9.99'].map((cost) =>
      lineOf('1', cost, cost, { taxName1: 'HST', taxAmount1: '13' }),
    )
    expect(taxes(plain(fifths, '45.16'))).toEqual(['1.3', '1.3', '1.3', '1.3'])
  })

  it('a compounded tax is on top of the first', () => {
    const line = lineOf('1', '100.00', '100.00', {
      taxName1: 'PST',
      taxAmount1: '7',
      taxName2: 'GST',
      taxAmount2: '5',
      compounded_tax: true,
    })
    const known = lookups({}, { 'tax/PST+GST compounded': 'stacked' })
    expect(draft(plain([line], '112.35'), settings(), known).tax).toBe('12.35')
  })

  it('a large Quebec invoice is right', () => {
    const invoice = plain([lineOf('1', '4495.16', '4495.16', QST)], '5168.31')
    expect(draft(invoice)).toMatchObject({ beforeTax: '4495.16', tax: '673.15', total: '5168.31' })
  })

  it('a discount lessens each tax, and is a row of its own for each rule', () => {
    const lines = [lineOf('1', '10.01', '10.01', QST), lineOf('1', '10.01', '10.01')]
    const invoice = anInvoice({ lines, discount_value: '15', discount_total: money('-3.00'), amount: money('18.29') })
    const { charges, tax } = draft(invoice)
    expect(tax).toBe('1.27')
    expect(charges.map(({ total, taxRule, comment }) => [total, taxRule, comment])).toEqual([
      ['10.01', 'Quebec', expect.stringContaining('Bowls')],
      ['10.01', 'Tax Exempt', expect.stringContaining('Bowls')],
      ['-1.5', 'Quebec', 'Discount'],
      ['-1.5', 'Tax Exempt', 'Discount'],
    ])
  })

  it('a discount of an amount, without a percent, lessens the taxes in its part', () => {
    const line = lineOf('1', '100.00', '100.00', { taxName1: 'HST', taxAmount1: '13' })
    const invoice = anInvoice({
      lines: [line],
      discount_value: '0',
      discount_total: money('-25.00'),
      amount: money('84.75'),
    })
    expect(draft(invoice)).toMatchObject({ beforeTax: '75', tax: '9.75', total: '84.75' })
  })

  it('what lines round away is refused, or a rounding line within the limit', () => {
    const hours = ['1.333', '1.333', '1.333'].map((qty) => lineOf(qty, '9.99', '13.32'))
    const invoice = plain(hours, '39.95')
    const unsaid = onlyDraft(flow.map(invoice, settings(), lookups()))
    expect(flow.totals?.(invoice, unsaid)).toEqual([
      { what: 'total', source: '39.95', target: '39.96', currency: 'CAD' },
    ])
    const rounding = { account: '860', limit: '0.05' }
    const made = draft(invoice, settings({ rounding }))
    expect(made.charges.at(-1)).toEqual({
      description: 'FreshBooks line',
      quantity: '1',
      price: '-0.01',
      total: '-0.01',
      tax: '0',
      taxRule: 'Tax Exempt',
      account: '860',
      comment: 'Rounding',
    })
    expect(made.total).toBe('39.95')
  })

  it('a total that rounding does not explain is refused with both figures', () => {
    const invoice = plain([lineOf('1', '100.00', '100.00', { taxName1: 'HST', taxAmount1: '13' })], '114.00')
    const made = onlyDraft(flow.map(invoice, settings({ rounding: { account: '860', limit: '0.05' } }), lookups()))
    expect(flow.totals?.(invoice, made)).toEqual([{ what: 'total', source: '114', target: '113', currency: 'CAD' }])
  })
})

describe('an invoice in another currency', () => {
  const euro = (date = '2026-03-02') =>
    plain([lineOf('1', '100.00', '100.00')], '100.00', { currency_code: 'EUR', create_date: date })
  const rates = [
    { currency: 'EUR', from: '2026-01-01', rate: '1.45' },
    { currency: 'EUR', from: '2026-03-01', rate: '1.4612345' },
    { currency: 'USD', from: '2026-03-01', rate: '1.35' },
  ]

  it('takes the newest rate of the settings for its day', () => {
    expect(draft(euro(), settings({ rates }))).toMatchObject({
      customerId: 'Customer-EUR',
      currency: 'EUR',
      rate: '1.46123',
    })
    expect(draft(euro('2026-02-28'), settings({ rates })).rate).toBe('1.45')
  })

  it('never takes a rate that nobody said', () => {
    expect(refusal(flow.map(euro(), settings(), lookups())).code).toBe('exchange_rate_missing')
    expect(refusal(flow.map(euro('2025-12-31'), settings({ rates }), lookups())).code).toBe('exchange_rate_missing')
    const unknown = lookups({ targetAccount: { id: 'cin7', baseCurrency: null } })
    expect(refusal(flow.map(anInvoice(), settings(), unknown)).code).toBe('base_currency_unknown')
  })
})

describe('what the books are to say of an invoice', () => {
  const figures = (invoice: Invoice, given = settings()) => flow.figures?.(invoice, given, lookups())[0]?.figures

  it('is told by FreshBooks’ own sums, on Cin7’s accounts', () => {
    expect(figures(anInvoice())).toEqual({
      currency: 'CAD',
      total: '41.94',
      tax: '2.34',
      customer: { id: 'customer-cad', name: 'Harbour Lane' },
      accounts: { '200': '24', '201': '20', '260': '-4.4' },
    })
  })

  it('shows what rounding leaves over', () => {
    const invoice = plain(
      ['1.333', '1.333', '1.333'].map((qty) => lineOf(qty, '9.99', '13.32')),
      '39.95',
    )
    expect(figures(invoice, settings({ rounding: { account: '860', limit: '1' } }))?.accounts).toEqual({
      '201': '39.96',
      '860': '-0.01',
    })
    expect(figures(invoice)?.accounts).toHaveProperty('not mapped: rounding')
  })
})
