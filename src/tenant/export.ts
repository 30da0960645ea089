import { z } from 'zod'
import { tidingsRow } from '../core/job'
import type { Exported, ExportedTable } from '../core/tenant'
import { type DataKey, unsealDocument } from '../lib/seal'
import { Steps } from './write'

/** A page travels in one answer of the object; opened documents are large. */
const ROWS: Record<ExportedTable, number> = { links: 500, writes: 200, documents: 20, tidings: 100 }

const Place = z.array(z.string())

/** What this object holds of its tenant, opened, and without what is ours: no seals, no secrets. A page per call. */
export const exportPage = async (
  sql: SqlStorage,
  key: DataKey,
  table: ExportedTable,
  after: string | null,
): Promise<Exported> => {
  const place = after === null ? null : Place.parse(JSON.parse(after))
  const found = await pages[table](sql, key, place, ROWS[table])
  const last = found.length === ROWS[table] ? found.at(-1) : undefined
  return { rows: found.map(({ row }) => JSON.stringify(row)), next: last ? JSON.stringify(last.place) : null }
}

interface Found {
  row: Record<string, unknown>
  /** Its key: the next page begins after it. */
  place: string[]
}

type Page = (sql: SqlStorage, key: DataKey, after: string[] | null, limit: number) => Promise<Found[]>

const links: Page = async (sql, _, after, limit) => {
  const query = `select * from links where (integration, flow, source_id, variant) > (?, ?, ?, ?)
    order by integration, flow, source_id, variant limit ?`
  type Row = { integration: string; flow: string; source_id: string; variant: string }
  const rows = sql.exec<Row>(query, ...(after ?? ['', '', '', '']), limit).toArray()
  return rows.map((row) => ({ row, place: [row.integration, row.flow, row.source_id, row.variant] }))
}

const writes: Page = async (sql, _, after, limit) => {
  const query = `select key, op, variant, state, opened_at, done_at, fingerprint, version, steps from writes where key > ?
    order by key limit ?`
  const rows = sql.exec<{ key: string; steps: string }>(query, ...(after ?? ['']), limit).toArray()
  return rows.map((row) => ({ row: { ...row, steps: unsealed(row.steps) }, place: [row.key] }))
}

const unsealed = (steps: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(Steps.parse(JSON.parse(steps))).map(([name, { sealed: _, ...step }]) => [name, step]),
  )

const documents: Page = async (sql, data, after, limit) => {
  const query = 'select key, hash, read_at, body from documents where key > ? order by key limit ?'
  type Row = { key: string; hash: string; read_at: number; body: string }
  const rows = sql.exec<Row>(query, ...(after ?? ['']), limit).toArray()
  return Promise.all(
    rows.map(async ({ body, ...row }) => ({
      row: { ...row, body: await opened(data, row.key, body) },
      place: [row.key],
    })),
  )
}

const tidings: Page = async (sql, data, after, limit) => {
  const query = `select record, key, sealed, at from tidings where (record, key) > (?, ?) order by record, key limit ?`
  type Row = { record: string; key: string; sealed: string; at: number }
  const rows = sql.exec<Row>(query, ...(after ?? ['', '']), limit).toArray()
  return Promise.all(
    rows.map(async ({ sealed, ...row }) => ({
      row: { ...row, body: await opened(data, tidingsRow(row.record, row.key), sealed) },
      place: [row.record, row.key],
    })),
  )
}

const opened = async (data: DataKey, row: string, sealed: string): Promise<unknown> =>
  JSON.parse(await unsealDocument(data, row, sealed))

const pages: Record<ExportedTable, Page> = { links, writes, documents, tidings }
