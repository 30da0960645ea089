import { z } from 'zod'
import { Candidate, Match, type MatchedFlow, type MatchQuery, SURE, Sure, Terms } from '../core/match'

const Stage = z.enum(['source', 'target', 'done', 'failed'])

/** How far the match of one flow came: first the source's list, then the target's. */
export interface Progress {
  integration: string
  flow: string
  stage: z.infer<typeof Stage>
  cursor: string
  startedAt: number
  asOf: number | null
  problem: string
}

type ProgressRow = { stage: string; cursor: string; started_at: number; as_of: number | null; problem: string }

export const SourceRow = z.object({ id: z.string(), terms: Terms })
export type SourceRow = z.infer<typeof SourceRow>

type At = { integration: string; flow: string }

const MATCH = z.object({ body: z.string(), place: z.string() })

/** What an opening match keeps: it can be stopped at any moment and goes on from there. */
export class MatchingStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  get({ integration, flow }: At): Progress | undefined {
    const query = 'select stage, cursor, started_at, as_of, problem from matchings where integration = ? and flow = ?'
    const [row] = this.#sql.exec<ProgressRow>(query, integration, flow).toArray()
    if (!row) return undefined
    const { cursor, started_at: startedAt, as_of: asOf, problem } = row
    return { integration, flow, stage: Stage.parse(row.stage), cursor, startedAt, asOf, problem }
  }

  put({ integration, flow, stage, cursor, startedAt, asOf, problem }: Progress): void {
    const query = 'insert or replace into matchings values (?, ?, ?, ?, ?, ?, ?)'
    this.#sql.exec(query, integration, flow, stage, cursor, startedAt, asOf, problem)
  }

  addPage({ integration, flow }: At, side: 'source' | 'target', rows: SourceRow[] | Candidate[]): void {
    this.#sql.exec(
      `insert into matching select ?1, ?2, ?3, coalesce(max(page), 0) + 1, ?4 from matching
       where integration = ?1 and flow = ?2 and side = ?3`,
      integration,
      flow,
      side,
      JSON.stringify(rows),
    )
  }

  /** A row that was seen twice counts as it was seen last. */
  lists(at: At): { sources: SourceRow[]; candidates: Candidate[] } {
    const sources = this.#pages(at, 'source').flatMap((rows) => z.array(SourceRow).parse(rows))
    const candidates = this.#pages(at, 'target').flatMap((rows) => z.array(Candidate).parse(rows))
    return { sources: lastOfEach(sources), candidates: lastOfEach(candidates) }
  }

  #pages({ integration, flow }: At, side: string): unknown[] {
    const query = 'select rows from matching where integration = ? and flow = ? and side = ? order by page'
    const pages = this.#sql.exec<{ rows: string }>(query, integration, flow, side).toArray()
    return pages.map(({ rows }) => JSON.parse(rows))
  }

  dropLists({ integration, flow }: At): void {
    this.#sql.exec('delete from matching where integration = ? and flow = ?', integration, flow)
  }

  /** What stands in the target for this flow, and for which records. */
  linked({ integration, flow }: At): { source: Set<string>; target: Set<string> } {
    const query = `select source_id, variant, target_id from links where integration = ? and flow = ? and target_id <> '' and state <> 'removed'`
    const rows = this.#sql
      .exec<{ source_id: string; variant: string; target_id: string }>(query, integration, flow)
      .toArray()
    return {
      source: new Set(rows.map(({ source_id, variant }) => `${source_id} ${variant}`)),
      target: new Set(rows.map(({ target_id }) => target_id)),
    }
  }

  replace({ integration, flow }: At, matches: Match[]): void {
    this.#sql.exec('delete from matches where integration = ? and flow = ?', integration, flow)
    for (const match of matches)
      this.#sql.exec(
        'insert into matches values (?, ?, ?, ?, ?, ?)',
        integration,
        flow,
        match.sourceId,
        match.variant,
        match.sure,
        JSON.stringify(match),
      )
  }

  /** All of the record: another variant of it may be proposed anew by the next match. */
  settle({ integration, flow }: At, sourceId: string, variant: string): void {
    const query = 'delete from matches where integration = ? and flow = ? and source_id = ? and variant = ?'
    this.#sql.exec(query, integration, flow, sourceId, variant)
  }

  /** Ids of what it could be. */
  proposed({ integration, flow }: At, sourceId: string, variant: string): string[] {
    const query = 'select body from matches where integration = ? and flow = ? and source_id = ? and variant = ?'
    const rows = this.#sql.exec<{ body: string }>(query, integration, flow, sourceId, variant).toArray()
    return rows.flatMap(({ body }) => Match.parse(JSON.parse(body)).choices.map(({ id }) => id))
  }

  counts({ integration, flow }: At): MatchedFlow['counts'] {
    const query = 'select sure, count(*) as many from matches where integration = ? and flow = ? group by sure'
    const rows = this.#sql.exec<{ sure: string; many: number }>(query, integration, flow).toArray()
    const none = Object.fromEntries(SURE.map((sure) => [sure, 0]))
    return z
      .record(Sure, z.number())
      .parse({ ...none, ...Object.fromEntries(rows.map(({ sure, many }) => [sure, many])) })
  }

  /** In the order of flow, source id and variant; `cursor` = the place of the last one seen. */
  page(integration: string, { flow, sure, cursor = '', limit }: MatchQuery): { items: Match[]; next: string | null } {
    const [afterFlow = '', afterSource = '', afterVariant = ''] = cursor.split('\u001f')
    const rows = this.#sql
      .exec(
        `select body, flow || char(31) || source_id || char(31) || variant as place from matches
         where integration = ?1 and (?2 is null or flow = ?2) and (?3 is null or sure = ?3)
           and (flow, source_id, variant) > (?4, ?5, ?6)
         order by flow, source_id, variant limit ?7`,
        integration,
        flow ?? null,
        sure ?? null,
        afterFlow,
        afterSource,
        afterVariant,
        limit + 1,
      )
      .toArray()
      .map((row) => MATCH.parse(row))
    const items = rows.slice(0, limit).map(({ body }) => Match.parse(JSON.parse(body)))
    return { items, next: rows.length > limit ? (rows[limit - 1]?.place ?? null) : null }
  }
}

const lastOfEach = <T extends { id: string }>(rows: T[]): T[] => [...new Map(rows.map((row) => [row.id, row])).values()]
