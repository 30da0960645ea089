import { describe, expect, it } from 'vitest'
import type { OrderDraft } from '../../../src/vendors/acumatica/order-draft'
import { purchaseOrdersTarget } from '../../../src/vendors/acumatica/order-target'
import { purchaseOrders } from '../../../src/vendors/acumatica/orders'
import { MINUTE, type Rig } from '../../sandbox/acumatica/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { client, openAcumatica, stands } from './with-acumatica'

const MARKER = 'mlc:acumatica-cin7/purchase-to-order:0b3c1f57-0a51-4f11-8d2a-00155d010203::g1'

const line = (over: object = {}) => ({
  text: 'Box of bricks',
  item: 'BRICKS',
  quantity: '10',
  unit: 'EA',
  unitCost: '12.35',
  amount: '123.5',
  account: '',
  subaccount: '',
  taxCategory: 'EXEMPT',
  warehouse: 'WH01',
  branch: '',
  ...over,
})
const FREIGHT = line({
  text: 'Freight',
  item: '',
  account: '61000',
  unit: '',
  quantity: '1',
  unitCost: '42.5',
  amount: '42.5',
  warehouse: '',
})

const draft = (over: Partial<OrderDraft> = {}): OrderDraft => ({
  vendor: 'ACME01',
  reference: 'PO-00123',
  date: '2026-03-04',
  promised: '2026-03-18',
  currency: 'USD',
  branch: 'MAIN',
  location: '',
  terms: '',
  text: 'Cin7 PO-00123, for the warehouse at the harbour',
  lines: [line(), FREIGHT],
  beforeTax: '166',
  tax: '0',
  total: '166',
  open: true,
  ...over,
})

const create = async (acu: Rig, over: Partial<OrderDraft> = {}, writing: object = {}) => {
  const made = client(acu, { marker: MARKER, ...writing })
  return { ...made, target: await purchaseOrdersTarget.create(made.api, draft(over)) }
}

const failed = (work: Promise<unknown> | undefined) =>
  (work ?? Promise.resolve()).then(
    () => undefined,
    (thrown: { failure: unknown }) => thrown.failure,
  )

const orders = (acu: Rig) => stands(acu, 'PurchaseOrder')

describe('a purchase order that is made', () => {
  it('is compared on hold and then opened, with two calls and one look before', async () => {
    const acu = openAcumatica()
    const { target, steps, calls } = await create(acu)
    const [order] = orders(acu)
    expect(order).toMatchObject({
      Type: 'Normal',
      VendorID: 'ACME01',
      VendorRef: 'PO-00123',
      Date: '2026-03-04T00:00:00-05:00',
      PromisedOn: '2026-03-18T00:00:00-04:00',
      Status: 'Open',
      OrderTotal: '166.00',
      Description: expect.stringMatching(/^Cin7 PO-00123, for the wareho… mlc:[0-9a-f]{16}\.[0-9a-f]{8}$/),
      Details: [
        { InventoryID: 'BRICKS', LineType: 'Goods for IN', OrderQty: '10.00', WarehouseID: 'WH01' },
        { InventoryID: null, LineType: 'Service', Account: '61000', ExtendedCost: '42.50' },
      ],
    })
    expect(String(order?.Description)).toHaveLength(60)
    expect(target).toMatchObject({ id: order?.id, number: order?.OrderNbr, facts: { lines: '1,2', status: 'Open' } })
    expect(steps()).toEqual(['order', 'off-hold'])
    expect(calls).toHaveLength(3)
  })

  it('stays on hold where nobody wants it open, and waits where the tenant approves orders', async () => {
    const acu = openAcumatica()
    expect((await create(acu, { open: false })).steps()).toEqual(['order'])
    expect(orders(acu)).toMatchObject([{ Status: 'On Hold' }])
    const approving = openAcumatica({ preferences: { approveOrders: true } })
    expect((await create(approving)).target.facts.status).toBe('Pending Approval')
  })

  it('says what stands where its totals are not those of the source', async () => {
    const acu = openAcumatica()
    expect(await failed(create(acu, { beforeTax: '165.99', total: '165.99' }))).toMatchObject({
      kind: 'totals',
      differences: [{ what: 'total before tax', source: '165.99', target: '166' }, { what: 'total' }],
      remedy: expect.stringContaining('(On Hold)'),
    })
  })

  it('sends its control total where the tenant validates totals on entry, and only there', async () => {
    const acu = openAcumatica({ preferences: { validateOrderTotals: true } })
    const offHold = (await create(acu)).calls.find(({ step }) => step === 'off-hold')
    expect(offHold?.body).toMatchObject({ ControlTotal: { value: '166' } })
    expect(orders(acu)).toMatchObject([{ Status: 'Open' }])
    const plain = (await create(openAcumatica())).calls.find(({ step }) => step === 'off-hold')
    expect(plain?.body).not.toHaveProperty('ControlTotal')
  })

  it('is left to a person where the reference is there already', async () => {
    const order = {
      VendorID: 'ACME01',
      VendorRef: 'PO-00123',
      Date: '2026-03-01',
      Details: [{ InventoryID: 'BRICKS', OrderQty: 1, UnitCost: 5 }],
    }
    const acu = openAcumatica({ purchaseOrders: [order] })
    expect(await failed(create(acu))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_order_ref_taken',
      facts: { total: '5' },
    })
    expect(orders(acu)).toHaveLength(1)
  })

  it('is refused with the path of what Acumatica does not know', async () => {
    expect(await failed(create(openAcumatica(), { lines: [line({ warehouse: 'NONE' })] }))).toMatchObject({
      code: 'acumatica_reference_unknown',
      message: expect.stringMatching(/^Details\[0\]\.WarehouseID: /),
    })
  })
})

describe('an order whose answer was lost', () => {
  const STEPS: [string, Trouble][] = [
    ['order', 'lost'],
    ['order', 'never'],
    ['off-hold', 'lost'],
    ['off-hold', 'never'],
  ]
  const CASES = ['work', 'keys-only', 'keys-and-stamp'].flatMap((filters) =>
    STEPS.map(([step, trouble]): [string, Trouble, string] => [step, trouble, filters]),
  )

  it.each(CASES)('at the step %s (%s) is there once, whatever filters find (%s)', async (step, trouble, filters) => {
    const acu = openAcumatica()
    acu.switches['order.filters'] = filters
    const ledger: Ledger = new Map()
    expect(await failed(create(acu, {}, { ledger, trouble: { [step]: trouble } }))).toMatchObject({ kind: 'uncertain' })
    const { target } = await create(acu, {}, { ledger })
    expect(orders(acu)).toMatchObject([{ id: target.id, Status: 'Open' }])
  })
})

describe('an order that changes', () => {
  const change = async (
    acu: Rig,
    after: Partial<OrderDraft>,
    meanwhile: (number: string) => Promise<unknown> = async () => {},
  ) => {
    const { target } = await create(acu)
    await meanwhile(target.number)
    const { api, steps } = client(acu, { marker: MARKER })
    return { target: await purchaseOrdersTarget.update?.(api, target, draft(after)), steps }
  }

  it('keeps the numbers of lines that are still of the same item', async () => {
    const acu = openAcumatica()
    const van = line({ item: 'DELIVERY', text: 'Van', unitCost: '10', quantity: '1', amount: '10', warehouse: '' })
    const { target } = await change(acu, {
      lines: [van, { ...FREIGHT, unitCost: '50', amount: '50' }],
      beforeTax: '60',
      total: '60',
    })
    expect(target?.facts).toMatchObject({ lines: '3,2', status: 'Open', total: '60' })
    expect(orders(acu)).toMatchObject([
      {
        OrderTotal: '60.00',
        Details: [
          { LineNbr: 2, Account: '61000', ExtendedCost: '50.00' },
          { LineNbr: 3, InventoryID: 'DELIVERY' },
        ],
      },
    ])
  })

  it('is not written where it holds that already', async () => {
    expect((await change(openAcumatica(), {})).steps()).toEqual([])
  })

  it.each([
    [
      'is completed',
      (acu: Rig) => (key: string) =>
        acu.act('receive-order', {
          key,
          number: 'R1',
          lines: [
            { line: 1, qty: '10' },
            { line: 2, qty: '1' },
          ],
        }),
      'is Completed',
    ],
    [
      'was cancelled',
      (acu: Rig) => (key: string) => acu.act('status', { entity: 'PurchaseOrder', key, status: 'Canceled' }),
      'is Canceled',
    ],
    [
      'was edited by a person',
      (acu: Rig) => (key: string) =>
        acu.act('edit', {
          entity: 'PurchaseOrder',
          key,
          changes: { Details: [{ InventoryID: 'BRICKS', OrderQty: 1, UnitCost: 1 }] },
        }),
      'was edited in Acumatica',
    ],
    [
      'has another description',
      (acu: Rig) => (key: string) =>
        acu.act('edit', { entity: 'PurchaseOrder', key, changes: { Description: 'urgent' } }),
      'description was edited',
    ],
  ])('is left to a person where it %s', async (_, meanwhile, why) => {
    const acu = openAcumatica()
    expect(await failed(change(acu, { text: 'other' }, async (key) => meanwhile(acu)(key)))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_order_touched',
      message: expect.stringContaining(why),
    })
  })
})

describe('an order that is taken back', () => {
  const take = async (acu: Rig, meanwhile: (number: string) => Promise<unknown> = async () => {}) => {
    const { target } = await create(acu)
    await meanwhile(target.number)
    const { api, steps } = client(acu, { marker: MARKER })
    await purchaseOrdersTarget.remove?.(api, target)
    return { target, steps }
  }

  it('is put on hold and deleted, once', async () => {
    const acu = openAcumatica()
    const { target, steps } = await take(acu)
    expect(steps()).toEqual(['hold', 'delete'])
    expect(orders(acu)).toEqual([])
    const { api, steps: again } = client(acu, { marker: MARKER })
    await purchaseOrdersTarget.remove?.(api, target)
    expect(again()).toEqual([])
  })

  it('is left to a person once goods came in against it', async () => {
    const acu = openAcumatica()
    const receive = (key: string) =>
      Promise.resolve(acu.act('receive-order', { key, number: 'R1', lines: [{ line: 1, qty: '3' }] }))
    expect(await failed(take(acu, receive))).toMatchObject({
      code: 'acumatica_order_touched',
      message: expect.stringContaining('goods'),
    })
    expect(orders(acu)).toHaveLength(1)
  })
})

describe('orders from before', () => {
  it('are candidates by their vendor reference, and one of them can be adopted but is never changed', async () => {
    const order = {
      VendorID: 'ACME01',
      VendorRef: 'PO-9',
      Date: '2026-03-01',
      Hold: false,
      Details: [{ InventoryID: 'BRICKS', OrderQty: 1, UnitCost: 5 }],
    }
    const acu = openAcumatica({ purchaseOrders: [order] })
    const { api } = client(acu, { marker: MARKER })
    const id = String(orders(acu)[0]?.id)
    const terms = { kind: 'dated', number: 'PO-9', date: '2026-03-01', total: '5', currency: 'USD', party: 'ACME01' }
    expect((await purchaseOrdersTarget.candidates?.(api, null))?.rows).toEqual([{ id, number: '000001', terms }])
    const adopted = await purchaseOrdersTarget.adopt?.(api, id)
    expect(adopted).toMatchObject({ target: { id, number: '000001' }, terms })
    if (!adopted) throw new Error('not adopted')
    expect(await failed(purchaseOrdersTarget.update?.(api, adopted.target, draft()))).toMatchObject({
      code: 'acumatica_order_touched',
      message: expect.stringContaining('made by others'),
    })
    expect(await purchaseOrdersTarget.adopt?.(api, '00000000-0000-4000-8000-000000000000')).toBeNull()
  })
})

describe('an order as a source', () => {
  it('is read whole', async () => {
    const acu = openAcumatica()
    const { target, api } = await create(acu)
    const record = await purchaseOrders.read(api, target.id)
    expect(record).toMatchObject({
      id: target.id,
      type: 'Normal',
      vendor: 'ACME01',
      vendorRef: 'PO-00123',
      date: '2026-03-04',
      promised: '2026-03-18',
      status: 'Open',
      total: '166',
      lines: [
        {
          line: 1,
          type: 'Goods for IN',
          item: 'BRICKS',
          quantity: '10',
          unit: 'EA',
          unitCost: '12.35',
          amount: '123.5',
          warehouse: 'WH01',
          received: '0',
        },
        { line: 2, type: 'Service', item: '', account: '61000', accountName: 'Freight and cartage', amount: '42.5' },
      ],
    })
    expect(purchaseOrders.record.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
  })

  it.each(['work', 'keys-only'])('that changed is found, whatever filters find (%s)', async (filters) => {
    const acu = openAcumatica()
    const { target, api } = await create(acu)
    acu.switches['order.filters'] = filters
    let page = await purchaseOrders.changes(api, null, null)
    expect(page.items).toMatchObject([
      { change: { type: 'purchase-order', id: target.id }, row: 'Open', date: '2026-03-04' },
    ])
    acu.clock.now += 30 * MINUTE
    await acu.act('receive-order', { key: target.number, number: 'R1', lines: [{ line: 1, qty: '3' }] })
    const seen: unknown[] = []
    do {
      page = await purchaseOrders.changes(api, page.next, null)
      seen.push(...page.items.map(({ version }) => version))
    } while (!page.done)
    expect(seen).toContain('2026-03-04T14:45:27.4200000Z')
  })
})

describe('orders in the books', () => {
  it('are listed and shown with what was ordered, by item or account, until they are cancelled', async () => {
    const acu = openAcumatica()
    const { target, api } = await create(acu)
    const customer = { id: 'ACME01', name: 'ACME01' }
    expect(await purchaseOrdersTarget.list?.(api, null)).toEqual({
      rows: [
        {
          id: target.id,
          number: target.number,
          date: '2026-03-04',
          stamp: expect.stringMatching(/Z$/),
          booked: true,
          currency: 'USD',
          total: '166',
          customer,
        },
      ],
      next: '0',
      done: true,
    })
    const figures = { currency: 'USD', total: '166', tax: '0', customer, accounts: { BRICKS: '123.5', 61000: '42.5' } }
    expect(await purchaseOrdersTarget.booked?.(api, target)).toEqual({
      number: target.number,
      date: '2026-03-04',
      figures,
      changes: [],
    })
    await acu.act('receive-order', { key: target.number, number: 'R1', lines: [{ line: 1, qty: '10' }] })
    expect(await purchaseOrdersTarget.booked?.(api, target)).toMatchObject({ figures, changes: [] })
    await acu.act('status', { entity: 'PurchaseOrder', key: target.number, status: 'Canceled' })
    expect(await purchaseOrdersTarget.booked?.(api, target)).toMatchObject({ figures: null })
    expect((await purchaseOrdersTarget.list?.(api, null))?.rows).toMatchObject([{ booked: false }])
  })

  it('say what somebody changed', async () => {
    const acu = openAcumatica()
    const { target, api } = await create(acu)
    await acu.act('edit', { entity: 'PurchaseOrder', key: target.number, changes: { Description: 'mine' } })
    const changes = ['its description was edited']
    expect(await purchaseOrdersTarget.booked?.(api, target)).toMatchObject({ changes })
  })
})
