import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { TargetApi, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { hasCode } from './absence'
import { post } from './client'
import { keptBody } from './txn-body'
import { findMarked } from './txn-find'
import { stampIn } from './txn-note'
import {
  answerOf,
  codeOf,
  type Known,
  linesOf,
  orderLinks,
  pathOf,
  readTxn,
  type Txn,
  type TxnKind,
} from './txn-shapes'

/** How often a write is put on top of what somebody else has just saved. */
const TRIES = 3

export const refOf = (txn: Txn, facts: Record<string, string> = {}): TargetRef => ({
  id: txn.Id,
  number: txn.DocNumber || txn.Id,
  facts,
})

/** `body` has our marker in its note, which is how it is found again. `more` = further parameters. */
export const createTxn = async (
  api: TargetApi,
  kind: TxnKind,
  { body, more = {}, ...known }: { body: object; number: string; date: string; more?: Record<string, string> },
): Promise<Txn> => {
  const { txn } = await api.step({
    name: kind.type,
    keyed: true,
    call: (key) => post(api, pathOf(kind), body, key, more),
    answer: answerOf(kind),
    find: async () => {
      const found = await findMarked(api, kind, known)
      return found && { txn: found }
    },
    born: ({ txn }) => refOf(txn),
  })
  return txn
}

interface Rewrite {
  /** Name of the step. */
  step: string
  id: string
  /** The whole object to send, from what stands there now. */
  body(known: Known): object
  /** Whether it shows what was wanted. */
  holds(txn: Txn): boolean
  /** Whether what somebody else has just saved may be written over; it throws where not. */
  check?(txn: Txn): Promise<void>
  /** What was read already. */
  known?: Known
  more?: Record<string, string>
}

/** Read, merge, write with the SyncToken that was read; where somebody was faster (5010), again on top of what they saved. */
export const rewriteTxn = async (
  api: TargetApi,
  kind: TxnKind,
  { step, id, body, holds, check, known: first, more = {} }: Rewrite,
): Promise<Txn> => {
  let known = first ?? (await theTxn(api, kind, id))
  for (let tries = 1; ; tries += 1) {
    try {
      const sent = { ...body(known), Id: known.txn.Id, SyncToken: known.txn.SyncToken }
      const { txn } = await api.step({
        name: step,
        keyed: true,
        call: (key) => post(api, pathOf(kind), sent, key, more),
        answer: answerOf(kind),
        find: async () => {
          const { txn: now } = await theTxn(api, kind, id)
          return holds(now) ? { txn: now } : null
        },
      })
      return txn
    } catch (thrown) {
      if (!hasCode(thrown, 'quickbooks_stale_object') || tries === TRIES) throw thrown
      known = await theTxn(api, kind, id)
      // It was ourselves: a write whose answer was lost, and that no look-up has shown.
      if (holds(known.txn)) return known.txn
      await check?.(known.txn)
    }
  }
}

export const theTxn = async (api: ReadApi, kind: TxnKind, id: string, number = id): Promise<Known> => {
  const known = await readTxn(api, kind, id)
  if (known) return known
  throw gone(kind, number)
}

/** What a person took away is not made again by itself. */
const gone = (kind: TxnKind, number: string): Failed =>
  new Failed({
    kind: 'conflict',
    code: codeOf(kind, 'gone'),
    message: `the ${kind.words} ${number} was deleted in QuickBooks`,
    remedy: `It is not made again by itself. If it is to stand in QuickBooks, replay with newGeneration; if it was deleted on purpose, resolve this record.`,
    facts: { id: number },
  })

const Deleted = (kind: TxnKind) =>
  z.preprocess(
    (answer) => {
      const { [kind.entity]: txn, id } = Object(answer)
      return { id: Object(txn).Id ?? id }
    },
    z.object({ id: z.string() }),
  )

/**
 * A linked one has to be unlinked before it can be deleted (sheet 11, 12). One that somebody has deleted meanwhile is gone as well.
 * `after` = what is to be known of it then.
 */
export const deleteTxn = async (
  api: TargetApi,
  kind: TxnKind,
  { id, number }: Pick<TargetRef, 'id' | 'number'>,
  after?: Record<string, string>,
): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const known = await readTxn(api, kind, id)
    const { SyncToken } =
      known && isLinked(known.txn) ? await unlink(api, kind, known) : (known?.txn ?? { SyncToken: '0' })
    try {
      await api.step({
        name: 'delete',
        keyed: true,
        call: (key) => post(api, pathOf(kind), { Id: id, SyncToken }, key, { operation: 'delete' }),
        answer: Deleted(kind),
        find: async () => ((await readTxn(api, kind, id)) ? null : { id }),
        ...(after && { born: () => ({ id, number, facts: after }) }),
      })
      return
    } catch (thrown) {
      if (GONE.some((code) => hasCode(thrown, code))) return
      if (!hasCode(thrown, 'quickbooks_stale_object') || tries === TRIES) throw thrown
    }
  }
}

const GONE = ['quickbooks_not_found', 'quickbooks_missing_or_inactive']

const isLinked = (txn: Txn): boolean =>
  orderLinks(txn).length > 0 || linesOf(txn).some((line) => orderLinks(line).length > 0)

const unlink = (api: TargetApi, kind: TxnKind, known: Known): Promise<Txn> =>
  rewriteTxn(api, kind, {
    step: 'unlink',
    id: known.txn.Id,
    known,
    body: (now) => {
      const { LinkedTxn: _, Line, ...rest } = keptBody(now)
      return { ...rest, Line: z.array(z.record(z.string(), z.unknown())).parse(Line).map(unlinked) }
    },
    holds: (txn) => !isLinked(txn),
  })

const unlinked = ({ LinkedTxn: _, ...line }: Record<string, unknown>) => line

/** Ours already: a write of ours whose answer was lost. */
export const holdsStamp =
  (stamp: string) =>
  ({ PrivateNote }: Txn): boolean =>
    stampIn(PrivateNote) === stamp
