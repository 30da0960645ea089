import { describe, expect, it } from 'vitest'
import { purchaseToOrder } from '../../../src/pairs/acumatica-cin7/purchase-to-order'
import type { Purchase } from '../../../src/vendors/cin7/purchases'
import { ITEMS, lookups, purchase, settings } from './samples'

const ordered = (change: Partial<Purchase> = {}) => purchase({ invoices: [], ...change })
const skip = (from: Purchase, given = settings(), known = lookups()) => purchaseToOrder.skip?.(from, given, known)

describe('a purchase order', () => {
  it('has the mapped item with unit cost and warehouse, and every other row on the one account', () => {
    expect(purchaseToOrder.map(ordered({ location: 'Second Warehouse' }), settings(), lookups(ITEMS))).toMatchObject([
      {
        variant: 'order',
        draft: {
          vendor: 'BAYSIDE',
          reference: 'PO-00042',
          date: '2026-03-01',
          promised: '2026-03-20',
          branch: 'EAST',
          terms: '30D',
          text: 'Cin7 PO-00042',
          lines: [
            { item: 'WIDGET-A', quantity: '3', unitCost: '3.3333', amount: '10', warehouse: 'WH02', account: '' },
            { item: '', text: 'Freight', amount: '7.4', account: '54000', subaccount: '000000', warehouse: '' },
            { item: '', text: 'Tax', amount: '1', account: '69500' },
          ],
          beforeTax: '18.4',
          tax: '0',
          total: '18.4',
          open: true,
        },
      },
    ])
  })

  it('stays on hold where a person is to open it', () => {
    const orders = { account: '54000', status: 'hold' }
    expect(purchaseToOrder.map(ordered(), settings({ orders }), lookups())).toMatchObject([{ draft: { open: false } }])
  })

  it.each<[string, Partial<Purchase>, string]>([
    ['not authorised', { order: { ...purchase().order, status: 'DRAFT' } }, 'not authorised'],
    ['received without an order', { blindReceipt: true }, 'received without an order'],
    ['approach RECEIVE, as the brief means it', { approach: 'RECEIVE' }, 'approach RECEIVE'],
    ['voided', { status: 'VOIDED' }, 'voided'],
    ['invoiced before', { invoices: purchase().invoices }, 'invoiced before'],
  ])('is not made of one that is %s', (_what, change, reason) => {
    expect(skip(ordered(change))).toContain(reason)
  })

  it('follows also once it is invoiced, and is made late where bills take from it', () => {
    expect(skip(purchase(), settings(), lookups(ITEMS, '1,2', { variants: ['order'] }))).toBeUndefined()
    expect(skip(purchase(), settings({ bills: { lines: 'order' } }))).toBeUndefined()
    expect(skip(purchase(), settings(), lookups(ITEMS, '', { variants: ['order'] }))).toContain('invoiced before')
  })

  it('is to say in Acumatica what was ordered, by item or on the one account', () => {
    expect(purchaseToOrder.figures?.(purchase(), settings(), lookups(ITEMS))).toMatchObject([
      { variant: 'order', figures: { total: '18.4', accounts: { 'WIDGET-A': '10', 54000: '7.4', 69500: '1' } } },
    ])
  })

  it('is taken back with its purchase only where the setting says so', () => {
    expect(purchaseToOrder.parts?.(purchase({ status: 'VOIDED' }))).toEqual([])
    expect(purchaseToOrder.removes?.(settings())).toBe(false)
    expect(purchaseToOrder.removes?.(settings({ orders: { account: '54000', voided: 'delete' } }))).toBe(true)
  })
})
