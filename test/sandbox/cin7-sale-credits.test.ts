import { beforeEach, describe, expect, it } from 'vitest'
import { at, idAt, openRig, type Rig } from './cin7/rig'

const EMPTY = '00000000-0000-0000-0000-000000000000'
const CHARGE = { Description: 'Back', Quantity: 1, Price: 40, Tax: 0, TaxRule: 'Tax Exempt', Account: '200', Total: 40 }

let rig: Rig
let sale: string

beforeEach(() => {
  rig = openRig()
  sale = idAt(rig.vendor.seed({ sales: [{ customer: 'Rock Star' }] }), 'sales', 0, 'ID')
})

const note = (extra: object = {}) => ({
  SaleID: sale,
  TaskID: EMPTY,
  CreditNoteInvoiceNumber: 'INV-00001',
  Status: 'AUTHORISED',
  CreditNoteDate: '2026-03-02',
  Lines: [],
  AdditionalCharges: [CHARGE],
  ...extra,
})
const credited = (extra: object = {}): string =>
  idAt(rig.ok('POST', '/sale/creditnote', note(extra)), 'CreditNotes', 0, 'TaskID')
const read = () => rig.ok('GET', `/sale?ID=${sale}`)
const refund = (TaskID: string, Amount: number) => ({
  TaskID,
  Type: 'Refund',
  Amount,
  DatePaid: '2026-03-02',
  Account: '718',
  CurrencyRate: 1,
})
const hook = (Type: string) =>
  rig.ok('POST', '/webhooks', {
    Type,
    IsActive: true,
    ExternalURL: 'https://a.test',
    ExternalAuthorizationType: 'noauth',
  })

describe('credit note of a sale', () => {
  it('is numbered, names its invoice and makes the sale CREDITED', () => {
    expect(rig.ok('POST', '/sale/creditnote', note())).toMatchObject({
      SaleID: sale,
      CreditNotes: [
        { CreditNoteNumber: 'CR-00001', CreditNoteInvoiceNumber: 'INV-00001', Status: 'AUTHORISED', Total: 40 },
      ],
    })
    expect(read()).toMatchObject({
      Status: 'CREDITED',
      CombinedPaymentStatus: 'NOT REFUNDED',
      CreditNotes: [{ Total: 40 }],
    })
    expect(rig.ok('GET', '/saleList?CreditNoteStatus=AUTHORISED&Search=CR-00001')).toMatchObject({
      SaleList: [{ CreditNoteNumber: 'CR-00001', CreditNoteStatus: 'AUTHORISED' }],
    })
  })

  it('needs an authorised invoice, and accounts and totals that fit', () => {
    expect(rig.refused('POST', '/sale/creditnote', { SaleID: sale })).toContain("'CreditNoteInvoiceNumber'")
    expect(rig.refused('POST', '/sale/creditnote', note({ CreditNoteInvoiceNumber: 'INV-9' }))).toContain(
      'AUTHORISED or PAID',
    )
    expect(rig.refused('POST', '/sale/creditnote', note({ AdditionalCharges: [{ ...CHARGE, Total: 41 }] }))).toContain(
      '40.00',
    )
    expect(rig.refused('POST', '/sale/creditnote', note({ AdditionalCharges: [] }))).toContain('without lines')
    expect(rig.refused('POST', '/sale/creditnote', note({ TaskID: crypto.randomUUID() }))).toContain('not found')
    rig.act('set-lock-date', { date: '2026-03-02' })
    expect(rig.refused('POST', '/sale/creditnote', note())).toContain('locked period')
  })

  it('is refunded up to its total, which must go before it does', () => {
    const task = credited()
    expect(rig.refused('POST', '/sale/payment', refund(EMPTY, 40))).toContain('AUTHORISED credit note')
    expect(rig.refused('POST', '/sale/payment', refund(task, 41))).toContain('40')
    const paid = rig.ok('POST', '/sale/payment', refund(task, 40))
    expect(paid).toMatchObject({ Type: 'Refund', CreditNoteNumber: 'CR-00001', InvoiceNumber: null })
    expect(read()).toMatchObject({ CombinedPaymentStatus: 'PAID', CreditNotes: [{ Refunds: [{ Amount: 40 }] }] })
    expect(at(rig.ok('GET', '/saleList'), 'SaleList', 0)).toMatchObject({ PaidAmount: 60 })
    expect(rig.refused('DELETE', `/sale/creditnote?TaskID=${task}`)).toContain('refunds')
    rig.ok('DELETE', `/sale/payment?ID=${idAt(paid, 'ID')}`)
    expect(rig.ok('DELETE', `/sale/creditnote?TaskID=${task}`)).toMatchObject({ CreditNotes: [{ Status: 'DRAFT' }] })
  })

  it('is replaced while a draft and voided without its rows', () => {
    const task = credited({ Status: 'DRAFT' })
    expect(read()).toMatchObject({ Status: 'INVOICED' })
    credited({ TaskID: task })
    expect(rig.refused('POST', '/sale/creditnote', note({ TaskID: task }))).toContain('DRAFT or NOT AVAILABLE')
    expect(rig.ok('DELETE', `/sale/creditnote?TaskID=${task}&Void=true`)).toMatchObject({
      CreditNotes: [{ Status: 'VOIDED', AdditionalCharges: [], Total: 0, CreditNoteNumber: 'CR-00001' }],
    })
    expect(rig.ok('GET', `/sale/creditnote?SaleID=${sale}`)).toMatchObject({ CreditNotes: [{ TaskID: task }] })
  })

  it('is in the way of its invoice', () => {
    const payment = idAt(rig.ok('GET', `/sale/payment?SaleID=${sale}`), 0, 'ID')
    rig.ok('DELETE', `/sale/payment?ID=${payment}`)
    credited()
    const invoice = idAt(read(), 'Invoices', 0, 'TaskID')
    expect(rig.refused('DELETE', `/sale/invoice?TaskID=${invoice}`)).toContain('credit note')
  })

  it('tells itself with a number that ends in a blank, also when made in the screens', () => {
    hook('Sale/CreditNoteAuthorised')
    rig.act('credit-sale', { sale: 'SO-00001' })
    expect(rig.told('Sale/CreditNoteAuthorised')).toMatchObject([
      {
        SaleID: sale.toUpperCase(),
        SaleOrderNumber: 'SO-00001',
        CreditNoteNumber: 'CR-00001 ',
        CustomerName: 'Rock Star',
      },
    ])
    expect(read()).toMatchObject({ CreditNotes: [{ Total: 100 }] })
  })
})

describe('fulfilment in the screens', () => {
  it('picks, packs and ships a sale, and tells each', () => {
    for (const event of ['PickAuthorised', 'PackAuthorised', 'ShipmentAuthorised']) hook(`Sale/${event}`)
    expect(read()).toMatchObject({ Fulfilments: [] })
    rig.act('pick-sale', { sale })
    expect(read()).toMatchObject({
      CombinedPickingStatus: 'PICKED',
      Fulfilments: [{ Pick: { Status: 'AUTHORISED' }, Ship: { Status: 'NOT AVAILABLE' } }],
    })
    rig.act('ship-sale', { sale })
    expect(read()).toMatchObject({
      Status: 'COMPLETED',
      CombinedShippingStatus: 'SHIPPED',
      Fulfilments: [{ FulFilmentStatus: 'FULFILLED', Ship: { Status: 'AUTHORISED' } }],
    })
    expect(rig.told('Sale/PickAuthorised')).toHaveLength(1)
    expect(rig.told('Sale/PackAuthorised')).toMatchObject([{ TaskID: sale.toUpperCase() }])
    expect(rig.told('Sale/ShipmentAuthorised')).toMatchObject([
      { SaleTaskID: sale.toUpperCase(), InvoiceNumber: 'INV-00001' },
    ])
  })
})

describe('reference books', () => {
  it('list sets of additional attributes with ten slots', () => {
    rig.vendor.seed({ attributeSets: [{ Name: 'Bills', Attributes: [{ Name: 'Shared code' }] }] })
    expect(rig.ok('GET', '/ref/attributeset?Name=bil')).toMatchObject({
      Total: 1,
      AttributeSetList: [
        { Name: 'Bills', Attribute1Name: 'Shared code', Attribute1Type: 'Text', Attribute10Type: 'Not used' },
      ],
    })
  })

  it('close the rules of tax too while Xero or QuickBooks is connected, which /me does not tell', () => {
    const before = rig.ok('GET', '/me')
    rig.act('connect-ledger', { on: true })
    const ID = idAt(rig.ok('GET', '/ref/tax'), 'TaxRuleList', 0, 'ID')
    expect(rig.refused('PUT', '/ref/tax', { ID, TaxPercent: 11 })).toContain('external accounting system')
    expect(rig.ok('GET', '/me')).toEqual(before)
  })

  it('keep the currency of a supplier with purchases', () => {
    rig.act('create-purchase', { supplier: 'Bayside' })
    rig.switches['party.partialPut'] = true
    const ID = idAt(rig.ok('GET', '/supplier'), 'SupplierList', 0, 'ID')
    expect(rig.refused('PUT', '/supplier', { ID, Currency: 'CAD' })).toContain('transactions')
  })
})
