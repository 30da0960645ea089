import type { Failure } from '../../core/failure'
import type { Flow, Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { payments as cin7Payments, type PaymentDraft } from '../../vendors/cin7/payments'
import { type Payment, payments } from '../../vendors/freshbooks/payments'
import { Missing } from './missing'
import { customerNeed, saleNeed } from './needs'
import { accountByType } from './payment-account'
import { amountRefused } from './payment-amount'
import { rateMissing, rateOn } from './rate'
import { Settings } from './settings'

/** A payment is one whole. */
const VARIANT = 'payment'

/** A payment becomes one of the sale of its invoice; it is told by itself, never by what is left open of the invoice. */
export const paymentToPayment: Flow<Payment, PaymentDraft, Settings> = {
  name: 'freshbooks-cin7/payment-to-payment',
  source: payments,
  target: cin7Payments,
  settings: Settings,

  needs: ({ invoiceid }) => [saleNeed(invoiceid)],

  fingerprint: ({ invoiceid, amount, date, type, from_credit }) => ({ invoiceid, amount, date, type, from_credit }),

  map(payment, settings, lookups) {
    const sale = lookups.linked(saleNeed(payment.invoiceid))
    if (!sale) return saleMissing(payment)
    const what = `payment ${payment.id}`
    const { amount, code: currency } = payment.amount
    const refused = amountRefused(what, payment.amount)
    if (refused) return refused
    const { date } = payment
    const rate = rateOn({ currency, date }, settings, lookups)
    if (rate === undefined) return rateMissing(what, { currency, date }, lookups)
    const missing = new Missing()
    const account = accountOf(payment, settings, lookups, missing)
    const draft: PaymentDraft = {
      saleId: sale.id,
      task: sale.facts.invoice ?? '',
      account,
      amount,
      currency,
      date,
      rate,
      reference: referenceOf(payment),
      over: settings.overpaid,
    }
    return missing.failure() ?? [{ variant: VARIANT, draft }]
  },

  matching: { variant: () => VARIANT, brings: 'keep' },

  removes: () => true,

  figures: (payment, settings, lookups) => [{ variant: VARIANT, figures: figuresOf(payment, settings, lookups) }],
}

const accountOf = (payment: Payment, settings: Settings, lookups: Lookups, missing: Missing): string => {
  const way = { mapping: 'payment', setting: 'paymentAccount', otherwise: settings.paymentAccount } as const
  return payment.from_credit
    ? missing.or(settings.creditAccount, 'settings.creditAccount', 'credit', 'payments from credit of a client')
    : accountByType(payment.type, way, lookups, missing)
}

const figuresOf = (payment: Payment, settings: Settings, lookups: Lookups): Figures => {
  const { amount, code: currency } = payment.amount
  const clientId = payment.clientid ?? ''
  const customer = lookups.linked(customerNeed(clientId, currency))
  const account = accountOf(payment, settings, lookups, new Missing())
  return {
    currency,
    total: amount,
    tax: '0',
    customer: { id: (customer?.id ?? clientId).toLowerCase(), name: customer?.number ?? `client ${clientId}` },
    accounts: { [account || 'not mapped: payment']: amount },
  }
}

/** Where more was paid than was open, FreshBooks cuts the payment and keeps the rest as credit of the client. */
const referenceOf = ({ id, type, from_credit, overpaymentid }: Payment): string =>
  [
    `FreshBooks payment ${id}`,
    type,
    from_credit && 'from credit',
    overpaymentid && 'overpaid, the rest is credit in FreshBooks',
  ]
    .filter(Boolean)
    .join(' · ')

const saleMissing = ({ id, invoiceid }: Payment): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `payment ${id} needs the sale of its invoice first`,
  remedy: 'Nothing to do: it goes on once the invoice is carried. See that record if it has failed.',
  ...saleNeed(invoiceid),
})
