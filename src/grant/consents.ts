import type { z } from 'zod'
import { Consent, Tokens } from '../core/grant'
import { now } from '../lib/clock'
import type { Keyring } from '../lib/seal'
import { type DataKey, newDataKey, rewrapKey, seal, unseal, unwrapKey, wrapKey } from '../lib/seal'

const SCHEMA = `create table if not exists consents (
  number integer primary key, consent text not null, tokens text not null, serial integer not null, expires_at integer,
  renew_at integer, chain_ends_at integer, scope text not null, refused text not null default '', refreshing_at integer,
  at integer not null)`

export type ConsentRow = {
  number: number
  consent: string
  tokens: string
  /** Counts the tokens of this object, over all its consents. */
  serial: number
  expires_at: number | null
  renew_at: number | null
  chain_ends_at: number | null
  scope: string
  /** Why the vendor renews it no more; '' while it does. */
  refused: string
  /** A renewal was asked for then, and its answer is not known. */
  refreshing_at: number | null
  at: number
}

/** A token is renewed this long before its end, or in the last quarter of a short life: calls take time as well. */
const EARLY_MS = 5 * 60_000

/** The store of one grant: its newest consent, sealed under a data key of its own. */
export class Consents {
  readonly #storage: DurableObjectStorage
  readonly #name: string
  readonly #keyring: Keyring

  constructor(storage: DurableObjectStorage, name: string, keyring: Keyring) {
    this.#storage = storage
    this.#name = name
    this.#keyring = keyring
    storage.sql.exec(SCHEMA)
  }

  newest(): ConsentRow | undefined {
    return this.#storage.sql.exec<ConsentRow>('select * from consents order by number desc limit 1').toArray()[0]
  }

  async open(row: ConsentRow): Promise<{ consent: Consent; tokens: Tokens }> {
    const key = await this.#key()
    const read = async <T>(schema: z.ZodType<T>, what: string, sealed: string): Promise<T> =>
      schema.parse(JSON.parse(await unseal(key, this.#row(row.number, what), sealed)))
    return { consent: await read(Consent, 'consent', row.consent), tokens: await read(Tokens, 'tokens', row.tokens) }
  }

  /** A new consent takes the place of the one before; a renewal that is still under way for that one is too late then. */
  async replace(consent: Consent, tokens: Tokens): Promise<void> {
    const key = await this.#key()
    const before = this.newest()
    const number = (before?.number ?? 0) + 1
    const sealed = await seal(key, this.#row(number, 'consent'), JSON.stringify(consent))
    const values = await this.#values(number, tokens)
    const { sql } = this.#storage
    this.#storage.transactionSync(() => {
      const serial = (this.newest()?.serial ?? 0) + 1
      sql.exec('delete from consents')
      sql.exec(
        `insert into consents (number, consent, tokens, serial, expires_at, renew_at, chain_ends_at, scope, at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        number,
        sealed,
        values.tokens,
        serial,
        values.expiresAt,
        values.renewAt,
        values.chainEndsAt,
        values.scope,
        now(),
      )
    })
  }

  /** Before a renewal is asked for: if its answer is lost with this object, that is known afterwards. */
  refreshing(row: ConsentRow): void {
    this.#storage.sql.exec('update consents set refreshing_at = ? where number = ?', now(), row.number)
  }

  /** It was refused for now, and changed nothing: only an answer that was lost before, if one was, stays lost. */
  answered(row: ConsentRow): void {
    this.#storage.sql.exec('update consents set refreshing_at = ? where number = ?', row.refreshing_at, row.number)
  }

  /** Answers whether that consent is still the newest: else its renewal came too late and is dropped. */
  async renewed(row: ConsentRow, tokens: Tokens): Promise<boolean> {
    const values = await this.#values(row.number, tokens)
    const stored = this.#storage.sql.exec(
      `update consents set tokens = ?, serial = serial + 1, expires_at = ?, renew_at = ?, chain_ends_at = ?, scope = ?, refused = '',
         refreshing_at = null where number = ? returning number`,
      values.tokens,
      values.expiresAt,
      values.renewAt,
      values.chainEndsAt,
      values.scope,
      row.number,
    )
    return stored.toArray().length === 1
  }

  refused(row: ConsentRow, cause: string): void {
    this.#storage.sql.exec('update consents set refused = ? where number = ?', cause, row.number)
  }

  async rewrap(): Promise<boolean> {
    const wrapped = this.#storage.kv.get<string>('data-key')
    const fresh = wrapped && (await rewrapKey(this.#keyring, `grant/${this.#name}`, wrapped))
    if (fresh) this.#storage.kv.put('data-key', fresh)
    return Boolean(fresh)
  }

  async forget(): Promise<void> {
    await this.#storage.deleteAll()
    this.#storage.sql.exec(SCHEMA)
  }

  async #values(number: number, tokens: Tokens) {
    const { expiresAt, chainEndsAt, scope } = tokens
    const sealed = await seal(await this.#key(), this.#row(number, 'tokens'), JSON.stringify(tokens))
    const early = expiresAt === null ? 0 : Math.min(EARLY_MS, (expiresAt - now()) / 4)
    return { tokens: sealed, expiresAt, renewAt: expiresAt && Math.floor(expiresAt - early), chainEndsAt, scope }
  }

  #row(consent: number, what: string): string {
    return `grant/${this.#name}/${consent}/${what}`
  }

  async #key(): Promise<DataKey> {
    const owner = `grant/${this.#name}`
    const wrapped = this.#storage.kv.get<string>('data-key')
    if (wrapped) return unwrapKey(this.#keyring, owner, wrapped)
    const made = newDataKey()
    const sealed = await wrapKey(this.#keyring, owner, made)
    // Two calls at the same time: the first key stays.
    const first = this.#storage.kv.get<string>('data-key')
    if (first) return unwrapKey(this.#keyring, owner, first)
    this.#storage.kv.put('data-key', sealed)
    return made
  }
}
