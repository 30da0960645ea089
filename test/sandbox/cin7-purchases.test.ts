import { beforeEach, describe, expect, it } from 'vitest'
import { at, idAt, openRig, type Rig } from './cin7/rig'

const EMPTY = '00000000-0000-0000-0000-000000000000'
const HEADER = { Supplier: 'Bayside', Approach: 'INVOICE', Location: 'Main Warehouse', Note: 'fb:bill:123' }
const LINE = { SKU: 'Bread', Quantity: 2, Price: 2, Discount: 0, Tax: 0.4, TaxRule: 'Tax on Purchases', Total: 4 }
const CHARGE = {
  Description: 'Training',
  Reference: 'r',
  Quantity: 1,
  Price: 3,
  Tax: 0.3,
  TaxRule: 'Tax on Purchases',
  Total: 3,
}
const BILL_LINE = { ...LINE, Account: '630' }
const BILL_CHARGE = { ...CHARGE, Account: '400' }

let rig: Rig

beforeEach(() => {
  rig = openRig({
    suppliers: [{ Name: 'Bayside' }, { Name: 'Northern', Currency: 'CAD' }],
    currencyRates: { CAD: '0.731234' },
  })
})

const header = (extra: object = {}): string => idAt(rig.ok('POST', '/advanced-purchase', { ...HEADER, ...extra }), 'ID')

const orderBody = (TaskID: string, extra: object = {}) => ({
  TaskID,
  Status: 'AUTHORISED',
  Lines: [LINE],
  AdditionalCharges: [CHARGE],
  ...extra,
})

const ordered = (extra: object = {}): string => {
  const id = header(extra)
  rig.ok('POST', '/purchase/order', orderBody(id))
  return id
}

const invoiceBody = (PurchaseID: string, extra: object = {}) => ({
  PurchaseID,
  TaskID: PurchaseID,
  Status: 'AUTHORISED',
  InvoiceNumber: 'SUP-778',
  InvoiceDate: '2026-03-01',
  Lines: [BILL_LINE],
  AdditionalCharges: [BILL_CHARGE],
  ...extra,
})

const invoiced = (extra: object = {}): string => {
  const id = ordered(extra)
  rig.ok('POST', '/advanced-purchase/invoice', invoiceBody(id))
  return id
}

const paymentBody = (TaskID: string, extra: object = {}) => ({
  TaskID,
  Type: 'Payment',
  Reference: 'fb:pay:1',
  Amount: 7.7,
  DatePaid: '2026-03-02',
  Account: '718',
  CurrencyRate: 1,
  ...extra,
})

const read = (id: string) => rig.ok('GET', `/advanced-purchase?ID=${id}`)

describe('purchase header', () => {
  it('is numbered and shows one document of each kind that has not begun', () => {
    const made = rig.ok('POST', '/advanced-purchase', { ...HEADER, Order: { Lines: [LINE] }, Lines: [LINE] })
    const id = idAt(made, 'ID')
    expect(made).toMatchObject({
      OrderNumber: 'PO-00001',
      Type: 'Simple Purchase',
      Status: 'DRAFT',
      Approach: 'INVOICE',
      Note: 'fb:bill:123',
      CurrencyRate: 1,
      LastUpdatedDate: '2026-03-02T10:00:00.123Z',
      Order: { Status: 'NOT AVAILABLE', Lines: [] },
      Invoice: [
        { TaskID: id, InvoicingAndReceivingNumber: 0, Status: 'NOT AVAILABLE', InvoiceDate: null, InvoiceNumber: '' },
      ],
      CreditNote: [{ TaskID: id, Status: 'NOT AVAILABLE' }],
      StockReceived: [{ TaskID: id, Status: 'NOT AVAILABLE' }],
      CombinedInvoiceStatus: 'NOT AVAILABLE',
      CombinedPaymentStatus: 'UNPAID',
    })
  })

  it('takes INVOICE or STOCK in any case, and neither ORDER nor RECEIVE', () => {
    expect(read(header({ Approach: 'Stock' }))).toMatchObject({ Approach: 'STOCK' })
    for (const Approach of ['ORDER', 'RECEIVE'])
      expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, Approach })).toBe('Approach is invalid')
    expect(read(header({ Approach: 'STOCK', IsServiceOnly: true }))).toMatchObject({
      Approach: 'INVOICE',
      Type: 'Service Purchase',
    })
  })

  it('needs a known supplier, an approach and a known location', () => {
    expect(rig.refused('POST', '/advanced-purchase', {})).toContain("'SupplierID' or 'Supplier'")
    expect(rig.refused('POST', '/advanced-purchase', { Supplier: 'Bayside' })).toBe(
      "Required property 'Approach' not found | Required property 'Location' not found",
    )
    expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, Supplier: 'Nobody' })).toContain('Nobody')
    expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, Location: 'X' })).toBe(
      "Location 'X' was not found in Locations reference book",
    )
    expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, Terms: 'cash' })).toContain('Active payment term')
    expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, TaxRule: 'Tax on Sales' })).toContain('tax rule')
    expect(rig.refused('POST', '/advanced-purchase', { ...HEADER, Note: 'n'.repeat(1025) })).toContain('1024')
  })

  it('takes its rate from the table unless told, to five places', () => {
    expect(read(header({ Supplier: 'Northern' }))).toMatchObject({ CurrencyRate: 0.73123, SupplierCurrency: 'CAD' })
    expect(read(header({ Supplier: 'Northern', CurrencyRate: '0.8' }))).toMatchObject({ CurrencyRate: 0.8 })
  })

  it('is changed by PUT, which keeps what it leaves out and rebases nothing once ordered', () => {
    const id = header({ AdditionalAttributes: { AdditionalAttribute1: 'a' } })
    const changed = rig.ok('PUT', '/advanced-purchase', { ID: id, Note: 'new', PurchaseType: 'Advanced' })
    expect(changed).toMatchObject({
      Note: 'new',
      Location: 'Main Warehouse',
      Type: 'Simple Purchase',
      AdditionalAttributes: { AdditionalAttribute1: 'a', AdditionalAttribute2: '' },
    })
    rig.ok('POST', '/purchase/order', orderBody(id))
    expect(rig.refused('PUT', '/advanced-purchase', { ID: id, TaxCalculation: 'Inclusive' })).toContain(
      'cannot be changed',
    )
  })

  it('is found under its hyphenated name in that spelling only', () => {
    const id = header()
    expect(rig.call('GET', `/AdvancedPurchase?ID=${id}`).status).toBe(404)
    expect(rig.call('GET', `/Advanced-Purchase?ID=${id}`).status).toBe(404)
    expect(rig.call('GET', `/advanced-purchase/INVOICE?PurchaseID=${id}`).status).toBe(200)
  })
})

describe('purchase order', () => {
  it('fills in products, counts totals and closes when authorised', () => {
    const id = header()
    const answer = rig.ok('POST', '/purchase/order', orderBody(id))
    expect(answer).toMatchObject({
      TaskID: id,
      Status: 'AUTHORISED',
      Lines: [{ SKU: 'Bread', Name: 'Baked Bread', Total: 4 }],
      AdditionalCharges: [{ Description: 'Training', Reference: 'r' }],
      TotalBeforeTax: 7,
      Tax: 0.7,
      Total: 7.7,
    })
    expect(at(answer, 'Lines', 0)).not.toHaveProperty('Account')
    expect(rig.refused('POST', '/purchase/order', orderBody(id))).toContain('DRAFT or NOT AVAILABLE')
    expect(read(id)).toMatchObject({ Status: 'ORDERED', CombinedInvoiceStatus: 'NOT INVOICED' })
  })

  it('replaces its lines while a draft', () => {
    const id = header()
    rig.ok('POST', '/purchase/order', orderBody(id, { Status: 'DRAFT' }))
    expect(read(id)).toMatchObject({ Status: 'ORDERING' })
    const again = rig.ok('POST', '/purchase/order', orderBody(id, { Status: 'DRAFT', AdditionalCharges: [] }))
    expect(again).toMatchObject({ AdditionalCharges: [], Total: 4.4 })
  })

  it('wants totals on lines and charges, and checks them; a missing price is nothing', () => {
    const id = header()
    const order = (line: object, charge: object = CHARGE) =>
      orderBody(id, { Status: 'DRAFT', Lines: [line], AdditionalCharges: [charge] })
    const { Total: _, ...untotalled } = LINE
    const { Total: __, ...uncharged } = CHARGE
    expect(rig.refused('POST', '/purchase/order', order(untotalled))).toBe("'Total' is required for 'Lines' line")
    expect(rig.refused('POST', '/purchase/order', order(LINE, uncharged))).toContain("for 'AdditionalCharges' line")
    expect(rig.refused('POST', '/purchase/order', order({ ...LINE, Total: 4.4 }))).toMatch(
      /attribute 'Total' doesn't match .* Expected value is: 4\.00$/,
    )
    const { Price: ___, ...unpriced } = LINE
    expect(rig.ok('POST', '/purchase/order', order({ ...unpriced, Total: 0 }))).toMatchObject({ Lines: [{ Price: 0 }] })
  })

  it('is refused with unknown products, taxes of the other side and no lines at all', () => {
    const id = header()
    const order = (line: object) => orderBody(id, { Lines: [line] })
    expect(rig.refused('POST', '/purchase/order', order({ ...LINE, SKU: 'Nope' }))).toContain('Nope')
    expect(rig.refused('POST', '/purchase/order', order({ ...LINE, TaxRule: 'Tax on Sales' }))).toContain('tax rule')
    expect(rig.refused('POST', '/purchase/order', { TaskID: id, Status: 'AUTHORISED' })).toContain("'Lines' not found")
    const nothing = { TaskID: id, Status: 'AUTHORISED', Lines: [] }
    expect(rig.refused('POST', '/purchase/order', nothing)).toContain('without lines')
    expect(rig.refused('POST', '/purchase/order', orderBody(id, { Status: 'VOIDED' }))).toBe('Status is invalid')
  })
})

describe('purchase order, by switches', () => {
  it('refuses the same SKU twice, lines without a name and other types than simple', () => {
    const id = header()
    const twice = orderBody(id, { Status: 'DRAFT', Lines: [LINE, LINE] })
    rig.ok('POST', '/purchase/order', twice)
    rig.switches['lines.refuseDuplicateSku'] = true
    expect(rig.refused('POST', '/purchase/order', twice)).toContain('Cannot add duplicate value')
    rig.switches['purchase.nameRequired'] = true
    expect(rig.refused('POST', '/purchase/order', twice)).toBe("'Name' is required for 'Lines' line")
    rig.switches['purchase.orderSimpleOnly'] = true
    const service = header({ IsServiceOnly: true })
    expect(rig.refused('POST', '/purchase/order', orderBody(service))).toContain('deprecated')
  })

  it('has no PUT and knows no other purchase', () => {
    expect(rig.call('PUT', '/purchase/order', {}).status).toBe(405)
    expect(rig.refused('POST', '/purchase/order', orderBody(EMPTY))).toContain('not found')
    expect(rig.refused('GET', `/advanced-purchase?ID=${EMPTY}`)).toContain('not found')
  })
})

describe('purchase invoice', () => {
  it('needs an authorised order and, goods first, the goods', () => {
    const early = header()
    expect(rig.refused('POST', '/advanced-purchase/invoice', invoiceBody(early))).toContain(
      'order should be AUTHORISED',
    )
    const goodsFirst = ordered({ Approach: 'STOCK' })
    expect(rig.refused('POST', '/advanced-purchase/invoice', invoiceBody(goodsFirst))).toContain("'Stock First'")
    rig.act('receive-purchase', { purchase: goodsFirst })
    rig.ok('POST', '/advanced-purchase/invoice', invoiceBody(goodsFirst))
    expect(read(goodsFirst)).toMatchObject({ Status: 'COMPLETED' })
  })

  it('carries the number of the supplier, accounts and a due date by the terms', () => {
    const id = ordered()
    const answer = rig.ok('POST', '/advanced-purchase/invoice', invoiceBody(id))
    expect(answer).toMatchObject({
      PurchaseID: id,
      Invoices: [
        {
          TaskID: id,
          InvoiceNumber: 'SUP-778',
          InvoiceDate: '2026-03-01T00:00:00',
          InvoiceDueDate: '2026-03-31T00:00:00',
          Status: 'AUTHORISED',
          Lines: [{ Account: '630', Total: 4, NonInventory: false }],
          AdditionalCharges: [{ Account: '400' }],
          InvoiceTotalAmount: 7.7,
          InvoiceTotalTaxAmount: 0.7,
        },
      ],
    })
    expect(read(id)).toMatchObject({
      Status: 'INVOICED',
      CombinedInvoiceStatus: 'INVOICED',
      CombinedReceivingStatus: 'NOT RECEIVED',
      Invoice: [{ CurrencyRate: 1, Total: 7.7, Paid: 0, Payments: [] }],
    })
    expect(rig.refused('POST', '/advanced-purchase/invoice', invoiceBody(id))).toContain('DRAFT or NOT AVAILABLE')
  })

  it('is numbered after its order when it names none, and dated today', () => {
    const id = ordered()
    const { InvoiceNumber: _, InvoiceDate: __, ...body } = invoiceBody(id)
    expect(rig.ok('POST', '/advanced-purchase/invoice', body)).toMatchObject({
      Invoices: [{ InvoiceNumber: 'INV-00001', InvoiceDate: '2026-03-02T00:00:00' }],
    })
  })

  it('needs accounts that exist', () => {
    const id = ordered()
    const bill = (extra: object) => invoiceBody(id, { AdditionalCharges: [], ...extra })
    expect(rig.refused('POST', '/advanced-purchase/invoice', bill({ Lines: [LINE] }))).toContain(
      "'Account' is required",
    )
    expect(rig.refused('POST', '/advanced-purchase/invoice', bill({ Lines: [{ ...LINE, Account: '999' }] }))).toBe(
      'Account with specified ID not found',
    )
    expect(rig.refused('POST', '/advanced-purchase/invoice', bill({ Lines: [{ ...BILL_LINE, Total: 5 }] }))).toContain(
      '4.00',
    )
  })

  it('takes the purchase as its task, not the empty GUID, unless the purchase is Advanced', () => {
    const id = ordered()
    const answer = rig.refused('POST', '/advanced-purchase/invoice', invoiceBody(id, { TaskID: EMPTY }))
    expect(answer).toContain('TaskID not found')
  })

  it('counts an inclusive total as it stands', () => {
    expect(read(invoiced({ TaxCalculation: 'Inclusive' }))).toMatchObject({
      Invoice: [{ Total: 7, Tax: 0.7, TotalBeforeTax: 6.3 }],
    })
  })
})

describe('an Advanced purchase', () => {
  const advanced = () => {
    const id = header({ PurchaseType: 'Advanced' })
    rig.ok(
      'POST',
      '/purchase/order',
      orderBody(id, { Lines: [{ ...LINE, Quantity: 4, Total: 8 }], AdditionalCharges: [] }),
    )
    return id
  }
  const part = (id: string, TaskID: string, extra: object = {}) => {
    const { InvoiceNumber: _, ...body } = invoiceBody(id, { TaskID, AdditionalCharges: [], ...extra })
    return rig.ok('POST', '/advanced-purchase/invoice', body)
  }

  it('has invoices with tasks and numbers of their own', () => {
    const id = advanced()
    const first = idAt(part(id, EMPTY), 'Invoices', 0, 'TaskID')
    expect(first).not.toBe(id)
    expect(read(id)).toMatchObject({ Status: 'PARTIALLY INVOICED', CombinedInvoiceStatus: 'PARTIALLY INVOICED' })
    const second = part(id, EMPTY)
    expect(second).toMatchObject({ Invoices: [{ InvoiceNumber: 'INV-00001/2' }] })
    expect(read(id)).toMatchObject({
      Type: 'Advanced Purchase',
      Status: 'INVOICED',
      Invoice: [
        { TaskID: first, InvoicingAndReceivingNumber: 1, InvoiceNumber: 'INV-00001' },
        { InvoicingAndReceivingNumber: 2, InvoiceNumber: 'INV-00001/2' },
      ],
    })
    expect(rig.refused('POST', '/advanced-purchase/invoice', invoiceBody(id, { TaskID: id }))).toContain('not found')
  })

  it('voids and undoes one invoice, and answers all of them', () => {
    const id = advanced()
    const first = idAt(part(id, EMPTY), 'Invoices', 0, 'TaskID')
    part(id, EMPTY)
    expect(rig.ok('DELETE', `/advanced-purchase/invoice?TaskID=${first}`)).toMatchObject({
      Invoices: [{ Status: 'DRAFT', Lines: [{ SKU: 'Bread' }] }, { Status: 'AUTHORISED' }],
    })
    expect(rig.ok('DELETE', `/advanced-purchase/invoice?TaskID=${first}&Void=true`)).toMatchObject({
      Invoices: [{ Status: 'VOIDED', Lines: [], Total: 0 }, { Status: 'AUTHORISED' }],
    })
    expect(read(id)).toMatchObject({ Status: 'PARTIALLY INVOICED' })
  })

  it('is not served by the deprecated endpoints', () => {
    const id = advanced()
    const sentence = 'This endpoint is deprecated and does not support Advanced Purchase and Service Purchase'
    expect(rig.refused('GET', `/purchase?ID=${id}`)).toContain(sentence)
    expect(rig.refused('POST', '/purchase/invoice', { ...invoiceBody(id), TaskID: id })).toContain(sentence)
    expect(rig.refused('GET', `/purchase/payment?TaskID=${id}`)).toContain(sentence)
    expect(rig.refused('GET', `/purchase?ID=${header({ IsServiceOnly: true })}`)).toContain(sentence)
  })

  it('receives goods in groups, and goods first come with an empty draft invoice', () => {
    const id = header({ PurchaseType: 'Advanced', Approach: 'STOCK' })
    rig.ok('POST', '/purchase/order', orderBody(id))
    const Lines = [{ SKU: 'Bread', Quantity: 1, Date: '2026-03-01' }]
    const answer = rig.ok('POST', '/advanced-purchase/stock', { PurchaseID: id, Status: 'AUTHORISED', Lines })
    expect(answer).toMatchObject({
      StockReceiving: [{ Status: 'AUTHORISED', Lines: [{ Received: true, Location: null }] }],
    })
    expect(read(id)).toMatchObject({
      Status: 'RECEIVING',
      CombinedReceivingStatus: 'PARTIALLY RECEIVED',
      Invoice: [{ Status: 'DRAFT', Lines: [] }],
    })
    rig.ok('POST', '/advanced-purchase/stock', { PurchaseID: id, Status: 'AUTHORISED', Lines })
    expect(read(id)).toMatchObject({ Status: 'RECEIVED', CombinedReceivingStatus: 'FULLY RECEIVED' })
    const task = idAt(read(id), 'StockReceived', 1, 'TaskID')
    rig.ok('DELETE', `/advanced-purchase/stock?TaskID=${task}`)
    expect(read(id)).toMatchObject({ Status: 'RECEIVING' })
    const row = rig.ok('GET', '/purchaseList?StockReceivedStatus=PARTIALLY RECEIVED')
    expect(row).toMatchObject({ Total: 1 })
  })

  it('is what a simple one becomes when its goods are received here', () => {
    const id = invoiced()
    const Lines = [{ SKU: 'Bread', Quantity: 2, Date: '2026-03-01' }]
    rig.ok('POST', '/advanced-purchase/stock', { PurchaseID: id, TaskID: id, Status: 'DRAFT', Lines })
    expect(read(id)).toMatchObject({ Type: 'Advanced Purchase' })
    expect(
      rig.refused('POST', '/advanced-purchase/stock', { PurchaseID: id, TaskID: id, Status: 'DRAFT', Lines }),
    ).toContain('Cannot add duplicate value in stock received lines. (Product:Bread')
    rig.ok('POST', '/advanced-purchase/stock', { PurchaseID: id, TaskID: id, Status: 'AUTHORISED', Lines: [] })
    expect(read(id)).toMatchObject({ Status: 'COMPLETED' })
  })
})

describe('goods received', () => {
  const backordered = (Quantity: number): boolean => {
    const sale = idAt(
      rig.ok('POST', '/sale', { Customer: 'Rock Star', Location: 'Main Warehouse', SkipQuote: true }),
      'ID',
    )
    const line = { SKU: 'Bread', Name: 'Bread', Quantity, Price: 1, Tax: 0, TaxRule: 'Tax Exempt' }
    rig.ok('POST', '/sale/order', { SaleID: sale, Status: 'AUTHORISED', Lines: [line] })
    rig.ok('DELETE', `/sale?ID=${sale}&Void=true`)
    return rig.told('Sale/Backordered').length > 0
  }

  it('can be sold, until they are taken back', () => {
    rig.ok('POST', '/webhooks', {
      Type: 'Sale/Backordered',
      IsActive: true,
      ExternalURL: 'https://a.test',
      ExternalAuthorizationType: 'noauth',
    })
    const id = invoiced()
    rig.act('receive-purchase', { purchase: id })
    expect(backordered(102)).toBe(false)
    rig.act('undo-purchase', { purchase: id })
    expect(backordered(101)).toBe(true)
  })
})

describe('a service purchase', () => {
  it('keeps lines as charges and has no goods', () => {
    const id = header({ IsServiceOnly: true })
    const line = { ...LINE, SKU: 'SERVICE', Name: 'Service' }
    rig.ok('POST', '/purchase/order', orderBody(id, { Lines: [line] }))
    rig.ok('POST', '/advanced-purchase/invoice', invoiceBody(id, { Lines: [{ ...line, Account: '404' }] }))
    expect(read(id)).toMatchObject({
      Type: 'Service Purchase',
      IsServiceOnly: true,
      Status: 'INVOICED',
      Invoice: [
        {
          TaskID: id,
          Lines: [],
          AdditionalCharges: [{ Description: 'Service', Account: '404' }, { Description: 'Training' }],
        },
      ],
    })
    const goods = { PurchaseID: id, Status: 'DRAFT', Lines: [{ SKU: 'Bread', Quantity: 1, Date: '2026-03-01' }] }
    expect(rig.refused('POST', '/advanced-purchase/stock', goods)).toContain('not available for Service Purchase')
    rig.ok('POST', '/advanced-purchase/payment', paymentBody(id))
    expect(read(id)).toMatchObject({ Status: 'COMPLETED', CombinedReceivingStatus: 'NOT AVAILABLE' })
  })

  it('reads its charges as lines on demand', () => {
    const id = header({ IsServiceOnly: true })
    rig.ok('POST', '/purchase/order', orderBody(id, { Lines: [] }))
    const combined = rig.ok('GET', `/advanced-purchase?ID=${id}&CombineAdditionalCharges=true`)
    expect(combined).toMatchObject({ Order: { Lines: [{ ProductID: null, Name: 'Training' }], AdditionalCharges: [] } })
  })
})

describe('the deprecated endpoints', () => {
  it('show documents of a simple purchase as objects, misspelt when switched', () => {
    const id = invoiced()
    const whole = rig.ok('GET', `/purchase?ID=${id}`)
    expect(whole).toMatchObject({
      Invoice: { InvoiceNumber: 'SUP-778', Status: 'AUTHORISED' },
      StockReceived: { Status: 'NOT AVAILABLE' },
      CreditNote: { Status: 'NOT AVAILABLE', Unstock: { Lines: [] } },
    })
    expect(at(whole, 'Invoice')).not.toHaveProperty('TaskID')
    rig.switches['purchase.misspeltInvoiceNumber'] = true
    const misspelt = at(rig.ok('GET', `/purchase?ID=${id}`), 'Invoice')
    expect(misspelt).toMatchObject({ InvocieNumber: 'SUP-778' })
    expect(misspelt).not.toHaveProperty('InvoiceNumber')
  })

  it('receive exactly what was invoiced, after the invoice', () => {
    const id = ordered()
    const stock = (Quantity: number, extra: object = {}) => ({
      TaskID: id,
      Status: 'AUTHORISED',
      Lines: [{ SKU: 'Bread', Quantity, Date: '2026-03-02', Location: 'Main Warehouse', ...extra }],
    })
    expect(rig.refused('POST', '/purchase/stock', stock(2))).toBe(
      "'Invoice First' approach option set. Please authorise Invoice before StockReceived",
    )
    rig.ok('POST', '/purchase/invoice', { ...invoiceBody(id), TaskID: id })
    expect(rig.refused('POST', '/purchase/stock', stock(1))).toContain('should exactly match the quantity invoiced')
    expect(rig.refused('POST', '/purchase/stock', stock(2, { Date: undefined }))).toBe(
      "'Date' is required for 'Lines' line",
    )
    expect(rig.refused('POST', '/purchase/stock', stock(2, { Location: undefined }))).toContain(
      "'Location' is required",
    )
    rig.ok('POST', '/purchase/stock', { ...stock(2), Status: 'DRAFT' })
    expect(rig.call('PUT', '/purchase/stock', stock(2)).status).toBe(405)
    expect(rig.ok('POST', '/purchase/stock', { TaskID: id, Status: 'AUTHORISED', Lines: [] })).toMatchObject({
      Status: 'AUTHORISED',
      Lines: [{ Quantity: 2, Received: true }],
    })
    expect(read(id)).toMatchObject({ Status: 'COMPLETED', CombinedReceivingStatus: 'FULLY RECEIVED' })
  })
})
