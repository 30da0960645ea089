import { describe, expect, it } from 'vitest'
import {
  booksOf,
  buy,
  type Firm,
  FLOWS,
  inAcumatica,
  inCin7,
  later,
  line,
  map,
  openFirm,
  polled,
  recordsOf,
  replay,
  theRecord,
  writesTo,
} from '../support/acumatica-cin7'
import { compare, reconciledFlows } from '../support/reconciliation'
import { only } from '../support/wave-cin7'

const VERSIONS = ['22.200.001', '23.200.001', '24.200.001']

describe('an invoiced purchase', () => {
  it.each(VERSIONS)('becomes a bill on its vendor, behind its supplier (endpoint %s)', async (endpointVersion) => {
    const firm = await openFirm({ connection: { endpointVersion } })
    await buy(firm)
    await polled(firm, 'bill')
    const { Vendor, Bill } = await booksOf(firm)
    expect(only(Vendor)).toMatchObject({ VendorID: 'BAYSIDE', VendorName: 'Bayside' })
    expect(only(Bill)).toMatchObject({
      Type: 'Bill',
      Vendor: 'BAYSIDE',
      VendorRef: 'INV-88121',
      Status: 'Balanced',
      Details: [
        { Account: '12100', Subaccount: '000000', Amount: '25.00', TransactionDescription: '10 × WIDGET Widget' },
        { Account: '69500', Amount: '5.00', TransactionDescription: 'Tax' },
      ],
    })
    expect(only(Bill).Date.slice(0, 10)).toBe('2026-11-02')
    expect(await theRecord(firm, 'bill')).toMatchObject({ state: 'done', targetNumber: only(Bill).ReferenceNbr })
    expect(await theRecord(firm, 'supplier')).toMatchObject({ state: 'done', targetNumber: 'BAYSIDE' })
  })

  it('is carried once: polled again, nothing is written', async () => {
    const firm = await openFirm()
    await buy(firm)
    await polled(firm)
    await firm.world.forgetCalls()
    await later()
    await polled(firm)
    expect(await writesTo(firm, 'acumatica')).toEqual([])
    expect(await writesTo(firm, 'cin7')).toEqual([])
  })

  it('is posted to the ledger where the setting says so', async () => {
    const firm = await openFirm({ settings: { bills: { status: 'release' } } })
    await buy(firm)
    await polled(firm)
    expect(only((await booksOf(firm)).Bill).Status).toBe('Open')
  })

  it('waits in Acumatica where an approver has to look at it first, and is not written again', async () => {
    const firm = await openFirm({
      books: { preferences: { approveBills: true } },
      settings: { bills: { status: 'release' } },
    })
    await buy(firm)
    await polled(firm)
    const { ReferenceNbr: key, Status } = only((await booksOf(firm)).Bill)
    expect(Status).toBe('Pending Approval')
    expect(await theRecord(firm, 'bill')).toMatchObject({ state: 'done', targetNumber: key })
    await inAcumatica(firm, 'approve-bill', { key })
    await inAcumatica(firm, 'release-bill', { key })
    await firm.world.forgetCalls()
    await later()
    await polled(firm)
    expect(await writesTo(firm, 'acumatica')).toEqual([])
    expect(only((await booksOf(firm)).Bill).Status).toBe('Open')
  })

  it('of several invoices becomes several bills', async () => {
    const firm = await openFirm()
    const { ID } = await buy(firm, { lines: [line('WIDGET', 10, 2.5), line('GADGET', 1, 12)] })
    await inCin7(firm, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-2', lines: [line('GADGET', 1, 12)] })
    await polled(firm)
    const { Bill } = await booksOf(firm)
    expect(Bill.map(({ VendorRef, Amount }) => [VendorRef, Amount])).toEqual([
      ['INV-88121', '37.00'],
      ['INV-2', '12.00'],
    ])
  })

  it('that changes in Cin7 changes its bill, until that is released', async () => {
    const firm = await openFirm()
    const { ID, Invoice } = await buy(firm)
    await polled(firm)
    await later()
    await inCin7(firm, 'undo-purchase-invoice', { taskId: only(Invoice).TaskID })
    await inCin7(firm, 'invoice-purchase', {
      purchase: ID,
      invoiceNumber: 'INV-88121',
      lines: [line('WIDGET', 4, 2.5)],
    })
    await polled(firm)
    expect(only((await booksOf(firm)).Bill).Amount).toBe('10.00')
  })

  it('takes from the lines of its order where its products are stock items', async () => {
    const firm = await openFirm({ settings: { bills: { lines: 'order' } } })
    await map(firm, 'item', { WIDGET: 'WIDGET' })
    await buy(firm)
    await polled(firm)
    const { Bill, PurchaseOrder } = await booksOf(firm)
    expect(only(PurchaseOrder)).toMatchObject({ Status: 'Open', VendorRef: expect.stringContaining('PO-') })
    expect(only(Bill)).toMatchObject({
      Status: 'Balanced',
      Details: [
        { InventoryID: 'WIDGET', Amount: '25.00', POOrderNbr: only(PurchaseOrder).OrderNbr, POLine: 1 },
        { Account: '69500', Amount: '5.00' },
      ],
    })
  })

  it('whose account is not mapped is carried once it is', async () => {
    const firm = await openFirm({ mapped: false })
    await buy(firm)
    await polled(firm, 'bill')
    const failed = await theRecord(firm, 'bill')
    expect(failed).toMatchObject({ state: 'failed', code: 'unmapped', text: expect.stringContaining('630 (account)') })
    await map(firm, 'account', { 630: '12100' })
    await replay(firm, failed)
    expect(only((await booksOf(firm)).Bill).Amount).toBe('30.00')
  })

  it('that somebody has entered already waits for a person, and others go on', async () => {
    const bill = { Type: 'Bill', Vendor: 'BAYSIDE', VendorRef: 'INV-88121', Date: '2026-11-02' }
    const details = [{ Account: '12100', Subaccount: '000000', ExtendedCost: '30' }]
    const firm = await openFirm({
      books: { vendors: [{ VendorID: 'BAYSIDE', VendorName: 'Bayside' }], bills: [{ ...bill, Details: details }] },
      cin7: { suppliers: [{ Name: 'Bayside', AdditionalAttribute1: 'BAYSIDE' }] },
    })
    await linked(firm)
    await buy(firm)
    await buy(firm, { invoiceNumber: 'INV-2' })
    await polled(firm)
    const records = await recordsOf(firm, 'bill')
    expect(records.map(({ state, code }) => [state, code]).sort()).toEqual([
      ['done', ''],
      ['waiting', 'acumatica_vendor_ref_taken'],
    ])
    expect((await booksOf(firm)).Bill).toHaveLength(2)
  })

  it('that is voided in Cin7 is deleted where the setting says so, and stays once it was released', async () => {
    for (const [voided, left] of [
      ['leave', 1],
      ['delete', 0],
    ] as const) {
      const firm = await openFirm({ settings: { bills: { voided } } })
      const { Invoice } = await buy(firm)
      await polled(firm)
      await later()
      await inCin7(firm, 'void-purchase-invoice', { taskId: only(Invoice).TaskID })
      await polled(firm)
      expect((await booksOf(firm)).Bill, voided).toHaveLength(left)
    }
  })
})

describe('a credit note', () => {
  it.each(VERSIONS)('becomes a debit adjustment (endpoint %s)', async (endpointVersion) => {
    const firm = await openFirm({ connection: { endpointVersion } })
    const { ID } = await buy(firm)
    const lines = [line('WIDGET', 2, 2.5, 1)]
    await inCin7(firm, 'credit-purchase', { purchase: ID, number: 'CN-7', date: '2026-11-09', lines })
    await polled(firm)
    const adjustment = only((await booksOf(firm)).Bill.filter(({ Type }) => Type === 'Debit Adj.'))
    expect(adjustment).toMatchObject({ VendorRef: 'CN-7', Vendor: 'BAYSIDE', Amount: '6.00', Status: 'Balanced' })
    expect(await theRecord(firm, 'credit')).toMatchObject({ state: 'done', targetNumber: adjustment.ReferenceNbr })
  })
})

describe('an authorised order', () => {
  const ordered = (firm: Firm, over = {}) => buy(firm, { upTo: 'order', ...over })

  it.each(VERSIONS)('becomes an open purchase order, of mapped items (endpoint %s)', async (endpointVersion) => {
    const firm = await openFirm({ connection: { endpointVersion } })
    await map(firm, 'item', { WIDGET: 'WIDGET' })
    const { OrderNumber } = await ordered(firm, { lines: [line('WIDGET', 10, 2.5, 5), line('GADGET', 1, 12)] })
    await polled(firm)
    const { PurchaseOrder, Bill } = await booksOf(firm)
    expect(only(PurchaseOrder)).toMatchObject({
      Type: 'Normal',
      VendorID: 'BAYSIDE',
      VendorRef: OrderNumber,
      Status: 'Open',
      Details: [
        { InventoryID: 'WIDGET', WarehouseID: 'WH01', ExtendedCost: '25.00' },
        { Account: '54000', LineDescription: '1 × GADGET Gadget', ExtendedCost: '12.00' },
        { Account: '69500', LineDescription: 'Tax', ExtendedCost: '5.00' },
      ],
    })
    expect(Bill).toEqual([])
  })

  it('follows changes, and stands as it is once it is invoiced', async () => {
    const firm = await openFirm()
    const { ID } = await ordered(firm)
    await polled(firm)
    await later()
    await inCin7(firm, 'undo-purchase', { purchase: ID })
    await inCin7(firm, 'order-purchase', { purchase: ID, lines: [line('WIDGET', 4, 2.5)] })
    await polled(firm)
    expect(only((await booksOf(firm)).PurchaseOrder).OrderTotal).toBe('10.00')
    await inCin7(firm, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-1', lines: [line('WIDGET', 4, 2.5)] })
    await later()
    await polled(firm)
    expect(await theRecord(firm, 'order')).toMatchObject({ state: 'done' })
    expect(only((await booksOf(firm)).PurchaseOrder).OrderTotal).toBe('10.00')
    expect(only((await booksOf(firm)).Bill).Amount).toBe('10.00')
  })

  it('is not made twice where its answer is lost and the filter for it lies', async () => {
    const firm = await openFirm()
    await firm.world.switches({ 'acumatica.order.filters': 'keys-only' })
    await firm.world.fault({ vendor: 'acumatica', method: 'PUT', path: '/PurchaseOrder', kind: 'drop-after', times: 1 })
    await ordered(firm)
    await polled(firm)
    expect((await booksOf(firm)).PurchaseOrder).toHaveLength(1)
    expect(await theRecord(firm, 'order')).toMatchObject({ state: 'done' })
    expect((await writesTo(firm, 'acumatica')).filter((call) => call === 'PUT PurchaseOrder')).toHaveLength(2)
  })
})

describe('orders in the reconciliation', () => {
  it('agree, also once they are invoiced; what somebody changes in Acumatica is shown', async () => {
    const firm = await openFirm()
    await map(firm, 'item', { WIDGET: 'WIDGET' })
    await buy(firm, { upTo: 'order', lines: [line('WIDGET', 10, 2.5, 5), line('GADGET', 1, 12)] })
    const { ID } = await buy(firm, { upTo: 'order' })
    await polled(firm)
    await inCin7(firm, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-1', lines: [line('WIDGET', 10, 2.5)] })
    await later()
    await polled(firm)
    const orders = async () => (await reconciledFlows(firm)).find(({ flow }) => flow === FLOWS.order)
    await compare(firm)
    expect(await orders()).toMatchObject({ agrees: true, counts: { matched: 2 } })
    const { OrderNbr: key } = (await booksOf(firm)).PurchaseOrder[0] ?? only([])
    await inAcumatica(firm, 'edit', {
      entity: 'PurchaseOrder',
      key,
      changes: { Details: [{ Account: '54000', OrderQty: '1', UnitCost: '9' }] },
    })
    await compare(firm)
    expect(await orders()).toMatchObject({ agrees: false, counts: { matched: 1, changed: 1 } })
  })
})

const linked = async (firm: Firm): Promise<void> => {
  const path = `/v1/tenants/${firm.tenant}/integrations/${firm.integration}`
  await firm.admin.call('POST', `${path}/match`)
  await polled(firm, 'credit')
  await firm.admin.call('POST', `${path}/matches/accept`, { sure: 'certain' })
  await polled(firm, 'credit')
}
