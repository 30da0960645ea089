import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { expenseToPurchase as flow } from '../../../src/pairs/freshbooks-cin7/expense-to-purchase'
import type { Expense } from '../../../src/vendors/freshbooks/expenses'
import { money } from '../../vendors/freshbooks/rows'
import { anExpense, lookups, onlyDraft, type Row, refusal, settings } from './samples'

const TAXI = '11111111-1111-4111-8111-111111111111'
const ANY = '22222222-2222-4222-8222-222222222222'
const expenses = (change: object = {}) =>
  settings({ expenses: { suppliers: { 'City Taxi': TAXI }, supplier: ANY, ...change } })

const draft = (expense: Expense, given = expenses(), known = lookups()) => {
  const made = onlyDraft(flow.map(expense, given, known))
  expect(flow.totals?.(expense, made)).toEqual([])
  return made
}
const moneyOf = (expense: Expense, given: object = { bank: '718' }) => {
  const made = draft(expense, expenses(given))
  if (made.as !== 'money') throw new Error('it is a purchase')
  return made.money
}
const refused = (change: Row, given = expenses()) => refusal(flow.map(anExpense(change), given, lookups()))

describe('an expense whose bank account nobody knows', () => {
  it('becomes a service purchase of the supplier that its vendor is called', () => {
    expect(draft(anExpense())).toEqual({
      as: 'purchase',
      purchase: {
        kind: 'service',
        supplierId: TAXI,
        currency: 'CAD',
        location: 'Main Warehouse',
        taxRule: 'Tax on Purchases',
        taxInclusive: false,
        terms: '30 days',
        rate: '1',
        requiredBy: '',
        memo: 'FreshBooks expense 701\nCity Taxi · Airport',
        attributes: {},
        invoiceNumber: 'FB-E-701',
        date: '2026-03-05',
        dueDate: '2026-03-05',
        lines: [],
        charges: [
          {
            description: 'FreshBooks cost',
            quantity: '1',
            price: '100',
            total: '100',
            tax: '13',
            taxRule: 'HST purchases',
            account: '405',
            comment: 'City Taxi · Airport',
          },
        ],
        beforeTax: '100',
        tax: '13',
        total: '113',
      },
    })
  })

  it('goes to the supplier of all others, or asks for one', () => {
    expect(draft(anExpense({ vendor: null }))).toMatchObject({ purchase: { supplierId: ANY } })
    expect(refused({ vendor: 'Bakery' }, settings())).toMatchObject({
      codes: [{ mapping: 'settings.expenses.supplier', code: 'Bakery', label: 'expenses from Bakery' }],
    })
  })

  it('that gave money back cannot be a purchase', () => {
    expect(refused({ amount: money('-5.00'), taxName1: null, taxPercent1: null, taxAmount1: null })).toMatchObject({
      kind: 'rejected',
      code: 'expense_not_positive',
    })
  })
})

describe('an expense whose bank account is known', () => {
  it('becomes money spent on that account', () => {
    expect(moneyOf(anExpense())).toEqual({
      kind: 'Spend Money',
      bank: '718',
      currency: 'CAD',
      rate: '1',
      isBase: true,
      date: '2026-03-05',
      supplierId: TAXI,
      reference: 'FreshBooks expense 701',
      note: 'City Taxi · Airport',
      lines: [
        {
          name: 'FreshBooks cost',
          comment: 'City Taxi · Airport',
          amount: '100',
          tax: '13',
          taxRule: 'HST purchases',
          account: '405',
        },
      ],
    })
  })

  it('is paid from the account that FreshBooks names, else the one of all others', () => {
    const banks = { Chequing: '719', 'Big Bank': '720' }
    expect(moneyOf(anExpense({ account_name: 'Chequing', bank_name: 'Big Bank' }), { banks }).bank).toBe('719')
    expect(moneyOf(anExpense({ account_name: 'Other', bank_name: 'Big Bank' }), { banks }).bank).toBe('720')
    expect(moneyOf(anExpense({ account_name: 'Other' }), { banks, bank: '718' }).bank).toBe('718')
    expect(draft(anExpense(), expenses({ banks })).as).toBe('purchase')
  })

  it('that gave money back is money received', () => {
    const back = anExpense({ amount: money('-113.00'), taxAmount1: money('-13.00') })
    expect(moneyOf(back)).toMatchObject({ kind: 'Receive Money', lines: [{ amount: '100', tax: '13' }] })
  })

  it('names nobody where no supplier is chosen', () => {
    expect(moneyOf(anExpense(), { bank: '718', suppliers: {}, supplier: undefined }).supplierId).toBe('')
  })

  it('in another currency is not in the base currency, at the rate of the settings', () => {
    const given = settings({
      expenses: { bank: '718' },
      rates: [{ currency: 'USD', from: '2026-01-01', rate: '1.35' }],
    })
    const made = draft(anExpense({ amount: money('113.00', 'USD'), taxAmount1: money('13.00', 'USD') }), given)
    expect(made).toMatchObject({ money: { currency: 'USD', rate: '1.35', isBase: false } })
  })
})

describe('the settings', () => {
  it('can make all expenses purchases, or all of them money', () => {
    expect(draft(anExpense(), expenses({ as: 'purchase', bank: '718' })).as).toBe('purchase')
    expect(refused({}, expenses({ as: 'money' }))).toMatchObject({
      codes: [{ mapping: 'settings.expenses.bank', code: 'none', label: 'expenses paid from no known account' }],
    })
    expect(refused({ account_name: 'Till' }, expenses({ as: 'money' })).message).toContain('expenses paid from Till')
  })

  it('for purchases have to be there', () => {
    expect(refused({}, settings({ purchases: undefined })).code).toBe('unmapped')
  })
})

describe('the taxes of an expense', () => {
  const taxes = (change: Row) => {
    const made = draft(anExpense(change), expenses(), lookups({ mapped: () => 'x' }))
    return made.as === 'purchase' && [made.purchase.beforeTax, made.purchase.tax, made.purchase.charges[0]?.taxRule]
  }

  it('are within its amount: FreshBooks’ figures, else what the percents are of it', () => {
    expect(taxes({})).toEqual(['100', '13', 'x'])
    expect(taxes({ taxName2: 'X', taxPercent2: '2', taxAmount2: money('2.00') })).toEqual(['98', '15', 'x'])
    expect(taxes({ taxAmount1: null })).toEqual(['100', '13', 'x'])
    expect(taxes({ taxAmount1: null, amount: money('10.00') })).toEqual(['8.85', '1.15', 'x'])
    expect(taxes({ taxName1: null, taxPercent1: null, taxAmount1: null })).toEqual(['113', '0', 'Purchases Exempt'])
  })

  it('and its category have to be mapped', () => {
    expect(refusal(flow.map(anExpense(), expenses(), lookups({}, {})))).toMatchObject({
      codes: [
        { mapping: 'purchase-tax', code: 'HST 13%' },
        { mapping: 'expense-category', code: '65' },
      ],
    })
  })
})

describe('an expense that is the payment of a bill', () => {
  const matched = anExpense({ bill_matches: [{ billid: 43 }] })

  it('is not carried: the bill is', () => {
    expect(flow.skip?.(matched, expenses(), lookups())).toMatch(/payment of a bill/)
    expect(flow.skip?.(anExpense(), expenses(), lookups())).toBeUndefined()
  })

  it('is taken back where it was carried before it was matched', () => {
    expect(flow.skip?.(matched, expenses(), lookups({ variants: ['cost'] }))).toBeUndefined()
    expect(flow.parts?.(matched)).toEqual([])
    expect(flow.parts?.(anExpense())).toEqual(['cost'])
    expect(flow.map(matched, expenses(), lookups())).toEqual([])
    expect(flow.figures?.(matched, expenses(), lookups())).toEqual([])
  })
})

describe('what is carried of an expense', () => {
  it('has changed where the cost would', () => {
    const print = (change: Row) => canonical(flow.fingerprint(anExpense(change), 'cost'))
    const before = print({})
    const changes = [
      { categoryid: 66 },
      { amount: money('114.00') },
      { taxAmount1: money('12.00') },
      { taxName1: 'GST' },
      { vendor: 'x' },
      { date: '2026-03-06' },
      { notes: 'x' },
      { account_name: 'x' },
    ]
    for (const change of changes) expect(print(change)).not.toBe(before)
    expect(print({ status: 2, has_receipt: true, version: '2027-01-01 10:00:00.000000' })).toBe(before)
  })

  it('is voided with it, or left, as the settings say', () => {
    expect([flow.removes?.(expenses()), flow.removes?.(settings({ deleted: 'leave' }))]).toEqual([true, false])
  })

  it('says what the books are to say', () => {
    expect(flow.figures?.(anExpense(), expenses(), lookups())).toEqual([
      {
        variant: 'cost',
        figures: {
          currency: 'CAD',
          total: '113',
          tax: '13',
          customer: { id: TAXI, name: 'City Taxi' },
          accounts: { '405': '100' },
        },
      },
    ])
  })

  it('of more than two decimals is refused', () => {
    expect(refused({ amount: money('1.005'), taxName1: null, taxPercent1: null, taxAmount1: null }).code).toBe(
      'expense_beyond_cents',
    )
  })
})
