import { z } from 'zod'
import type { Listed } from '../core/flow'
import { ALL_TIME, Booked, Compared, TargetRow, Window } from '../core/reconciliation'

/** Lists are read first, then each record is compared, then what only the lists know. */
const Stage = z.enum(['source', 'target', 'records', 'rest', 'done'])

export interface Progress {
  integration: string
  flow: string
  stage: z.infer<typeof Stage>
  window: Window
  /** Of the list, or the key of the last record. */
  cursor: string
  startedAt: number
  covered: Window | null
  asOf: number | null
}

type ProgressRow = {
  stage: string
  from_date: string
  to_date: string
  cursor: string
  started_at: number
  covered: string | null
  as_of: number | null
}

export const SourceRow = z.object({ id: z.string(), row: z.string(), date: z.string(), number: z.string() })
export type SourceRow = z.infer<typeof SourceRow>

/** Both lists, by id (`targetKey` for targets). */
export interface Lists {
  /** The source's list was read; what it does not show is not there. */
  walked: boolean
  source: Map<string, SourceRow>
  target: Map<string, TargetRow>
}

/** Ids of targets change case between a vendor's endpoints (cin7 sheet section 0). */
export const targetKey = (id: string): string => id.toLowerCase()

type At = Pick<Progress, 'integration' | 'flow'>

/** What a comparison keeps: it can be stopped at any moment and goes on from there. */
export class ReconciliationStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  get({ integration, flow }: At): Progress | undefined {
    const query = 'select * from reconciliations where integration = ? and flow = ?'
    const [row] = this.#sql.exec<ProgressRow>(query, integration, flow).toArray()
    return row && { integration, flow, ...progressOf(row) }
  }

  put({ integration, flow, stage, window, cursor, startedAt, covered, asOf }: Progress): void {
    this.#sql.exec(
      'insert or replace into reconciliations values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      integration,
      flow,
      stage,
      window.from,
      window.to,
      cursor,
      startedAt,
      covered && JSON.stringify(covered),
      asOf,
    )
  }

  dropLists({ integration, flow }: At): void {
    this.#sql.exec('delete from reconciling where integration = ? and flow = ?', integration, flow)
  }

  addPage({ integration, flow }: At, side: 'source' | 'target', rows: SourceRow[] | TargetRow[]): void {
    this.#sql.exec(
      `insert into reconciling select ?1, ?2, ?3, coalesce(max(page), 0) + 1, ?4 from reconciling
       where integration = ?1 and flow = ?2 and side = ?3`,
      integration,
      flow,
      side,
      JSON.stringify(rows),
    )
  }

  lists(at: At): Lists {
    const pages = this.#pages(at, 'source')
    const source = pages.flatMap((rows) => z.array(SourceRow).parse(rows))
    const target = this.#pages(at, 'target').flatMap((rows) => z.array(TargetRow).parse(rows))
    return {
      walked: pages.length > 0,
      source: new Map(source.map((row) => [row.id, row])),
      target: new Map(target.map((row) => [targetKey(row.id), row])),
    }
  }

  #pages({ integration, flow }: At, side: string): unknown[] {
    const query = 'select rows from reconciling where integration = ? and flow = ? and side = ? order by page'
    return this.#sql
      .exec<{ rows: string }>(query, integration, flow, side)
      .toArray()
      .map(({ rows }) => JSON.parse(rows))
  }

  /** What was read while the list showed this stamp; undefined = it has to be read (again). */
  booked({ integration, flow }: At, targetId: string, stamp: string): Booked | null | undefined {
    const query = 'select body from booked where integration = ? and flow = ? and target_id = ? and stamp = ?'
    const [row] = this.#sql.exec<{ body: string }>(query, integration, flow, targetId, stamp).toArray()
    return row && Booked.nullable().parse(JSON.parse(row.body))
  }

  putBooked({ integration, flow }: At, targetId: string, stamp: string, body: Booked | null): void {
    const query = 'insert or replace into booked values (?, ?, ?, ?, ?)'
    this.#sql.exec(query, integration, flow, targetId, stamp, JSON.stringify(body))
  }

  /** A row that says the same is not written: a written row is billed. */
  putCompared({ integration, flow }: At, key: string, compared: Compared): void {
    this.#sql.exec(
      `insert into reconciled values (?, ?, ?, ?, ?, ?) on conflict do update set
         date = excluded.date, status = excluded.status, body = excluded.body where body is not excluded.body`,
      integration,
      flow,
      key,
      compared.date,
      compared.status,
      JSON.stringify(compared),
    )
  }

  compared({ integration, flow }: At, key: string): Compared | undefined {
    const query = 'select body from reconciled where integration = ? and flow = ? and key = ?'
    const [row] = this.#sql.exec<{ body: string }>(query, integration, flow, key).toArray()
    return row && Compared.parse(JSON.parse(row.body))
  }

  dropCompared({ integration, flow }: At, key: string): void {
    this.#sql.exec('delete from reconciled where integration = ? and flow = ? and key = ?', integration, flow, key)
  }

  /** Keys that begin so. */
  keys({ integration, flow }: At, prefix: string): string[] {
    const query = 'select key from reconciled where integration = ? and flow = ? and key >= ? and key < ?'
    return this.#sql
      .exec<{ key: string }>(query, integration, flow, prefix, `${prefix}\uffff`)
      .toArray()
      .map(({ key }) => key)
  }

  /** Of all flows of an integration, in the order of their keys; a document without a date is in every window. */
  results(integration: string, { from, to }: Window): { flow: string; key: string; compared: Compared }[] {
    const query = `select flow, key, body from reconciled where integration = ? and (date = '' or date between ? and ?)`
    return this.#sql
      .exec<{ flow: string; key: string; body: string }>(query, integration, from, to)
      .toArray()
      .map(({ flow, key, body }) => ({ flow, key, compared: Compared.parse(JSON.parse(body)) }))
  }
}

const progressOf = (row: ProgressRow) => ({
  stage: Stage.parse(row.stage),
  window: { from: row.from_date, to: row.to_date },
  cursor: row.cursor,
  startedAt: row.started_at,
  covered: row.covered === null ? null : Window.parse(JSON.parse(row.covered)),
  asOf: row.as_of,
})

/** Nothing was compared yet. */
export const unbegun = (at: At, startedAt: number): Progress => ({
  ...at,
  stage: 'done',
  window: ALL_TIME,
  cursor: '',
  startedAt,
  covered: null,
  asOf: null,
})

export const sourceRow = ({ change, version, row, date, number }: Listed, rowOf: RowOf): SourceRow => ({
  id: change.id,
  row: rowOf(version, row),
  date: date ?? '',
  number: number ?? '',
})

type RowOf = (version: string, row: string | undefined) => string
