import { describe, expect, it } from 'vitest'
import {
  buy,
  companyOf,
  inCin7,
  inQuickbooks,
  later,
  line,
  map,
  openShop,
  polled,
  type Shop,
  theRecord,
  writesTo,
} from '../support/quickbooks-cin7'
import { only } from '../support/wave-cin7'

/** Everything that one purchase leads to, with a fault of QuickBooks' on the way. */
const whole = async (fault: Record<string, unknown>): Promise<Shop> => {
  const shop = await openShop()
  const { ID } = await buy(shop, { upTo: 'order' })
  await shop.world.fault({ vendor: 'quickbooks', method: 'POST', ...fault })
  await polled(shop)
  await inCin7(shop, 'invoice-purchase', {
    purchase: ID,
    invoiceNumber: 'INV-1',
    date: '2026-11-02',
    lines: [line('WIDGET', 10, 2.5, 5)],
  })
  await inCin7(shop, 'credit-purchase', { purchase: ID, number: 'CN-1', lines: [line('WIDGET', 1, 2.5, 0.5)] })
  await later()
  await polled(shop)
  return shop
}

describe('whatever becomes of a call', () => {
  const paths = ['/vendor', '/purchaseorder', '/bill', '/vendorcredit']
  const kinds = {
    'done, and the answer lost': { kind: 'drop-after' },
    'never arrived': { kind: 'drop-before' },
    'done, and the answer cut': { kind: 'cut-body' },
    'a gateway that gives up': { kind: 'status', status: 504 },
    'the call limit, in XML': { kind: 'throttled', form: '429-xml' },
    'nothing done, and 200 all the same': { kind: 'throttled', form: '200-empty' },
  }
  const cases = paths.flatMap((path) => Object.entries(kinds).map(([what, fault]) => ({ what, path, fault })))

  it.each(cases)('$path is posted once ($what)', async ({ path, fault }) => {
    const shop = await whole({ path, ...fault })
    expect((await shop.world.calls('quickbooks')).filter((call) => call.fault !== undefined)).toHaveLength(1)
    const { Vendor, PurchaseOrder, Bill, VendorCredit } = await companyOf(shop)
    expect(Vendor.filter(({ DisplayName }) => DisplayName === 'Bayside')).toHaveLength(1)
    expect(only(PurchaseOrder)).toMatchObject({ TotalAmt: 30, POStatus: 'Closed' })
    expect(only(Bill)).toMatchObject({ TotalAmt: 30, LinkedTxn: [{ TxnType: 'PurchaseOrder' }] })
    expect(only(VendorCredit)).toMatchObject({ TotalAmt: 3 })
  })
})

const ABROAD = {
  realm: {
    country: 'GB',
    taxRates: [
      { Id: '3', Name: 'Standard', RateValue: 20 },
      { Id: '6', Name: 'Zero', RateValue: 0 },
    ],
    taxCodes: [
      {
        Id: '4',
        Name: '20 %',
        Taxable: true,
        PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '3' } }] },
      },
      {
        Id: '7',
        Name: 'No VAT',
        Taxable: true,
        PurchaseTaxRateList: { TaxRateDetail: [{ TaxRateRef: { value: '6' } }] },
      },
    ],
  },
  settings: { tax: { realm: 'other', noTaxCode: '7' }, rounding: { account: '7', limit: '0.02' } },
}

describe('outside the United States', () => {
  const abroad = async (tax: number): Promise<Shop> => {
    const shop = await openShop(ABROAD)
    await map(shop, 'tax', { 'Tax on Purchases': '4', 'Tax Exempt': '7' })
    await buy(shop, { lines: [line('WIDGET', 1, 10.03, tax), line('GADGET', 1, 10.03, tax)] })
    await polled(shop, 'bill')
    return shop
  }

  it('QuickBooks computes the tax by its own codes', async () => {
    const shop = await abroad(2.01)
    expect(only((await companyOf(shop)).Bill)).toMatchObject({
      TotalAmt: 24.08,
      GlobalTaxCalculation: 'TaxExcluded',
      Line: [{ Amount: 10.03 }, { Amount: 10.03 }, { Amount: 0.01, Description: 'Rounding' }],
    })
    expect(await theRecord(shop, 'bill')).toMatchObject({ state: 'done' })
  })

  it('a bill of another tax does not stay in the books: both figures are said', async () => {
    const shop = await abroad(1)
    expect((await companyOf(shop)).Bill).toEqual([])
    expect(await theRecord(shop, 'bill')).toMatchObject({
      state: 'failed',
      code: 'totals_differ',
      text: 'total: 22.06 USD in the source, 24.07 USD in the target',
      remedy: expect.stringContaining('was deleted again'),
    })
  })

  it('and once the cause is corrected, it is posted', async () => {
    const shop = await abroad(1)
    await map(shop, 'tax', { 'Tax on Purchases': '7' })
    const record = await theRecord(shop, 'bill')
    await shop.admin.call('POST', `/v1/tenants/${shop.tenant}/records/${record.id}/replay`, { reread: true })
    await later()
    await polled(shop)
    expect((await companyOf(shop)).Bill).toEqual([])
    await map(shop, 'tax', { 'Tax on Purchases': '4' })
    const [purchase] = (
      await shop.world.dump<{ cin7: { purchases: { Invoice: { TaskID: string }[]; ID: string }[] } }>()
    ).cin7.purchases
    await inCin7(shop, 'undo-purchase-invoice', { taskId: purchase?.Invoice[0]?.TaskID })
    await inCin7(shop, 'invoice-purchase', {
      purchase: purchase?.ID,
      invoiceNumber: 'INV-1',
      date: '2026-11-02',
      lines: [line('WIDGET', 1, 10, 2)],
    })
    await later()
    await polled(shop)
    expect(only((await companyOf(shop)).Bill)).toMatchObject({ TotalAmt: 12 })
  })
})

describe('a supplier whose name a customer has', () => {
  it('has the suffix that was chosen', async () => {
    const shop = await openShop({
      realm: { customers: [{ Id: '3', DisplayName: 'Bayside' }] },
      settings: { suppliers: { suffix: ' (Supplier)' } },
    })
    await polled(shop, 'supplier')
    const names = (await companyOf(shop)).Vendor.map(({ DisplayName }) => DisplayName).sort()
    expect(names).toEqual(['Bayside (Supplier)', 'Northern'])
  })
})

describe('a bill that somebody edited in QuickBooks', () => {
  it('shows so in the reconciliation, and is left', async () => {
    const shop = await openShop()
    await buy(shop)
    await polled(shop)
    const bill = only((await companyOf(shop)).Bill)
    await inQuickbooks(shop, 'edit', { entity: 'Bill', id: bill.Id, changes: { DueDate: '2027-01-31' } })
    await shop.world.forgetCalls()
    const path = `/v1/tenants/${shop.tenant}/integrations/${shop.integration}/reconciliation`
    await shop.admin.call('POST', path, {})
    await later()
    await polled(shop)
    const { items } = await shop.admin.call<{ items: { flow: string; status: string; reason: string }[] }>(
      'GET',
      `${path}?limit=100`,
    )
    expect(items).toContainEqual(
      expect.objectContaining({
        status: 'changed',
        code: 'changed_in_target',
        reason: 'dates or exchange rate were changed',
      }),
    )
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
  })
})
