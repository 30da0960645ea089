import { z } from 'zod'
import { rejected } from '../../core/failure'
import { Entered, type Flow, type Lookups, type Need } from '../../core/flow'
import { instant } from '../../lib/dates'
import { type Decimal, fromMinor } from '../../lib/money'
import { type Invoice, invoices } from '../../vendors/wave/invoices'
import { payoutFigures } from '../../vendors/wise/payout-books'
import { offerOf, type PayoutDraft, payouts } from '../../vendors/wise/payouts'
import { CUSTOMER_TO_RECIPIENT } from './customer-to-recipient'
import { guardsOf } from './payout-guards'
import type { PayoutSettings } from './payout-settings'
import { Settings } from './settings'

const Asked = z.lazy(() =>
  z.strictObject({
    amount: z
      .string()
      .regex(/^\d+(\.\d{1,2})?$/, { error: 'an amount as text, e.g. "2500.00"' })
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'a currency code, e.g. "EUR"' })
      .optional(),
  }),
)
const Known = Entered(Asked)

/** A payment of an invoice that somebody, or the rule of the settings, has asked for. Nobody's asking makes none. */
export const invoiceToTransfer: Flow<Invoice, PayoutDraft, Settings> = {
  name: 'wave-wise/invoice-to-transfer',
  source: invoices,
  target: payouts,
  settings: Settings,

  skip(invoice, { payout }, { entered = {}, variants }) {
    if (!payout) return 'the settings allow no payouts'
    if (entered[''] !== undefined || variants.length > 0 || isByRule(invoice, payout)) return undefined
    return 'nobody has asked for it to be paid'
  },

  needs: (invoice, settings, lookups) => [needOf(invoice, termsOf(invoice, settings, lookups).currency)],

  // Once paid, it is paid: nothing that changes in the invoice pays it again.
  fingerprint: () => '',

  entry: {
    kind: 'payment',
    take(given) {
      const body = Asked.parse(given)
      const { amount = 'the total', currency = 'of the invoice' } = body
      return { variant: '', shown: { amount, currency }, body }
    },
  },

  guard: { of: guardsOf, offer: offerOf, zone: ({ sourceAccount }) => sourceAccount.timeZone ?? '' },

  figures(invoice, _, lookups) {
    const { amount, currency } = wantedOf(invoice, lookups)
    // In another currency without an amount it was never priced.
    const figures =
      amount === undefined ? payoutFigures(totalOf(invoice), invoice.currency.code) : payoutFigures(amount, currency)
    return [{ variant: '', figures }]
  },

  map(invoice, settings, lookups) {
    const { payout, balances } = settings
    const recipient = lookups.linked(needOf(invoice, termsOf(invoice, settings, lookups).currency))
    if (!payout || !recipient) return noRecipient(invoice)
    const { payment, since, amount, currency } = termsOf(invoice, settings, lookups)
    const terms = {
      invoice: invoice.id,
      number: invoice.invoiceNumber,
      payment,
      pays: `${amount} ${currency}`,
      to: recipient.number,
      recipient: recipient.id,
      details: recipient.facts.details ?? '',
      balance: balances.find((one) => one.currency === payout.from)?.balance ?? payout.from,
    }
    const draft: PayoutDraft = {
      payment,
      recipient: recipient.id,
      source: payout.from,
      target: currency,
      amount,
      reference: invoice.invoiceNumber,
      more: payout.details,
      since,
      terms,
    }
    return [{ variant: '', draft }]
  },
}

const needOf = ({ customer }: Invoice, currency: string): Need => ({
  flow: CUSTOMER_TO_RECIPIENT,
  sourceId: customer.id,
  variant: currency,
})

interface Terms {
  payment: string
  since: number
  amount: string
  currency: string
}

const termsOf = (invoice: Invoice, { payout }: Settings, lookups: Lookups): Terms => {
  const { payment, since, amount, currency } = wantedOf(invoice, lookups)
  if (!payout?.currencies.includes(currency)) throw notAllowed(currency)
  if (amount === undefined) throw noAmount(invoice, currency)
  return { payment, since, amount, currency }
}

/** The asker's word comes before the rule's. The total of an invoice says nothing in another currency. */
const wantedOf = (invoice: Invoice, { entered = {} }: Lookups) => {
  const asked = entered[''] === undefined ? undefined : Known.parse(entered[''])
  const currency = asked?.body.currency ?? invoice.currency.code
  const total = currency === invoice.currency.code ? totalOf(invoice) : undefined
  return {
    payment: asked?.id ?? 'rule',
    since: asked?.at ?? instant(invoice.createdAt),
    amount: asked?.body.amount ?? total,
    currency,
  }
}

const totalOf = ({ total, currency }: Invoice): Decimal => fromMinor(total.minorUnitValue, currency.exponent)

const isByRule = ({ status, customer, memo, poNumber }: Invoice, { rule }: PayoutSettings): boolean =>
  rule !== undefined &&
  status === 'PAID' &&
  rule.customers.includes(customer.id) &&
  [memo, poNumber].some((text) => text?.includes(rule.marker))

const notAllowed = (currency: string) =>
  rejected(
    'guard_currency',
    `the settings allow no payment in ${currency}`,
    'Pay in a currency that the setting payout.currencies names, or have it changed and approved; then replay.',
  )

const noAmount = ({ invoiceNumber, currency }: Invoice, wanted: string) =>
  rejected(
    'payment_without_amount',
    `invoice ${invoiceNumber} is in ${currency.code}: how much is to be paid in ${wanted} was not said`,
    'Ask for it again, with the amount.',
  )

const noRecipient = ({ customer }: Invoice) =>
  ({
    kind: 'rejected',
    code: 'recipient_not_entered',
    message: `${customer.name} is no recipient yet`,
    remedy: 'Enter where the customer is paid (PUT …/recipients), have somebody else approve it, then replay.',
  }) as const
