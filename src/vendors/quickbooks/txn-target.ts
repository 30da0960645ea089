import type { Adopted, Listed, TargetApi, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { mergedBody, newBody } from './txn-body'
import type { TxnDraft } from './txn-draft'
import { marked, noteFor, stampIn, stampOf } from './txn-note'
import { finished, isTakenBack, settle } from './txn-settle'
import { readTxn, type Txn, type TxnKind } from './txn-shapes'
import { refuseIfTouched, shownOf } from './txn-shown'
import { createTxn, deleteTxn, holdsStamp, refOf, rewriteTxn, theTxn } from './txn-steps'

/** What a kind of transaction has of its own. */
export interface Writing<D extends TxnDraft> {
  kind: TxnKind
  /** Its own fields of the body. */
  own(draft: D): Record<string, unknown>
  /** Further parameters of a write. */
  more?(draft: D): Record<string, string>
  /** Looks at what QuickBooks made of it. */
  check?(api: TargetApi, draft: D, made: Txn): Promise<void>
}

/** One that books: a bill or a vendor credit. One call for a new one; a read and a call for a change. */
export const postTxn = async <D extends TxnDraft>(
  writing: Writing<D>,
  api: TargetApi,
  draft: D,
): Promise<TargetRef> => {
  const { kind, own, more } = writing
  const stamp = await stampOf(draft)
  const made = await createTxn(api, kind, {
    body: newBody(draft, marked(draft.memo, api.marker, stamp), own(draft)),
    number: draft.number,
    date: draft.date,
    ...(more && { more: more(draft) }),
  })
  return ended(writing, api, draft, made, { stamp, isNew: true })
}

/** Changes what stands, as long as nobody paid or edited it. What already holds this content is left alone. */
export const changeTxn = async <D extends TxnDraft>(
  writing: Writing<D>,
  api: TargetApi,
  target: TargetRef,
  draft: D,
): Promise<TargetRef> => {
  const { kind, own, more } = writing
  if (isTakenBack(target)) return postTxn(writing, api, draft)
  const stamp = await stampOf(draft)
  const known = await theTxn(api, kind, target.id, target.number)
  const end = { stamp, isNew: false }
  // Not as it was carried, yet with this content: our own write, whose answer was lost.
  if (stampIn(known.txn.PrivateNote) === stamp && target.facts.stamp !== stamp)
    return ended(writing, api, draft, known.txn, end)
  await refuseIfTouched(kind, known.txn, target, draft.total)
  const isForgotten = target.facts.shownLines === undefined
  if (stampIn(known.txn.PrivateNote) === stamp && !isForgotten) return target
  const holds = holdsStamp(stamp)
  const changed = await rewriteTxn(api, kind, {
    step: kind.type,
    id: target.id,
    known,
    check: (txn) => refuseIfTouched(kind, txn, target, draft.total),
    body: (now) => mergedBody(now, draft, noteFor(now.txn.PrivateNote, draft.memo, api.marker, stamp), own(draft)),
    // An edit that is written over may have left our stamp: then only a newer token shows that it was.
    holds: (txn) => holds(txn) && !(isForgotten && txn.SyncToken === known.txn.SyncToken),
    ...(more && { more: more(draft) }),
  })
  return ended(writing, api, draft, changed, end)
}

const ended = async <D extends TxnDraft>(
  { kind, check }: Writing<D>,
  api: TargetApi,
  draft: D,
  made: Txn,
  { stamp, isNew }: { stamp: string; isNew: boolean },
): Promise<TargetRef> => {
  const settled = await settle(api, kind, draft, made, isNew)
  await check?.(api, draft, settled)
  return finished(settled, draft, stamp)
}

/** Somebody's, that a person has linked: without our stamp, compared from now on with what it shows. */
export const adoptTxn = async (api: ReadApi, kind: TxnKind, id: string): Promise<Adopted | null> => {
  const known = await readTxn(api, kind, id)
  if (!known) return null
  const { txn } = known
  const currency = txn.CurrencyRef?.value ?? ''
  const facts = { total: txn.TotalAmt, ...(currency && { currency }), ...(await shownOf(txn)) }
  const { DocNumber: number, TxnDate: date, TotalAmt: total } = txn
  return {
    target: refOf(txn, facts),
    terms: { kind: 'dated', number, date, total, currency, party: txn.VendorRef.name ?? '' },
  }
}

/** Deleted, since neither can be voided (sheet 6), and only while nobody worked on it. */
export const removeTxn = async (kind: TxnKind, api: TargetApi, target: TargetRef): Promise<void> => {
  if (isTakenBack(target)) return
  const known = await readTxn(api, kind, target.id)
  if (!known) return
  await refuseIfTouched(kind, known.txn, target, '0')
  await deleteTxn(api, kind, target)
}

/** Events after which one is looked at again. */
export const disturbing = ({ type }: TxnKind): string[] => [`${type}.updated`, `${type}.deleted`, `${type}.voided`]

/** The token changes with all that people do, and with a payment; ours is that of our own last write. */
export const asLeft = ({ row }: Listed, { facts }: TargetRef): boolean => row !== undefined && row === facts.token
