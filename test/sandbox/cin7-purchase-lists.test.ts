import { beforeEach, describe, expect, it } from 'vitest'
import { at, idAt, openRig, type Rig } from './cin7/rig'

let rig: Rig

beforeEach(() => {
  rig = openRig({
    suppliers: [{ Name: 'Bayside' }, { Name: 'Northern', Currency: 'CAD' }],
    currencyRates: { CAD: 0.73 },
  })
})

const made = (extra: object = {}): string => idAt(rig.act('create-purchase', { supplier: 'Bayside', ...extra }), 'ID')

const hook = (Type: string) =>
  rig.ok('POST', '/webhooks', {
    Type,
    IsActive: true,
    ExternalURL: 'https://app.test/hook',
    ExternalAuthorizationType: 'noauth',
  })

const total = (query: string): unknown => at(rig.ok('GET', `/purchaseList?${query}`), 'Total')

describe('purchaseList', () => {
  it('runs by number, oldest first, whatever changed last, and has neither approach nor lines', () => {
    const [first] = [made({ upTo: 'order' }), made({ upTo: 'order' }), made()]
    rig.advance(60_000)
    rig.act('edit-purchase', { purchase: first, changes: { Note: 'late' } })
    const list = rig.ok('GET', '/purchaselist?Limit=2')
    expect(list).toMatchObject({
      Total: 3,
      Page: 1,
      PurchaseList: [
        { ID: first, OrderNumber: 'PO-00001', Supplier: 'Bayside', OrderStatus: 'AUTHORISED', InvoiceNumber: null },
        { OrderNumber: 'PO-00002' },
      ],
    })
    for (const key of ['Approach', 'Order', 'Invoice']) expect(at(list, 'PurchaseList', 0)).not.toHaveProperty(key)
    expect(rig.ok('GET', '/purchaseList?Page=9')).toMatchObject({ Total: 3, PurchaseList: [] })
  })

  it('shows what was invoiced and paid in the currency of the supplier', () => {
    made({ supplier: 'Northern', amount: 80, date: '2026-02-10', dueDate: '2026-02-20', invoiceNumber: 'N-1' })
    expect(at(rig.ok('GET', '/purchaseList'), 'PurchaseList', 0)).toMatchObject({
      OrderDate: '2026-02-10T00:00:00',
      InvoiceDate: '2026-02-10T00:00:00',
      InvoiceDueDate: '2026-02-20T00:00:00',
      InvoiceNumber: 'N-1',
      InvoiceAmount: 80,
      PaidAmount: 80,
      BaseCurrency: 'USD',
      SupplierCurrency: 'CAD',
      InvoiceStatus: 'PAID',
      IsServiceOnly: false,
    })
  })

  it('filters by one status at a time, and ignores the documented name that does not work', () => {
    made({ upTo: 'order' })
    made({ upTo: 'invoice' })
    made()
    expect(total('InvoiceStatus=AUTHORISED')).toBe(1)
    expect(total('InvoiceStatus=AUTHORISED,PAID')).toBe(0)
    expect(total('Status=invoiced')).toBe(1)
    expect(total('OrderStatus=AUTHORISED&InvoiceStatus=NOT AVAILABLE')).toBe(1)
    expect(total('StockReceivedStatus=AUTHORISED')).toBe(0)
    expect(total('RestockReceivedStatus=AUTHORISED')).toBe(3)
    expect(total('Type=Service Purchase')).toBe(3)
    expect(total('Status=')).toBe(0)
  })

  it('finds what changed since and until, payments too, and what is required by a day', () => {
    const first = made({ upTo: 'invoice', RequiredBy: '2026-04-01' })
    made({ upTo: 'invoice' })
    rig.advance(3_600_000)
    expect(total('UpdatedSince=2026-03-02T10:30:00')).toBe(0)
    rig.act('pay-purchase', { purchase: first })
    expect(total('UpdatedSince=2026-03-02T10:30:00')).toBe(1)
    expect(total('UpdatedUntil=2026-03-02T10:30:00Z')).toBe(1)
    expect(total('RequiredBy=2026-04-01')).toBe(1)
    expect(total('RequiredBy=2026-03-31')).toBe(0)
  })

  it('searches numbers, status and supplier, not the note', () => {
    made({ invoiceNumber: 'SUP-778', upTo: 'invoice', Note: 'fb:bill:9' })
    made({ upTo: 'order' })
    for (const word of ['sup-77', 'PO-00001', 'invoic']) expect(total(`Search=${word}`)).toBe(1)
    expect(total('Search=baysi')).toBe(2)
    expect(total('Search=fb:bill')).toBe(0)
  })

  it('lags behind when switched, details do not', () => {
    rig.switches.listLagMs = 30_000
    const id = made()
    expect(total('')).toBe(0)
    expect(rig.ok('GET', `/advanced-purchase?ID=${id}`)).toMatchObject({ ID: id })
    rig.advance(30_000)
    expect(total('')).toBe(1)
  })

  it('shows composite statuses that were seen in real accounts', () => {
    const id = made({ shownStatus: 'COMPLETED / CREDIT NOTE CLOSED' })
    expect(total('Status=COMPLETED / CREDIT NOTE CLOSED')).toBe(1)
    rig.act('set-purchase-status', { purchase: 'PO-00001', status: null })
    expect(rig.ok('GET', `/advanced-purchase?ID=${id}`)).toMatchObject({ Status: 'COMPLETED' })
  })
})

describe('acts and seeds of purchases', () => {
  it('go as far as wanted, in every type', () => {
    const rigged = openRig({
      purchases: [
        { supplier: 'Bayside', upTo: 'header', ID: '11111111-1111-4111-8111-111111111111' },
        { supplier: 'Bayside', type: 'Service', upTo: 'invoice', account: '404' },
        {
          supplier: 'Bayside',
          type: 'Advanced',
          upTo: 'received',
          Approach: 'STOCK',
          BlindReceipt: false,
          lines: [{ SKU: 'Bread', Quantity: 1, Price: 3, Tax: 0, TaxRule: 'Tax Exempt', Total: 3 }],
        },
      ],
    })
    expect(rigged.vendor.dump()).toMatchObject({
      purchases: [
        { ID: '11111111-1111-4111-8111-111111111111', Status: 'DRAFT' },
        { Type: 'Service Purchase', Invoice: [{ AdditionalCharges: [{ Account: '404', Total: 100 }] }] },
        { Type: 'Advanced Purchase', Status: 'COMPLETED' },
      ],
      purchasePayments: [],
    })
    expect(() => rigged.vendor.seed({ purchases: [{ supplier: 'Nobody' }] })).toThrow('Nobody')
  })

  it('give one invoice a rate of its own', () => {
    const id = made({ supplier: 'Northern', upTo: 'invoice' })
    rig.act('set-invoice-rate', { taskId: id, rate: '0.75' })
    expect(rig.ok('GET', `/advanced-purchase?ID=${id}`)).toMatchObject({
      CurrencyRate: 0.73,
      Invoice: [{ CurrencyRate: 0.75 }],
    })
  })

  it('know goods that come without an order', () => {
    const id = idAt(
      rig.ok('POST', '/advanced-purchase', {
        Supplier: 'Bayside',
        Approach: 'INVOICE',
        Location: 'Main Warehouse',
        BlindReceipt: true,
      }),
      'ID',
    )
    expect(rig.refused('POST', '/purchase/order', { TaskID: id, Status: 'DRAFT', Lines: [] })).toContain(
      'Blind Receipt',
    )
    rig.act('invoice-purchase', { purchase: id, amount: 12 })
    expect(rig.ok('GET', `/advanced-purchase?ID=${id}`)).toMatchObject({ BlindReceipt: true, Status: 'INVOICED' })
  })
})

describe('events of purchases', () => {
  it('name an authorised order with its supplier and a lower-case task', () => {
    hook('Purchase/OrderAuthorised')
    const id = made({ upTo: 'order' })
    expect(rig.told('Purchase/OrderAuthorised')).toEqual([
      {
        TaskID: id,
        PurchaseOrderNumber: 'PO-00001',
        SupplierName: 'Bayside',
        SupplierContactName: null,
        SupplierContactEmail: null,
        EventType: 'Purchase/OrderAuthorised',
      },
    ])
  })

  it('name invoices, goods and credit notes in upper case and leave the supplier out', () => {
    for (const type of ['InvoiceAuthorised', 'StockReceivedAuthorised', 'CreditNoteAuthorised'])
      hook(`Purchase/${type}`)
    const lines = [{ SKU: 'Bread', Quantity: 1, Price: 3, Tax: 0, TaxRule: 'Tax Exempt', Total: 3 }]
    const id = made({ upTo: 'received', invoiceNumber: '1', lines })
    rig.act('credit-purchase', { purchase: id, number: '2' })
    const bill = { TaskID: id.toUpperCase(), PurchaseOrderNumber: 'PO-00001', InvoiceNumber: '1', SupplierName: null }
    expect(rig.told('Purchase/InvoiceAuthorised')).toMatchObject([bill])
    expect(rig.told('Purchase/StockReceivedAuthorised')).toMatchObject([bill])
    expect(rig.told('Purchase/CreditNoteAuthorised')).toMatchObject([
      { TaskID: id.toUpperCase(), CreditNoteNumber: '2' },
    ])
  })

  it('name the invoice of an Advanced one, or the purchase when switched', () => {
    hook('Purchase/InvoiceAuthorised')
    const id = made({ upTo: 'invoice', type: 'Advanced' })
    rig.switches['webhooks.purchaseTaskIdIsPurchase'] = true
    const other = made({ upTo: 'invoice', type: 'Advanced' })
    const [own, switched] = rig.told('Purchase/InvoiceAuthorised')
    expect(at(own, 'TaskID')).not.toBe(id.toUpperCase())
    expect(at(switched, 'TaskID')).toBe(other.toUpperCase())
  })

  it('say Purchase/Updated in a list with the wrong name, and nothing for a creation', () => {
    hook('Purchase/Updated')
    const id = made({ upTo: 'header' })
    expect(rig.told('Purchase/Updated')).toEqual([])
    rig.act('edit-purchase', { purchase: id, changes: { Note: 'changed' } })
    expect(rig.told('Purchase/Updated')).toMatchObject([
      {
        NumberOfPurchase: 1,
        CustomerDetailsList: [{ ID: id.toUpperCase(), Note: 'changed', OrderNumber: 'PO-00001' }],
      },
    ])
  })
})

describe('a delivery that is not taken', () => {
  it('comes again after 5, 10, 15, 20 and 25 minutes, and then the hook falls silent', () => {
    hook('Purchase/OrderAuthorised')
    made({ upTo: 'order' })
    const body = rig.sent[0]?.body
    const again = () => rig.act('retry-deliveries')
    for (const minutes of [5, 10, 15, 20, 25]) {
      rig.act('fail-delivery', { event: 'Purchase/OrderAuthorised', body })
      rig.advance(minutes * 60_000 - 1)
      expect(again()).toEqual({ sent: 0 })
      rig.advance(1)
      expect(again()).toEqual({ sent: 1 })
    }
    expect(rig.sent).toHaveLength(6)
    rig.act('fail-delivery', { event: 'Purchase/OrderAuthorised', body })
    expect(rig.ok('GET', '/webhooks')).toMatchObject({ Webhooks: [{ IsActive: false }] })
    made({ upTo: 'order' })
    expect(rig.sent).toHaveLength(6)
  })
})
