import { z } from 'zod'
import type { Listed } from '../core/flow'
import { timeOf } from '../lib/ids'
import { mostGone } from '../sync/poll'
import type { Alerts } from './alerts'
import { type Inbox, jobKey } from './inbox'

const SWEEP_EVERY_MS = 24 * 3_600_000

const Ids = z.array(z.string())

export interface SweepTools {
  storage: DurableObjectStorage
  inbox: Inbox
  alerts: Alerts
}

/** One list of one integration: `lead` is the flow that reads it, `flows` are all that live from it. */
export interface Swept {
  integration: string
  lead: string
  flows: string[]
  correlation: string
}

/** What lists of changes cannot show: a sweep reads everything, and looks for linked records that are no longer there. */
export class Sweeps {
  readonly #tools: SweepTools

  constructor(tools: SweepTools) {
    this.#tools = tools
  }

  /** Once a day, behind a poll that came to its end. The first poll has just read everything. */
  isDue(integration: string, flow: string, at: number): boolean {
    const [last] = this.#tools.storage.sql
      .exec<{ at: number }>('select at from cursors where integration = ? and flow = ?', integration, streamOf(flow))
      .toArray()
    if (last) return last.at + SWEEP_EVERY_MS <= at
    this.mark(integration, flow, '', at)
    return false
  }

  /** How far the sweep came; '' = to its end. */
  mark(integration: string, flow: string, cursor: string, at: number): void {
    const query = 'insert or replace into cursors values (?, ?, ?, ?)'
    this.#tools.storage.sql.exec(query, integration, streamOf(flow), cursor, at)
  }

  /** A person says how many may be gone, for the next sweep. */
  allow(integration: string, flow: string, atMost: number): void {
    this.#tools.storage.kv.put(allowance(integration, flow), atMost)
  }

  saw({ integration, lead }: Swept, items: Listed[], at: number): void {
    const ids = JSON.stringify(items.map(({ change }) => change.id))
    this.#tools.storage.sql.exec(
      `insert into swept select ?1, ?2, coalesce(max(page), 0) + 1, ?3, ?4 from swept where integration = ?1 and flow = ?2`,
      integration,
      lead,
      at,
      ids,
    )
  }

  /** The list was read to its end: what is linked and was not in it is read directly, which is what proves anything. */
  end(swept: Swept, at: number): void {
    const { integration, lead, flows } = swept
    const { storage, alerts } = this.#tools
    const { since, ids } = this.#seen(swept)
    storage.sql.exec('delete from swept where integration = ? and flow = ?', integration, lead)
    this.mark(integration, lead, '', at)
    const found = flows.map((flow) => this.#gone(integration, flow, since, ids))
    const allowed = storage.kv.get<number>(allowance(integration, lead)) ?? 0
    storage.kv.delete(allowance(integration, lead))
    const tooMany = found.find(({ gone, linked }) => linkedOf(gone).length > Math.max(allowed, mostGone(linked)))
    if (tooMany) this.#ask(swept, linkedOf(tooMany.gone).length, tooMany.linked, at)
    else {
      alerts.resolve(cause(swept), at)
      for (const { flow, gone } of found) for (const row of gone) this.#carry(swept, flow, row.source_id, at)
    }
  }

  #seen({ integration, lead }: Swept): { since: number; ids: Set<string> } {
    const pages = this.#tools.storage.sql
      .exec<{ at: number; ids: string }>(
        'select at, ids from swept where integration = ? and flow = ?',
        integration,
        lead,
      )
      .toArray()
    return {
      since: Math.min(...pages.map(({ at }) => at)),
      ids: new Set(pages.flatMap(({ ids }) => Ids.parse(JSON.parse(ids)))),
    }
  }

  /** Records that came to rest before the sweep began and were not in the list. */
  #gone(integration: string, flow: string, since: number, ids: Set<string>): Found {
    const prefix = jobKey(integration, flow, '')
    const rows = this.#tools.storage.sql.exec<RestingRow>(
      `select id, source_id, state, reason, target_id from jobs where key >= ? and key < ? and kind = 'carry' and due_at is null
         and state in ('done', 'failed', 'waiting')`,
      prefix,
      `${prefix}~`,
    )
    const found: Found = { flow, gone: [], linked: 0 }
    for (const row of rows) {
      if (row.target_id === '' && row.state === 'done') continue
      if (row.reason === 'removed' || timeOf(row.id) >= since) continue
      if (row.target_id !== '') found.linked += 1
      if (!ids.has(row.source_id)) found.gone.push(row)
    }
    return found
  }

  #carry({ integration, correlation }: Swept, flow: string, sourceId: string, at: number): void {
    this.#tools.inbox.accept({ kind: 'carry', integration, flow, sourceId, actor: { by: 'poll' }, correlation }, at)
  }

  #ask(swept: Swept, gone: number, linked: number, at: number): void {
    this.#tools.alerts.raise({
      cause: cause(swept),
      kind: 'sweep_stopped',
      integration: swept.integration,
      text: `${swept.lead}: ${gone} of ${linked} carried records are no longer in the source’s list; nothing was taken back`,
      remedy: `Look in the source whether they were deleted on purpose. If so, sweep again with atMost ${gone} (POST …/integrations/${swept.integration}/sweep). If not, check which company the connection reaches.`,
      at,
    })
  }
}

type RestingRow = { id: string; source_id: string; state: string; reason: string; target_id: string }
type Found = { flow: string; gone: RestingRow[]; linked: number }

const linkedOf = (rows: RestingRow[]): RestingRow[] => rows.filter(({ target_id }) => target_id !== '')

export const streamOf = (flow: string): string => `${flow}~sweep`

const allowance = (integration: string, flow: string): string => `sweep/${integration}/${flow}/at-most`

const cause = ({ integration, lead }: Swept): string => `sweep/${integration}/${lead}`
