import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Adopted, Target, TargetApi, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { sha256 } from '../../lib/bytes'
import { add, atMost, type Decimal, same, show, subtract } from '../../lib/money'
import { post, put } from './client'
import { Payment } from './payment-calls'
import type { PaymentRow } from './sale-shapes'
import { dateOf, dayOf, number, sameWord } from './shapes'
import { stampedLine, stampIn } from './stamp'
import { compare } from './totals'

/** What payments of sales and of purchases share. Amount in the document's currency, at most two decimals. */
export const PaymentFields = z.object({
  /** Of the invoice. */
  task: z.string(),
  /** Code of an account that takes payments. */
  account: z.string(),
  amount: z.string(),
  currency: z.string(),
  date: z.string(),
  /** Base currency per unit of the document's. */
  rate: z.string(),
  /** For people; our stamp is put behind it. */
  reference: z.string(),
  /** What becomes of a payment beyond what is open. */
  over: z.enum(['refuse', 'credit']),
})
type PaymentFields = z.infer<typeof PaymentFields>

/** An invoice that takes payments. `payments` = with all their fields, where reading the invoice has shown them. */
export interface OpenInvoice {
  number: string
  total: Decimal
  rows: PaymentRow[]
  payments?: Payment[]
}

/** What tells payments of sales and of purchases apart (sheet sections 8.7, 9.1). */
export interface PaymentKind<D extends PaymentFields> {
  type: 'payment' | 'purchase-payment'
  draft: z.ZodType<D>
  path: '/sale/payment' | '/advanced-purchase/payment'
  /** Under what name the link keeps the id of the sale or purchase. */
  owner: 'sale' | 'purchase'
  ownerOf(draft: D): string
  /** A conflict where the invoice takes none. */
  open(api: ReadApi, draft: D): Promise<OpenInvoice>
  payments(api: ReadApi, ownerId: string): Promise<Payment[]>
  remove(api: TargetApi, ownerId: string, paymentId: string): Promise<unknown>
}

/** Our marker stands at the end of `Reference`, cut short: its length is not documented (sheet section 12). */
export const paymentTarget = <D extends PaymentFields>(kind: PaymentKind<D>) => {
  const ownerId = ({ facts }: TargetRef): string => facts[kind.owner] ?? ''

  const theirs = async (api: ReadApi, target: TargetRef): Promise<Payment | undefined> =>
    byId(await kind.payments(api, ownerId(target)), target)

  const refOf = ({ ID }: Payment, draft: D, invoice: string): TargetRef => ({
    id: ID,
    number: `${invoice || 'payment'} ${show(draft.amount)}`,
    facts: {
      [kind.owner]: kind.ownerOf(draft),
      amount: draft.amount,
      date: draft.date,
      account: draft.account,
    },
  })

  /** 200 is not proof (sheet section 0): what Cin7 says it took is compared. */
  const standing = (api: TargetApi, made: Payment, draft: D, invoice: string): TargetRef => {
    const ref = refOf(made, draft, invoice)
    const took = made.Amount ?? draft.amount
    api.refuseUnless(compare('payment', draft.amount, took, draft.currency), `payment ${ref.number}`)
    return ref
  }

  return {
    vendor: 'cin7',
    type: kind.type,
    draft: kind.draft,

    async create(api, draft) {
      const stamp = await stampOf(api)
      const invoice = await kind.open(api, draft)
      refuseTwin(invoice, draft, kind.owner, kind.ownerOf(draft))
      refuseBeyond(invoice, draft, ({ Reference }) => stampIn(Reference) === stamp)
      const made = await api.step({
        name: 'payment',
        call: () => post(kind.path, { TaskID: draft.task, Type: 'Payment', ...fields(draft, stamp) }),
        answer: Payment,
        find: async () =>
          (await kind.payments(api, kind.ownerOf(draft))).find(({ Reference }) => stampIn(Reference) === stamp) ?? null,
        born: (payment) => refOf(payment, draft, payment.InvoiceNumber || invoice.number),
      })
      return standing(api, made, draft, made.InvoiceNumber || invoice.number)
    },

    async update(api, target, draft) {
      const stamp = await stampOf(api)
      const invoice = await kind.open(api, draft)
      const known = invoice.payments ? byId(invoice.payments, target) : await theirs(api, target)
      if (!known) throw changed(target, 'it was deleted in Cin7')
      if (!shows(known, draft)) refuseIfEdited(target, known)
      refuseBeyond(invoice, draft, ({ ID }) => sameWord(ID, target.id))
      const made = await api.step({
        name: 'payment',
        call: () => put(kind.path, { ID: known.ID, ...fields(draft, stamp) }),
        answer: Payment,
        find: async () => {
          const now = await theirs(api, target)
          return now && shows(now, draft) ? now : null
        },
      })
      return standing(api, { ...made, ID: target.id }, draft, made.InvoiceNumber || invoice.number)
    },

    /** The list is per sale or purchase, so the id names both: `sale/payment`. */
    async adopt(api: ReadApi, id: string): Promise<Adopted | null> {
      const [owner = '', paymentId = ''] = id.split('/')
      const payment = (await kind.payments(api, owner)).find(({ ID }) => sameWord(ID, paymentId))
      if (!payment) return null
      const { InvoiceNumber, Reference, Account } = payment
      const [amount, date] = [payment.Amount ?? '0', dayOf(payment.DatePaid)]
      const facts = { [kind.owner]: owner, amount, date, account: Account }
      return {
        target: { id: payment.ID, number: `${InvoiceNumber || 'payment'} ${show(amount)}`, facts },
        terms: { kind: 'dated', number: Reference, date, total: amount, currency: '', party: '' },
      }
    },

    async remove(api, target) {
      const known = await theirs(api, target)
      if (!known) return
      refuseIfEdited(target, known)
      await kind.remove(api, ownerId(target), known.ID)
    },
  } satisfies Target<D>
}

const stampOf = async (api: TargetApi): Promise<string> => (await sha256(api.marker)).slice(0, 12)

const byId = (payments: Payment[], { id }: TargetRef): Payment | undefined =>
  payments.find(({ ID }) => sameWord(ID, id))

const fields = (draft: PaymentFields, stamp: string) => ({
  Reference: stampedLine(draft.reference, stamp),
  Amount: number(draft.amount),
  DatePaid: dateOf(draft.date),
  Account: draft.account,
  CurrencyRate: number(draft.rate),
})

/** Somebody may have entered the same payment by hand: a person says whether it is another. */
const refuseTwin = ({ rows }: OpenInvoice, draft: PaymentFields, owner: string, ownerId: string): void => {
  const { amount, date, currency } = draft
  const twin = rows.find(
    ({ Amount, DatePaid, Reference }) =>
      stampIn(Reference) === undefined && same(Amount ?? '0', amount) && ['', date].includes(dayOf(DatePaid)),
  )
  if (!twin) return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_payment_exists',
    message: `somebody entered a payment of ${show(amount)} ${currency} on ${date} on this ${owner} in Cin7`,
    remedy:
      'If it is the same payment, link the two (POST …/matches/accept with the target named here). If not, change its date or reference in Cin7. Then replay.',
    facts: { target: `${ownerId}/${twin.ID}`, cin7Reference: twin.Reference },
  })
}

/** What is open for this payment: the total less all others. */
const refuseBeyond = (
  { number, total, rows }: OpenInvoice,
  draft: PaymentFields,
  isThis: (payment: PaymentRow) => boolean,
): void => {
  const others = rows.filter((payment) => !isThis(payment))
  const open = subtract(total, add('0', ...others.map(({ Amount }) => Amount ?? '0')))
  if (draft.over === 'credit' || atMost(draft.amount, open)) return
  throw rejected(
    'payment_beyond_invoice',
    `the payment of ${show(draft.amount)} ${draft.currency} is more than the ${show(open)} ${draft.currency} that are open on invoice ${number}`,
    'Correct the payment in the source, or set overpaid to "credit" so that the whole payment is sent and Cin7 keeps the rest as credit; then replay.',
  )
}

const shows = (row: Payment, draft: PaymentFields): boolean =>
  isOver(row, draft.amount) && dayOf(row.DatePaid) === draft.date && sameWord(row.Account, draft.account)

const isOver = ({ Amount }: Payment, amount: Decimal): boolean => same(Amount ?? '0', amount)

/** What somebody changed on the payment in Cin7 since we carried it, in words. */
export const paymentEdits = ({ facts }: TargetRef, { Amount, DatePaid, Account }: Payment): string[] => {
  const { amount = '0', date = '', account = '' } = facts
  const said: [boolean, string][] = [
    [!same(Amount ?? '0', amount), `it is over ${show(Amount ?? '0')} there`],
    [dayOf(DatePaid) !== date, `it is dated ${dayOf(DatePaid)} there`],
    [!sameWord(Account, account), `it is on account ${Account} there`],
  ]
  return said.flatMap(([happened, words]) => (happened ? [words] : []))
}

/** A person decides. */
const refuseIfEdited = (target: TargetRef, known: Payment): void => {
  const [edit] = paymentEdits(target, known)
  if (edit) throw changed(target, edit)
}

const changed = ({ number: name }: TargetRef, what: string): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_payment_changed',
    message: `the source changed, and so did the payment ${name} in Cin7: ${what}`,
    remedy: 'Nothing was changed. Make the payment right in Cin7 by hand, then resolve this record.',
    facts: { payment: name, happened: what },
  })
