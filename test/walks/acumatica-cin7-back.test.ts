import { describe, expect, it } from 'vitest'
import {
  BACK,
  booksOf,
  buy,
  type Firm,
  FLOWS,
  inAcumatica,
  later,
  openFirm,
  polled,
  purchasesOf,
  recordsOf,
  theRecord,
  writesTo,
} from '../support/acumatica-cin7'
import { only } from '../support/wave-cin7'

const VERSIONS = ['22.200.001', '23.200.001', '24.200.001']

const on = { enabled: true }

const openBack = (over: Record<string, unknown> = {}, connection = {}): Promise<Firm> =>
  openFirm({
    connection,
    books: { vendors: [{ VendorID: 'NORTH', VendorName: 'Northern' }] },
    settings: { back: BACK, ...over },
    flows: { [FLOWS.orderBack]: on, [FLOWS.billBack]: on },
    cin7: { products: [{ SKU: 'WIDGET', Name: 'Widget', Type: 'Stock' }] },
  })

const enter = (firm: Firm, entity: 'Bill' | 'PurchaseOrder', fields: object) =>
  inAcumatica(firm, 'create', { entity, fields })

const BILL = {
  Type: 'Bill',
  Vendor: 'NORTH',
  VendorRef: 'N-77',
  Date: '2026-11-03',
  Hold: false,
  Details: [{ Account: '61000', Subaccount: '000000', TransactionDescription: 'Cartage', ExtendedCost: '42.50' }],
}
const ORDER = {
  Type: 'Normal',
  VendorID: 'NORTH',
  VendorRef: 'Q-1',
  Date: '2026-11-03',
  Hold: false,
  Details: [{ InventoryID: 'WIDGET', OrderQty: '4', UnitCost: '2.5', WarehouseID: 'WH01' }],
}

describe('a bill that was entered in Acumatica', () => {
  it.each(VERSIONS)(
    'becomes a service purchase, drafted and then authorised, and stays one (endpoint %s)',
    async (version) => {
      const firm = await openFirm({
        books: { vendors: [{ VendorID: 'NORTH', VendorName: 'Northern' }] },
        settings: { back: BACK },
        flows: { [FLOWS.orderBack]: on, [FLOWS.billBack]: on },
        connection: { endpointVersion: version },
      })
      await enter(firm, 'Bill', BILL)
      await polled(firm)
      const purchase = only(await purchasesOf(firm))
      expect(purchase).toMatchObject({
        Supplier: 'Northern',
        Invoice: [{ InvoiceNumber: 'N-77', Status: 'AUTHORISED' }],
      })
      expect(await theRecord(firm, 'billBack')).toMatchObject({ state: 'done', targetNumber: purchase.OrderNumber })
      const posts = (await writesTo(firm, 'cin7')).filter((call) => call.endsWith('invoice'))
      expect(posts).toEqual(['POST invoice', 'POST invoice'])
      await firm.world.forgetCalls()
      await later()
      await polled(firm)
      expect(await writesTo(firm, 'acumatica')).toEqual([])
      expect(await writesTo(firm, 'cin7')).toEqual([])
      expect((await booksOf(firm)).Bill).toHaveLength(1)
    },
  )

  it('on hold waits until somebody takes it off', async () => {
    const firm = await openBack()
    await enter(firm, 'Bill', { ...BILL, Hold: true })
    await polled(firm)
    expect(await theRecord(firm, 'billBack')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('off hold'),
    })
    expect(await purchasesOf(firm)).toEqual([])
  })

  it('on an account without counterpart says which', async () => {
    const firm = await openBack({ back: { ...BACK, accounts: {} } })
    await enter(firm, 'Bill', BILL)
    await polled(firm)
    expect(await theRecord(firm, 'billBack')).toMatchObject({
      state: 'failed',
      code: 'unmapped',
      remedy: expect.stringContaining('settings.back.accounts'),
    })
  })
})

describe('an order that was made in Acumatica', () => {
  it.each(VERSIONS)(
    'becomes a purchase with an authorised order of the product, and stays one (endpoint %s)',
    async (endpointVersion) => {
      const firm = await openBack({}, { endpointVersion })
      await enter(firm, 'PurchaseOrder', ORDER)
      await polled(firm)
      const purchase = only(await purchasesOf(firm))
      expect(purchase).toMatchObject({
        Supplier: 'Northern',
        Order: { Status: 'AUTHORISED', Lines: [{ SKU: 'WIDGET', Quantity: 4, Total: 10 }] },
      })
      expect(await theRecord(firm, 'orderBack')).toMatchObject({ state: 'done', targetNumber: purchase.OrderNumber })
      await firm.world.forgetCalls()
      await later()
      await polled(firm)
      expect(await writesTo(firm, 'acumatica')).toEqual([])
      expect(await writesTo(firm, 'cin7')).toEqual([])
    },
  )
})

describe('what came from Cin7', () => {
  it('never goes back, by link and by marker', async () => {
    const firm = await openBack()
    await buy(firm)
    await buy(firm, { upTo: 'order' })
    await polled(firm)
    await later()
    await polled(firm)
    expect(await purchasesOf(firm)).toHaveLength(2)
    const back = [...(await recordsOf(firm, 'billBack')), ...(await recordsOf(firm, 'orderBack'))]
    expect(back.map(({ state, reason }) => [state, reason])).toEqual([
      ['skipped', 'it came from Cin7'],
      ['skipped', 'it came from Cin7'],
    ])
  })
})

describe('the flows that go back', () => {
  it('are off until somebody switches them on', async () => {
    const firm = await openFirm()
    type Shown = { flows: Record<string, { enabled: boolean }> }
    const { flows } = await firm.admin.call<Shown>('GET', `/v1/tenants/${firm.tenant}/integrations/${firm.integration}`)
    expect(Object.entries(flows).flatMap(([name, { enabled }]) => (enabled ? [] : [name]))).toEqual([
      FLOWS.orderBack,
      FLOWS.billBack,
    ])
  })
})
