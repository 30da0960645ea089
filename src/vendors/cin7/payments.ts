import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { sha256 } from '../../lib/bytes'
import { add, atMost, type Decimal, same, show, subtract } from '../../lib/money'
import { post, put } from './client'
import { deletePayment, Payment, readPayments } from './payment-calls'
import { type InvoiceDocument, isAuthorised, liveInvoices, type PaymentRow, theSale } from './sale-shapes'
import { dateOf, number, sameWord } from './shapes'
import { stampedLine, stampIn } from './stamp'
import { compare } from './totals'

/** A payment to be, on the invoice of a sale that we carried. Amount in the sale's currency, at most two decimals. */
export const PaymentDraft = z.object({
  saleId: z.string(),
  /** Of the invoice. */
  task: z.string(),
  /** Code of an account that takes payments. */
  account: z.string(),
  amount: z.string(),
  currency: z.string(),
  date: z.string(),
  /** Base currency per unit of the sale's. */
  rate: z.string(),
  /** For people; our stamp is put behind it. */
  reference: z.string(),
  /** What becomes of a payment beyond what is open. */
  over: z.enum(['refuse', 'credit']),
})
export type PaymentDraft = z.infer<typeof PaymentDraft>

/** Payments of sales. Our marker stands at the end of `Reference`, cut short: its length is not documented (sheet section 12). */
export const payments: Target<PaymentDraft> = {
  vendor: 'cin7',
  type: 'payment',
  draft: PaymentDraft,

  async create(api, draft) {
    const stamp = await stampOf(api)
    const invoice = await theInvoice(api, draft)
    refuseTwin(invoice, draft)
    refuseBeyond(invoice, draft, ({ Reference }) => stampIn(Reference) === stamp)
    const made = await api.step({
      name: 'payment',
      call: () => post('/sale/payment', { TaskID: draft.task, Type: 'Payment', ...fields(draft, stamp) }),
      answer: Payment,
      find: async () =>
        (await readPayments(api, draft.saleId)).find(({ Reference }) => stampIn(Reference) === stamp) ?? null,
      born: (payment) => refOf(payment, draft),
    })
    return standing(api, made, draft)
  },

  async update(api, target, draft) {
    const stamp = await stampOf(api)
    const invoice = await theInvoice(api, draft)
    const known = await theirs(api, target)
    if (!known) throw changed(target, 'it was deleted in Cin7')
    if (!shows(known, draft)) refuseIfEdited(target, known)
    refuseBeyond(invoice, draft, ({ ID }) => sameWord(ID, target.id))
    const made = await api.step({
      name: 'payment',
      call: () => put('/sale/payment', { ID: known.ID, ...fields(draft, stamp) }),
      answer: Payment,
      find: async () => {
        const now = await theirs(api, target)
        return now && shows(now, draft) ? now : null
      },
    })
    return standing(api, { ...made, ID: target.id }, draft)
  },

  /** The list is per sale, so the id names both: `sale/payment`. */
  async adopt(api, id) {
    const [saleId = '', paymentId = ''] = id.split('/')
    const payment = (await readPayments(api, saleId)).find(({ ID }) => sameWord(ID, paymentId))
    if (!payment) return null
    const [amount, date] = [payment.Amount ?? '0', payment.DatePaid.slice(0, 10)]
    return {
      target: refOf(payment, { saleId, amount, date, account: payment.Account }),
      terms: { kind: 'dated', number: payment.Reference, date, total: amount, currency: '', party: '' },
    }
  },

  async remove(api, target) {
    const known = await theirs(api, target)
    if (!known) return
    refuseIfEdited(target, known)
    await deletePayment(api, target.facts.sale ?? '', known.ID)
  },
}

const stampOf = async (api: TargetApi): Promise<string> => (await sha256(api.marker)).slice(0, 12)

const fields = (draft: PaymentDraft, stamp: string) => ({
  Reference: stampedLine(draft.reference, stamp),
  Amount: number(draft.amount),
  DatePaid: dateOf(draft.date),
  Account: draft.account,
  CurrencyRate: number(draft.rate),
})

const refOf = (
  { ID, InvoiceNumber }: Payment,
  { saleId, amount, date, account }: Pick<PaymentDraft, 'saleId' | 'amount' | 'date' | 'account'>,
): TargetRef => ({
  id: ID,
  number: `${InvoiceNumber || 'payment'} ${show(amount)}`,
  facts: { sale: saleId, amount, date, account },
})

/** 200 is not proof (sheet section 0): what Cin7 says it took is compared. */
const standing = (api: TargetApi, made: Payment, draft: PaymentDraft): TargetRef => {
  const ref = refOf(made, draft)
  const took = made.Amount ?? draft.amount
  api.refuseUnless(compare('payment', draft.amount, took, draft.currency), `payment ${ref.number}`)
  return ref
}

const theirs = async (api: TargetApi, { id, facts }: TargetRef): Promise<Payment | undefined> =>
  (await readPayments(api, facts.sale ?? '')).find(({ ID }) => sameWord(ID, id))

const theInvoice = async (api: TargetApi, { saleId, task }: PaymentDraft): Promise<InvoiceDocument> => {
  const sale = await theSale(api, saleId)
  const invoice = liveInvoices(sale).find(({ TaskID }) => sameWord(TaskID, task))
  if (isAuthorised(invoice) && invoice) return invoice
  const name = sale.Order?.SaleOrderNumber || saleId
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_invoice_not_open',
    message: `the invoice of sale ${name} takes no payment: it is ${invoice?.Status ?? 'voided or gone'}`,
    remedy: `Look at sale ${name} in Cin7: authorise its invoice again and replay, or enter the payment there by hand and resolve this record.`,
    facts: { cin7Sale: name },
  })
}

/** Somebody may have entered the same payment by hand: a person says whether it is another. */
const refuseTwin = ({ Payments }: InvoiceDocument, { saleId, amount, date, currency }: PaymentDraft): void => {
  const twin = (Payments ?? []).find(
    ({ Amount, DatePaid, Reference }) =>
      stampIn(Reference) === undefined && same(Amount ?? '0', amount) && ['', date].includes(DatePaid.slice(0, 10)),
  )
  if (!twin) return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_payment_exists',
    message: `somebody entered a payment of ${show(amount)} ${currency} on ${date} on this sale in Cin7`,
    remedy:
      'If it is the same payment, link the two (POST …/matches/accept with the target named here). If not, change its date or reference in Cin7. Then replay.',
    facts: { target: `${saleId}/${twin.ID}`, cin7Reference: twin.Reference },
  })
}

/** What is open for this payment: the total less all others. */
const refuseBeyond = (
  invoice: InvoiceDocument,
  draft: PaymentDraft,
  isThis: (payment: PaymentRow) => boolean,
): void => {
  const others = (invoice.Payments ?? []).filter((payment) => !isThis(payment))
  const open = subtract(invoice.Total ?? '0', add('0', ...others.map(({ Amount }) => Amount ?? '0')))
  if (draft.over === 'credit' || atMost(draft.amount, open)) return
  throw rejected(
    'payment_beyond_invoice',
    `the payment of ${show(draft.amount)} ${draft.currency} is more than the ${show(open)} ${draft.currency} that are open on invoice ${invoice.InvoiceNumber}`,
    'Correct the payment in the source, or set overpaid to "credit" so that the whole payment is sent and Cin7 keeps the rest as credit; then replay.',
  )
}

const shows = (row: Payment, draft: PaymentDraft): boolean =>
  isOver(row, draft.amount) && row.DatePaid.slice(0, 10) === draft.date && sameWord(row.Account, draft.account)

const isOver = ({ Amount }: Payment, amount: Decimal): boolean => same(Amount ?? '0', amount)

/** Somebody changed the payment in Cin7 since: a person decides. */
const refuseIfEdited = (target: TargetRef, { Amount, DatePaid, Account }: Payment): void => {
  const { amount = '0', date = '', account = '' } = target.facts
  if (!same(Amount ?? '0', amount)) throw changed(target, `it is over ${show(Amount ?? '0')} there`)
  if (DatePaid.slice(0, 10) !== date) throw changed(target, `it is dated ${DatePaid.slice(0, 10)} there`)
  if (!sameWord(Account, account)) throw changed(target, `it is on account ${Account} there`)
}

const changed = ({ number: name }: TargetRef, what: string): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_payment_changed',
    message: `the source changed, and so did the payment ${name} in Cin7: ${what}`,
    remedy: 'Nothing was changed. Make the payment right in Cin7 by hand, then resolve this record.',
    facts: { payment: name, happened: what },
  })
