/** Letters that sort before every id that is made now, so that what is new stands in front of it. */
const NUMBERS = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)'

/** Links, jobs, writes and documents of records that were carried long ago. */
export const fill = (sql: SqlStorage, integration: string, rows: number): void => {
  const flow = 'wave-cin7/invoice-to-sale'
  sql.exec(
    `${NUMBERS} insert into links (integration, flow, source_id, variant, generation, revision, state, target_id, target_number, version)
     select ?, ?, 'old-' || i, 'sale', 1, 1, 'linked', 'old-target-' || i, 'SO-' || i, '2025' from n`,
    rows,
    integration,
    flow,
  )
  sql.exec(
    `${NUMBERS} insert into jobs (key, id, kind, integration, flow, source_id, state, since, actor, correlation)
     select ? || '|' || ? || '|old-' || i, 'r_00' || printf('%08d', i), 'carry', ?, ?, 'old-' || i, 'done', 0, '{"by":"poll"}', '' from n`,
    rows,
    integration,
    flow,
    integration,
    flow,
  )
  sql.exec(
    `${NUMBERS} insert into writes (key, op, variant, state, opened_at, done_at, fingerprint, version, draft, steps)
     select ? || '|' || ? || '|old-' || i || '|sale|g1|create', 'create', 'sale', 'done', 0, 0, '', '', '', '{}' from n`,
    rows,
    integration,
    flow,
  )
}
