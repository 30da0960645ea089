import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { printOf } from '../../lib/print'
import { agreedFact, agreedIn, beginsWithLines, inWords, isAsAgreed, orderLinesOf } from './order-lines'
import { refTo } from './shapes'
import { keptBody, mergedBody, newBody } from './txn-body'
import { bookedTxn, txnPage } from './txn-books'
import { TxnDraft } from './txn-draft'
import { marked, noteFor, stampIn, stampOf } from './txn-note'
import { finished, isTakenBack, settle } from './txn-settle'
import { type Known, linesOf, nameOf, ORDER, readTxn, type Txn } from './txn-shapes'
import { createTxn, deleteTxn, rewriteTxn, theTxn } from './txn-steps'
import { adoptTxn } from './txn-target'

export const OrderDraft = TxnDraft.extend({
  /** '' = none. */
  dueDate: z.string(),
  term: z.string(),
  /** False where nothing more is expected of it: then it is closed, so that it commits to nothing. */
  open: z.boolean(),
  /** Where it was changed in QuickBooks as well since both sides agreed: `ask` a person, or one side wins. */
  wins: z.enum(['ask', 'source', 'target']),
  /** What the source's order says, as text: a print of it is kept, to tell later whether the source has changed too. */
  source: z.string(),
  /** Kept with the link as it is, for the flow that goes back. */
  keep: z.string(),
  /** So many lines from the first on stand for the source's own; others (tax, rounding) are added. */
  rows: z.number().int(),
})
export type OrderDraft = z.infer<typeof OrderDraft>

/** Purchase orders of QuickBooks (sheet 12). They book nothing; what is open is what is committed. */
export const purchaseOrders = {
  vendor: 'quickbooks',
  type: ORDER.type,
  draft: OrderDraft,

  create: (api, draft) => make(api, draft),

  /** Follows the source until it is billed; what shows this content already, because it came from here, is left alone. */
  async update(api, target, draft) {
    if (isTakenBack(target)) return make(api, draft)
    const stamp = await contentStamp(draft)
    const known = await theTxn(api, ORDER, target.id, target.number)
    const source = await printOf(draft.source)
    if (target.facts.stamp === stamp)
      return withStatus(api, draft, known.txn, { ...target, facts: { ...target.facts, source, kept: draft.keep } })
    if (isWritten(known.txn, draft, stamp))
      return ended(api, draft, await settle(api, ORDER, draft, known.txn, false), stamp)
    if (shows(known.txn, draft)) return ended(api, draft, known.txn, stamp)
    if (isBilled(known.txn) && isCarriedBack(known.txn, target, source))
      return withStatus(api, draft, known.txn, { ...target, facts: { ...target.facts, stamp, kept: draft.keep } })
    if (mayWriteOver(known.txn, target, draft, source) === 'leave') return target
    const changed = await rewriteTxn(api, ORDER, {
      step: ORDER.type,
      id: target.id,
      known,
      check: async (txn) => refuseIfTouched(txn, target, draft, source),
      body: (now) => mergedBody(now, draft, noteFor(now.txn.PrivateNote, draft.memo, api.marker, stamp), own(draft)),
      holds: (txn) => isWritten(txn, draft, stamp),
    })
    return ended(api, draft, await settle(api, ORDER, draft, changed, false), stamp)
  },

  /** `how` = `close`: it stays visible and commits to nothing. Otherwise it is deleted. */
  async remove(api: TargetApi, target: TargetRef, how?: string): Promise<void> {
    if (isTakenBack(target)) return
    const known = await readTxn(api, ORDER, target.id)
    if (!known) return
    if (how === 'close') return void (await setStatus(api, known, 'Closed'))
    if (isBilled(known.txn)) throw billed(known.txn, '0')
    refuseIfChanged(known.txn, target, '0')
    await deleteTxn(api, ORDER, target)
  },

  list: (api, cursor) => txnPage(api, ORDER, cursor),
  booked: (api, target) => bookedTxn(api, ORDER, target),
  adopt: (api, id) => adoptTxn(api, ORDER, id),
} satisfies Target<OrderDraft>

const make = async (api: TargetApi, draft: OrderDraft): Promise<TargetRef> => {
  const stamp = await contentStamp(draft)
  const note = marked(draft.memo, api.marker, stamp)
  const { number, date } = draft
  const made = await createTxn(api, ORDER, { body: newBody(draft, note, own(draft)), number, date })
  return ended(api, draft, await settle(api, ORDER, draft, made, true), stamp)
}

const own = ({ dueDate, term }: OrderDraft) => ({
  ...(dueDate !== '' && { DueDate: dueDate }),
  ...(term !== '' && { SalesTermRef: refTo(term) }),
})

/** Of what stands in the order itself. */
const contentStamp = ({ open: _, wins: __, source: ___, keep: ____, ...content }: OrderDraft): Promise<string> =>
  stampOf(content)

const isBilled = ({ LinkedTxn }: Txn): boolean => (LinkedTxn ?? []).some(({ TxnType }) => TxnType === 'Bill')

const isClosed = ({ POStatus }: Txn): boolean => POStatus === 'Closed'

/** By us, with this content. The note alone does not say so: it stays when somebody changes the lines. */
const isWritten = (txn: Txn, draft: OrderDraft, stamp: string): boolean =>
  stampIn(txn.PrivateNote) === stamp && beginsWithLines(txn, draft)

/** Goods and dates are as they are wanted, whoever wrote them. */
const shows = (txn: Txn, draft: OrderDraft): boolean =>
  beginsWithLines(txn, draft) &&
  linesOf(txn).length === draft.lines.length &&
  txn.TxnDate === draft.date &&
  (draft.dueDate === '' || txn.DueDate === draft.dueDate)

/**
 * `leave`: the other flow carries it back, because that side wins, or because nothing but the carrying back itself has changed the
 * source since both sides agreed.
 */
const mayWriteOver = (txn: Txn, target: TargetRef, draft: OrderDraft, source: string): 'write' | 'leave' => {
  if (isBilled(txn)) throw billed(txn, draft.total)
  if (!isChanged(txn, target)) return 'write'
  if (target.facts.source === source) return 'leave'
  if (draft.wins === 'ask') throw changed(txn, target, draft.total)
  return draft.wins === 'source' ? 'write' : 'leave'
}

/** Somebody was faster than our write: what can be left to the other flow is left to the next look. */
const refuseIfTouched = (txn: Txn, target: TargetRef, draft: OrderDraft, source: string): void => {
  if (mayWriteOver(txn, target, draft, source) === 'leave') throw changed(txn, target, draft.total)
}

/** Both sides agree since then; tax that the source computed anew is not written under a bill, since an order books nothing. */
const isCarriedBack = (txn: Txn, target: TargetRef, source: string): boolean =>
  target.facts.stamp === '' && target.facts.source === source && !isChanged(txn, target)

const isChanged = (txn: Txn, { facts }: TargetRef): boolean => {
  const agreed = agreedIn(facts)
  return agreed !== undefined && (!isAsAgreed(txn, agreed) || (isClosed(txn) && facts.open === 'yes'))
}

const refuseIfChanged = (txn: Txn, target: TargetRef, sourceTotal: string): void => {
  if (isChanged(txn, target)) throw changed(txn, target, sourceTotal)
}

/** The facts are those of its content; the status comes last, since a closed order takes no changes for granted (sheet 12). */
const ended = async (api: TargetApi, draft: OrderDraft, txn: Txn, stamp: string): Promise<TargetRef> => {
  const { facts, ...ref } = await finished(txn, draft, stamp)
  const known = { ...facts, agreed: agreedFact(txn, draft.rows), source: await printOf(draft.source), kept: draft.keep }
  return withStatus(api, draft, txn, { ...ref, facts: known })
}

/** An order whose goods are all billed closes by itself, and stays so; one that a person closed is left to the person. */
const withStatus = async (api: TargetApi, draft: OrderDraft, txn: Txn, target: TargetRef): Promise<TargetRef> => {
  const wasOurs = target.facts.open === 'no'
  if (!draft.open && !isClosed(txn)) await setStatus(api, await theTxn(api, ORDER, txn.Id), 'Closed')
  if (draft.open && wasOurs && isClosed(txn) && !isBilled(txn))
    await setStatus(api, await theTxn(api, ORDER, txn.Id), 'Open')
  return { ...target, facts: { ...target.facts, open: draft.open ? 'yes' : 'no' } }
}

const setStatus = (api: TargetApi, known: Known, POStatus: 'Open' | 'Closed'): Promise<Txn> =>
  rewriteTxn(api, ORDER, {
    step: POStatus === 'Closed' ? 'close' : 'reopen',
    id: known.txn.Id,
    known,
    body: (now) => ({ ...keptBody(now), POStatus }),
    holds: (txn) => isClosed(txn) === (POStatus === 'Closed'),
  })

const billed = (txn: Txn, sourceTotal: string): Failed => {
  const name = nameOf(ORDER, txn)
  return new Failed({
    kind: 'conflict',
    code: 'quickbooks_purchase_order_billed',
    message: `the source changed, but bills in QuickBooks take from ${name} already`,
    remedy: `Nothing was changed. Take ${name} off its bills in QuickBooks and replay, or correct it there by hand and resolve this record.`,
    facts: { sourceTotal, quickbooksTotal: txn.TotalAmt, number: txn.DocNumber },
  })
}

const changed = (txn: Txn, { facts }: TargetRef, sourceTotal: string): Failed => {
  const name = nameOf(ORDER, txn)
  return new Failed({
    kind: 'conflict',
    code: 'quickbooks_purchase_order_changed',
    message: `the source changed, and so did ${name} in QuickBooks: ${isClosed(txn) ? 'it was closed there' : 'other goods, quantities or prices'}`,
    remedy: `Nothing was changed. Make both sides say the same and replay; or choose in the setting orders.wins which side is right, then replay.`,
    facts: {
      sourceTotal,
      carriedTotal: facts.total ?? '',
      quickbooksTotal: txn.TotalAmt,
      agreed: inWords(agreedIn(facts)?.lines ?? []),
      quickbooks: inWords(orderLinesOf(txn)),
      number: txn.DocNumber,
    },
  })
}
