import { beforeEach, describe, expect, it } from 'vitest'
import { at, idAt, openRig, type Rig } from './cin7/rig'

const EMPTY = '00000000-0000-0000-0000-000000000000'
const BREAD = { SKU: 'Bread', Quantity: 2, Price: 50, Tax: 0, TaxRule: 'Tax Exempt', Total: 100 }

let rig: Rig

beforeEach(() => {
  rig = openRig()
})

const seeded = (extra: object = {}): string =>
  idAt(rig.act('create-purchase', { supplier: 'Bayside', upTo: 'invoice', invoiceNumber: 'SUP-1', ...extra }), 'ID')

const read = (id: string) => rig.ok('GET', `/advanced-purchase?ID=${id}`)

const row = (id: string) => {
  const list = rig.ok('GET', '/purchaseList')
  const rows = at(list, 'PurchaseList')
  return Array.isArray(rows) ? rows.find((each) => at(each, 'ID') === id) : undefined
}

const payment = (TaskID: string, extra: object = {}) => ({
  TaskID,
  Type: 'Payment',
  Reference: 'fb:pay:1',
  Amount: 100,
  DatePaid: '2026-03-02',
  Account: '718',
  CurrencyRate: 1,
  ...extra,
})

const pay = (TaskID: string, extra: object = {}) => rig.ok('POST', '/advanced-purchase/payment', payment(TaskID, extra))

describe('payment of a purchase', () => {
  it('turns its invoice PAID and back, and moves the stamp', () => {
    const id = seeded()
    rig.advance(60_000)
    const first = pay(id, { Amount: 40 })
    expect(first).toMatchObject({ PurchaseID: id, TaskID: id, Type: 'Payment', Amount: 40, DepositID: null })
    expect(idAt(first, 'DateCreated')).toMatch(/\.\d{7}Z$/)
    expect(read(id)).toMatchObject({
      CombinedPaymentStatus: 'PARTIALLY PAID',
      Invoice: [{ Status: 'AUTHORISED', Paid: 40 }],
      LastUpdatedDate: '2026-03-02T10:01:00.123Z',
    })
    pay(id, { Amount: 60 })
    expect(row(id)).toMatchObject({ InvoiceStatus: 'PAID', CombinedPaymentStatus: 'PAID', PaidAmount: 100 })
    expect(rig.ok('GET', '/purchaseList?InvoiceStatus=AUTHORISED')).toMatchObject({ Total: 0 })
    const deleted = rig.ok('DELETE', `/purchase/payment?ID=${idAt(first, 'ID')}&DeleteAllocation=true`)
    expect(deleted).toEqual({ Success: true })
    expect(row(id)).toMatchObject({ InvoiceStatus: 'AUTHORISED', PaidAmount: 60 })
  })

  it('is refused without an authorised invoice, an account for payments or what is required', () => {
    const id = idAt(rig.act('create-purchase', { supplier: 'Bayside', upTo: 'order' }), 'ID')
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id))).toContain('AUTHORISED purchase invoice')
    const billed = seeded()
    const post = (extra: object) => rig.refused('POST', '/advanced-purchase/payment', payment(billed, extra))
    expect(post({ Account: '999' })).toBe('Account with specified ID not found')
    expect(post({ Account: '400' })).toContain('not a bank account')
    expect(post({ Account: '' })).toContain("'Account' not found")
    expect(post({ Amount: 0 })).toBe('Amount is invalid')
    expect(post({ DepositID: EMPTY })).toContain('Deposit')
    expect(post({ TaskID: EMPTY })).toContain('not found')
  })

  it('above the due amount is refused, unless switched', () => {
    const id = seeded()
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id, { Amount: 100.01 }))).toContain('100')
    rig.switches['payments.acceptOver'] = true
    pay(id, { Amount: 120 })
    expect(read(id)).toMatchObject({ CombinedPaymentStatus: 'OVERPAID / CREDITED' })
  })

  it('is changed by PUT and found by purchase, order or invoice number, in a bare array', () => {
    const id = seeded()
    seeded({ invoiceNumber: 'SUP-2' })
    const made = idAt(pay(id, { Amount: 40 }), 'ID')
    expect(rig.ok('PUT', '/advanced-purchase/payment', { ID: made, Amount: 50 })).toMatchObject({ Amount: 50 })
    for (const query of [`PurchaseID=${id}`, 'OrderNumber=PO-00001', 'InvoiceNumber=SUP-1'])
      expect(rig.ok('GET', `/advanced-purchase/payment?${query}`)).toMatchObject([{ ID: made, Reference: 'fb:pay:1' }])
    expect(rig.ok('GET', '/advanced-purchase/payment?InvoiceNumber=SUP-2')).toEqual([])
    expect(rig.ok('GET', `/purchase/payment?TaskID=${id}`)).toHaveLength(1)
    expect(rig.call('DELETE', `/advanced-purchase/payment?ID=${made}`).status).toBe(405)
  })

  it('in advance counts for the invoice, which is then due for the rest', () => {
    const id = idAt(rig.act('create-purchase', { supplier: 'Bayside', upTo: 'order' }), 'ID')
    pay(id, { Type: 'Prepayment', Amount: 30 })
    expect(read(id)).toMatchObject({ CombinedPaymentStatus: 'PREPAID', Order: { Prepayments: [{ Amount: 30 }] } })
    rig.act('invoice-purchase', { purchase: id })
    expect(read(id)).toMatchObject({ Invoice: [{ Paid: 30, Payments: [] }], CombinedPaymentStatus: 'PARTIALLY PAID' })
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id))).toContain('70')
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id, { Type: 'Prepayment' }))).toContain(
      'Prepayment',
    )
  })
})

describe('credit note of a purchase', () => {
  const note = (PurchaseID: string, extra: object = {}) => ({
    PurchaseID,
    TaskID: PurchaseID,
    CreditNoteNumber: 'CN-1',
    CreditNoteInvoiceNumber: 'SUP-1',
    CreditNoteDate: '2026-03-02',
    Status: 'AUTHORISED',
    Lines: [],
    AdditionalCharges: [
      { Description: 'Back', Quantity: 1, Price: 25, Tax: 0, TaxRule: 'Tax Exempt', Account: '400', Total: 25 },
    ],
    ...extra,
  })

  it('needs an authorised invoice, and makes the purchase CREDITED', () => {
    const early = idAt(rig.act('create-purchase', { supplier: 'Bayside', upTo: 'order' }), 'ID')
    expect(rig.refused('POST', '/advanced-purchase/creditnote', note(early))).toContain('AUTHORISED or PAID')
    const id = seeded()
    expect(rig.refused('POST', '/advanced-purchase/creditnote', note(id, { CreditNoteInvoiceNumber: 'X' }))).toContain(
      'PAID',
    )
    expect(rig.ok('POST', '/advanced-purchase/creditnote', note(id))).toMatchObject({
      PurchaseID: id,
      CreditNotes: [{ TaskID: id, CreditNoteNumber: 'CN-1', Status: 'AUTHORISED', Total: 25 }],
    })
    expect(row(id)).toMatchObject({
      Status: 'CREDITED',
      CreditNoteStatus: 'AUTHORISED',
      CreditNoteNumber: 'CN-1',
      UnstockStatus: 'NOT AVAILABLE',
      CombinedInvoiceStatus: 'INVOICED / CREDITED',
    })
    expect(rig.refused('POST', '/advanced-purchase/creditnote', note(id))).toContain('DRAFT or NOT AVAILABLE')
  })

  it('is refunded up to its total, and only then is in the way of its own void', () => {
    const id = seeded()
    pay(id)
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id, { Type: 'Refund' }))).toContain('credit note')
    rig.ok('POST', '/advanced-purchase/creditnote', note(id))
    expect(read(id)).toMatchObject({ CombinedPaymentStatus: 'OVERPAID / CREDITED' })
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id, { Type: 'Refund', Amount: 26 }))).toContain(
      '25',
    )
    const refund = idAt(pay(id, { Type: 'Refund', Amount: 25 }), 'ID')
    expect(read(id)).toMatchObject({ CombinedPaymentStatus: 'PAID', CreditNote: [{ Refunds: [{ Amount: 25 }] }] })
    expect(row(id)).toMatchObject({ PaidAmount: 75 })
    expect(rig.refused('DELETE', `/advanced-purchase/creditnote?TaskID=${id}`)).toContain('refunds')
    rig.ok('DELETE', `/purchase/payment?ID=${refund}`)
    expect(rig.ok('DELETE', `/advanced-purchase/creditnote?TaskID=${id}`)).toMatchObject({
      CreditNotes: [{ Status: 'VOIDED', Lines: [], Total: 0 }],
    })
  })

  it('sends goods back by their card', () => {
    const id = seeded({ upTo: 'received', lines: [BREAD] })
    expect(read(id)).toMatchObject({ Status: 'COMPLETED' })
    const CardID = idAt(read(id), 'StockReceived', 0, 'Lines', 0, 'CardID')
    const back = (card: string, Quantity: number) => note(id, { Unstock: [{ CardID: card, Quantity }] })
    expect(rig.refused('POST', '/advanced-purchase/creditnote', back(EMPTY, 1))).toContain('Stock card')
    expect(rig.refused('POST', '/advanced-purchase/creditnote', back(CardID, 3))).toBe('Quantity is invalid')
    rig.ok('POST', '/advanced-purchase/creditnote', back(CardID, 2))
    expect(row(id)).toMatchObject({ Status: 'RECEIVED / CREDITED', UnstockStatus: 'AUTHORISED' })
  })

  it('has a list of its own, with stamps without a zone', () => {
    const id = seeded()
    seeded({ invoiceNumber: 'SUP-2' })
    rig.ok('POST', '/advanced-purchase/creditnote', note(id))
    const list = rig.ok('GET', '/purchaseCreditNoteList?CreditNoteStatus=AUTHORISED')
    expect(list).toMatchObject({ Total: 1, PurchaseList: [{ ID: id, LastUpdatedDate: '2026-03-02T10:00:00.123' }] })
    expect(rig.ok('GET', '/purchaseCreditNoteList')).toMatchObject({ Total: 1 })
  })
})

describe('undo and void of a purchase', () => {
  it('step a simple one back stage by stage, payments first', () => {
    const id = seeded({ upTo: 'payment' })
    expect(rig.refused('DELETE', `/advanced-purchase?ID=${id}`)).toContain('payments')
    expect(rig.refused('DELETE', `/advanced-purchase?ID=${id}&Void=true`)).toContain('payments')
    rig.act('delete-purchase-payment', { id: idAt(read(id), 'Invoice', 0, 'Payments', 0, 'ID') })
    expect(rig.ok('DELETE', `/advanced-purchase?ID=${id}`)).toMatchObject({
      Status: 'ORDERED',
      Invoice: [{ Status: 'DRAFT', AdditionalCharges: [{ Description: 'Service' }] }],
    })
    expect(rig.ok('DELETE', `/advanced-purchase?ID=${id}`)).toMatchObject({
      Status: 'ORDERING',
      Order: { Status: 'DRAFT' },
      Invoice: [{ Status: 'NOT AVAILABLE' }],
    })
    expect(rig.refused('DELETE', `/advanced-purchase?ID=${id}`)).toContain('nothing to undo')
  })

  it('take goods back before the invoice that came first', () => {
    const id = seeded({ upTo: 'received', lines: [BREAD] })
    expect(rig.ok('DELETE', `/advanced-purchase?ID=${id}`)).toMatchObject({
      Status: 'INVOICED',
      StockReceived: [{ Status: 'DRAFT' }],
    })
  })

  it('refuse an Advanced one while later documents stand', () => {
    const id = seeded({ type: 'Advanced' })
    expect(rig.refused('DELETE', `/advanced-purchase?ID=${id}`)).toContain('later documents')
    rig.act('undo-purchase-invoice', { taskId: idAt(read(id), 'Invoice', 0, 'TaskID') })
    expect(rig.ok('DELETE', `/advanced-purchase?ID=${id}`)).toMatchObject({ Status: 'ORDERING' })
  })

  it('do not reach the invoice of a simple one, unless switched', () => {
    const id = seeded()
    expect(rig.refused('DELETE', `/advanced-purchase/invoice?TaskID=${id}`)).toContain('Simple Purchase')
    rig.switches['purchase.simpleInvoiceDelete'] = true
    expect(rig.ok('DELETE', `/advanced-purchase/invoice?TaskID=${id}&Void=true`)).toMatchObject({
      Invoices: [{ Status: 'VOIDED', AdditionalCharges: [] }],
    })
  })

  it('void everything, and close it', () => {
    const id = seeded()
    expect(rig.ok('DELETE', `/advanced-purchase?ID=${id}&Void=true`)).toMatchObject({
      Status: 'VOIDED',
      CombinedPaymentStatus: 'VOIDED',
      Order: { Status: 'VOIDED' },
      Invoice: [{ Status: 'VOIDED', AdditionalCharges: [], Total: 0 }],
    })
    expect(row(id)).toMatchObject({ Status: 'VOIDED', InvoiceStatus: 'VOIDED', InvoiceAmount: 0 })
    expect(rig.refused('PUT', '/advanced-purchase', { ID: id, Note: 'x' })).toContain('voided')
    expect(rig.refused('POST', '/advanced-purchase/payment', payment(id))).toContain('voided')
  })

  it('and every other write is refused on or before the lock date', () => {
    const id = seeded({ date: '2026-02-10' })
    rig.act('set-lock-date', { date: '2026-02-28' })
    expect(rig.refused('DELETE', `/advanced-purchase?ID=${id}&Void=true`)).toContain('locked period')
    const early = payment(id, { DatePaid: '2026-02-28' })
    expect(rig.refused('POST', '/advanced-purchase/payment', early)).toContain('locked period')
    pay(id)
    const next = idAt(rig.act('create-purchase', { supplier: 'Bayside', upTo: 'order' }), 'ID')
    const invoice = {
      PurchaseID: next,
      TaskID: next,
      Status: 'DRAFT',
      InvoiceDate: '2026-02-28',
      Lines: [{ ...BREAD, Account: '630' }],
    }
    expect(rig.refused('POST', '/advanced-purchase/invoice', invoice)).toContain('locked period')
  })
})
