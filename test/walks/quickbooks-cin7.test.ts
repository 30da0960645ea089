import { describe, expect, it } from 'vitest'
import {
  arrive,
  buy,
  companyOf,
  inCin7,
  inQuickbooks,
  later,
  line,
  map,
  openShop,
  polled,
  recordsOf,
  replay,
  theRecord,
  writesTo,
} from '../support/quickbooks-cin7'
import { settle } from '../support/settle'
import { alertsOf, only } from '../support/wave-cin7'

describe('an invoiced purchase', () => {
  it('becomes a bill, behind its supplier', async () => {
    const shop = await openShop()
    await buy(shop)
    await polled(shop, 'bill')
    const { Vendor, Bill } = await companyOf(shop)
    const vendor = only(Vendor)
    expect(vendor).toMatchObject({ DisplayName: 'Bayside', CurrencyRef: { value: 'USD' } })
    expect(only(Bill)).toMatchObject({
      VendorRef: { value: vendor.Id },
      DocNumber: 'INV-88121',
      TxnDate: '2026-11-02',
      DueDate: '2026-12-02',
      TotalAmt: 30,
      Line: [
        {
          Amount: 25,
          Description: '10 × WIDGET Widget',
          AccountBasedExpenseLineDetail: { AccountRef: { value: '81' } },
        },
        { Amount: 5, Description: 'Tax' },
      ],
    })
    expect(await theRecord(shop, 'bill')).toMatchObject({ state: 'done', targetNumber: 'INV-88121' })
    expect(await theRecord(shop, 'supplier')).toMatchObject({ state: 'done', targetNumber: 'Bayside' })
  })

  it('is carried once: polled again, nothing is written', async () => {
    const shop = await openShop()
    await buy(shop)
    await polled(shop)
    await shop.world.forgetCalls()
    await later()
    await polled(shop)
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })

  it('needs few calls: supplier and purchase read once, a vendor looked for and made, a bill', async () => {
    const shop = await openShop()
    await buy(shop)
    await polled(shop, 'bill')
    const calls = async (vendor: string) =>
      (await shop.world.calls(vendor)).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
    expect(await calls('cin7')).toEqual(['GET purchaseList', 'GET advanced-purchase', 'GET supplier'])
    expect(await calls('quickbooks')).toEqual(['GET query', 'POST vendor', 'POST bill'])
  })

  it('changes its bill, which is written on top of what QuickBooks has', async () => {
    const shop = await openShop()
    const { Invoice, ID } = await buy(shop)
    await polled(shop)
    await later()
    await inCin7(shop, 'undo-purchase-invoice', { taskId: only(Invoice).TaskID })
    await polled(shop)
    expect(only((await companyOf(shop)).Bill).TotalAmt).toBe(30)
    await inCin7(shop, 'invoice-purchase', {
      purchase: ID,
      invoiceNumber: 'INV-88121',
      date: '2026-11-02',
      lines: [line('WIDGET', 12, 2.5, 6)],
    })
    await later()
    await polled(shop)
    expect(only((await companyOf(shop)).Bill)).toMatchObject({ SyncToken: '1', TotalAmt: 36 })
  })

  it('that was paid in QuickBooks is a matter for a person; others go on', async () => {
    const shop = await openShop()
    const { Invoice, ID } = await buy(shop)
    await polled(shop)
    await inQuickbooks(shop, 'pay-bill', { id: only((await companyOf(shop)).Bill).Id })
    await later()
    await inCin7(shop, 'undo-purchase-invoice', { taskId: only(Invoice).TaskID })
    await inCin7(shop, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-88121', lines: [line('WIDGET', 1, 9)] })
    await buy(shop, { invoiceNumber: 'INV-2' })
    await polled(shop)
    const { Bill } = await companyOf(shop)
    expect(Bill.map(({ DocNumber, TotalAmt }) => [DocNumber, TotalAmt])).toEqual([
      ['INV-88121', 30],
      ['INV-2', 30],
    ])
    const waiting = (await recordsOf(shop, 'bill')).find(({ state }) => state === 'waiting')
    expect(waiting).toMatchObject({ reason: 'conflict', code: 'quickbooks_bill_paid' })
  })

  it('that was deleted in QuickBooks is not made again by itself', async () => {
    const shop = await openShop()
    const { Invoice, ID } = await buy(shop)
    await polled(shop)
    await inQuickbooks(shop, 'delete', { entity: 'Bill', id: only((await companyOf(shop)).Bill).Id })
    await later()
    await polled(shop)
    expect((await companyOf(shop)).Bill).toEqual([])
    await inCin7(shop, 'undo-purchase-invoice', { taskId: only(Invoice).TaskID })
    await inCin7(shop, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-88121', lines: [line('WIDGET', 1, 9)] })
    await later()
    await polled(shop)
    expect((await companyOf(shop)).Bill).toEqual([])
    expect(await theRecord(shop, 'bill')).toMatchObject({ state: 'waiting', code: 'quickbooks_bill_gone' })
  })

  it('of several invoices becomes several bills', async () => {
    const shop = await openShop()
    const { ID } = await buy(shop, { lines: [line('WIDGET', 10, 2.5), line('GADGET', 1, 12)] })
    await inCin7(shop, 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-2', lines: [line('GADGET', 1, 12)] })
    await polled(shop, 'bill')
    const { Bill } = await companyOf(shop)
    expect(Bill.map(({ DocNumber, TotalAmt }) => [DocNumber, TotalAmt])).toEqual([
      ['INV-88121', 37],
      ['INV-2', 12],
    ])
  })

  it('in a foreign currency has its rate and payables account', async () => {
    const shop = await openShop()
    await buy(shop, { supplier: 'Northern' })
    await polled(shop, 'bill')
    const { Vendor, Bill } = await companyOf(shop)
    expect(only(Vendor)).toMatchObject({ DisplayName: 'Northern', CurrencyRef: { value: 'CAD' } })
    expect(only(Bill)).toMatchObject({ CurrencyRef: { value: 'CAD' }, ExchangeRate: 0.73, TotalAmt: 30 })
  })

  it.each(['Simple', 'Service'])('is carried from a purchase of another type (%s)', async (type) => {
    const shop = await openShop()
    await buy(shop, { type })
    await polled(shop, 'bill')
    expect(only((await companyOf(shop)).Bill).TotalAmt).toBe(30)
  })

  it('from before the start date stays where it is, also beside a younger one of the same purchase', async () => {
    const shop = await openShop({ startDate: '2026-11-10' })
    const { ID } = await buy(shop)
    await inCin7(shop, 'invoice-purchase', {
      purchase: ID,
      invoiceNumber: 'INV-2',
      date: '2026-11-12',
      lines: [line('GADGET', 1, 12)],
    })
    await polled(shop, 'bill')
    expect(only((await companyOf(shop)).Bill).DocNumber).toBe('INV-2')
  })

  it('whose account is not mapped is carried once it is', async () => {
    const shop = await openShop({ mapped: false })
    await buy(shop)
    await polled(shop, 'bill')
    const failed = await theRecord(shop, 'bill')
    expect(failed).toMatchObject({ state: 'failed', code: 'unmapped', text: expect.stringContaining('630 (account)') })
    await map(shop, 'account', { 630: '81' })
    await replay(shop, failed)
    expect(only((await companyOf(shop)).Bill).TotalAmt).toBe(30)
  })
})

describe('voided in Cin7', () => {
  it('a bill is left, unless the setting says that it is deleted', async () => {
    for (const voided of ['leave', 'delete']) {
      const shop = await openShop({ settings: { bills: { voided } } })
      const { Invoice } = await buy(shop)
      await polled(shop)
      await later()
      await inCin7(shop, 'void-purchase-invoice', { taskId: only(Invoice).TaskID })
      await polled(shop)
      expect((await companyOf(shop)).Bill, voided).toHaveLength(voided === 'leave' ? 1 : 0)
    }
  })
})

describe('a credit note', () => {
  it('becomes a vendor credit', async () => {
    const shop = await openShop()
    const { ID } = await buy(shop)
    await inCin7(shop, 'credit-purchase', {
      purchase: ID,
      number: 'CN-7',
      date: '2026-11-09',
      lines: [line('WIDGET', 2, 2.5, 1)],
    })
    await polled(shop)
    expect(only((await companyOf(shop)).VendorCredit)).toMatchObject({
      DocNumber: 'CN-7',
      TxnDate: '2026-11-09',
      TotalAmt: 6,
      Line: [{ Amount: 5 }, { Amount: 1 }],
    })
    expect(await theRecord(shop, 'credit')).toMatchObject({ state: 'done', targetNumber: 'CN-7' })
  })
})

describe('a supplier', () => {
  it('is a vendor before its first bill, and follows changes', async () => {
    const shop = await openShop()
    await polled(shop, 'supplier')
    expect((await companyOf(shop)).Vendor.map(({ DisplayName }) => DisplayName).sort()).toEqual(['Bayside', 'Northern'])
    await later()
    await inCin7(shop, 'edit-supplier', { id: 'Bayside', changes: { Name: 'Bayside Wholesale' } })
    await polled(shop, 'supplier')
    expect((await companyOf(shop)).Vendor.map(({ DisplayName }) => DisplayName).sort()).toEqual([
      'Bayside Wholesale',
      'Northern',
    ])
  })

  it('whose name a vendor of QuickBooks has is linked by a person, and its bill goes on', async () => {
    const vendors = [{ Id: '60', DisplayName: 'bayside', CurrencyRef: { value: 'USD' } }]
    const shop = await openShop({ realm: { vendors } })
    await buy(shop)
    await polled(shop, 'bill')
    const conflict = await theRecord(shop, 'supplier')
    expect(conflict).toMatchObject({ state: 'waiting', code: 'quickbooks_vendor_name_taken' })
    const links = [{ flow: conflict.flow, sourceId: conflict.sourceId, variant: 'vendor', targetId: '60' }]
    const path = `/v1/tenants/${shop.tenant}/integrations/${shop.integration}/matches/accept`
    expect(await shop.admin.call('POST', path, { links })).toMatchObject({ linked: 1 })
    await settle(shop.tenant)
    const { Vendor, Bill } = await companyOf(shop)
    expect(Vendor).toHaveLength(1)
    expect(only(Bill).VendorRef.value).toBe('60')
  })

  it('made in QuickBooks stays there', async () => {
    const vendors = [{ Id: '60', DisplayName: 'Only here', CurrencyRef: { value: 'USD' } }]
    const shop = await openShop({ realm: { vendors } })
    await polled(shop)
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })
})

describe('webhooks', () => {
  it.each(['cloudevents', 'legacy'])('of QuickBooks only wake a poll (%s)', async (format) => {
    const shop = await openShop()
    await inQuickbooks(shop, 'hook', {
      hook: {
        url: 'https://connector.test/webhooks/quickbooks/app/sandbox',
        format,
        contentType: format === 'legacy' ? 'application/json' : 'application/cloudevents+json',
      },
    })
    await buy(shop)
    await polled(shop)
    await shop.world.forgetCalls()
    expect(new Set(await arrive(shop))).toEqual(new Set([200]))
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
    expect(await alertsOf(shop)).toEqual([])
  })
})
