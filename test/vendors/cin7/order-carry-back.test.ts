import { beforeEach, describe, expect, it } from 'vitest'
import { printOf } from '../../../src/lib/print'
import { type CarriedOrderDraft, carriedOrders, orderText } from '../../../src/vendors/cin7/order-carry-back'
import { purchases } from '../../../src/vendors/cin7/purchases'
import { at, idAt, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { shown, uncertain, writes } from './a-purchase'
import { client, openCin7 } from './with-cin7'

const BREAD = {
  SKU: 'Bread',
  Name: 'Bread',
  Quantity: 4,
  Price: 2.5,
  Tax: 1,
  TaxRule: 'Tax on Purchases',
  Total: 10,
  Comment: 'wholemeal',
}
const FREIGHT = { Description: 'Freight', Quantity: 1, Price: 5, Tax: 0, TaxRule: 'Tax Exempt', Total: 5 }

let rig: Rig
let id: string

beforeEach(() => {
  rig = openCin7()
  id = idAt(
    rig.act('create-purchase', { supplier: 'Bayside', upTo: 'order', lines: [BREAD], charges: [FREIGHT] }),
    'ID',
  )
})

const backs = () => writes(rig, carriedOrders, 'mlc:quickbooks-cin7/order-to-purchase:55:order:g1')

const agreed = async (): Promise<string> => {
  const purchase = await purchases.read(client(rig).api, id)
  return purchase ? printOf(orderText(purchase)) : ''
}

const bread = (quantity: number) => ({
  sku: 'Bread',
  name: 'Bread',
  quantity: String(quantity),
  price: '2.5',
  total: String(quantity * 2.5),
  tax: null,
  taxRule: null,
})
const freight = { sku: '', name: 'Freight', quantity: '1', price: '5', total: '5', tax: null, taxRule: null }

const change = async (quantity = 6, more: Partial<CarriedOrderDraft> = {}): Promise<CarriedOrderDraft> => ({
  purchaseId: id,
  currency: 'USD',
  agreed: await agreed(),
  rows: [bread(quantity), freight],
  beforeTax: String(quantity * 2.5 + 5),
  keep: {},
  total: null,
  ...more,
})

const changed = {
  Status: 'ORDERED',
  Order: {
    Status: 'AUTHORISED',
    Lines: [{ SKU: 'Bread', Quantity: 6, Tax: 1.5, TaxRule: 'Tax on Purchases', Comment: 'wholemeal', Total: 15 }],
    AdditionalCharges: [{ Description: 'Freight', Total: 5 }],
    Total: 21.5,
  },
}

describe('an order that was changed on the other side', () => {
  it('is stepped back, its lines replaced, and authorised again', async () => {
    const { calls, ref } = await backs().create(await change())
    expect(calls.map(({ step, method, body }) => [step, method, body ? at(body, 'Status') : ''])).toEqual([
      ['', 'GET', ''],
      ['undo-order', 'DELETE', ''],
      ['order', 'POST', 'DRAFT'],
      ['authorise-order', 'POST', 'AUTHORISED'],
      ['', 'GET', ''],
    ])
    expect(shown(rig, id)).toMatchObject(changed)
    expect(ref).toMatchObject({ id, number: 'PO-00001', facts: { total: '21.5', agreed: await agreed() } })
  })

  it('keeps the memo of the buyer', async () => {
    rig.act('undo-purchase', { purchase: id })
    rig.ok('POST', '/purchase/order', {
      TaskID: id,
      Status: 'AUTHORISED',
      Memo: 'ring twice',
      Lines: [BREAD],
      AdditionalCharges: [FREIGHT],
    })
    await backs().create(await change())
    await backs().create(await change(7))
    expect(at(shown(rig, id), 'Order', 'Memo')).toMatch(/^ring twice\nml-connector [0-9a-f]{12}$/)
  })

  it('is left alone where Cin7 has the same already, whatever was agreed', async () => {
    const { steps } = await backs().create(await change(4, { agreed: 'something else' }))
    expect(steps()).toEqual([])
    await backs().create(await change())
    expect((await backs().create(await change(6, { agreed: null }))).steps()).toEqual([])
  })

  it('can be changed again', async () => {
    const { ref } = await backs().create(await change())
    await backs().update(ref, await change(8))
    expect(shown(rig, id)).toMatchObject({ Order: { Status: 'AUTHORISED', Total: 27 } })
  })

  it.each<[string, () => void, string]>([
    [
      'received',
      () => {
        rig.act('invoice-purchase', { purchase: id })
        rig.act('receive-purchase', { purchase: id })
      },
      'goods were received',
    ],
    ['invoiced', () => rig.act('invoice-purchase', { purchase: id }), 'it was invoiced'],
    ['invoiced as a draft', () => rig.act('invoice-purchase', { purchase: id, status: 'DRAFT' }), 'it was invoiced'],
    [
      'paid in advance',
      () => rig.act('pay-purchase', { purchase: id, amount: 1, type: 'Prepayment' }),
      'it has a prepayment',
    ],
    ['voided', () => rig.act('void-purchase', { purchase: id }), 'the purchase was voided'],
    ['stepped back', () => rig.act('undo-purchase', { purchase: id }), 'the order is DRAFT: somebody works on it'],
  ])('is refused once it is %s in Cin7', async (_what, touch, words) => {
    const draft = await change(6, { agreed: null })
    touch()
    const before = shown(rig, id)
    await expect(backs().create(draft)).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_order_bound', message: expect.stringContaining(words) },
    })
    expect(shown(rig, id)).toEqual(before)
  })

  it('and in Cin7 too overwrites nothing, and shows both versions', async () => {
    const draft = await change()
    rig.act('undo-purchase', { purchase: id })
    rig.act('order-purchase', { purchase: id, lines: [{ ...BREAD, Quantity: 5, Total: 12.5 }] })
    const before = shown(rig, id)
    await expect(backs().create(draft)).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_order_changed',
        facts: {
          cin7Purchase: 'PO-00001',
          cin7Order: '5 × Baked Bread at 2.50 = 12.50',
          sourceOrder: '6 × Bread at 2.50 = 15.00; 1 × Freight at 5.00 = 5.00',
        },
      },
    })
    expect(shown(rig, id)).toEqual(before)
    await backs().create({ ...draft, agreed: null, rows: [bread(6)], beforeTax: '15' })
    expect(shown(rig, id)).toMatchObject({ Status: 'ORDERED', Order: { Total: 16.2, AdditionalCharges: [] } })
  })

  it('is not begun where a new row has no tax', async () => {
    const draft = await change(6, { rows: [bread(6), { ...freight, name: 'Duty' }] })
    const before = shown(rig, id)
    rig.advance(1000)
    await expect(backs().create(draft)).rejects.toMatchObject({ failure: { code: 'cin7_order_row_tax' } })
    expect(shown(rig, id)).toEqual(before)
  })

  it('is known by its stamp where Cin7 holds fewer digits than were sent', async () => {
    const draft = await change(6, { agreed: null, rows: [{ ...bread(6), tax: '1.23456' }, freight] })
    await backs().create(draft)
    expect(at(shown(rig, id), 'Order', 'Lines', 0, 'Tax')).toBe(1.2346)
    expect((await backs().create(draft)).steps()).toEqual([])
  })
})

describe('a change that is refused', () => {
  const asItWas = {
    Status: 'ORDERED',
    Order: { Status: 'AUTHORISED', Memo: '', Total: 16, Lines: [{ Quantity: 4, Comment: 'wholemeal' }] },
  }

  it('by its total puts the order back as it was', async () => {
    await expect(backs().create(await change(6, { beforeTax: '20.01' }))).rejects.toMatchObject({
      failure: { kind: 'totals', differences: [{ what: 'order total before tax', source: '20.01', target: '20' }] },
    })
    expect(shown(rig, id)).toMatchObject(asItWas)
  })

  it('by its total with tax as well', async () => {
    await expect(backs().create(await change(6, { total: '21.51' }))).rejects.toMatchObject({
      failure: { kind: 'totals' },
    })
    expect(shown(rig, id)).toMatchObject(asItWas)
  })

  it('by Cin7 puts the order back as it was', async () => {
    const rows = [bread(6), { ...freight, taxRule: 'No Such Rule', tax: '0' }]
    await expect(backs().create(await change(6, { rows }))).rejects.toMatchObject({
      failure: { code: 'cin7_tax_rule_unknown' },
    })
    expect(shown(rig, id)).toMatchObject(asItWas)
  })

  it('says so where the order cannot be put back either', async () => {
    const ledger: Ledger = new Map()
    await uncertain(backs().create(await change(), { ledger, trouble: { order: 'never' } }))
    rig.act('set-tax-active', { name: 'Tax on Purchases', active: false })
    const draft = { ...(await change()), agreed: null }
    await expect(backs().create(draft, { ledger })).rejects.toMatchObject({
      failure: { code: 'cin7_order_left_as_draft', remedy: expect.stringContaining('authorise it there by hand') },
    })
    expect(shown(rig, id)).toMatchObject({ Status: 'ORDERING' })
  })

  it.each<Trouble>(['lost', 'never'])('is put back once where the answer to that is lost (%s)', async (what) => {
    const draft = await change(6, { beforeTax: '20.01' })
    const ledger: Ledger = new Map()
    await uncertain(backs().create(draft, { ledger, trouble: { 'restore-order': what } }))
    await expect(backs().create(draft, { ledger })).rejects.toMatchObject({ failure: { kind: 'totals' } })
    expect(shown(rig, id)).toMatchObject(asItWas)
  })
})

describe.each(['undo-order', 'order', 'authorise-order'])('a change where the answer of "%s" is lost', (step) => {
  it.each<Trouble>(['lost', 'never'])('is finished by the next run, nothing done twice (%s)', async (what) => {
    const draft = await change()
    const ledger: Ledger = new Map()
    await uncertain(backs().create(draft, { ledger, trouble: { [step]: what } }))
    const { steps } = await backs().create(draft, { ledger })
    const all = ['undo-order', 'order', 'authorise-order']
    expect(steps()).toEqual(all.slice(all.indexOf(step) + (what === 'lost' ? 1 : 0)))
    expect(shown(rig, id)).toMatchObject(changed)
  })
})
