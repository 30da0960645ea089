import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import { type PurchasePaymentDraft, purchasePayments } from '../../vendors/cin7/purchase-payments'
import { type Bill, type BillPayment, bills } from '../../vendors/freshbooks/bills'
import { isDeleted } from '../../vendors/freshbooks/shapes'
import { Missing } from './missing'
import { purchaseNeed, supplierNeed } from './needs'
import { accountByType } from './payment-account'
import { amountRefused } from './payment-amount'
import { rateMissing, rateOn } from './rate'
import { Settings } from './settings'

/** Each payment of a bill becomes one of its purchase. What FreshBooks no longer shows is deleted in Cin7 too. */
export const billPaymentToPayment: Flow<Bill, PurchasePaymentDraft, Settings> = {
  name: 'freshbooks-cin7/bill-payment-to-payment',
  source: bills,
  target: purchasePayments,
  settings: Settings,

  parts: (bill) => paymentsOf(bill).map(({ id }) => id),

  fingerprint(bill, part) {
    const payment = paymentsOf(bill).find(({ id }) => id === part)
    return payment && { amount: payment.amount, date: payment.paid_date, type: payment.payment_type }
  },

  needs: (bill) => (paymentsOf(bill).length > 0 ? [purchaseNeed(bill.id)] : []),

  map(bill, settings, lookups) {
    const purchase = lookups.linked(purchaseNeed(bill.id))
    if (!purchase) return []
    const missing = new Missing()
    const drafts: Mapped<PurchasePaymentDraft>[] = []
    for (const payment of paymentsOf(bill)) {
      const draft = draftOf(payment, { bill, settings, lookups, missing })
      if ('kind' in draft) return draft
      const task = purchase.facts.invoice ?? ''
      drafts.push({ variant: payment.id, draft: { ...draft, purchaseId: purchase.id, task } })
    }
    return missing.failure() ?? drafts
  },

  matching: { variant: () => undefined, brings: 'keep' },

  removes: () => true,

  figures: (bill, settings, lookups) =>
    paymentsOf(bill).map((payment) => ({ variant: payment.id, figures: figuresOf(payment, bill, settings, lookups) })),
}

/** In the order in which they were paid: which one is too much follows from it. */
const paymentsOf = ({ bill_payments }: Bill): BillPayment[] =>
  bill_payments.filter((payment) => !isDeleted(payment)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

const keyOf = ({ paid_date, id }: BillPayment): string => `${paid_date} ${id.padStart(20, '0')}`

interface Paying {
  bill: Bill
  settings: Settings
  lookups: Lookups
  missing: Missing
}

const wayOf = ({ billPaymentAccount }: Settings) =>
  ({ mapping: 'bill-payment', setting: 'billPaymentAccount', otherwise: billPaymentAccount }) as const

const draftOf = (
  payment: BillPayment,
  { bill, settings, lookups, missing }: Paying,
): Omit<PurchasePaymentDraft, 'purchaseId' | 'task'> | Failure => {
  const { id, amount: paid, paid_date: date, payment_type } = payment
  const what = `payment ${id} of bill ${bill.bill_number || bill.id}`
  const refused = amountRefused(what, paid)
  if (refused) return refused
  const { amount, code: currency } = paid
  const rate = rateOn({ currency, date }, settings, lookups)
  if (rate === undefined) return rateMissing(what, { currency, date }, lookups)
  const account = accountByType(payment_type, wayOf(settings), lookups, missing)
  const reference = [`FreshBooks bill payment ${id}`, payment_type].filter(Boolean).join(' · ')
  return { account, amount, currency, date, rate, reference, over: settings.overpaid }
}

const figuresOf = ({ amount, payment_type }: BillPayment, bill: Bill, settings: Settings, lookups: Lookups) => {
  const supplier = lookups.linked(supplierNeed(bill.vendorid, bill.currency_code))
  const account = accountByType(payment_type, wayOf(settings), lookups, new Missing())
  return {
    currency: amount.code,
    total: amount.amount,
    tax: '0',
    customer: {
      id: (supplier?.id ?? bill.vendorid).toLowerCase(),
      name: supplier?.number ?? `vendor ${bill.vendorid}`,
    },
    accounts: { [account || 'not mapped: payment']: amount.amount },
  }
}
