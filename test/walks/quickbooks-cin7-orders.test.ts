import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  arrive,
  buy,
  companyOf,
  inCin7,
  inQuickbooks,
  later,
  line,
  map,
  type Opening,
  openShop,
  type PurchaseView,
  polled,
  recordsOf,
  replay,
  type Shop,
  theRecord,
  writesTo,
} from '../support/quickbooks-cin7'
import { restart } from '../support/tenant'
import { untilMorning } from '../support/time'
import { only } from '../support/wave-cin7'

const ITEMS = { settings: { items: 'mapped' } }

/** An authorised order over widgets, carried to QuickBooks as items. */
const ordered = async (opening: Opening = ITEMS, tax = 0): Promise<{ shop: Shop; purchase: PurchaseView }> => {
  const shop = await openShop(opening)
  await map(shop, 'item', { WIDGET: '19', GADGET: '20' })
  const purchase = await buy(shop, { upTo: 'order', lines: [line('WIDGET', 10, 2.5, tax), line('GADGET', 1, 12)] })
  await polled(shop)
  await later()
  await shop.world.forgetCalls()
  return { shop, purchase }
}

const theOrder = async (shop: Shop) => only((await companyOf(shop)).PurchaseOrder)

const Shown = z.object({ day: z.string(), reads: z.number(), writes: z.number() })
const HealthShown = z.object({
  tenants: z.array(
    z.object({
      id: z.string(),
      integrations: z.array(
        z.object({ connections: z.array(z.object({ vendor: z.string(), calls: Shown.nullable() })) }),
      ),
    }),
  ),
})

/** What the health of the business says of calls to QuickBooks. */
const callsShown = async ({ admin, tenant }: Shop): Promise<z.infer<typeof Shown>> => {
  const { tenants } = HealthShown.parse(await admin.call('GET', '/v1/health?limit=100'))
  const { integrations } = only(tenants.filter(({ id }) => id === tenant))
  const side = only(
    integrations.flatMap(({ connections }) => connections).filter(({ vendor }) => vendor === 'quickbooks'),
  )
  return Shown.parse(side.calls)
}

/** Somebody changes how many widgets are ordered in QuickBooks. */
const reorder = async (shop: Shop, Qty: number): Promise<void> => {
  const { Id, Line } = await theOrder(shop)
  const [first, ...rest] = Line
  const detail = { ...first?.ItemBasedExpenseLineDetail, Qty }
  const changed = { ...first, Amount: Qty * 2.5, ItemBasedExpenseLineDetail: detail }
  await inQuickbooks(shop, 'edit', { entity: 'PurchaseOrder', id: Id, changes: { Line: [changed, ...rest] } })
}

/** The supplier raises its price; the order names accounts, so that its first line has an amount only. */
const reprice = async (shop: Shop, Amount: number): Promise<void> => {
  const { Id, Line } = await theOrder(shop)
  const [first, ...rest] = Line
  await inQuickbooks(shop, 'edit', {
    entity: 'PurchaseOrder',
    id: Id,
    changes: { Line: [{ ...first, Amount }, ...rest] },
  })
}

/** The same in Cin7: stepped back and authorised again. */
const reorderInCin7 = async (shop: Shop, { ID }: PurchaseView, quantity: number): Promise<void> => {
  await inCin7(shop, 'undo-purchase', { purchase: ID })
  await inCin7(shop, 'order-purchase', { purchase: ID, lines: [line('WIDGET', quantity, 2.5), line('GADGET', 1, 12)] })
}

interface Dump {
  cin7: { companies: { purchases: PurchaseView[] }[] }
}
const purchaseOf = async ({ world }: Shop): Promise<PurchaseView> => {
  const { cin7 } = await world.dump<Dump>()
  return only(cin7.companies.flatMap(({ purchases }) => purchases))
}
const widgets = async (shop: Shop): Promise<[string, number | undefined]> => {
  const { Order } = await purchaseOf(shop)
  return [Order.Status, Order.Lines.find(({ SKU }) => SKU === 'WIDGET')?.Quantity]
}

describe('an authorised order', () => {
  it('becomes a purchase order', async () => {
    const { shop } = await ordered()
    expect(await theOrder(shop)).toMatchObject({
      DocNumber: 'PO-00001',
      POStatus: 'Open',
      TotalAmt: 37,
      Line: [
        { Amount: 25, ItemBasedExpenseLineDetail: { ItemRef: { value: '19' }, Qty: 10, UnitPrice: 2.5 } },
        { Amount: 12 },
      ],
    })
  })

  it('follows changes in Cin7, and says nothing back', async () => {
    const { shop, purchase } = await ordered()
    await reorderInCin7(shop, purchase, 12)
    await polled(shop)
    expect(await theOrder(shop)).toMatchObject({ TotalAmt: 42, SyncToken: '1' })
    await later()
    await polled(shop)
    expect(await writesTo(shop, 'cin7')).toEqual([])
    expect(await writesTo(shop, 'quickbooks')).toHaveLength(1)
    expect(await theRecord(shop, 'back')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('as they were carried'),
    })
  })

  it('idle, QuickBooks is asked once', async () => {
    const { shop } = await ordered()
    await polled(shop)
    await later()
    await shop.world.forgetCalls()
    await polled(shop)
    const calls = (await shop.world.calls('quickbooks')).map(
      ({ method, path }) => `${method} ${path.split('/').at(-1)}`,
    )
    expect(calls).toEqual(['GET cdc'])
  })

  it('and the calls of the day are shown, since Intuit meters them', async () => {
    await untilMorning()
    const { shop, purchase } = await ordered()
    const before = await callsShown(shop)
    await shop.world.forgetCalls()
    await reorderInCin7(shop, purchase, 12)
    await polled(shop)
    const reads = (await shop.world.calls('quickbooks')).filter(({ method }) => method === 'GET').length
    expect(reads).toBeGreaterThan(0)
    expect(await callsShown(shop)).toMatchObject({ reads: before.reads + reads, writes: before.writes + 1 })
  })

  it('and the calls of the day survive a restart, to within ten', async () => {
    await untilMorning()
    const { shop } = await ordered()
    const before = await callsShown(shop)
    await restart(shop.tenant)
    const after = await callsShown(shop)
    expect(before.reads + before.writes - after.reads - after.writes).toBeLessThan(10)
    expect(after.reads).toBeGreaterThan(0)
  })

  it('is closed by QuickBooks when its bill covers it, which is no change', async () => {
    const { shop, purchase } = await ordered()
    await inCin7(shop, 'invoice-purchase', {
      purchase: purchase.ID,
      invoiceNumber: 'S-1',
      lines: [line('WIDGET', 10, 2.5), line('GADGET', 1, 12)],
    })
    await polled(shop)
    const order = await theOrder(shop)
    expect(order).toMatchObject({ POStatus: 'Closed' })
    expect(only((await companyOf(shop)).Bill)).toMatchObject({
      LinkedTxn: [{ TxnId: order.Id, TxnType: 'PurchaseOrder' }],
    })
    await later()
    await polled(shop)
    expect(await writesTo(shop, 'cin7')).toEqual([])
    expect(await theRecord(shop, 'order')).toMatchObject({ state: 'done' })
  })

  it('is closed behind its last bill where that does not cover it', async () => {
    const { shop, purchase } = await ordered()
    await inCin7(shop, 'invoice-purchase', {
      purchase: purchase.ID,
      invoiceNumber: 'S-1',
      lines: [line('WIDGET', 4, 2.5)],
    })
    await polled(shop)
    expect(await theOrder(shop)).toMatchObject({ POStatus: 'Open' })
    await inCin7(shop, 'set-purchase-status', { purchase: purchase.ID, status: 'INVOICED' })
    await later()
    await polled(shop)
    expect(await theOrder(shop)).toMatchObject({ POStatus: 'Closed' })
    expect(only((await companyOf(shop)).Bill).LinkedTxn).toHaveLength(1)
  })

  it.each([
    ['leave', 'Open'],
    ['close', 'Closed'],
    ['delete', undefined],
  ])('that is voided in Cin7: %s by setting', async (voided, status) => {
    const { shop, purchase } = await ordered({ settings: { orders: { account: '80', voided } } })
    await inCin7(shop, 'void-purchase', { purchase: purchase.ID })
    await polled(shop)
    expect((await companyOf(shop)).PurchaseOrder.map(({ POStatus }) => POStatus)).toEqual(status ? [status] : [])
  })
})

describe('an order that was changed in QuickBooks', () => {
  it('is carried back as one group: stepped back, its rows replaced, authorised again', async () => {
    const { shop } = await ordered()
    await reorder(shop, 14)
    await polled(shop)
    expect(await widgets(shop)).toEqual(['AUTHORISED', 14])
    expect(await writesTo(shop, 'cin7')).toEqual([
      'DELETE v2/advanced-purchase',
      'POST purchase/order',
      'POST purchase/order',
    ])
    expect(await theRecord(shop, 'back')).toMatchObject({ state: 'done', targetNumber: 'PO-00001' })
  })

  it('does not echo: what was carried back is known on the other side', async () => {
    const { shop } = await ordered()
    await reorder(shop, 14)
    for (let round = 0; round < 3; round += 1) {
      await polled(shop)
      await later()
    }
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
    expect(await writesTo(shop, 'cin7')).toHaveLength(3)
    expect(await theOrder(shop)).toMatchObject({ TotalAmt: 47, SyncToken: '1' })
  })

  it('and then again, also back to what it said before', async () => {
    const { shop } = await ordered()
    for (const quantity of [14, 10, 14]) {
      await reorder(shop, quantity)
      await polled(shop)
      expect(await widgets(shop)).toEqual(['AUTHORISED', quantity])
      await later()
    }
  })

  it('after it was changed in Cin7 is carried back as well', async () => {
    const { shop, purchase } = await ordered()
    await reorderInCin7(shop, purchase, 12)
    await polled(shop)
    await later()
    await reorder(shop, 14)
    await polled(shop)
    expect(await widgets(shop)).toEqual(['AUTHORISED', 14])
  })

  it('is told of by a webhook', async () => {
    const { shop } = await ordered()
    const url = 'https://connector.test/webhooks/quickbooks/app/sandbox'
    await inQuickbooks(shop, 'hook', { hook: { url } })
    await reorder(shop, 14)
    expect(await arrive(shop)).toEqual([200])
    expect(await widgets(shop)).toEqual(['AUTHORISED', 14])
  })

  it('and is billed before its flow has looked again: both agree, so nothing is asked', async () => {
    const { shop, purchase } = await ordered({}, 5)
    await reprice(shop, 30)
    await polled(shop, 'back')
    const lines = [line('WIDGET', 10, 3, 6), line('GADGET', 1, 12)]
    await inCin7(shop, 'invoice-purchase', { purchase: purchase.ID, invoiceNumber: 'S-1', lines })
    await polled(shop, 'bill')
    expect(only((await companyOf(shop)).Bill)).toMatchObject({ LinkedTxn: [{ TxnType: 'PurchaseOrder' }] })
    await later()
    await polled(shop)
    expect(await theRecord(shop, 'order')).toMatchObject({ state: 'done' })
    expect(await theOrder(shop)).toMatchObject({ POStatus: 'Closed' })
  })

  it('is left to a person once it is received or invoiced in Cin7', async () => {
    const { shop, purchase } = await ordered()
    await inCin7(shop, 'invoice-purchase', { purchase: purchase.ID, status: 'DRAFT', lines: [line('WIDGET', 1, 2.5)] })
    await reorder(shop, 14)
    await polled(shop)
    expect(await theRecord(shop, 'back')).toMatchObject({
      state: 'waiting',
      reason: 'conflict',
      code: 'cin7_order_bound',
    })
    expect(await widgets(shop)).toEqual(['AUTHORISED', 10])
  })

  it('is left where it was born there', async () => {
    const shop = await openShop(ITEMS)
    await inQuickbooks(shop, 'create', {
      entity: 'Vendor',
      fields: { DisplayName: 'Elsewhere', CurrencyRef: { value: 'USD' } },
    })
    const vendor = only((await companyOf(shop)).Vendor)
    await inQuickbooks(shop, 'create', {
      entity: 'PurchaseOrder',
      fields: {
        VendorRef: { value: vendor.Id },
        CurrencyRef: { value: 'USD' },
        APAccountRef: { value: '33' },
        Line: [
          {
            DetailType: 'AccountBasedExpenseLineDetail',
            Amount: 9,
            AccountBasedExpenseLineDetail: { AccountRef: { value: '80' } },
          },
        ],
      },
    })
    await polled(shop, 'back')
    expect(await theRecord(shop, 'back')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('made in QuickBooks'),
    })
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })

  it('deleted in QuickBooks is said, and nothing is voided or made again', async () => {
    const { shop } = await ordered()
    await inQuickbooks(shop, 'delete', { entity: 'PurchaseOrder', id: (await theOrder(shop)).Id })
    await polled(shop)
    await later()
    await polled(shop)
    expect(await widgets(shop)).toEqual(['AUTHORISED', 10])
    expect((await companyOf(shop)).PurchaseOrder).toEqual([])
    expect(await theRecord(shop, 'back')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('left as it is'),
    })
  })
})

describe('an order that was changed on both sides', () => {
  const both = async (wins: string) => {
    const given = await ordered({ settings: { items: 'mapped', orders: { account: '80', wins } } })
    await reorder(given.shop, 14)
    await reorderInCin7(given.shop, given.purchase, 12)
    return given
  }

  it('overwrites nothing: a person is shown both, other orders go on', async () => {
    const { shop } = await both('ask')
    await buy(shop, { upTo: 'order', lines: [line('WIDGET', 1, 2.5)] })
    await polled(shop)
    await later()
    await polled(shop)
    const { PurchaseOrder } = await companyOf(shop)
    expect(PurchaseOrder.map(({ TotalAmt }) => TotalAmt).sort()).toEqual([2.5, 47])
    expect(await writesTo(shop, 'cin7')).toEqual([])
    const orders = await recordsOf(shop, 'order')
    expect(orders.map(({ state }) => state).sort()).toEqual(['done', 'waiting'])
    expect(orders.find(({ state }) => state === 'waiting')).toMatchObject({ code: 'quickbooks_purchase_order_changed' })
  })

  it('goes on once a person has made both the same', async () => {
    const { shop, purchase } = await both('ask')
    await polled(shop)
    await later()
    await reorderInCin7(shop, purchase, 14)
    await polled(shop)
    expect(await theRecord(shop, 'order')).toMatchObject({ state: 'done' })
    await replay(shop, await theRecord(shop, 'back'))
    expect(await theRecord(shop, 'back')).toMatchObject({ state: 'skipped' })
  })

  it('is Cin7’s where that wins', async () => {
    const { shop } = await both('cin7')
    await polled(shop)
    await later()
    await polled(shop)
    expect(await theOrder(shop)).toMatchObject({ TotalAmt: 42 })
    expect(await widgets(shop)).toEqual(['AUTHORISED', 12])
    expect(await theRecord(shop, 'back')).toMatchObject({ state: 'skipped' })
  })

  it('is QuickBooks’ where that wins', async () => {
    const { shop } = await both('quickbooks')
    await polled(shop)
    await later()
    await polled(shop)
    expect(await theOrder(shop)).toMatchObject({ TotalAmt: 47 })
    expect(await widgets(shop)).toEqual(['AUTHORISED', 14])
  })
})

describe('half-way through a carry-back', () => {
  it.each(['leave', 'delete', 'close'])('nothing is taken from QuickBooks (voided: %s)', async (voided) => {
    const { shop } = await ordered({ settings: { items: 'mapped', orders: { account: '80', voided } } })
    await reorder(shop, 14)
    // Cin7 steps the order back, and then takes no rows for a while.
    await shop.world.fault({
      vendor: 'cin7',
      method: 'POST',
      path: '/purchase/order',
      kind: 'status',
      status: 503,
      times: 50,
    })
    await polled(shop, 'back').catch(() => {})
    expect(await widgets(shop)).toEqual(['DRAFT', 10])
    await polled(shop, 'order').catch(() => {})
    expect(await theOrder(shop)).toMatchObject({ POStatus: 'Open', TotalAmt: 47 })
    await shop.world.clearFaults()
    await later()
    await polled(shop)
    expect(await widgets(shop)).toEqual(['AUTHORISED', 14])
    expect(await theOrder(shop)).toMatchObject({ POStatus: 'Open', TotalAmt: 47 })
  })
})
