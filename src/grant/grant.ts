import { DurableObject } from 'cloudflare:workers'
import { type GrantApi, type TokenAnswer, Tokens } from '../core/grant'
import { checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { type DataKey, newDataKey, seal, unseal, unwrapKey, wrapKey } from '../lib/seal'

const SCHEMA = `create table if not exists consents (number integer primary key, tokens text not null, expires_at integer, at integer not null)`

/** A token this close to its end is not handed out: the call it is for takes time as well. */
const MARGIN_MS = 60_000

type ConsentRow = { number: number; tokens: string; expires_at: number | null }

/** The only store of the live tokens of one consent. They are sealed under a data key of its own and never leave in bulk. */
export class Grant extends DurableObject<Env> implements GrantApi {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    state.storage.sql.exec(SCHEMA)
  }

  async consent(tokens: Tokens): Promise<number> {
    const key = await this.#key()
    const number = (this.#newest()?.number ?? 0) + 1
    const sealed = await seal(key, this.#row(number), JSON.stringify(Tokens.parse(tokens)))
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec('delete from consents')
      this.ctx.storage.sql.exec('insert into consents values (?, ?, ?, ?)', number, sealed, tokens.expiresAt, now())
    })
    return number
  }

  async token(): Promise<TokenAnswer> {
    const newest = this.#newest()
    if (!newest) return { ok: false, reason: 'none' }
    if (newest.expires_at !== null && newest.expires_at - MARGIN_MS <= now()) return { ok: false, reason: 'expired' }
    const text = await unseal(await this.#key(), this.#row(newest.number), newest.tokens)
    return { ok: true, accessToken: Tokens.parse(JSON.parse(text)).accessToken, consent: newest.number }
  }

  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll()
    this.ctx.storage.sql.exec(SCHEMA)
  }

  #newest(): ConsentRow | undefined {
    return this.ctx.storage.sql.exec<ConsentRow>('select * from consents order by number desc limit 1').toArray()[0]
  }

  #row(consent: number): string {
    return `grant/${this.ctx.id.name}/${consent}`
  }

  async #key(): Promise<DataKey> {
    const { keyring } = checkEnv(this.env)
    const owner = `grant/${this.ctx.id.name}`
    const wrapped = this.ctx.storage.kv.get<string>('data-key')
    if (wrapped) return unwrapKey(keyring, owner, wrapped)
    const made = newDataKey()
    this.ctx.storage.kv.put('data-key', await wrapKey(keyring, owner, made))
    return made
  }
}
