import type { Owner } from '../core/ledger'

/** Whether the opening match of this flow, or of the one that goes back, proposes something for a record, and nobody has decided yet. */
export const isProposed = (sql: SqlStorage, { integration, flow, sourceId }: Owner, back: string): boolean =>
  sql
    .exec(
      `select 1 from matches where integration = ?1 and flow = ?2 and source_id = ?3 and sure <> 'none'
       union all
       select 1 from matches, json_each(matches.body, '$.choices') as choice
       where integration = ?1 and flow = ?4 and sure <> 'none' and lower(json_extract(choice.value, '$.id')) = lower(?3)
       limit 1`,
      integration,
      flow,
      sourceId,
      back,
    )
    .toArray().length > 0
