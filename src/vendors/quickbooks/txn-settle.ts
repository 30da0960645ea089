import { z } from 'zod'
import type { Difference } from '../../core/failure'
import type { TargetApi, TargetRef } from '../../core/flow'
import { abs, atMost, decimalsOf, isZero, same, show, subtract } from '../../lib/money'
import { keptBody, lineOf } from './txn-body'
import type { TxnDraft } from './txn-draft'
import { type Known, nameOf, type Txn, type TxnKind } from './txn-shapes'
import { shownOf } from './txn-shown'
import { deleteTxn, refOf, rewriteTxn } from './txn-steps'

/** It was made, did not come to the source's total, and was deleted again: the next attempt makes it anew. */
export const TAKEN_BACK = { takenBack: 'yes' }

export const isTakenBack = ({ facts }: TargetRef): boolean => facts.takenBack !== undefined

/** How a rounding line is named in QuickBooks. */
const ROUNDING = 'Rounding'

const CENTS = 2

/**
 * QuickBooks computes tax and total when it books, and shows them first in its answer. A difference within the limit becomes a line
 * of its own; beyond it, a new transaction is deleted again, and a changed one is left with both figures said.
 */
export const settle = async (
  api: TargetApi,
  kind: TxnKind,
  draft: TxnDraft,
  made: Txn,
  isNew: boolean,
): Promise<Txn> => {
  const off = subtract(draft.total, made.TotalAmt)
  if (isZero(off)) return made
  const settled = fits(off, draft) ? await round(api, kind, draft, made, off) : made
  const differences = differencesOf(draft, settled)
  if (differences.length > 0 && isNew) await takeBack(api, kind, settled)
  const stands = `${nameOf(kind, made)} over ${show(settled.TotalAmt)} ${draft.currency}; correct it in QuickBooks, or correct the cause and replay`
  api.refuseUnless(differences, isNew ? `nothing, ${nameOf(kind, made)} was deleted again` : stands)
  return settled
}

const fits = (off: string, { rounding }: TxnDraft): boolean =>
  rounding !== null && decimalsOf(off) <= CENTS && atMost(abs(off), rounding.limit)

const differencesOf = ({ total, currency }: TxnDraft, { TotalAmt }: Txn): Difference[] =>
  same(total, TotalAmt) ? [] : [{ what: 'total', source: total, target: TotalAmt, currency }]

const round = (api: TargetApi, kind: TxnKind, draft: TxnDraft, made: Txn, off: string): Promise<Txn> =>
  rewriteTxn(api, kind, {
    step: 'rounding',
    id: made.Id,
    body: (known) => ({ ...keptBody(known), Line: [...rowsOf(known), roundingLine(draft, off)] }),
    holds: ({ TotalAmt }) => same(TotalAmt, draft.total),
  })

const rowsOf = ({ raw }: Known) => z.array(z.unknown()).parse(raw.Line ?? [])

const roundingLine = ({ rounding }: TxnDraft, off: string) =>
  lineOf({
    detail: { kind: 'account', account: rounding?.account ?? '' },
    amount: off,
    description: ROUNDING,
    class: '',
    taxCode: rounding?.taxCode ?? '',
    order: null,
  })

const takeBack = (api: TargetApi, kind: TxnKind, made: Txn): Promise<void> =>
  deleteTxn(api, kind, refOf(made), TAKEN_BACK)

/** What the next change has to know. */
export const finished = async (txn: Txn, draft: TxnDraft, stamp: string): Promise<TargetRef> =>
  refOf(txn, { total: draft.total, currency: draft.currency, stamp, token: txn.SyncToken, ...(await shownOf(txn)) })
