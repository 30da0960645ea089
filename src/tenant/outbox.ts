import { z } from 'zod'
import type { Alert, AuditEntry, RecordState } from '../core/audit'
import type { Verified } from '../core/tenant'
import { hmac, hmacKey, toHex } from '../lib/bytes'
import { now } from '../lib/clock'
import { type Db, openDb } from '../store/config'
import { type AuditRow, auditCheckpoint, auditRows, cutAudit, type Projected, project } from '../store/journal'

const BATCH = 200
/** Characters; the rows travel as one JSON value, and D1 takes 2 MB. */
const LARGEST = 400_000
const CHAIN_KEY = 'outbox/chain-key'

const Dated = z.object({ at: z.number() })

/** How far D1 was told, and the chain's value there. */
export interface Head {
  seq: number
  mac: string
}

type OutboxRow = { seq: number; record: string | null; entry: string; state: string | null; alert: string | null }

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
  /** As stored; asked for several times for each record. Null where it may have changed. */
  #told: Head | null = null
  #given: number | null = null
  #key: CryptoKey | null = null
  /** The highest sequence when this object was started. */
  readonly lastAtStart: number

  constructor(storage: DurableObjectStorage, database: D1Database, tenant: string) {
    this.#storage = storage
    this.#db = openDb(database)
    this.#tenant = tenant
    this.lastAtStart = this.last
    if (storage.kv.get(CHAIN_KEY) === undefined)
      storage.kv.put(CHAIN_KEY, toHex(crypto.getRandomValues(new Uint8Array(32))))
  }

  add(entry: AuditEntry, state: RecordState | null, alert?: Alert): void {
    this.#given = null
    this.#storage.sql.exec(
      'insert into outbox (record, entry, state, alert) values (?, ?, ?, ?)',
      entry.record ?? null,
      JSON.stringify(entry),
      state ? JSON.stringify(state) : null,
      alert ? JSON.stringify(alert) : null,
    )
  }

  get waiting(): number {
    return this.last - this.#head().seq
  }

  #head(): Head {
    this.#told ??= this.#storage.kv.get<Head>('outbox/head') ?? { seq: 0, mac: '' }
    return this.#told
  }

  #keep(head: Head): void {
    this.#told = null
    this.#given = null
    this.#storage.kv.put('outbox/head', head)
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
    const chained = await this.#chain(head.mac, fitting(rows))
    await project(this.#db, this.#tenant, chained)
    const last = chained.at(-1)
    if (last) this.#keep({ seq: last.seq, mac: last.mac })
    return chained.length < rows.length || rows.length === BATCH
  }

  async #chain(previous: string, rows: OutboxRow[]): Promise<Projected[]> {
    const key = await this.#chainKey()
    const chained: Projected[] = []
    let mac = previous
    for (const { seq, record, entry, state, alert } of rows) {
      mac = await hmac(key, `${mac}\n${seq}\n${entry}`)
      chained.push({ seq, record, entry, state, alert, mac })
    }
    return chained
  }

  /** The highest sequence that this object has given out. */
  get last(): number {
    this.#given ??=
      this.#storage.sql.exec<{ last: number | null }>('select max(seq) as last from outbox').one().last ?? 0
    return Math.max(this.#given, this.#head().seq)
  }

  /** D1 knows no more than this: all that came after is sent again, as far as it is still here. Answers how many entries those are. */
  goBackTo(known: Head): number {
    const { sql } = this.#storage
    const missing = this.#head().seq - known.seq
    const [row] = sql.exec<{ first: number | null }>('select min(seq) as first from outbox').toArray()
    if (missing <= 0 || (row?.first ?? Number.POSITIVE_INFINITY) > known.seq + 1) return 0
    this.#keep({ seq: known.seq, mac: known.mac })
    return missing
  }

  /**
   * This object was put back to an earlier time: it goes on behind what D1 already has. What it was told since it started moves
   * behind that, too.
   */
  continueAfter(head: Head, entry: AuditEntry): void {
    const { sql } = this.#storage
    this.#storage.transactionSync(() => {
      const told = sql.exec<OutboxRow>('select * from outbox where seq > ? order by seq', this.lastAtStart).toArray()
      sql.exec('delete from outbox where seq > ?', this.lastAtStart)
      this.#keep(head)
      sql.exec('insert into outbox (seq, entry) values (?, ?)', head.seq + 1, JSON.stringify(entry))
      for (const row of told)
        sql.exec(
          'insert into outbox (record, entry, state, alert) values (?, ?, ?, ?)',
          row.record,
          row.entry,
          row.state,
          row.alert,
        )
    })
  }

  /** Recomputes the chain over what D1 holds, and compares its end with what this object remembers. */
  async verify(): Promise<Verified> {
    const head = this.#head()
    let at = await this.#pruned()
    if (!at) return { ok: false, seq: 0, problem: 'the checkpoint of what was pruned is not what was written' }
    for (;;) {
      const rows = await auditRows(this.#db, this.#tenant, at.seq, BATCH)
      const followed = await this.#follow(at, rows)
      if ('problem' in followed) return followed
      at = followed
      if (rows.length < BATCH) break
    }
    if (at.seq < head.seq) return { ok: false, seq: at.seq + 1, problem: 'the end was cut off' }
    return { ok: true, entries: at.seq }
  }

  /** The chain's value after these entries, or the first that is not what was written. */
  async #follow(from: Head, rows: AuditRow[]): Promise<Head | Extract<Verified, { ok: false }>> {
    const key = await this.#chainKey()
    let at = from
    for (const { seq, entry, mac } of rows) {
      if (seq !== at.seq + 1) return { ok: false, seq: at.seq + 1, problem: 'an entry is missing' }
      if ((await hmac(key, `${at.mac}\n${seq}\n${entry}`)) !== mac)
        return { ok: false, seq, problem: 'an entry was changed, or stands in another place' }
      at = { seq, mac }
    }
    return at
  }

  /** Where the audit in D1 begins; undefined where somebody else has written that. */
  async #pruned(): Promise<Head | undefined> {
    const found = await auditCheckpoint(this.#db, this.#tenant)
    if (!found) return { seq: 0, mac: '' }
    const { seq, mac } = found
    return (await this.#signature({ seq, mac })) === found.signature ? { seq, mac } : undefined
  }

  async #signature({ seq, mac }: Head): Promise<string> {
    return hmac(await this.#chainKey(), `checkpoint\n${seq}\n${mac}`)
  }

  /**
   * Entries from before leave D1, as far as they are what was written: what was tampered with stays to be seen. A checkpoint that
   * only this object can sign takes their place. The last entry always stays. Answers how many went.
   */
  async pruneAudit(before: number, limit: number): Promise<number> {
    const from = await this.#pruned()
    if (!from) return 0
    const rows = await auditRows(this.#db, this.#tenant, from.seq, limit)
    const young = rows.findIndex(
      ({ seq, entry }) => seq >= this.#head().seq || Dated.parse(JSON.parse(entry)).at >= before,
    )
    const old = young === -1 ? rows : rows.slice(0, young)
    const last = await this.#follow(from, old)
    if (old.length === 0 || 'problem' in last) return 0
    await cutAudit(this.#db, this.#tenant, { ...last, signature: await this.#signature(last) }, now())
    return old.length
  }

  /** Rows that D1 was told of before then. Answers how many went. */
  forgetSent(before: number, limit: number): number {
    const gone = this.#storage.sql.exec(
      `delete from outbox where seq in (select seq from
         (select seq, entry from outbox where seq <= ? order by seq limit ?) where entry ->> '$.at' < ?) returning seq`,
      this.#head().seq,
      limit,
      before,
    )
    return gone.toArray().length
  }

  async #chainKey(): Promise<CryptoKey> {
    this.#key ??= await hmacKey(this.#storage.kv.get<string>(CHAIN_KEY) ?? '')
    return this.#key
  }
}

/** As many as fit into one value of D1, and one at least. */
const fitting = (rows: OutboxRow[]): OutboxRow[] => {
  let size = 0
  const end = rows.findIndex(({ entry, state, alert }, at) => {
    size += entry.length + (state?.length ?? 0) + (alert?.length ?? 0)
    return at > 0 && size > LARGEST
  })
  return end === -1 ? rows : rows.slice(0, end)
}
