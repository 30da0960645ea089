import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { TargetApi } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { query, quoted } from './client'
import { hasMarker } from './txn-note'
import { codeOf, Txn, type TxnKind } from './txn-shapes'

const PAGE = 1000

/**
 * The transaction that carries our marker. A note cannot be asked for (sheet 7), so those of its number are looked through, and
 * then those of its day: a company that numbers by itself may have given another number.
 */
export const findMarked = async (
  api: TargetApi,
  kind: TxnKind,
  { number, date }: { number: string; date: string },
): Promise<Txn | null> => {
  const byNumber = number === '' ? [] : await marked(api, kind, `DocNumber = ${quoted(number)}`)
  const found = byNumber.length > 0 ? byNumber : await marked(api, kind, `TxnDate = ${quoted(date)}`)
  if (found.length > 1) throw twice(kind, found)
  return found[0] ?? null
}

const marked = async (api: TargetApi, kind: TxnKind, where: string): Promise<Txn[]> =>
  (await readWhere(api, kind, where)).filter(({ PrivateNote }) => hasMarker(PrivateNote, api.marker))

/** All that fit, each once: a list that moves while it is read shows some twice. */
const readWhere = async (api: ReadApi, kind: TxnKind, where: string): Promise<Txn[]> => {
  const byId = new Map<string, Txn>()
  for (let start = 1; ; start += PAGE) {
    const rows = await readRows(api, kind, `WHERE ${where} STARTPOSITION ${start} MAXRESULTS ${PAGE}`)
    for (const row of rows) byId.set(row.Id, row)
    if (rows.length < PAGE) return [...byId.values()]
  }
}

/** Without rows, the key of the entity is absent (sheet 7). */
export const readRows = async (api: ReadApi, { entity }: TxnKind, rest: string): Promise<Txn[]> => {
  const shape = z.object({ QueryResponse: z.object({ [entity]: z.array(Txn).optional() }) })
  return (await api.read(query(api, `SELECT * FROM ${entity} ${rest}`), shape)).QueryResponse[entity] ?? []
}

const twice = (kind: TxnKind, found: Txn[]): Failed =>
  new Failed({
    kind: 'conflict',
    code: codeOf(kind, 'twice'),
    message: `${found.length} ${kind.words}s in QuickBooks carry the mark of this record`,
    remedy: `Delete the ${kind.words} that is not right in QuickBooks, or take the line that begins with "mlc:" out of its memo; then replay.`,
    facts: { ids: found.map(({ Id }) => Id).join(', ') },
  })
