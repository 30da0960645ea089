import type { Difference } from '../../core/failure'
import type { Flow, Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { abs, add } from '../../lib/money'
import { type CostDraft, costs } from '../../vendors/cin7/costs'
import { compare } from '../../vendors/cin7/totals'
import { type Expense, expenses } from '../../vendors/freshbooks/expenses'
import { expenseDraft, supplierOf } from './expense-draft'
import { netOf, taxOf } from './expense-sums'
import { Settings } from './settings'

const VARIANT = 'cost'

/** An expense becomes a service purchase, or money spent where its bank account is known. */
export const expenseToPurchase: Flow<Expense, CostDraft, Settings> = {
  name: 'freshbooks-cin7/expense-to-purchase',
  source: expenses,
  target: costs,
  settings: Settings,

  skip: (expense, _settings, { variants }) =>
    isBillPayment(expense) && variants.length === 0
      ? 'it is the payment of a bill, and carried with the bill'
      : undefined,

  /** One that is matched with a bill after it was carried is taken back: the outlay is the bill's. */
  parts: (expense) => (isBillPayment(expense) ? [] : [VARIANT]),

  fingerprint: (expense) => ({
    category: expense.categoryid,
    amount: expense.amount,
    taxes: [expense.taxName1, expense.taxPercent1, expense.taxName2, expense.taxPercent2],
    tax: taxOf(expense),
    vendor: expense.vendor,
    date: expense.date,
    notes: expense.notes,
    account: [expense.account_name, expense.bank_name],
  }),

  map(expense, settings, lookups) {
    if (isBillPayment(expense)) return []
    const draft = expenseDraft(expense, settings, lookups)
    return 'code' in draft ? draft : [{ variant: VARIANT, draft }]
  },

  totals: (expense, draft) => totals(expense, draft),

  removes: ({ deleted }) => deleted === 'void',

  figures: (expense, settings, lookups) =>
    isBillPayment(expense) ? [] : [{ variant: VARIANT, figures: figuresOf(expense, settings, lookups) }],
}

const isBillPayment = ({ bill_matches }: Expense): boolean => bill_matches.length > 0

const totals = ({ amount }: Expense, draft: CostDraft): Difference[] => {
  const total =
    draft.as === 'purchase'
      ? draft.purchase.total
      : add('0', ...draft.money.lines.flatMap(({ amount, tax }) => [amount, tax]))
  return compare('total', abs(amount.amount), total, amount.code)
}

const figuresOf = (expense: Expense, settings: Settings, { mapped }: Lookups): Figures => ({
  currency: expense.amount.code,
  total: expense.amount.amount,
  tax: taxOf(expense),
  customer: { id: (supplierOf(expense, settings) ?? '').toLowerCase(), name: expense.vendor },
  accounts: {
    [mapped('expense-category', expense.categoryid) ?? `not mapped: category ${expense.categoryid}`]: netOf(expense),
  },
})
