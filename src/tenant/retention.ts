import type { IntegrationConfig } from '../store/config'
import { documentKey } from './attempt'
import { type Inbox, jobKey } from './inbox'
import type { Outbox } from './outbox'
import { pairOf } from './setup'
import { Steps } from './write'

const DAY_MS = 24 * 3_600_000
/** How long is kept what nobody needs any more (design section 7). The ledger and the links stay for ever. */
const KEPT_MS = {
  /** Source records, what events told of them, and the bodies of calls, after the end of what they were for. */
  bodies: 90 * DAY_MS,
  /** Longer than any vendor repeats a message. */
  deliveries: 35 * DAY_MS,
  /** D1 can be put back by 30 days, and is then told again. */
  outbox: 35 * DAY_MS,
  audit: 2 * 365 * DAY_MS,
}
/** Rows that are looked at in one run, of each table. */
const ROWS = 1_000

/** How many rows were pruned. */
export type Pruned = Record<'documents' | 'tidings' | 'writes' | 'deliveries' | 'outbox' | 'audit', number>

export interface RetentionTools {
  storage: DurableObjectStorage
  inbox: Pick<Inbox, 'get'>
  outbox: Pick<Outbox, 'forgetSent' | 'pruneAudit'>
}

/** Where the walk over a table stands, and when it began. */
interface Round {
  after: string
  began: number
}

/**
 * Takes away what has been kept long enough, a bounded number of rows in each run: once a day a walk over each table begins,
 * by its key, so that no further index has to be paid for with every row.
 */
export class Retention {
  readonly #tools: RetentionTools

  constructor(tools: RetentionTools) {
    this.#tools = tools
  }

  async run(integrations: Iterable<IntegrationConfig>, now: number): Promise<Pruned> {
    const all = [...integrations]
    const documents = this.#walk('documents', now, (after) => this.#documents(after, all, now - KEPT_MS.bodies))
    const tidings = this.#walk('tidings', now, (after) => this.#told(after, all, now - KEPT_MS.bodies))
    const writes = this.#walk('writes', now, (after) => this.#writes(after, now - KEPT_MS.bodies))
    const deliveries = this.#walk('deliveries', now, (after) => this.#deliveries(after, now - KEPT_MS.deliveries))
    const outbox = this.#tools.outbox.forgetSent(now - KEPT_MS.outbox, ROWS)
    const audit = await this.#tools.outbox.pruneAudit(now - KEPT_MS.audit, ROWS)
    return { documents, tidings, writes, deliveries, outbox, audit }
  }

  /** One step of a walk, in one transaction with its mark. */
  #walk(table: string, now: number, step: (after: string) => Step): number {
    const { kv } = this.#tools.storage
    const mark = `retention/${table}`
    return this.#tools.storage.transactionSync(() => {
      const known = kv.get<Round>(mark) ?? { after: '', began: 0 }
      if (known.after === '' && now - known.began < DAY_MS) return 0
      const { pruned, last } = step(known.after)
      kv.put(mark, { after: last, began: known.after === '' ? now : known.began } satisfies Round)
      return pruned
    })
  }

  /** Only where everything that the record was read for has come to its end; otherwise a replay will need it. */
  #documents(after: string, integrations: IntegrationConfig[], before: number): Step {
    const { sql } = this.#tools.storage
    const query = 'select key, read_at as at from documents where key > ? order by key limit ?'
    const rows = sql.exec<Aged>(query, after, ROWS).toArray()
    const old = rows.filter(({ key, at }) => at < before && this.#isOver(key, integrations, before))
    for (const { key } of old) sql.exec('delete from documents where key = ?', key)
    return { pruned: old.length, last: endOf(rows) }
  }

  /** All that was told of a record goes together, like the record itself. */
  #told(after: string, integrations: IntegrationConfig[], before: number): Step {
    const { sql } = this.#tools.storage
    const query =
      'select record as key, max(at) as at from tidings where record > ? group by record order by record limit ?'
    const rows = sql.exec<Aged>(query, after, ROWS).toArray()
    const old = rows.filter(({ key, at }) => at < before && this.#isOver(key, integrations, before))
    for (const { key } of old) sql.exec('delete from tidings where record = ?', key)
    return { pruned: old.length, last: endOf(rows) }
  }

  #isOver(key: string, integrations: IntegrationConfig[], before: number): boolean {
    const sourceId = key.split('|').slice(2).join('|')
    return integrations.every((integration) =>
      pairOf(integration)
        .flows.filter((flow) => documentKey(integration, flow, sourceId) === key)
        .every((flow) => this.#isAtRest(jobKey(integration.id, flow.name, sourceId), before)),
    )
  }

  #isAtRest(key: string, before: number): boolean {
    const job = this.#tools.inbox.get(key)
    return !job || ((job.state === 'done' || job.state === 'skipped') && job.due_at === null && job.since < before)
  }

  /** The rows stay, and in them what was sent, as hashes. */
  #writes(after: string, before: number): Step {
    const { sql } = this.#tools.storage
    const query = 'select key, coalesce(done_at, ?) as at from writes where key > ? order by key limit ?'
    const rows = sql.exec<Aged>(query, before, after, ROWS).toArray()
    const pruned = rows.filter(({ key, at }) => at < before && this.#emptied(key)).length
    return { pruned, last: endOf(rows) }
  }

  #emptied(key: string): boolean {
    const { sql } = this.#tools.storage
    const query = `select steps from writes where key = ? and state in ('done', 'failed') and draft <> ''`
    const [row] = sql.exec<{ steps: string }>(query, key).toArray()
    if (!row) return false
    const steps = Object.entries(Steps.parse(JSON.parse(row.steps))).map(([name, step]) => [
      name,
      // What was sent without an answer may have to be sent again.
      step.state === 'sent' ? step : { ...step, sealed: '' },
    ])
    sql.exec(`update writes set draft = '', steps = ? where key = ?`, JSON.stringify(Object.fromEntries(steps)), key)
    return true
  }

  #deliveries(after: string, before: number): Step {
    const { sql } = this.#tools.storage
    const query = 'select id as key, at from deliveries where id > ? order by id limit ?'
    const rows = sql.exec<Aged>(query, after, ROWS).toArray()
    const old = rows.filter(({ at }) => at < before)
    for (const { key } of old) sql.exec('delete from deliveries where id = ?', key)
    return { pruned: old.length, last: endOf(rows) }
  }
}

type Aged = { key: string; at: number }

/** `last` = where the next step goes on; '' at the end. */
interface Step {
  pruned: number
  last: string
}

const endOf = (rows: Aged[]): string => (rows.length < ROWS ? '' : (rows.at(-1)?.key ?? ''))
