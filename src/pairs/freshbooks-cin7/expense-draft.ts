import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { abs, atMost, decimalsOf } from '../../lib/money'
import type { CostDraft } from '../../vendors/cin7/costs'
import { figures } from '../../vendors/cin7/line-figures'
import type { Expense } from '../../vendors/freshbooks/expenses'
import { costAccount } from './bill-rows'
import { netOf, taxedAs, taxOf } from './expense-sums'
import { Missing } from './missing'
import { headOf, sums } from './purchase-head'
import { noPurchases } from './purchases-missing'
import { rateMissing, rateOn } from './rate'
import type { Purchases, Settings } from './settings'
import { taxRuleOf } from './tax'

/** Bank account in Cin7 that the money came from; undefined = it is not known. */
const bankOf = ({ account_name, bank_name }: Expense, { expenses: { banks, bank } }: Settings): string | undefined =>
  banks[account_name] ?? banks[bank_name] ?? bank

export const supplierOf = ({ vendor }: Expense, { expenses }: Settings): string | undefined =>
  expenses.suppliers[vendor.trim()] ?? expenses.supplier

/** An expense as what the settings and its bank account make of it; or all that has no counterpart, at once. */
export const expenseDraft = (expense: Expense, settings: Settings, lookups: Lookups): CostDraft | Failure => {
  const { purchases, expenses } = settings
  const what = `expense ${expense.id}`
  if (!purchases) return noPurchases(what)
  const { date, amount } = expense
  const rate = rateOn({ currency: amount.code, date }, settings, lookups)
  if (rate === undefined) return rateMissing(what, { currency: amount.code, date }, lookups)
  if (decimalsOf(amount.amount) > 2) return tooFine(what, expense)
  const missing = new Missing()
  const making: Making = { expense, settings, purchases, lookups, missing, rate }
  const bank = bankOf(expense, settings)
  const isMoney = expenses.as === 'money' || (expenses.as === 'auto' && bank !== undefined)
  if (!isMoney && atMost(amount.amount, '0')) return notPositive(what, expense)
  const draft = isMoney ? asMoney(making, bank) : asPurchase(making)
  return missing.failure() ?? draft
}

/** One expense in work. */
interface Making {
  expense: Expense
  settings: Settings
  purchases: Purchases
  lookups: Lookups
  missing: Missing
  rate: string
}

const booking = ({ expense, purchases, lookups, missing }: Making) => ({
  taxRule: taxRuleOf(taxedAs(expense), { mapping: 'purchase-tax', none: purchases.noTaxRule }, lookups, missing),
  account: costAccount({ categoryid: expense.categoryid, category: '' }, lookups, missing),
})

const textOf = ({ vendor, notes }: Expense): string => [vendor, notes].filter(Boolean).join(' · ')

/** Money that came back is received. */
const asMoney = (making: Making, bank: string | undefined): CostDraft => {
  const { expense, settings, purchases, lookups, missing, rate } = making
  const { id, amount, account_name, bank_name, date } = expense
  const from = account_name || bank_name
  return {
    as: 'money',
    money: {
      kind: atMost(amount.amount, '0') ? 'Receive Money' : 'Spend Money',
      bank: missing.or(
        bank,
        'settings.expenses.bank',
        from || 'none',
        `expenses paid from ${from || 'no known account'}`,
      ),
      currency: amount.code,
      rate,
      isBase: amount.code === lookups.targetAccount.baseCurrency,
      date,
      supplierId: supplierOf(expense, settings) ?? '',
      reference: `FreshBooks expense ${id}`,
      note: textOf(expense),
      lines: [
        {
          name: purchases.chargeProduct,
          comment: textOf(expense),
          amount: abs(netOf(expense)),
          tax: abs(taxOf(expense)),
          ...booking(making),
        },
      ],
    },
  }
}

const asPurchase = (making: Making): CostDraft => {
  const { expense, settings, purchases, missing, rate } = making
  const { id, amount, date, vendor } = expense
  const supplierId = missing.or(
    supplierOf(expense, settings),
    'settings.expenses.supplier',
    vendor || 'none',
    `expenses from ${vendor || 'no named vendor'}`,
  )
  const memo = [`FreshBooks expense ${id}`, textOf(expense)].filter(Boolean).join('\n')
  const document = { supplierId, currency: amount.code, rate, date, dueDate: date, invoiceNumber: `FB-E-${id}`, memo }
  const charges = [
    {
      description: purchases.chargeProduct,
      ...figures('1', netOf(expense)),
      tax: taxOf(expense),
      ...booking(making),
      comment: textOf(expense),
    },
  ]
  const rows = { lines: [], charges }
  return {
    as: 'purchase',
    purchase: { kind: 'service', ...headOf(document, settings, purchases), ...rows, ...sums(rows) },
  }
}

const notPositive = (what: string, { amount }: Expense): Failure => ({
  kind: 'rejected',
  code: 'expense_not_positive',
  message: `${what} is over ${amount.amount} ${amount.code}, which no purchase can be`,
  remedy:
    'Say in the settings expenses.banks or expenses.bank from which account it was paid, so that it is carried as money received; or enter it in Cin7 by hand and ignore this record. Then replay.',
})

const tooFine = (what: string, { amount }: Expense): Failure => ({
  kind: 'rejected',
  code: 'expense_beyond_cents',
  message: `${what} is over ${amount.amount} ${amount.code}; Cin7 holds two decimals`,
  remedy: 'Enter this expense in Cin7 by hand, then ignore this record.',
})
