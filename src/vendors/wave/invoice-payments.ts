import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { StepPlan, Target, TargetApi, TargetRef } from '../../core/flow'
import type { Call, ReadApi } from '../../core/vendor'
import { atMost, type Decimal, fromMinor, isDecimal } from '../../lib/money'
import { figuresOf } from './as-posted'
import { bareNumber } from './ids'
import { type Invoice, type InvoicePayment, invoices } from './invoices'
import { mutation } from './mutations'

/** Money that came for an invoice. All ids are GraphQL ids. */
export const InvoicePaymentDraft = z.lazy(() =>
  z.object({
    invoice: z.string(),
    /** Where the money is: an account of the kind CASH_AND_BANK. */
    account: z.string(),
    /** Positive, in the invoice's currency. */
    amount: z.string().refine(isDecimal, 'not a decimal number'),
    currency: z.string(),
    /** The account's currency per unit of the invoice's; "1" where they are the same. */
    rate: z.string().refine(isDecimal, 'not a decimal number'),
    /** Business date. */
    date: z.string(),
    /** What people read; our marker is put behind it. */
    memo: z.string(),
  }),
)
export type InvoicePaymentDraft = z.infer<typeof InvoicePaymentDraft>

export const invoicePaymentCall = ({ marker }: Pick<TargetApi, 'marker'>, draft: InvoicePaymentDraft): Call =>
  mutation('invoicePaymentCreateManual', {
    invoiceId: draft.invoice,
    paymentAccountId: draft.account,
    amount: draft.amount,
    exchangeRate: draft.rate,
    paymentDate: draft.date,
    paymentMethod: 'BANK_TRANSFER',
    memo: `${draft.memo} [${marker}]`,
  })

const Answer = z.lazy(() =>
  z.object({
    data: z.object({ invoicePaymentCreateManual: z.object({ invoicePayment: z.object({ id: z.string().min(1) }) }) }),
  }),
)

const STEP = 'payment'

const answered = (id: string): z.infer<typeof Answer> => ({
  data: { invoicePaymentCreateManual: { invoicePayment: { id } } },
})

/**
 * The memo of a payment can be read again, so that one without an answer is found by our marker. Wave has no key against a second one,
 * and says nothing of how soon it shows the first: what is not found waits for a person, as a transaction does.
 */
const paymentStep = (api: TargetApi, draft: InvoicePaymentDraft): StepPlan<z.infer<typeof Answer>> => ({
  name: STEP,
  call: () => invoicePaymentCall(api, draft),
  answer: Answer,
  async find() {
    const made = oursIn(await theInvoice(api, draft), api.marker)
    return made ? answered(made.id) : null
  },
  once: true,
  adopt: answered,
  born: (answer) => refOf(answer, draft),
})

const refOf = ({ data }: z.infer<typeof Answer>, { date, amount, currency }: InvoicePaymentDraft): TargetRef => {
  const { id } = data.invoicePaymentCreateManual.invoicePayment
  return { id, number: bareNumber(id, 'InvoicePayment') ?? id, facts: paymentFacts(date, amount, currency) }
}

/** What it says in the books, see `asPosted`. */
export const paymentFacts = (date: string, amount: Decimal, currency: string) => ({
  date,
  amount,
  currency,
  figures: JSON.stringify(figuresOf(amount, currency)),
})

/** One that is not active never became a payment. */
const oursIn = ({ payments }: Invoice, marker: string): InvoicePayment | undefined =>
  (payments ?? []).flatMap((one) => (one?.active !== false && one?.memo?.includes(`[${marker}]`) ? [one] : []))[0]

export const payInvoice = async (api: TargetApi, draft: InvoicePaymentDraft): Promise<TargetRef> => {
  // Sent before, it may have closed the invoice itself.
  if (!['sent', 'told', 'done'].includes(api.stepState(STEP) ?? '')) await refuseUnlessPayable(api, draft)
  return refOf(await api.step(paymentStep(api, draft)), draft)
}

/** Payments of invoices, entered as a bookkeeper would: the only way to make an invoice paid (sheet section 5). */
export const invoicePayments: Target<InvoicePaymentDraft> = {
  vendor: 'wave',
  type: 'invoice-payment',
  draft: InvoicePaymentDraft,
  create: payInvoice,
}

const theInvoice = async (api: ReadApi, { invoice }: InvoicePaymentDraft): Promise<Invoice> => {
  const found = await invoices.read(api, invoice)
  if (found) return found
  throw rejected(
    'wave_invoice_gone',
    'Wave shows no such invoice any more',
    'Look in Wave what became of it: the money that came for it has to be booked by hand, or as another movement.',
  )
}

const refuseUnlessPayable = async (api: TargetApi, draft: InvoicePaymentDraft): Promise<void> => {
  const invoice = await theInvoice(api, draft)
  if (!oursIn(invoice, api.marker)) refuseUnlessOpen(invoice, draft)
}

/** Somebody may have entered the money meanwhile, or changed the invoice: paying it twice is for a person to untangle. */
const refuseUnlessOpen = (invoice: Invoice, { amount, currency }: InvoicePaymentDraft): void => {
  const due = fromMinor(invoice.amountDue.minorUnitValue, invoice.currency.exponent)
  if (invoice.status !== 'DRAFT' && invoice.currency.code === currency && atMost(amount, due)) return
  throw new Failed({
    kind: 'conflict',
    code: 'wave_invoice_not_open',
    message: `${amount} ${currency} came for invoice ${invoice.invoiceNumber}, of which ${due} ${invoice.currency.code} is open (${invoice.status})`,
    remedy: `See in Wave whether the payment of invoice ${invoice.invoiceNumber} was entered by hand. If so, ignore this record; if not, correct the invoice and replay.`,
    facts: { invoice: invoice.invoiceNumber, open: `${due} ${invoice.currency.code}`, came: `${amount} ${currency}` },
  })
}
