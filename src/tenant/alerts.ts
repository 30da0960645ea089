import type { Alert, AuditEntry } from '../core/audit'
import type { Outbox } from './outbox'

/** What an operator has to know of: one row per cause in D1, told through the outbox like everything else. */
export class Alerts {
  readonly #outbox: Outbox
  readonly #kv: SyncKvStorage

  constructor(outbox: Outbox, kv: SyncKvStorage) {
    this.#outbox = outbox
    this.#kv = kv
  }

  /** Once per cause until it is over. */
  raise(alert: Omit<Alert, 'resolved'>): void {
    const key = `alert/${alert.cause}`
    if (this.#kv.get<Alert>(key)) return
    const raised: Alert = { ...alert, resolved: false }
    this.#kv.put(key, raised)
    this.#outbox.add(entryOf(raised, 'raised'), null, raised)
  }

  /** From outside, where what is older may come later. */
  hear({ resolved, ...alert }: Alert): void {
    const key = `heard/${alert.cause}`
    if ((this.#kv.get<number>(key) ?? 0) > alert.at) return
    this.#kv.put(key, alert.at)
    if (resolved) this.resolve(alert.cause, alert.at)
    else this.raise(alert)
  }

  /** The causes that begin so and are not over. */
  open(prefix: string): string[] {
    return [...this.#kv.list<Alert>({ prefix: `alert/${prefix}` })].map(([, { cause }]) => cause)
  }

  resolve(cause: string, at: number): void {
    const key = `alert/${cause}`
    const raised = this.#kv.get<Alert>(key)
    if (!raised) return
    this.#kv.delete(key)
    const over: Alert = { ...raised, at, resolved: true }
    this.#outbox.add(entryOf(over, 'resolved'), null, over)
  }
}

const entryOf = ({ at, cause, kind, integration, text, remedy }: Alert, outcome: string): AuditEntry => ({
  at,
  kind: 'alert',
  actor: { by: 'service' },
  ...(integration && { integration }),
  outcome,
  code: kind,
  text,
  remedy,
  requests: [],
  correlation: cause,
})
