import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped, Need } from '../../core/flow'
import { atMost, type Decimal, decimalsOf, isDecimal, show } from '../../lib/money'
import { payments as cin7Payments, type PaymentDraft } from '../../vendors/cin7/payments'
import { bareNumber } from '../../vendors/wave/ids'
import { type Invoice, type InvoicePayment, invoices } from '../../vendors/wave/invoices'
import { paymentRate, rateRefused } from './rate'
import { SALE_FLOW, SALE_VARIANT } from './sale-need'
import { Settings } from './settings'
import { Translator } from './translate'

/** Each payment of a Wave invoice becomes one payment of its sale. What Wave no longer shows is deleted in Cin7 too. */
export const paymentToPayment: Flow<Invoice, PaymentDraft, Settings> = {
  name: 'wave-cin7/payment-to-payment',
  source: invoices,
  target: cin7Payments,
  settings: Settings,

  concerns: (invoice) => paymentsOf(invoice).length > 0,

  skip: (invoice) => (invoice.status === 'DRAFT' ? 'draft: carried once it is approved in Wave' : undefined),

  parts: (invoice) => paymentsOf(invoice).map(({ id }) => id),

  fingerprint(invoice, part) {
    const payment = paymentsOf(invoice).find(({ id }) => id === part)
    return (
      payment && {
        amount: amountOf(payment),
        date: payment.paymentDate,
        account: payment.account.id,
        rate: payment.exchangeRate,
        currency: invoice.currency.code,
      }
    )
  },

  needs: (invoice) => (paymentsOf(invoice).length > 0 ? [saleOf(invoice)] : []),

  map(invoice, settings, lookups) {
    const sale = lookups.linked(saleOf(invoice))
    if (!sale) return []
    const translator = new Translator(settings, lookups)
    const drafts: Mapped<PaymentDraft>[] = []
    for (const payment of paymentsOf(invoice)) {
      const draft = draftOf({ payment, invoice, translator, lookups })
      if ('kind' in draft) return draft
      const over = settings.overpaid
      drafts.push({
        variant: payment.id,
        draft: { ...draft, saleId: sale.id, task: sale.facts.invoice ?? '', over },
      })
    }
    return translator.failure() ?? drafts
  },

  matching: { variant: () => undefined, brings: 'keep' },

  removes: () => true,
}

const saleOf = ({ id }: Invoice): Need => ({ flow: SALE_FLOW, sourceId: id, variant: SALE_VARIANT })

/** In the order in which they were paid: which one is too much follows from it. */
const paymentsOf = ({ payments }: Invoice): InvoicePayment[] =>
  (payments ?? [])
    .flatMap((payment) => (payment && payment.active !== false ? [payment] : []))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

const keyOf = ({ paymentDate, id }: InvoicePayment): string => `${paymentDate} ${id}`

/** A plain text, perhaps with thousands separators (wave sheet section 3). */
const amountOf = ({ amount }: InvoicePayment): Decimal => (amount ?? '').replaceAll(',', '')

interface Paying {
  payment: InvoicePayment
  invoice: Invoice
  translator: Translator
  lookups: Lookups
}

const draftOf = ({
  payment,
  invoice,
  translator,
  lookups,
}: Paying): Omit<PaymentDraft, 'saleId' | 'task' | 'over'> | Failure => {
  const amount = amountOf(payment)
  if (!isDecimal(amount) || payment.paymentDate === null) return unreadable(payment, invoice)
  if (atMost(amount, '0')) return refund(amount, invoice)
  if (decimalsOf(amount) > 2) return tooFine(amount, invoice)
  const rate = paymentRate(payment, invoice, lookups)
  if (rate === undefined) return rateRefused(invoice, lookups)
  return {
    account: translator.bank(payment),
    amount,
    currency: invoice.currency.code,
    date: payment.paymentDate,
    rate,
    reference: referenceOf(payment, invoice),
  }
}

const referenceOf = ({ id, paymentMethod }: InvoicePayment, { invoiceNumber }: Invoice): string =>
  [`Wave ${invoiceNumber}`, `payment ${bareNumber(id, 'InvoicePayment') ?? ''}`.trim(), paymentMethod]
    .filter(Boolean)
    .join(' · ')

const refused = (code: string, message: string, remedy: string): Failure => ({
  kind: 'rejected',
  code,
  message,
  remedy,
})

const unreadable = ({ amount, paymentDate }: InvoicePayment, { invoiceNumber }: Invoice): Failure => ({
  kind: 'malformed',
  code: 'wave_payment_unreadable',
  message: `a payment of invoice ${invoiceNumber} has the amount "${amount ?? ''}" and the date "${paymentDate ?? ''}"`,
  remedy: 'Look at the payment in Wave and correct it there; then replay.',
})

const refund = (amount: Decimal, { invoiceNumber, currency }: Invoice): Failure =>
  refused(
    'payment_not_positive',
    `a payment of invoice ${invoiceNumber} is over ${show(amount)} ${currency.code}`,
    'Cin7 takes refunds on credit notes only: enter it there by hand, then ignore this record or delete the payment in Wave.',
  )

const tooFine = (amount: Decimal, { invoiceNumber, currency }: Invoice): Failure =>
  refused(
    'payment_beyond_cents',
    `a payment of invoice ${invoiceNumber} is over ${amount} ${currency.code}; Cin7 holds two decimals`,
    'Enter this payment in Cin7 by hand, then ignore this record.',
  )
