import { csv } from '../../lib/csv'
import { type AuditFilter, type AuditRow, listAudit } from '../../store/audit'
import type { Db } from '../../store/config'

/** Entries read at a time. */
const PAGE = 1000

const HEAD = [
  'sequence',
  'time',
  'kind',
  'actor',
  'actor id',
  'integration',
  'flow',
  'outcome',
  'source number',
  'source id',
  'target number',
  'target id',
  'code',
  'text',
  'remedy',
  'calls',
  'details',
  'record',
  'correlation',
  'body hash',
]

const cellsOf = ({ seq, entry }: AuditRow): string[] => [
  String(seq),
  new Date(entry.at).toISOString(),
  entry.kind,
  entry.actor.by,
  entry.actor.id ?? '',
  entry.integration ?? '',
  entry.flow ?? '',
  entry.outcome,
  entry.sourceNumber ?? '',
  entry.sourceId ?? '',
  entry.targetNumber ?? '',
  entry.targetId ?? '',
  entry.code ?? '',
  entry.text ?? '',
  entry.remedy ?? '',
  entry.requests
    .map(({ vendor, method, route, status, ms }) => `${vendor} ${method} ${route} ${status} ${ms}ms`)
    .join('; '),
  entry.details ? JSON.stringify(entry.details) : '',
  entry.record ?? '',
  entry.correlation,
  entry.bodyHash ?? '',
]

/** All entries after the cursor as a table, piece by piece: an audit may be longer than what fits into memory. */
export async function* auditTable(db: Db, tenant: string, filter: Omit<AuditFilter, 'limit'>): AsyncGenerator<string> {
  yield csv([HEAD])
  let cursor = filter.cursor
  for (let full = true; full; ) {
    const rows = await listAudit(db, tenant, { ...filter, cursor, limit: PAGE })
    if (rows.length > 0) yield csv(rows.map(cellsOf))
    cursor = rows.at(-1)?.seq ?? cursor
    full = rows.length === PAGE
  }
}
