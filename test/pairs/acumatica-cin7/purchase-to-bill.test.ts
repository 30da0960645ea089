import { describe, expect, it } from 'vitest'
import { creditNoteToAdjustment } from '../../../src/pairs/acumatica-cin7/credit-note-to-adjustment'
import { purchaseToBill } from '../../../src/pairs/acumatica-cin7/purchase-to-bill'
import type { Purchase } from '../../../src/vendors/cin7/purchases'
import { creditNote, freight, ITEMS, invoice, lookups, MAPPINGS, purchase, row, settings } from './samples'

const mapped = (from: Purchase, given = settings(), known = lookups()) => purchaseToBill.map(from, given, known)
const draft = (from: Purchase, given = settings(), known = lookups()) => {
  const drafts = mapped(from, given, known)
  if (!Array.isArray(drafts) || !drafts[0]) throw new Error(JSON.stringify(drafts))
  return drafts[0].draft
}

describe('a bill', () => {
  it('says what the invoice says, each row on its account, tax in a line of its own', () => {
    expect(mapped(purchase())).toEqual([
      {
        variant: 't-1',
        draft: {
          vendor: 'BAYSIDE',
          reference: 'INV-88121',
          date: '2026-03-02',
          dueDate: '2026-04-01',
          currency: 'USD',
          branch: 'MAIN',
          location: '',
          terms: '30D',
          text: 'Cin7 PO-00042 / INV-88121',
          lines: [
            {
              text: '3 × WIDGET Widget',
              item: '',
              quantity: '1',
              unitCost: '10',
              amount: '10',
              account: '12100',
              subaccount: '000000',
              taxCategory: '',
              branch: 'MAIN',
              unit: '',
              order: null,
            },
            {
              text: 'Freight',
              item: '',
              quantity: '1',
              unitCost: '7.4',
              amount: '7.4',
              account: '61000',
              subaccount: 'FREIGHT',
              taxCategory: '',
              branch: 'MAIN',
              unit: '',
              order: null,
            },
            {
              text: 'Tax',
              item: '',
              quantity: '1',
              unitCost: '1',
              amount: '1',
              account: '69500',
              subaccount: '000000',
              taxCategory: '',
              branch: 'MAIN',
              unit: '',
              order: null,
            },
          ],
          beforeTax: '18.4',
          tax: '0',
          total: '18.4',
          release: false,
        },
      },
    ])
  })

  it('leaves tax to Acumatica where the setting says so, by the mapped categories', () => {
    const { lines, beforeTax, tax, total } = draft(purchase(), settings({ tax: { as: 'tax' } }))
    expect(lines.map(({ taxCategory, amount }) => [taxCategory, amount])).toEqual([
      ['TAXABLE', '10'],
      ['EXEMPT', '7.4'],
    ])
    expect({ beforeTax, tax, total }).toEqual({ beforeTax: '17.4', tax: '1', total: '18.4' })
  })

  it('takes the tax out of prices that include it', () => {
    const inclusive = invoice({ rows: [row({ total: '11' })], beforeTax: '10', tax: '1', total: '11' })
    const { lines } = draft(purchase({ taxInclusive: true, invoices: [inclusive] }))
    expect(lines.map(({ amount }) => amount)).toEqual(['10', '1'])
  })

  it('takes mapped items from the lines of the order', () => {
    const { lines } = draft(purchase(), settings({ bills: { lines: 'order' } }), lookups(ITEMS, '1,2'))
    expect(lines[0]).toMatchObject({
      item: 'WIDGET-A',
      quantity: '3',
      unitCost: '3.3333',
      amount: '10',
      account: '',
      order: { number: '000871', line: 1 },
    })
    expect(lines[1]).toMatchObject({ item: '', account: '61000', order: null })
  })

  it('takes two rows of one product from two lines, by their price', () => {
    const rows = [row({ price: '5', quantity: '1', total: '5' }), row({ price: '4', quantity: '1', total: '4' })]
    const ordered = { ...purchase().order, rows: [...rows].reverse() }
    const billed = invoice({ rows, tax: '0', beforeTax: '9', total: '9' })
    const known = lookups(ITEMS, '7,9')
    const { lines } = draft(
      purchase({ order: ordered, invoices: [billed] }),
      settings({ bills: { lines: 'order' } }),
      known,
    )
    expect(lines.map(({ amount, order }) => [amount, order?.line])).toEqual([
      ['5', 9],
      ['4', 7],
    ])
  })

  it('is refused where an item has no line in the order', () => {
    expect(mapped(purchase(), settings({ bills: { lines: 'order' } }), lookups(ITEMS))).toMatchObject({
      kind: 'rejected',
      code: 'bill_line_without_order',
    })
  })

  it('needs its supplier first, and its order where it takes from it', () => {
    const needs = (given = settings()) => purchaseToBill.needs?.(purchase(), given, lookups())?.map(({ flow }) => flow)
    expect(needs()).toEqual(['acumatica-cin7/supplier-to-vendor'])
    expect(needs(settings({ bills: { lines: 'order' } }))).toEqual([
      'acumatica-cin7/supplier-to-vendor',
      'acumatica-cin7/purchase-to-order',
    ])
  })

  it('is known by a reference that is always the same', () => {
    const two = [invoice({ number: '' }), invoice({ id: 't-2', number: '' })]
    const drafts = mapped(purchase({ invoices: two }))
    expect(Array.isArray(drafts) && drafts.map(({ draft: { reference } }) => reference)).toEqual([
      'PO-00042',
      'PO-00042/2',
    ])
    const long = draft(purchase({ invoices: [invoice({ number: 'N'.repeat(60) })] })).reference
    expect(long).toHaveLength(40)
    expect(long).toBe(draft(purchase({ invoices: [invoice({ number: 'N'.repeat(60) })] })).reference)
  })

  it('names all codes at once that have no counterpart', () => {
    const { 'account/630': _, 'account/400': __, ...rest } = MAPPINGS
    expect(mapped(purchase(), settings(), lookups(rest))).toMatchObject({
      kind: 'unmapped',
      codes: [{ code: '630' }, { code: '400' }],
    })
  })

  it('books a cent as rounding within the limit, and fails beyond it', () => {
    const off = purchase({ invoices: [invoice({ rows: [row(), freight({ total: '7.39' })] })] })
    const rounding = { account: '54000', limit: '0.02' }
    const rounded = draft(off, settings({ rounding }))
    expect(rounded.lines.at(-1)).toMatchObject({ text: 'Rounding', amount: '0.01', account: '54000' })
    expect(purchaseToBill.totals?.(off, rounded)).toEqual([])
    expect(purchaseToBill.totals?.(off, draft(off))).toEqual([
      { what: 'total', source: '18.4', target: '18.39', currency: 'USD' },
    ])
  })

  it('is of the branch of its location', () => {
    expect(draft(purchase({ location: 'Second Warehouse' })).branch).toBe('EAST')
  })

  it.each([
    ['a draft', { invoices: [invoice({ status: 'DRAFT' })] }],
    ['voided', { status: 'VOIDED' }],
    ['approach ORDER, as the brief means it', { approach: 'ORDER' }],
  ])('is not made of what is no bill yet: %s', (_what, change) => {
    expect(purchaseToBill.skip?.(purchase(change), settings(), lookups())).toContain('no authorised invoice')
  })

  it('is the same content when only a payment came', () => {
    const paid = purchase({ invoices: [invoice({ status: 'PAID', paid: '18.4' })] })
    expect(purchaseToBill.fingerprint(paid, 't-1')).toEqual(purchaseToBill.fingerprint(purchase(), 't-1'))
  })

  it('is refused below zero, and in another currency than its vendor', () => {
    const negative = purchase({ invoices: [invoice({ total: '-1' })] })
    expect(mapped(negative)).toMatchObject({ code: 'document_below_zero' })
    expect(mapped(purchase({ currency: 'EUR' }))).toMatchObject({ code: 'vendor_in_other_currency' })
  })

  it('is told for the books from the invoice itself', () => {
    expect(purchaseToBill.figures?.(purchase(), settings(), lookups())).toEqual([
      {
        variant: 't-1',
        figures: {
          currency: 'USD',
          total: '18.4',
          tax: '0',
          customer: { id: 'BAYSIDE', name: 'Bayside' },
          accounts: { '12100': '10', '61000': '7.4', '69500': '1' },
        },
      },
    ])
  })
})

describe('a debit adjustment', () => {
  const credited = purchase({ creditNotes: [creditNote()] })

  it('says what the credit note says, on accounts and never from an order', () => {
    const given = settings({ bills: { lines: 'order' } })
    expect(creditNoteToAdjustment.map(credited, given, lookups(ITEMS, '1,2'))).toMatchObject([
      {
        variant: 'n-1',
        draft: {
          reference: 'CN-7',
          text: 'Cin7 PO-00042 / CN-7 for INV-88121',
          dueDate: null,
          lines: [
            { account: '12100', amount: '5', order: null },
            { account: '69500', amount: '1' },
          ],
          total: '6',
        },
      },
    ])
  })

  it('takes away in the books', () => {
    expect(creditNoteToAdjustment.figures?.(credited, settings(), lookups())).toMatchObject([
      { variant: 'n-1', figures: { total: '-6', accounts: { '12100': '-5', '69500': '-1' } } },
    ])
  })
})
