import type { AuditEntry } from '../core/audit'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { type Db, openDb } from '../store/config'
import { lastAudit } from '../store/journal'
import type { Alerts } from './alerts'
import type { Head, Outbox } from './outbox'

/** The platform puts an object back by 30 days at most. */
const LASTS_MS = 35 * 24 * 3_600_000

/**
 * Notices that this object was put back to an earlier time: D1 has entries of it that it does not know of (design section 7).
 * From then on each step that has no row in the ledger is looked up in the target before it is sent.
 */
export class Recovery {
  readonly #db: Db
  readonly #tenant: string
  readonly #kv: SyncKvStorage
  readonly #outbox: Outbox
  readonly #alerts: Alerts
  #checked = false

  constructor(database: D1Database, tenant: string, kv: SyncKvStorage, outbox: Outbox, alerts: Alerts) {
    this.#db = openDb(database)
    this.#tenant = tenant
    this.#kv = kv
    this.#outbox = outbox
    this.#alerts = alerts
  }

  get active(): boolean {
    return (this.#kv.get<number>('recovery/until') ?? 0) > now()
  }

  /** Once per start of the object, before its first work. Throws where D1 cannot be asked: then nothing is done yet. */
  async check(): Promise<void> {
    if (this.#checked) return
    const known = await lastAudit(this.#db, this.#tenant)
    if (known && known.seq > this.#outbox.lastAtStart) this.#begin(known)
    else this.#tellAgain(known ?? { seq: 0, mac: '' })
    this.#checked = true
  }

  /** D1 was put back: it is told once more what it has forgotten of this object's work. */
  #tellAgain(known: Head): void {
    const missing = this.#outbox.goBackTo(known)
    if (missing === 0) return
    const at = now()
    const cause = 'recovery/database'
    this.#alerts.resolve(cause, at)
    this.#alerts.raise({
      cause,
      kind: 'recovery',
      integration: '',
      text: `the database was put back to an earlier time: ${missing} audit entries were missing there and are written again`,
      remedy:
        'What people changed since then is gone: look at connections, integrations, mappings and keys, and enter it again. Records and audit come back by themselves.',
      at,
    })
  }

  #begin(head: Head): void {
    const at = now()
    const missing = head.seq - this.#outbox.lastAtStart
    const text = `put back to an earlier time: ${missing} audit entries are newer than this object`
    this.#kv.put('recovery/until', at + LASTS_MS)
    this.#outbox.continueAfter(head, entryOf(text, at))
    this.#alerts.raise({
      cause: 'recovery',
      kind: 'recovery',
      integration: '',
      text,
      remedy:
        'Each document is looked up in its target before it is written. Look at the records that wait for a decision.',
      at,
    })
  }
}

const entryOf = (text: string, at: number): AuditEntry => ({
  at,
  kind: 'action',
  actor: { by: 'service' },
  outcome: 'object.restored',
  text,
  requests: [],
  correlation: newId('x', at),
})
