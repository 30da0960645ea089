import { beforeEach, describe, expect, it } from 'vitest'
import { at, idAt, openRig, type Rig } from './cin7/rig'

const LINE = {
  Name: 'Taxi',
  Quantity: 3,
  Price: 2,
  Discount: 0,
  Tax: 0.6,
  TaxRuleName: 'Tax on Purchases',
  AccountCode: '404',
  Total: 6,
}
const SPEND = {
  TaskType: 'Spend Money',
  Status: 'COMPLETED',
  BankAccount: '718',
  Reference: 'fb:exp:7',
  Date: '2026-03-01',
  Lines: [LINE],
}

let rig: Rig

beforeEach(() => {
  rig = openRig({
    currencyRates: { CAD: '0.75' },
  })
  rig.ok('POST', '/ref/account', {
    Code: '719',
    Name: 'Loonies',
    Type: 'BANK',
    Class: 'ASSET',
    Status: 'ACTIVE',
    Bank: 'B',
    BankAccountNumber: '1',
    Currency: 'CAD',
  })
})

const post = (extra: object = {}) => rig.ok('POST', '/moneyOperation', { ...SPEND, ...extra })
const refused = (extra: object) => rig.refused('POST', '/moneyOperation', { ...SPEND, ...extra })

describe('money operation', () => {
  it('is an object with the postings it made', () => {
    const SupplierID = idAt(rig.ok('GET', '/supplier'), 'SupplierList', 0, 'ID')
    expect(post({ SupplierID })).toMatchObject({
      TaskType: 'Spend Money',
      Status: 'COMPLETED',
      SupplierCustomer: 'Bayside',
      CurrencyConversionRate: 1,
      Note: null,
      Lines: [{ TaxRuleName: 'Tax on Purchases', AccountCode: '404', Total: 6 }],
      Transactions: [
        { Debit: '404', Credit: '718', Amount: 6 },
        { Debit: '820', Credit: '718', Amount: 0.6 },
      ],
    })
  })

  it('takes the wire keys, not those of the field table', () => {
    const { TaxRuleName: TaxRule, AccountCode: Account, ...line } = LINE
    expect(refused({ Lines: [{ ...line, TaxRule, Account }] })).toBe(
      "'TaxRuleName' is required for 'Lines' line | 'AccountCode' is required for 'Lines' line",
    )
  })

  it('is refused with unfit accounts, taxes, totals and parties', () => {
    expect(refused({ BankAccount: '400' })).toContain('not a bank account')
    expect(refused({ TaskType: 'Transfer Money' })).toBe('TaskType is invalid')
    expect(refused({ Lines: [] })).toContain('without lines')
    expect(refused({ Lines: [{ ...LINE, Total: 6.6 }] })).toContain('Expected value is: 6.00')
    expect(refused({ Lines: [{ ...LINE, TaxRuleName: 'Tax on Sales' }] })).toContain('tax rule')
    expect(refused({ Lines: [{ ...LINE, AccountCode: '999' }] })).toBe('Account with specified ID not found')
    expect(refused({ SupplierID: crypto.randomUUID(), CustomerID: crypto.randomUUID() })).toContain('exclusive')
    expect(refused({ SupplierID: crypto.randomUUID() })).toContain('Supplier')
    expect(refused({ Date: undefined })).toContain("'Date'")
  })

  it('receives money the other way round, at the rate of its bank account', () => {
    const line = { ...LINE, TaxRuleName: 'Tax on Sales', AccountCode: '200' }
    expect(post({ TaskType: 'Receive Money', BankAccount: '719', Lines: [line] })).toMatchObject({
      CurrencyConversionRate: 0.75,
      Transactions: [
        { Debit: '719', Credit: '200', Amount: 4.5 },
        { Debit: '719', Credit: '820', Amount: 0.45 },
      ],
    })
  })

  it('takes tax out of an inclusive total', () => {
    expect(post({ TaxInclusive: true })).toMatchObject({ Transactions: [{ Amount: 5.4 }, { Amount: 0.6 }] })
  })

  it('is changed while a draft, undone and voided', () => {
    const id = idAt(post({ Status: 'DRAFT' }), 'TaskID')
    expect(rig.ok('PUT', '/moneyOperation', { TaskID: id, Note: 'n' })).toMatchObject({ Note: 'n', Transactions: [] })
    rig.ok('PUT', '/moneyOperation', { TaskID: id, Status: 'COMPLETED' })
    expect(rig.refused('PUT', '/moneyOperation', { TaskID: id, Note: 'm' })).toContain('DRAFT')
    expect(rig.ok('DELETE', `/moneyOperation?ID=${id}`)).toMatchObject({ Status: 'DRAFT' })
    expect(rig.ok('DELETE', `/moneyOperation?ID=${id}&Void=true`)).toMatchObject({ Status: 'VOIDED', Lines: [] })
    expect(rig.ok('GET', `/moneyOperation?TaskID=${id}`)).toMatchObject({ Status: 'VOIDED', Transactions: [] })
    rig.act('set-lock-date', { date: '2026-03-01' })
    expect(refused({})).toContain('locked period')
  })
})

describe('bank transfer', () => {
  const TRANSFER = {
    Status: 'COMPLETED',
    FromAccount: '718',
    ToAccount: '713',
    FromAmount: 3,
    ToAmount: 3,
    Date: '2026-03-01',
  }

  it('moves one amount within a currency', () => {
    expect(rig.ok('POST', '/bankTransfer', TRANSFER)).toMatchObject({
      CurrencyConversionRate: 1,
      Transactions: [{ Debit: '713', Credit: '718', Amount: 3 }],
    })
    expect(rig.refused('POST', '/bankTransfer', { ...TRANSFER, ToAmount: 4 })).toBe('ToAmount is invalid')
    expect(rig.refused('POST', '/bankTransfer', { ...TRANSFER, ToAccount: '718' })).toContain('different')
    expect(rig.refused('POST', '/bankTransfer', { ...TRANSFER, ToAccount: '400' })).toContain('not a bank account')
  })

  it('passes between currencies through an account outside the chart', () => {
    const made = rig.ok('POST', '/bankTransfer', { ...TRANSFER, ToAccount: '719', ToAmount: 5 })
    expect(made).toMatchObject({
      CurrencyConversionRate: 1.66666,
      Transactions: [
        { Debit: 'CROSS-CURRENCY-TRANSFER', Credit: '718', Amount: 3.75 },
        { Debit: '719', Credit: 'CROSS-CURRENCY-TRANSFER', Amount: 3.75 },
      ],
    })
    const id = idAt(made, 'TaskID')
    expect(rig.ok('DELETE', `/bankTransfer?ID=${id}&Void=true`)).toMatchObject({ Status: 'VOIDED', Transactions: [] })
    expect(rig.refused('GET', `/moneyOperation?TaskID=${id}`)).toContain('not found')
  })
})

describe('moneyTaskList', () => {
  it('has both kinds, by status, type and search', () => {
    post({ Note: 'airport' })
    rig.ok('POST', '/bankTransfer', {
      Status: 'DRAFT',
      FromAccount: '718',
      ToAccount: '713',
      FromAmount: 9,
      ToAmount: 9,
      Date: '2026-03-01',
    })
    const list = (query: string) => rig.ok('GET', `/moneyTaskList?${query}`)
    expect(list('')).toMatchObject({
      Total: 2,
      MoneyTasks: [
        { TaskType: 'Spend Money', TotalAmount: 6.6, Reference: 'fb:exp:7' },
        { TaskType: 'Transfer Money' },
      ],
    })
    expect(list('Status=COMPLETED')).toMatchObject({ Total: 1 })
    expect(list('TaskType=Transfer Money')).toMatchObject({ Total: 1 })
    for (const word of ['fb:exp', 'airport', '6.6']) expect(list(`Search=${word}`)).toMatchObject({ Total: 1 })
  })
})

describe('transactions', () => {
  const total = (query: string) => at(rig.ok('GET', `/transactions?${query}`), 'Total')

  it('tell the postings of every document, with both sides, in base currency', () => {
    rig.vendor.seed({
      suppliers: [{ Name: 'Northern', Currency: 'CAD' }],
      sales: [{ customer: 'Rock Star', date: '2026-02-01' }],
      purchases: [{ supplier: 'Northern', date: '2026-02-02', amount: 80, invoiceNumber: 'N-1' }],
      currencyRates: { CAD: '0.75' },
    })
    rig.ok('POST', '/journal', {
      Status: 'COMPLETED',
      Currency: 'USD',
      CurrencyConversionRate: 1,
      EffectiveDate: '2026-02-03',
      Lines: [{ Debit: '400', Credit: '404', Amount: 5, BaseAmount: 5, Reference: 'fb:je:1' }],
    })
    post()
    expect(rig.ok('GET', '/transactions')).toMatchObject({
      Total: 7,
      Transactions: [
        {
          DebitAccountCode: '610',
          CreditAccountCode: '200',
          Amount: 100,
          Type: 'Sale',
          Reference: 'INV-00001',
          Transaction: 'Rock Star - INV-00001',
        },
        { DebitAccountCode: '718', CreditAccountCode: '610', Amount: 100, Type: 'Sale' },
        { DebitAccountCode: '400', CreditAccountCode: '800', Amount: 60, Type: 'Purchase', Reference: 'N-1' },
        { DebitAccountCode: '800', CreditAccountCode: '718', Amount: 60, EffectiveDate: '2026-02-02T00:00:00' },
        { DebitAccountCode: '400', CreditAccountCode: '404', Amount: 5, Type: 'Journal', Reference: 'fb:je:1' },
        { Type: 'MoneySpend' },
        { Type: 'MoneySpend' },
      ],
    })
    expect(total('FromDate=2026-02-02&ToDate=2026-02-03')).toBe(3)
    expect(total('Account=404')).toBe(2)
  })

  it('turn round with credit notes and refunds, and vanish with voids', () => {
    rig.act('create-purchase', { supplier: 'Bayside', upTo: 'payment' })
    rig.act('credit-purchase', { purchase: 'PO-00001', amount: 40 })
    const taskId = idAt(rig.ok('GET', '/purchaseList'), 'PurchaseList', 0, 'ID')
    rig.act('pay-purchase', { purchase: taskId, taskId, type: 'Refund', amount: 40 })
    expect(rig.ok('GET', '/transactions')).toMatchObject({
      Transactions: [
        { DebitAccountCode: '400', CreditAccountCode: '800', Amount: 100 },
        { DebitAccountCode: '800', CreditAccountCode: '400', Amount: 40 },
        { DebitAccountCode: '800', CreditAccountCode: '718', Amount: 100 },
        { DebitAccountCode: '718', CreditAccountCode: '800', Amount: 40 },
      ],
    })
    rig.act('create-purchase', { supplier: 'Bayside', upTo: 'invoice' })
    rig.act('void-purchase', { purchase: 'PO-00002' })
    expect(total('')).toBe(4)
  })
})
