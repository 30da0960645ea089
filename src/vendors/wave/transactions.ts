import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { StepPlan, Target, TargetApi, TargetRef } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import type { Call } from '../../core/vendor'
import { add, atMost, type Decimal, decimalsOf, isDecimal, negate, same } from '../../lib/money'
import { asPosted, figuresOf } from './as-posted'
import { bareNumber, businessId } from './ids'
import { mutation } from './mutations'

/** Positive, in the currency of the anchor's account. */
const amount = z.string().refine(isDecimal, 'not a decimal number')

/**
 * A movement on an account that holds money, and what it was for. `deposit` debits the anchor and `withdrawal` credits it; the lines
 * say literally which side they are on, since what an increase is depends on the account (sheet section 5).
 */
export const TransactionDraft = z.lazy(() =>
  z.object({
    /** Business date. */
    date: z.string(),
    description: z.string(),
    notes: z.string(),
    /** Of the anchor's account. */
    currency: z.string(),
    /** An account of the kind CASH_AND_BANK, by its GraphQL id. */
    anchor: z.object({ account: z.string(), amount, direction: z.enum(['deposit', 'withdrawal']) }),
    lines: z.array(
      z.object({ account: z.string(), amount, side: z.enum(['debit', 'credit']), description: z.string().default('') }),
    ),
  }),
)
export type TransactionDraft = z.infer<typeof TransactionDraft>
export type TransactionLine = TransactionDraft['lines'][number]

const DIRECTIONS = { deposit: 'DEPOSIT', withdrawal: 'WITHDRAWAL' } as const
const SIDES = { debit: 'DEBIT', credit: 'CREDIT' } as const

/** `externalId` is ours and never shown again; the words are all that a bookkeeper sees. */
export const transactionCall = (api: Pick<TargetApi, 'account' | 'marker'>, draft: TransactionDraft): Call =>
  mutation('moneyTransactionCreate', {
    businessId: businessId(api.account),
    externalId: api.marker,
    date: draft.date,
    description: draft.description,
    notes: draft.notes,
    anchor: {
      accountId: draft.anchor.account,
      amount: draft.anchor.amount,
      direction: DIRECTIONS[draft.anchor.direction],
    },
    lineItems: draft.lines.map(({ account, amount, side, description }) => ({
      accountId: account,
      amount,
      balance: SIDES[side],
      ...(description && { description }),
    })),
  })

const Answer = z.lazy(() =>
  z.object({
    data: z.object({ moneyTransactionCreate: z.object({ transaction: z.object({ id: z.string().min(1) }) }) }),
  }),
)

/**
 * No `find`: nothing at Wave shows a transaction again, and what it makes of a second one with the same `externalId` is not known.
 * So an outcome that is not known waits for a person (design promise 2).
 */
const transactionStep = (api: TargetApi, draft: TransactionDraft): StepPlan<z.infer<typeof Answer>> => ({
  name: 'transaction',
  call: () => transactionCall(api, draft),
  answer: Answer,
  adopt: (id) => ({ data: { moneyTransactionCreate: { transaction: { id } } } }),
  born: (answer) => refOf(answer, draft),
})

/** Nothing shows it again, so what it says in the books is kept with the link. */
const refOf = ({ data }: z.infer<typeof Answer>, draft: TransactionDraft): TargetRef => {
  const { id } = data.moneyTransactionCreate.transaction
  const facts = { date: draft.date, figures: JSON.stringify(transactionFigures(draft)) }
  return { id, number: bareNumber(id, 'Transaction') ?? id, facts }
}

/** Money transactions of one business: made, and never changed, read or taken back, because Wave has no way to do so. */
export const transactions: Target<TransactionDraft> = {
  vendor: 'wave',
  type: 'transaction',
  draft: TransactionDraft,
  async create(api, draft) {
    refuseUnfit(draft)
    return refOf(await api.step(transactionStep(api, draft)), draft)
  },
  ...asPosted,
}

/** Signed as the account of the balance sees it: what comes in is positive. */
export const transactionFigures = ({ anchor, lines, currency }: TransactionDraft): Figures => {
  const sign = (amount: Decimal, isIn: boolean): Decimal => (isIn ? amount : negate(amount))
  const accounts: Record<string, Decimal> = {}
  for (const { account, amount, side } of lines)
    accounts[account] = add(accounts[account] ?? '0', sign(amount, side === 'credit'))
  return { ...figuresOf(sign(anchor.amount, anchor.direction === 'deposit'), currency), accounts }
}

const total = (lines: TransactionLine[], side: TransactionLine['side']): Decimal =>
  add(...lines.filter((line) => line.side === side).map((line) => line.amount), '0')

/** Debits and credits with the anchor among them. */
export const sidesOf = ({ anchor, lines }: TransactionDraft): { debit: Decimal; credit: Decimal } => {
  const own = anchor.direction === 'deposit' ? 'debit' : 'credit'
  const sides = { debit: total(lines, 'debit'), credit: total(lines, 'credit') }
  return { ...sides, [own]: add(sides[own], anchor.amount) }
}

/** Wave would refuse it as well, but in words that help nobody. */
const refuseUnfit = (draft: TransactionDraft): void => {
  const { debit, credit } = sidesOf(draft)
  if (!same(debit, credit)) throw unbalanced(debit, credit)
  const amounts = [draft.anchor, ...draft.lines].map((part) => part.amount)
  const unfit = amounts.find((one) => atMost(one, '0') || decimalsOf(one) > 2)
  if (unfit !== undefined) throw unfitAmount(unfit)
}

const unbalanced = (debit: Decimal, credit: Decimal) =>
  rejected(
    'wave_transaction_unbalanced',
    `debits of ${debit} and credits of ${credit} do not balance`,
    'Nothing was sent. Report it; enter the transaction in Wave by hand, then ignore this record.',
  )

const unfitAmount = (unfit: Decimal) =>
  rejected(
    'wave_amount_unfit',
    `an amount of ${unfit}: Wave takes positive amounts with at most two decimals`,
    'Nothing was sent. Enter the transaction in Wave by hand, then ignore this record.',
  )
