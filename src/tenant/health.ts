import type { IntegrationHealth, TenantHealth } from '../core/tenant'
import { LIVE } from './inbox'

/** What is counted stops here, so that looking at it costs the same however much waits. */
const MOST_COUNTED = 10_000

/** How the work of one tenant stands, told from indexes alone. */
export class Health {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): Omit<TenantHealth, 'outbox' | 'integrations' | 'metered'> {
    const [row] = this.#sql
      .exec<{ oldest: number | null }>('select min(due_at) as oldest from jobs where due_at is not null')
      .toArray()
    return {
      waiting: this.#count('due_at is not null'),
      failed: this.#count(`state = 'failed'`),
      oldestDue: row?.oldest ?? null,
    }
  }

  of(integration: string, now: number): IntegrationHealth {
    const oldest = this.oldestLive(integration)
    return {
      integration,
      lastSuccess: this.#lastSuccess(integration),
      lag: oldest === null ? 0 : Math.max(0, now - oldest),
      backlog: this.#count('integration = ? and due_at is not null', integration),
      failed: this.#count(`state = 'failed' and integration = ?`, integration),
    }
  }

  /** When the live work that has waited longest was due. */
  oldestLive(integration: string): number | null {
    const [row] = this.#sql
      .exec<{ due_at: number }>(
        'select due_at from jobs where integration = ? and priority = ? and due_at is not null order by due_at limit 1',
        integration,
        LIVE,
      )
      .toArray()
    return row?.due_at ?? null
  }

  #lastSuccess(integration: string): number | null {
    const [row] = this.#sql
      .exec<{ at: number }>('select at from successes where integration = ?', integration)
      .toArray()
    return row?.at ?? null
  }

  #count(condition: string, ...values: string[]): number {
    const query = `select count(*) as found from (select 1 from jobs where ${condition} limit ${MOST_COUNTED})`
    return this.#sql.exec<{ found: number }>(query, ...values).one().found
  }
}
