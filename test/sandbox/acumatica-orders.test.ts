import { describe, expect, it } from 'vitest'
import { at, bricks, errorAt, freight, type Rig, withVendor } from './acumatica/rig'

const WITH_LINES = 'PurchaseOrder?$expand=Details'
const SERVICE = { LineType: 'Service', LineDescription: 'Freight', OrderQty: 1, UnitCost: 42.5, Account: '61000' }

describe('PUT PurchaseOrder', () => {
  it('makes an order of stock and charges, and completes it', async () => {
    const made = await withVendor().put(WITH_LINES, bricks({ Details: [...bricks().Details, SERVICE] }))
    expect(made).toMatchObject({
      Type: { value: 'Normal' },
      OrderNbr: { value: '000001' },
      Status: { value: 'Open' },
      PromisedOn: { value: '2026-03-04T00:00:00-05:00' },
      LineTotal: { value: 166 },
      OrderTotal: { value: 166 },
      ControlTotal: { value: 166 },
      BaseCurrencyID: { value: 'USD' },
      CurrencyRate: { value: 1 },
      Location: { value: 'MAIN' },
      Owner: {},
    })
    expect(made.Details).toMatchObject([
      {
        LineNbr: { value: 1 },
        LineType: { value: 'Goods for IN' },
        OrderNbr: { value: '000001' },
        OrderType: { value: 'Normal' },
        Account: { value: '12100' },
        Description: { value: 'Inventory asset' },
        LineDescription: { value: 'Box of bricks' },
        UOM: { value: 'EA' },
        WarehouseID: { value: 'WH01' },
        ExtendedCost: { value: 123.5 },
        QtyOnReceipts: { value: 0 },
      },
      { LineNbr: { value: 2 }, LineType: { value: 'Service' }, InventoryID: {}, WarehouseID: {} },
    ])
  })

  it('is on hold unless hold is sent as false', async () => {
    const acu = withVendor()
    expect(at(await acu.put('PurchaseOrder', bricks({ Hold: null })), 'Status')).toBe('On Hold')
    expect(at(await acu.put('PurchaseOrder', { OrderNbr: '000001', Hold: false }), 'Status')).toBe('Open')
  })

  it('knows its lines by line number, and leaves cancelled ones out of the total', async () => {
    const acu = withVendor()
    await acu.put('PurchaseOrder', bricks({ Details: [...bricks().Details, SERVICE] }))
    const key = { Type: 'Normal', OrderNbr: '000001' }
    const changed = await acu.put(WITH_LINES, { ...key, Details: [{ LineNbr: 1, OrderQty: 2 }] })
    expect([at(changed, 'Details.0.ExtendedCost'), at(changed, 'OrderTotal')]).toEqual([24.7, 67.2])
    const cancelled = await acu.put(WITH_LINES, { ...key, Details: [{ LineNbr: 2, Cancelled: true }] })
    expect(at(cancelled, 'OrderTotal')).toBe(24.7)
  })

  it('does not take the look-alike fields of a bill: OrderedQty, Vendor, TransactionDescription, Qty', async () => {
    const acu = withVendor()
    const line = { OrderQty: null, OrderedQty: 5, Qty: 5, TransactionDescription: 'x' }
    const told = await acu.refused('PurchaseOrder', bricks({}, line))
    expect(errorAt(told, 'Details.0.OrderQty')).toBe("'Order Qty.' must be greater than 0.")
    const made = await acu.put(WITH_LINES, bricks({}, { OrderedQty: 5 }))
    expect(['OrderQty', 'OrderedQty', 'ExtendedCost'].map((name) => at(made, `Details.0.${name}`))).toEqual([
      10, 0, 123.5,
    ])
    const { VendorID, ...order } = bricks()
    expect(errorAt(await acu.refused('PurchaseOrder', { ...order, Vendor: VendorID }), 'VendorID')).toBe(
      "'Vendor' cannot be empty.",
    )
  })

  it('tells every problem at its place', async () => {
    const acu = withVendor()
    const header = { VendorID: 'NOSUCH', Type: 'Odd', Location: 'MOON', Branch: 'MOON', Description: 'd'.repeat(61) }
    const line = {
      InventoryID: 'NOSUCH',
      WarehouseID: 'WH99',
      Account: '1',
      LineType: 'Gift',
      LineDescription: 'l'.repeat(257),
    }
    const told = await acu.refused('PurchaseOrder', bricks(header, line))
    for (const name of Object.keys(header)) expect(errorAt(told, name), name).toBeDefined()
    for (const name of Object.keys(line)) expect(errorAt(told, `Details.0.${name}`), name).toBeDefined()
    expect(at(told, 'OrderNbr')).toBe('<NEW>')
  })

  it('wants line types that fit the item, and an item on every line where a tenant says so', async () => {
    const acu = withVendor()
    const typed = async (line: object) =>
      errorAt(await acu.refused('PurchaseOrder', bricks({}, line)), 'Details.0.LineType')
    expect(await typed({ LineType: 'Service' })).toMatch('stock item')
    expect(await typed({ InventoryID: 'DELIVERY', LineType: 'Goods for IN' })).toMatch('non-stock')
    const noAccount = await acu.refused('PurchaseOrder', bricks({ Details: [{ ...SERVICE, Account: null }] }))
    expect(errorAt(noAccount, 'Details.0.Account')).toBe("'Account' cannot be empty.")
    acu.switches['order.serviceLines'] = false
    const bare = await acu.refused('PurchaseOrder', bricks({ Details: [SERVICE] }))
    expect(errorAt(bare, 'Details.0.InventoryID')).toBe("'Inventory ID' cannot be empty.")
  })

  it('must match its control total where totals are validated', async () => {
    const acu = withVendor({ preferences: { validateOrderTotals: true } })
    expect(errorAt(await acu.refused('PurchaseOrder', bricks()), 'ControlTotal')).toBe(
      'The document is out of balance.',
    )
    expect(at(await acu.put('PurchaseOrder', bricks({ ControlTotal: '123.50' })), 'OrderTotal')).toBe(123.5)
  })
})

describe('the states of an order', () => {
  const statusOf = async (acu: Rig) => at(await acu.get('PurchaseOrder/Normal/000001'), 'Status')

  it('wait for approval, printing and e-mail where asked for', async () => {
    const vendors = [{ VendorID: 'ACME01', VendorName: 'Acme', PrintOrders: true, SendOrdersbyEmail: true }]
    const acu = withVendor({ vendors, preferences: { approveOrders: true, printAndEmailOrders: true } })
    expect(at(await acu.put('PurchaseOrder', bricks()), 'Status')).toBe('Pending Approval')
    const seen = []
    for (const step of ['approve-order', 'send-order', 'send-order']) {
      acu.act(step, { key: '000001' })
      seen.push(await statusOf(acu))
    }
    expect(seen).toEqual(['Pending Printing', 'Pending Email', 'Open'])
  })

  it('end with receipt and bill, and then take no more edits', async () => {
    const acu = withVendor()
    await acu.put('PurchaseOrder', bricks())
    const receive = (number: string, qty: string) =>
      acu.act('receive-order', { key: '000001', number, lines: [{ line: 1, qty }] })
    receive('R1', '4')
    expect(await statusOf(acu)).toBe('Open')
    receive('R2', '6')
    expect(await statusOf(acu)).toBe('Completed')
    await acu.put('Bill', freight({ Details: [{ POOrderType: 'Normal', POOrderNbr: '000001' }] }))
    acu.act('release-bill', { key: '000001' })
    expect(await statusOf(acu)).toBe('Closed')
    const late = await acu.put('PurchaseOrder', { OrderNbr: '000001', Description: 'late' })
    expect(at(late, 'Description')).toBeUndefined()
  })
})
