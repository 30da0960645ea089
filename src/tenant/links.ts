import { z } from 'zod'
import type { Link, Owner } from '../core/ledger'

type LinkRow = {
  variant: string
  generation: number
  revision: number
  state: string
  target_id: string
  target_number: string
  facts: string
  fingerprint: string
  version: string
}

export class Links {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all({ integration, flow, sourceId }: Owner): Link[] {
    return this.#sql
      .exec<LinkRow>(
        'select * from links where integration = ? and flow = ? and source_id = ?',
        integration,
        flow,
        sourceId,
      )
      .toArray()
      .map(toLink)
  }

  get(owner: Owner, variant: string): Link | undefined {
    return this.all(owner).find((link) => link.variant === variant)
  }

  /** The record of a flow that a document of its target stands for. */
  ofTarget(integration: string, flow: string, targetId: string): { sourceId: string; link: Link } | undefined {
    const [row] = this.#sql
      .exec<LinkRow & { source_id: string }>(
        `select * from links where integration = ? and flow = ? and target_id = ? collate nocase and target_id <> '' and state <> 'removed'
         order by source_id limit 1`,
        integration,
        flow,
        targetId,
      )
      .toArray()
    return row && { sourceId: row.source_id, link: toLink(row) }
  }

  want(owner: Owner, variant: string): void {
    this.#sql.exec(
      `insert into links (integration, flow, source_id, variant, generation, revision, state) values (?, ?, ?, ?, 1, 0, 'wanted')
       on conflict do nothing`,
      ...ownerOf(owner),
      variant,
    )
  }

  /** The targets were deleted on purpose: the next write makes new ones, under new keys. */
  renew(owner: Owner): void {
    for (const link of this.all(owner))
      this.put(owner, {
        variant: link.variant,
        generation: link.generation + 1,
        revision: 0,
        state: 'wanted',
        target: null,
        fingerprint: '',
        version: '',
      })
  }

  /** The index of targets is a row of its own, which is not written where the target stays the same. */
  put(owner: Owner, link: Link): void {
    if (!this.#kept(owner, link)) this.#written(owner, link)
  }

  /** Whether there is such a link with the same target: then all else of it is changed. */
  #kept(owner: Owner, link: Link): boolean {
    const query = `update links set generation = ?, revision = ?, state = ?, target_number = ?, facts = ?, fingerprint = ?, version = ?
      where integration = ? and flow = ? and source_id = ? and variant = ? and target_id = ? returning 1`
    const { generation, revision, state, target, fingerprint, version } = link
    const facts = JSON.stringify(target?.facts ?? {})
    const said = [generation, revision, state, target?.number ?? '', facts, fingerprint, version]
    const rows = this.#sql.exec(query, ...said, ...ownerOf(owner), link.variant, target?.id ?? '')
    return rows.toArray().length > 0
  }

  #written(owner: Owner, link: Link): void {
    this.#sql.exec(
      `insert into links values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
         generation = excluded.generation, revision = excluded.revision, state = excluded.state, target_id = excluded.target_id,
         target_number = excluded.target_number, facts = excluded.facts, fingerprint = excluded.fingerprint, version = excluded.version`,
      ...ownerOf(owner),
      link.variant,
      link.generation,
      link.revision,
      link.state,
      link.target?.id ?? '',
      link.target?.number ?? '',
      JSON.stringify(link.target?.facts ?? {}),
      link.fingerprint,
      link.version,
    )
  }
}

const ownerOf = (owner: Owner): [string, string, string] => [owner.integration, owner.flow, owner.sourceId]

const LinkState = z.enum(['wanted', 'open', 'linked', 'removed', 'matched'])

const toLink = (row: LinkRow): Link => ({
  variant: row.variant,
  generation: row.generation,
  revision: row.revision,
  state: LinkState.parse(row.state),
  target: row.target_id ? { id: row.target_id, number: row.target_number, facts: JSON.parse(row.facts) } : null,
  fingerprint: row.fingerprint,
  version: row.version,
})
