import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import type { Failure } from '../core/failure'
import {
  type Consent,
  Consent as ConsentShape,
  type GrantApi,
  type GrantState,
  type TokenAnswer,
  type Tokens,
  Tokens as TokensShape,
} from '../core/grant'
import type { Answered } from '../core/tenant'
import { certificateOf, checkEnv, type Env, oauthApp } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { vendors } from '../registry'
import { type ConsentRow, Consents } from './consents'
import { failureOf, noApp, notConnected, patience, refusedFor } from './failures'
import {
  type Desk,
  type Redeemed,
  redeemApp,
  redeemCode,
  redeemPassword,
  redeemRefresh,
  revoke,
} from './token-endpoint'

/** After an outage of the token endpoint, it is left alone for a moment. */
const REST_MS = 5_000
/** A token this close to its end is not handed out any more, whatever else fails. */
const LAST_MS = 30_000

const Custom = z.object({ baseUrl: z.string().optional() })

/**
 * The only store of the live tokens of one chain, and the only one who renews them (promise 10): a `refreshing` mark first, the
 * new token stored before it is used, one renewal at a time. They leave one access token at a time.
 */
export class Grant extends DurableObject<Env> implements GrantApi {
  readonly #consents: Consents
  #refreshing: Promise<TokenAnswer> | null = null
  #restUntil = 0

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    this.#consents = new Consents(state.storage, state.id.name ?? '', checkEnv(env).keyring)
  }

  async consent(given: Consent): Promise<Answered<{ scope: string }>> {
    const consent = ConsentShape.parse(given)
    const desk = this.#desk(consent)
    if (!desk) return { ok: false, failure: noApp(consent.vendor, consent.environment) }
    const redeemed = await first(desk, consent)
    if (redeemed.kind !== 'tokens') return { ok: false, failure: failureOf(consent.vendor, redeemed) }
    await this.#consents.replace(spent(consent), { ...redeemed.tokens, previous: null })
    return { ok: true, value: { scope: redeemed.tokens.scope } }
  }

  async token(refused?: number): Promise<TokenAnswer> {
    const row = this.#consents.newest()
    if (!row) return { ok: false, failure: notConnected() }
    const isSpent = refused === row.serial || (row.renew_at !== null && row.renew_at <= now())
    if (!isSpent && row.refused === '') return this.#handOut(row)
    this.#refreshing ??= this.#refresh(row).finally(() => {
      this.#refreshing = null
    })
    const answer = await this.#refreshing
    return answer.ok ? answer : this.#stillGood(refused, answer)
  }

  /** While the token endpoint is away, what has not ended yet is used on. */
  async #stillGood(refused: number | undefined, answer: TokenAnswer): Promise<TokenAnswer> {
    const row = this.#consents.newest()
    const good = row && row.serial !== refused && (row.expires_at === null || row.expires_at - LAST_MS > now())
    return good && row.refused === '' && !answer.ok && answer.failure.kind === 'transient' ? this.#handOut(row) : answer
  }

  async #handOut(row: ConsentRow): Promise<TokenAnswer> {
    const { tokens } = await this.#consents.open(row)
    return { ok: true, accessToken: tokens.accessToken, serial: row.serial, renewAt: row.renew_at }
  }

  async #refresh(row: ConsentRow): Promise<TokenAnswer> {
    const { consent, tokens } = await this.#consents.open(row)
    const desk = this.#desk(consent)
    if (!desk) return { ok: false, failure: noApp(consent.vendor, consent.environment) }
    if (row.refused !== '') return { ok: false, failure: refusedFor(consent.vendor, row.refused) }
    if (now() < this.#restUntil) return { ok: false, failure: patience(consent.vendor, 'its token endpoint was away') }
    this.#consents.refreshing(row)
    const { redeemed, used } = await again(desk, consent, tokens, row.at)
    if (redeemed.kind === 'tokens') return this.#renewed(row, tokens, redeemed.tokens, used)
    if (this.#consents.newest()?.number !== row.number) return this.token()
    return { ok: false, failure: this.#noted(row, consent, redeemed) }
  }

  /** Stored before it is used; a newer consent has won meanwhile where it is not stored. */
  async #renewed(
    row: ConsentRow,
    old: Tokens,
    fresh: Omit<Tokens, 'previous'>,
    used: string | null,
  ): Promise<TokenAnswer> {
    const refreshToken = fresh.refreshToken ?? used ?? old.refreshToken
    // The one that has just worked, before any other: the newest may turn out never to work.
    const previous = [used, old.refreshToken, old.previous].find((token) => token !== refreshToken) ?? null
    const chainEndsAt = fresh.chainEndsAt ?? old.chainEndsAt
    const scope = fresh.scope || old.scope
    await this.#consents.renewed(row, { ...fresh, refreshToken, previous, chainEndsAt, scope })
    const newest = this.#consents.newest()
    return newest ? this.#handOut(newest) : { ok: false, failure: notConnected() }
  }

  #noted(row: ConsentRow, { vendor }: Consent, redeemed: Exclude<Redeemed, { kind: 'tokens' }>): Failure {
    if (redeemed.kind === 'outage') {
      this.#restUntil = now() + REST_MS
      return failureOf(vendor, redeemed)
    }
    // The app's own secret, or a plan that lapsed: the chain is not dead, and is tried again.
    if (!['invalid_client', 'unauthorized_client', 'status_403'].includes(redeemed.code)) {
      const lost = row.refreshing_at === null ? '' : 'the answer to an earlier renewal was lost; '
      this.#consents.refused(row, `${lost}${redeemed.words}`)
      return refusedFor(vendor, `${lost}${redeemed.words}`)
    }
    this.#consents.answered(row)
    return failureOf(vendor, redeemed)
  }

  async appToken(): Promise<TokenAnswer> {
    const row = this.#consents.newest()
    if (!row) return { ok: false, failure: notConnected() }
    const { consent } = await this.#consents.open(row)
    const desk = this.#desk(consent)
    if (!desk) return { ok: false, failure: noApp(consent.vendor, consent.environment) }
    const redeemed = await redeemApp(desk)
    if (redeemed.kind !== 'tokens') return { ok: false, failure: failureOf(consent.vendor, redeemed) }
    const { accessToken, expiresAt } = redeemed.tokens
    return { ok: true, accessToken, serial: row.serial, renewAt: expiresAt }
  }

  async moveTo(grant: string): Promise<void> {
    const row = this.#consents.newest()
    if (!row) return
    const { consent, tokens } = await this.#consents.open(row)
    await this.env.GRANT.get(this.env.GRANT.idFromName(grant)).take(consent, tokens)
    await this.#consents.forget()
  }

  async take(consent: Consent, tokens: Tokens): Promise<void> {
    await this.#consents.replace(ConsentShape.parse(consent), TokensShape.parse(tokens))
  }

  async state(): Promise<GrantState> {
    const row = this.#consents.newest()
    if (!row) return { state: 'none', scope: '', chainEndsAt: null, cause: '' }
    const state = row.refused === '' ? 'live' : 'refused'
    const { consent } = await this.#consents.open(row)
    // With user and password a new chain begins by itself.
    const chainEndsAt = consent.how.kind === 'password' ? null : row.chain_ends_at
    return { state, scope: row.scope, chainEndsAt, cause: row.refused }
  }

  rewrap(): Promise<boolean> {
    return this.#consents.rewrap()
  }

  async forget(last: boolean): Promise<void> {
    await this.#revoke(last).catch((thrown: unknown) =>
      log('revoke_failed', { error: thrown instanceof Error ? thrown.name : 'error' }),
    )
    await this.#consents.forget()
  }

  async #revoke(last: boolean): Promise<void> {
    const row = this.#consents.newest()
    if (row?.refused !== '') return
    const { consent, tokens } = await this.#consents.open(row)
    const desk = this.#desk(consent)
    if (!desk || (desk.oauth.revokesCompany && !last)) return
    const status = await revoke(desk, tokens.refreshToken ?? tokens.accessToken)
    if (status !== null && status >= 400) log('revoke_refused', { vendor: consent.vendor, status })
  }

  /** Undefined where the deployment has no app for this vendor. */
  #desk({ vendor, environment, settings, app }: Consent): Desk | undefined {
    const oauth = vendors[vendor]?.oauth
    const known = app ?? oauthApp(this.env, vendor, environment)
    if (!oauth || !known) return undefined
    const base = checkEnv(this.env).customBaseUrls ? Custom.parse(settings).baseUrl : undefined
    return {
      oauth,
      place: { environment, settings },
      base,
      app: known,
      certified: certificateOf(this.env, oauth, environment),
    }
  }
}

const first = (desk: Desk, { how }: Consent): Promise<Redeemed> =>
  how.kind === 'code' ? redeemCode(desk, how) : redeemPassword(desk, how)

/** A code and its verifier have done their work. */
const spent = (consent: Consent): Consent =>
  consent.how.kind === 'code' ? { ...consent, how: { ...consent.how, code: '', verifier: '' } } : consent

/** What came of a renewal. `used` = the refresh token of the last try; null where it was made with user and password. */
interface Renewal {
  redeemed: Redeemed
  used: string | null
}

/**
 * With the newest refresh token; where that is refused, once with the one before (a lost answer had brought another); where user
 * and password are known, with those.
 */
const again = async (desk: Desk, { how }: Consent, tokens: Tokens, consentAt: number): Promise<Renewal> => {
  const redirectUri = how.kind === 'code' ? how.redirectUri : null
  const tried = [tokens.refreshToken, desk.oauth.keepsPrevious ? tokens.previous : null]
  let renewal: Renewal = { redeemed: NOTHING, used: null }
  for (const used of tried) {
    if (used === null) continue
    renewal = { redeemed: await redeemRefresh(desk, used, consentAt, redirectUri), used }
    const { redeemed } = renewal
    if (redeemed.kind !== 'refused' || redeemed.code !== 'invalid_grant') return renewal
  }
  return how.kind === 'password' ? { redeemed: await redeemPassword(desk, how), used: null } : renewal
}

const NOTHING: Redeemed = {
  kind: 'refused',
  code: 'no_refresh_token',
  words: 'there is nothing to renew it with',
}
