import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { billToPurchase as flow } from '../../../src/pairs/freshbooks-cin7/bill-to-purchase'
import type { Bill } from '../../../src/vendors/freshbooks/bills'
import { billLine, money } from '../../vendors/freshbooks/rows'
import { aBill, lookups, MAPPINGS, onlyDraft, type Row, refusal, settings } from './samples'

const draft = (bill: Bill, given = settings(), known = lookups()) => {
  const made = onlyDraft(flow.map(bill, given, known))
  expect(flow.totals?.(bill, made)).toEqual([])
  return made
}
const refused = (bill: Bill, given = settings(), known = lookups()) => refusal(flow.map(bill, given, known))

/** Lines without tax, adding up to `total`. */
const untaxed = (total: string, lines: Row[]) =>
  aBill({
    lines: lines.map((line) => billLine({ tax_name1: null, tax_percent1: null, tax_amount1: null, ...line })),
    amount: money(total),
    tax_amount: money('0.00'),
    total_amount: money(total),
  })

describe('a bill', () => {
  it('becomes a service purchase under the number of the vendor, its costs on the mapped accounts', () => {
    expect(draft(aBill())).toEqual({
      kind: 'service',
      supplierId: 'Supplier-CAD',
      currency: 'CAD',
      location: 'Main Warehouse',
      taxRule: 'Tax on Purchases',
      taxInclusive: false,
      terms: '30 days',
      rate: '1',
      requiredBy: '',
      memo: 'FreshBooks bill BN101',
      attributes: {},
      invoiceNumber: 'BN101',
      date: '2026-03-01',
      dueDate: '2026-03-31',
      lines: [],
      charges: [
        {
          description: 'FreshBooks cost',
          quantity: '1',
          price: '125',
          tax: '16.25',
          taxRule: 'HST purchases',
          account: '405',
          comment: 'Office Expenses & Postage · Side table',
          total: '125',
        },
      ],
      beforeTax: '125',
      tax: '16.25',
      total: '141.25',
    })
  })

  it('has goods as lines of their product, where the category is mapped to one', () => {
    const known = lookups({}, { ...MAPPINGS, 'stock/66': 'FLOUR' })
    const goods = {
      category: 'Flour',
      categoryid: 66,
      description: 'Rye',
      quantity: '3',
      unit_cost: money('5.00'),
      amount: money('15.00'),
    }
    const { kind, lines, charges } = draft(untaxed('140.00', [{}, goods]), settings(), known)
    expect(kind).toBe('stock')
    expect(lines).toEqual([
      {
        sku: 'FLOUR',
        name: 'Rye',
        quantity: '3',
        price: '5',
        total: '15',
        tax: '0',
        taxRule: 'Purchases Exempt',
        account: '406',
        comment: 'Flour',
      },
    ])
    expect(charges).toHaveLength(1)
    const back = { ...goods, quantity: '-1', amount: money('-5.00') }
    expect(draft(untaxed('120.00', [{}, back]), settings(), known)).toMatchObject({ kind: 'service', lines: [] })
  })

  it('without a number shows FreshBooks’ own, and without a due date is due at once', () => {
    expect(draft(aBill({ bill_number: null, due_date: null }))).toMatchObject({
      invoiceNumber: 'FB-43',
      memo: 'FreshBooks bill FB-43',
      dueDate: '2026-03-01',
    })
  })

  it('needs the supplier in its currency, and the settings for purchases', () => {
    const need = { flow: 'freshbooks-cin7/vendor-to-supplier', sourceId: '7', variant: 'CAD' }
    expect(flow.needs?.(aBill(), settings(), lookups())).toEqual([need])
    expect(refused(aBill(), settings(), lookups({ linked: () => undefined }))).toMatchObject({
      kind: 'dependency',
      ...need,
    })
    expect(refused(aBill(), settings({ purchases: undefined })).code).toBe('unmapped')
  })

  it('names all categories and taxes that nobody mapped', () => {
    const lines = [
      billLine(),
      billLine({ category: null, tax_name1: 'X', tax_percent1: '1', tax_name2: 'GST', tax_percent2: '5' }),
    ]
    expect(refused(aBill({ lines }), settings(), lookups({}, {}))).toMatchObject({
      kind: 'unmapped',
      codes: [
        { mapping: 'purchase-tax', code: 'HST 13%' },
        { mapping: 'expense-category', code: '65', label: 'category Office Expenses & Postage' },
        { mapping: 'purchase-tax', code: 'GST 5%+X 1%' },
        { mapping: 'expense-category', code: 'none', label: 'category none' },
      ],
    })
  })

  it('has the tax of FreshBooks, a cent spread where its lines round otherwise', () => {
    const line = {
      amount: money('9.99'),
      unit_cost: money('9.99'),
      tax_amount1: money('1.30'),
      total_amount: money('11.29'),
    }
    const lines = [line, line, line, line].map((one) => billLine(one))
    const sums = { amount: money('39.96'), tax_amount: money('5.19'), total_amount: money('45.15') }
    expect(draft(aBill({ lines, ...sums })).charges.map(({ tax }) => tax)).toEqual(['1.29', '1.3', '1.3', '1.3'])
    const bare = lines.map((one) => ({ ...one, tax_amount1: null }))
    expect(draft(aBill({ lines: bare, ...sums })).tax).toBe('5.19')
  })

  it('that does not add up is refused with both figures, or rounded within the limit', () => {
    const off = { total_amount: money('141.27') }
    const rounding = { account: '860', limit: '0.05' }
    expect(flow.totals?.(aBill(off), onlyDraft(flow.map(aBill(off), settings(), lookups())))).toEqual([
      { what: 'total', source: '141.27', target: '141.25', currency: 'CAD' },
    ])
    expect(draft(aBill(off), settings({ rounding })).charges.at(-1)).toMatchObject({
      total: '0.02',
      account: '860',
      taxRule: 'Purchases Exempt',
      comment: 'Rounding',
    })
    const wrong = aBill({ tax_amount: money('20.00'), total_amount: money('145.00') })
    expect(flow.totals?.(wrong, onlyDraft(flow.map(wrong, settings(), lookups()))).map(({ what }) => what)).toEqual([
      'tax',
      'total',
    ])
  })

  it('in another currency takes the rate of the settings', () => {
    const euro = aBill({ currency_code: 'EUR' })
    expect(refused(euro).code).toBe('exchange_rate_missing')
    expect(draft(euro, settings({ rates: [{ currency: 'EUR', from: '2026-01-01', rate: '1.45' }] }))).toMatchObject({
      supplierId: 'Supplier-EUR',
      rate: '1.45',
    })
  })

  it('has changed where the purchase would, not where payments have', () => {
    const print = (change: Row) => canonical(flow.fingerprint(aBill(change), ''))
    const before = print({})
    const changes = [
      { bill_number: 'x' },
      { vendorid: 8 },
      { issue_date: '2026-03-02' },
      { due_date: '2026-03-02' },
      { currency_code: 'USD' },
      { total_amount: money('1.00') },
      ...[{ description: 'x' }, { quantity: '2' }, { category: 'x', categoryid: 1 }, { tax_percent1: '12' }].map(
        (line) => ({
          lines: [billLine(line)],
        }),
      ),
    ]
    for (const change of changes) expect(print(change), JSON.stringify(change)).not.toBe(before)
    expect(
      print({ bill_payments: [], outstanding: money('0.00'), status: 'paid', updated_at: '2027-01-01 10:00:00' }),
    ).toBe(before)
  })

  it('says what the books are to say, on Cin7’s accounts', () => {
    expect(flow.figures?.(aBill(), settings(), lookups())[0]?.figures).toEqual({
      currency: 'CAD',
      total: '141.25',
      tax: '16.25',
      customer: { id: 'supplier-cad', name: 'Staples' },
      accounts: { '405': '125' },
    })
  })

  it('deleted in FreshBooks voids the purchase, or leaves it; one without lines is skipped', () => {
    expect([flow.removes?.(settings()), flow.removes?.(settings({ deleted: 'leave' }))]).toEqual([true, false])
    expect(flow.skip?.(aBill({ lines: [] }), settings(), lookups())).toMatch(/^empty/)
  })
})
