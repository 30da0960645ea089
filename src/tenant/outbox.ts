import type { AuditEntry, RecordState } from '../core/audit'
import { hmac, hmacKey, toHex } from '../lib/bytes'
import { type Db, openDb } from '../store/config'
import { type Projected, project } from '../store/journal'

const BATCH = 200

/** How far D1 was told, and the chain's value there. */
interface Head {
  seq: number
  mac: string
}

type OutboxRow = { seq: number; record: string | null; entry: string; state: string | null }

/**
 * What D1 is to be told, in the same transaction as the work itself. Rows go in batches, in order; the head moves only after D1
 * has them, and a batch sent twice changes nothing there. Each audit entry is chained to the one before with an HMAC whose key
 * never leaves this object.
 */
export class Outbox {
  readonly #storage: DurableObjectStorage
  readonly #db: Db
  readonly #tenant: string
  #sending: Promise<void> | null = null
  #key: CryptoKey | null = null

  constructor(storage: DurableObjectStorage, database: D1Database, tenant: string) {
    this.#storage = storage
    this.#db = openDb(database)
    this.#tenant = tenant
  }

  add(entry: AuditEntry, state: RecordState | null): void {
    this.#storage.sql.exec(
      'insert into outbox (record, entry, state) values (?, ?, ?)',
      entry.record ?? null,
      JSON.stringify(entry),
      state ? JSON.stringify(state) : null,
    )
  }

  get waiting(): number {
    const [row] = this.#storage.sql.exec<{ last: number | null }>('select max(seq) as last from outbox').toArray()
    return Math.max(0, (row?.last ?? 0) - this.#head().seq)
  }

  #head(): Head {
    return this.#storage.kv.get<Head>('outbox/head') ?? { seq: 0, mac: '' }
  }

  /** Sends all that waits. Throws where D1 does not take it; nothing is lost then. */
  flush(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null
    })
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    while (await this.#sendBatch()) {}
  }

  async #sendBatch(): Promise<boolean> {
    const head = this.#head()
    const rows = this.#storage.sql
      .exec<OutboxRow>('select * from outbox where seq > ? order by seq limit ?', head.seq, BATCH)
      .toArray()
    if (rows.length === 0) return false
    const chained = await this.#chain(head.mac, rows)
    await project(this.#db, this.#tenant, chained)
    const last = chained.at(-1)
    if (last) this.#storage.kv.put('outbox/head', { seq: last.seq, mac: last.mac } satisfies Head)
    return rows.length === BATCH
  }

  async #chain(previous: string, rows: OutboxRow[]): Promise<Projected[]> {
    const key = await this.#chainKey()
    const chained: Projected[] = []
    let mac = previous
    for (const { seq, record, entry, state } of rows) {
      mac = await hmac(key, `${mac}\n${seq}\n${entry}`)
      chained.push({ seq, record, entry, state, mac })
    }
    return chained
  }

  async #chainKey(): Promise<CryptoKey> {
    let secret = this.#storage.kv.get<string>('outbox/chain-key')
    if (!secret) {
      secret = toHex(crypto.getRandomValues(new Uint8Array(32)))
      this.#storage.kv.put('outbox/chain-key', secret)
    }
    this.#key ??= await hmacKey(secret)
    return this.#key
  }
}
