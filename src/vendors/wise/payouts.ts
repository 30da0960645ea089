import { z } from 'zod'
import { Failed, type Failure, rejected, toFailure } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { Offer } from '../../core/guard'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { uuidOf } from '../../lib/ids'
import { atMost, show } from '../../lib/money'
import { fitReference } from './form-check'
import { fundedSoFar, fundStep } from './funding'
import { FUNDING_CHECK_MS } from './meanings'
import { payoutBooks } from './payout-books'
import { balancePrice, type Price, previewPrice } from './price'
import { isFresh, type Quote, quoteStep, readPreview, type Wanted } from './quotes'
import { readTransferForms } from './requirements'
import type { Transfer } from './transfer-reads'
import { cancelStep, createStep } from './transfers'

/** So much to a recipient, out of the balance in `source`. */
export const PayoutDraft = z.lazy(() =>
  z.object({
    /** Another one each time that it is asked for: what makes a payment the same payment. */
    payment: z.string(),
    recipient: z.string(),
    source: z.string(),
    target: z.string(),
    /** What the recipient gets. */
    amount: z.string(),
    reference: z.string(),
    more: z.record(z.string(), z.string()),
    /** Ms since 1970; it was not asked for before. */
    since: z.number(),
    /** What a person approves, beside the price. */
    terms: z.record(z.string(), z.string()),
  }),
)
export type PayoutDraft = z.infer<typeof PayoutDraft>

/** Rounds begin only where the price of the one before has ended. */
const MOST_ROUNDS = 20

const wantedOf = ({ source, target, amount }: PayoutDraft): Wanted => ({ source, target, fixed: 'target', amount })

/** What it would cost, without a trace at Wise. */
export const offerOf = async (api: ReadApi, draft: PayoutDraft): Promise<Offer> =>
  offered(draft, previewPrice(await readPreview(api, wantedOf(draft))))

const offered = ({ terms }: PayoutDraft, price: Price): Offer => ({
  terms,
  cost: { amount: price.source, currency: price.sourceCurrency },
  price: figuresOf(price),
})

const figuresOf = ({ source, fee, target, rate, sourceCurrency, targetCurrency, expiresAt }: Price) => ({
  source: `${show(source)} ${sourceCurrency}`,
  fee: `${show(fee)} ${sourceCurrency}`,
  target: `${show(target)} ${targetCurrency}`,
  rate,
  ...(Number.isFinite(expiresAt) && { expires: new Date(expiresAt).toISOString() }),
})

const create = async (api: TargetApi, draft: PayoutDraft): Promise<TargetRef> => {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const made = await cautiously(api, round, (order) => payOnce(api, draft, round, order))
    if (made) return made
  }
  throw rejected(
    'wise_quotes_expired',
    `the price has ended ${MOST_ROUNDS} times before it could be paid`,
    'Nothing was paid. Look why this connection is so slow, then ask for the payment anew.',
  )
}

const names = (round: number) => ({
  quote: `quote-${round}`,
  transfer: `transfer-${round}`,
  fund: `fund-${round}`,
  cancel: `cancel-${round}`,
})

/** Quote, transfer and money at one price. Undefined = it has ended, and nothing is left of it: another one is asked for. */
const payOnce = async (
  api: TargetApi,
  draft: PayoutDraft,
  round: number,
  known: Order,
): Promise<TargetRef | undefined> => {
  const { quote: name, transfer: transferName } = names(round)
  const hasBegun = ['sent', 'done', 'told'].includes(api.stepState(transferName) ?? '')
  if (!hasBegun) refuseIfWithdrawn(api)
  const quote = await api.step(quoteStep(api, name, { ...wantedOf(draft), recipient: draft.recipient }))
  const price = balancePrice(quote)
  if (!hasBegun) {
    if (!isFresh(quote, now())) return undefined
    refuseUnlessAllowed(api, draft, price)
  }
  const transfer = await order(api, draft, quote, round)
  if (!transfer) return undefined
  known.id = transfer.id
  return (await settle(api, transfer.id, quote, round)) ? refOf(transfer, quote, price) : undefined
}

/** Also once its transfer was cancelled because of that: then another round would begin. */
const refuseIfWithdrawn = (api: TargetApi): void => {
  const message = api.withdrawn()
  if (message === undefined) return
  const remedy = 'Nothing was paid. Ask for it anew, if it is to be paid after all.'
  throw new Failed({ kind: 'withdrawn', code: 'payment_withdrawn', message, remedy })
}

const refuseUnlessAllowed = (api: TargetApi, draft: PayoutDraft, price: Price): void => {
  const allowed = api.allowed()
  if (!allowed) throw rejected('guard_not_reserved', 'no limit holds this payment', 'Report it; nothing was sent.')
  if (price.sourceCurrency === allowed.currency && atMost(price.source, allowed.amount)) return
  throw new Failed({
    kind: 'waits',
    reason: 'approval',
    code: 'guard_price_moved',
    message: `it costs ${show(price.source)} ${price.sourceCurrency} now, and ${show(allowed.amount)} ${allowed.currency} was approved`,
    remedy: 'Nothing was ordered. Approve it at the new price (GET and POST …/approvals), or ask for less.',
    offer: offered(draft, price),
    waitMs: null,
  })
}

/** Undefined = Wise does not take the price any more. */
const order = async (
  api: TargetApi,
  draft: PayoutDraft,
  quote: Quote,
  round: number,
): Promise<Transfer | undefined> => {
  const name = names(round).transfer
  // A second transfer of the same payment has an id of its own: it is only made where the first was seen cancelled.
  const customerTransactionId = await uuidOf([api.account, api.marker, draft.payment, round].join('|'))
  const reference = api.stepState(name) === 'done' ? '' : await referenceFor(api, draft, quote)
  const { recipient, more, since } = draft
  const order = { recipient, quote: quote.id, customerTransactionId, reference, more, since }
  const { born: _, ...plan } = createStep(api, order)
  try {
    return await api.step({ ...plan, name })
  } catch (thrown) {
    const isRefused = api.stepState(name) === 'refused' && toFailure(thrown).kind === 'rejected'
    if (isRefused && !isFresh(quote, now())) return undefined
    throw thrown
  }
}

const referenceFor = async (api: ReadApi, { recipient, reference, more }: PayoutDraft, quote: Quote): Promise<string> =>
  fitReference(await readTransferForms(api, { recipient, quote: quote.id, details: more }), reference)

/** Pays it, at the price it was ordered at. False = the price has ended before anything was paid, and it is cancelled. */
const settle = async (api: TargetApi, transfer: string, quote: Quote, round: number): Promise<boolean> => {
  const { fund, cancel } = names(round)
  const cancelling = { ...cancelStep(api, transfer), name: cancel }
  if (['sent', 'done'].includes(api.stepState(cancel) ?? '')) return !(await isCancelled(api, cancelling))
  if (await fundedSoFar(api, transfer)) return true
  if (api.withdrawn() !== undefined) return !(await isCancelled(api, cancelling))
  const isOver = !isFresh(quote, now())
  if (isOver && [undefined, 'deferred'].includes(api.stepState(fund))) return !(await isCancelled(api, cancelling))
  // Somebody may be about to fund it on wise.com: from here on it is only watched.
  if (isOver) throw new Failed(awaiting(transfer, 'its price has ended'))
  await api.step({ ...fundStep(api, transfer), name: fund, find: () => fundedAtItsPrice(api, transfer, quote) })
  return true
}

const isCancelled = async (api: TargetApi, plan: ReturnType<typeof cancelStep>): Promise<true> => {
  const { id, status } = await api.step(plan)
  if (['cancelled', 'funds_refunded'].includes(status)) return true
  throw new Failed(awaiting(id, `it was to be cancelled and is ${status}`))
}

/** What was sent without an answer is not sent again once the price has ended. */
const fundedAtItsPrice = async (api: ReadApi, transfer: string, quote: Quote) => {
  const funded = await fundedSoFar(api, transfer)
  if (funded || isFresh(quote, now())) return funded
  throw new Failed(awaiting(transfer, 'its price has ended'))
}

/** The transfer of a round, once it is known. */
interface Order {
  id: string
}

const PASSING: Failure['kind'][] = ['throttled', 'transient', 'uncertain', 'unauthorised']

/** Once an order may stand at Wise, nothing but its being cancelled proves that it was not paid: everything else waits and looks. */
const cautiously = async <T>(api: TargetApi, round: number, work: (order: Order) => Promise<T>): Promise<T> => {
  const order: Order = { id: '' }
  try {
    return await work(order)
  } catch (thrown) {
    const failure = toFailure(thrown)
    const stands = ['sent', 'done', 'told'].includes(api.stepState(names(round).transfer) ?? '')
    if (!stands || PASSING.includes(failure.kind) || failure.code === 'wise_transfer_cancelled') throw thrown
    if (failure.kind === 'waits' && failure.reason === 'funding' && failure.code === AWAITING) throw thrown
    throw new Failed({
      ...awaiting(order.id, failure.message),
      code: failure.kind === 'bug' ? AWAITING : failure.code,
      remedy: failure.kind === 'bug' ? REMEDY : failure.remedy,
    })
  }
}

const AWAITING = 'wise_awaiting_funding'
const REMEDY =
  'Fund it on wise.com, or cancel it there. It goes on by itself once Wise says what became of it; nothing else is sent.'

const awaiting = (transfer: string, why: string): Failure => ({
  kind: 'waits',
  reason: 'funding',
  code: AWAITING,
  message: [`transfer ${transfer} waits for its money`, why].join(': '),
  remedy: REMEDY,
  waitMs: FUNDING_CHECK_MS,
})

const refOf = ({ id }: Transfer, quote: Quote, price: Price): TargetRef => ({
  id,
  number: id,
  facts: { quote: quote.id, ...figuresOf(price) },
})

/** A payment that was made stays as it is: Wise changes none, and takes none back once it is sent. */
export const payouts: Target<PayoutDraft> = {
  vendor: 'wise',
  type: 'transfer',
  draft: PayoutDraft,
  create,
  ...payoutBooks,
}
