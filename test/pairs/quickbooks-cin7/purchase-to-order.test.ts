import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { purchaseToOrder } from '../../../src/pairs/quickbooks-cin7/purchase-to-order'
import type { Settings } from '../../../src/pairs/quickbooks-cin7/settings'
import type { Purchase } from '../../../src/vendors/cin7/purchases'
import { ABROAD, invoice, lookups, purchase, settings } from './samples'

const ordered = (change: Partial<Purchase> = {}): Purchase => purchase({ status: 'ORDERED', invoices: [], ...change })
const CARRIED = lookups({ variants: ['order'] })

const draftOf = (record: Purchase, given: Settings = settings(), known: Lookups = lookups()) => {
  const mapped = purchaseToOrder.map(record, given, known)
  if (!Array.isArray(mapped) || !mapped[0]) throw new Error('no order')
  return mapped[0].draft
}
const skipped = (record: Purchase, given: Settings = settings(), known: Lookups = lookups()) =>
  purchaseToOrder.skip?.(record, given, known)

describe('an authorised order', () => {
  it('becomes a purchase order', () => {
    expect(skipped(ordered())).toBeUndefined()
    expect(draftOf(ordered())).toMatchObject({
      vendor: '56',
      payable: '33',
      date: '2026-03-01',
      dueDate: '2026-03-20',
      number: 'PO-00042',
      memo: 'Cin7 PO-00042',
      department: '',
      term: '3',
      open: true,
      wins: 'ask',
      rows: 2,
      total: '37.4',
      lines: [
        {
          detail: { kind: 'account', account: '80' },
          amount: '25',
          description: '10 × WIDGET Widget',
          class: 'c-garden',
        },
        { detail: { kind: 'account', account: '80' }, amount: '7.4' },
        { detail: { kind: 'account', account: '88' }, amount: '5', description: 'Tax' },
      ],
    })
    expect(purchaseToOrder.totals?.(ordered(), draftOf(ordered()))).toEqual([])
  })

  it('has quantities where its products are items', () => {
    expect(draftOf(ordered(), settings({ ...ABROAD, items: 'mapped' })).lines).toMatchObject([
      { detail: { kind: 'item', item: '19', quantity: '10', price: '2.5' }, taxCode: '4' },
      { detail: { kind: 'account', account: '80' }, taxCode: '7' },
    ])
  })

  it('keeps what is needed to carry it back', () => {
    expect(JSON.parse(draftOf(ordered()).keep)).toEqual({
      number: 'PO-00042',
      currency: 'USD',
      inclusive: false,
      rows: [
        { sku: 'WIDGET', name: 'Widget', quantity: '10', price: '2.5', total: '25' },
        { sku: '', name: 'Freight', quantity: '1', price: '7.4', total: '7.4' },
      ],
    })
  })

  it.each(['ask', 'cin7', 'quickbooks'])('tells who is right where both sides changed it (%s)', (wins) => {
    const words = { ask: 'ask', cin7: 'source', quickbooks: 'target' }
    expect(draftOf(ordered(), settings({ orders: { account: '80', wins } })).wins).toBe(
      Object.entries(words).find(([word]) => word === wins)?.[1],
    )
  })
})

describe('an order is left', () => {
  it.each<[string, Purchase, Settings, string]>([
    ['without the setting', ordered(), settings({ orders: undefined }), 'setting orders'],
    ['while it is a draft', ordered({ order: { ...ordered().order, status: 'DRAFT' } }), settings(), 'not authorised'],
    ['where goods came without one', ordered({ blindReceipt: true }), settings(), 'received without an order'],
    ['where it is empty', ordered({ order: { ...ordered().order, rows: [] } }), settings(), 'no lines'],
    ['where it is voided before it was carried', ordered({ status: 'VOIDED' }), settings(), 'voided'],
    ['where it is invoiced before it was carried', purchase(), settings(), 'invoiced before'],
  ])('%s', (_what, record, given, reason) => {
    expect(skipped(record, given)).toContain(reason)
  })

  it('while it is stepped back in Cin7, although it was carried: nothing is taken from it', () => {
    const record = ordered({ order: { ...ordered().order, status: 'DRAFT' } })
    expect(skipped(record, settings({ orders: { account: '80', voided: 'delete' } }), CARRIED)).toContain(
      'not authorised',
    )
    expect(purchaseToOrder.parts?.(record)).toEqual(['order'])
  })
})

describe('an order that is invoiced', () => {
  const whole = purchase({ status: 'INVOICED' })

  it('is closed behind its bills', () => {
    expect(skipped(whole, settings(), CARRIED)).toBeUndefined()
    expect(purchaseToOrder.needs?.(whole, settings(), CARRIED)).toEqual([
      { flow: 'quickbooks-cin7/supplier-to-vendor', sourceId: 's-1', variant: 'vendor' },
      { flow: 'quickbooks-cin7/purchase-to-bill', sourceId: 'p-1', variant: 't-1' },
    ])
    expect(draftOf(whole, settings(), CARRIED).open).toBe(false)
  })

  it.each<[string, Partial<Purchase>, boolean]>([
    ['an advanced one in part', { status: 'PARTIALLY INVOICED' }, true],
    ['an advanced one in whole', { status: 'COMPLETED / CREDIT NOTE CLOSED' }, false],
    ['a simple one has one invoice', { type: 'simple', status: 'RECEIVING' }, false],
    [
      'one with a further draft',
      { status: 'INVOICED', invoices: [invoice(), invoice({ id: 't-2', status: 'DRAFT' })] },
      true,
    ],
    ['one with only a draft', { type: 'simple', invoices: [invoice({ status: 'DRAFT' })] }, true],
  ])('%s', (_what, change, open) => {
    expect(draftOf(purchase(change)).open).toBe(open)
    expect(purchaseToOrder.fingerprint(purchase(change), 'order')).toMatchObject({ open })
  })

  it('commits to nothing', () => {
    const [committed] = purchaseToOrder.figures?.(ordered(), settings(), CARRIED) ?? []
    expect(committed?.figures).toEqual({
      currency: 'USD',
      total: '37.4',
      tax: '0',
      customer: { id: '56', name: 'Bayside' },
      accounts: { '80': '32.4', '88': '5' },
    })
    const [nothing] = purchaseToOrder.figures?.(whole, settings(), CARRIED) ?? []
    expect(nothing?.figures).toMatchObject({ total: '0', accounts: {} })
  })
})

describe('an order that is voided', () => {
  const voided = ordered({ status: 'VOIDED' })

  it('is a part that is gone', () => {
    expect(skipped(voided, settings(), CARRIED)).toBeUndefined()
    expect(purchaseToOrder.parts?.(voided)).toEqual([])
    expect(purchaseToOrder.needs?.(voided, settings(), CARRIED)).toEqual([])
    expect(purchaseToOrder.map(voided, settings(), CARRIED)).toEqual([])
  })

  it.each([
    ['leave', false],
    ['delete', 'delete'],
    ['close', 'close'],
  ])('%s by setting', (word, how) => {
    expect(purchaseToOrder.removes?.(settings({ orders: { account: '80', voided: word } }))).toBe(how)
  })
})
