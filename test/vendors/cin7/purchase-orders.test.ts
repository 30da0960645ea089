import { beforeEach, describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { purchaseOrders } from '../../../src/vendors/cin7/purchase-orders'
import type { PurchaseOrderDraft } from '../../../src/vendors/cin7/service-purchases'
import { at, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { aBill, howMany, shown, supplierId, uncertain, writes } from './a-purchase'
import { openCin7 } from './with-cin7'

const ORDER_MARKER = 'mlc:acumatica-cin7/order-to-purchase:PO000123:order:g1'

let rig: Rig

beforeEach(() => {
  rig = openCin7({ suppliers: [{ Name: 'Bayside' }, { Name: 'Bayside Two' }] })
})

const orders = () => writes(rig, purchaseOrders, ORDER_MARKER)

const bread = (quantity: number) => ({
  sku: 'Bread',
  name: 'Bread',
  quantity: String(quantity),
  price: '2.5',
  tax: '0',
  taxRule: 'Tax Exempt',
  comment: '',
  total: String(quantity * 2.5),
})

const anOrder = (quantity = 4, change: Partial<PurchaseOrderDraft> = {}): PurchaseOrderDraft => {
  const { invoiceNumber, date, dueDate, charges, ...head } = aBill(rig)
  const total = String(quantity * 2.5)
  return {
    ...head,
    kind: 'stock',
    memo: 'Acumatica PO000123',
    lines: [bread(quantity)],
    charges: [],
    beforeTax: total,
    tax: '0',
    total,
    ...change,
  }
}

const made = async () => (await orders().create(anOrder())).ref

describe('a new order', () => {
  it('is a draft first, then authorised, and read back', async () => {
    const { calls, ref } = await orders().create(anOrder())
    expect(calls.map(({ step, body }) => [step, body ? at(body, 'Status') : ''])).toEqual([
      ['header', undefined],
      ['order', 'DRAFT'],
      ['authorise-order', 'AUTHORISED'],
      ['', ''],
    ])
    expect(shown(rig, ref.id)).toMatchObject({
      Type: 'Simple Purchase',
      Status: 'ORDERED',
      Order: { Status: 'AUTHORISED', Total: 10, Lines: [{ SKU: 'Bread', Quantity: 4 }] },
      Invoice: [{ Status: 'NOT AVAILABLE' }],
    })
    expect(ref).toMatchObject({ number: 'PO-00001', facts: { total: '10' } })
  })

  it('is not authorised where Cin7 computes another total', async () => {
    await expect(orders().create(anOrder(4, { total: '10.01' }))).rejects.toMatchObject({
      failure: { kind: 'totals', remedy: expect.stringContaining('purchase PO-00001 with a draft order') },
    })
    expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Order: { Status: 'DRAFT' } }] })
  })

  describe.each(['header', 'order', 'authorise-order'])('where the answer of "%s" is lost', (step) => {
    it.each<Trouble>(['lost', 'never'])('goes on and orders nothing twice (%s)', async (what) => {
      const ledger: Ledger = new Map()
      await uncertain(orders().create(anOrder(), { ledger, trouble: { [step]: what } }))
      const { steps } = await orders().create(anOrder(), { ledger })
      const rest = ['header', 'order', 'authorise-order']
      expect(steps()).toEqual(rest.slice(rest.indexOf(step) + (what === 'lost' ? 1 : 0)))
      expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Status: 'ORDERED', Order: { Total: 10 } }] })
      expect(howMany(rig)).toBe(1)
    })
  })
})

describe('a changed order', () => {
  it('is stepped back and ordered again, with another supplier too', async () => {
    const ref = await made()
    const { steps, ref: changed } = await orders().update(
      ref,
      anOrder(6, { supplierId: supplierId(rig, 'Bayside Two') }),
    )
    expect(steps()).toEqual(['light', 'undo-order', 'header', 'order', 'authorise-order'])
    expect(shown(rig, ref.id)).toMatchObject({ Supplier: 'Bayside Two', Status: 'ORDERED', Order: { Total: 15 } })
    expect(changed.facts.total).toBe('15')
  })

  it('that already holds this content is left alone, also once it is received and invoiced', async () => {
    const ref = await made()
    rig.act('invoice-purchase', { purchase: ref.id })
    expect((await orders().update(ref, anOrder())).steps()).toEqual([])
    expect((await orders().update(ref, anOrder(4, { memo: 'x' }))).steps()).toEqual(['light'])
  })

  it.each<[string, (id: string) => void, string]>([
    [
      'invoiced',
      (id) => rig.act('invoice-purchase', { purchase: id, invoiceNumber: 'S-1' }),
      'invoice S-1 was entered',
    ],
    [
      'invoiced as a draft',
      (id) => rig.act('invoice-purchase', { purchase: id, status: 'DRAFT', invoiceNumber: 'S-1' }),
      'invoice S-1 was entered',
    ],
    [
      'paid in advance',
      (id) => rig.act('pay-purchase', { purchase: id, amount: 1, type: 'Prepayment' }),
      'it has a prepayment',
    ],
    ['voided', (id) => rig.act('void-purchase', { purchase: id }), 'the purchase was voided'],
    ['stepped back', (id) => rig.act('undo-purchase', { purchase: id }), 'the order was stepped back'],
    [
      'changed',
      (id) => {
        rig.act('undo-purchase', { purchase: id })
        rig.act('order-purchase', { purchase: id, amount: 10 })
      },
      'the order was written by somebody else',
    ],
  ])('that was %s is left to a person', async (_what, touch, words) => {
    const ref = await made()
    touch(ref.id)
    const before = shown(rig, ref.id)
    await expect(orders().update(ref, anOrder(6))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_purchase_changed', message: expect.stringContaining(words) },
    })
    expect(shown(rig, ref.id)).toEqual(before)
  })

  describe.each(['light', 'undo-order', 'header', 'order', 'authorise-order'])(
    'where the answer of "%s" is lost',
    (step) => {
      const draft = () => anOrder(6, { supplierId: supplierId(rig, 'Bayside Two') })

      it.each<Trouble>(['lost', 'never'])('is finished by the next run (%s)', async (what) => {
        const ref = await made()
        const ledger: Ledger = new Map()
        await uncertain(orders().update(ref, draft(), { ledger, trouble: { [step]: what } }))
        await orders().update(ref, draft(), { ledger })
        expect(shown(rig, ref.id)).toMatchObject({ Supplier: 'Bayside Two', Status: 'ORDERED', Order: { Total: 15 } })
      })

      it('is finished by a later revision that knows nothing of the steps before', async () => {
        const ref = await made()
        await uncertain(orders().update(ref, draft(), { trouble: { [step]: 'lost' } }))
        await orders().update(ref, { ...draft(), ...anOrder(8), supplierId: supplierId(rig, 'Bayside Two') })
        expect(shown(rig, ref.id)).toMatchObject({ Supplier: 'Bayside Two', Status: 'ORDERED', Order: { Total: 20 } })
      })
    },
  )

  it('that was half-built is finished', async () => {
    await uncertain(orders().create(anOrder(), { trouble: { 'authorise-order': 'never' } }))
    const half: TargetRef = { id: String(at(rig.vendor.dump(), 'purchases', 0, 'ID')), number: 'PO-00001', facts: {} }
    expect((await orders().update(half, anOrder())).steps()).toEqual(['order', 'authorise-order'])
  })
})

describe('an order that is gone in the source', () => {
  it('is voided while nothing followed from it', async () => {
    const ref = await made()
    await orders().remove(ref)
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'VOIDED' })
  })

  it('is left to a person once it is invoiced', async () => {
    const ref = await made()
    rig.act('invoice-purchase', { purchase: ref.id, invoiceNumber: 'S-1' })
    await expect(orders().remove(ref)).rejects.toMatchObject({
      failure: { message: expect.stringContaining('S-1 was entered') },
    })
  })
})
