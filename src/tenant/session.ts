import type { z } from 'zod'
import type { RequestMade } from '../core/audit'
import { Failed, type Failure } from '../core/failure'
import type { Answer, Call, SetupApi, Vendor } from '../core/vendor'
import { readCapped } from '../lib/bytes'
import { now, pause, realSpan } from '../lib/clock'
import { parseJson } from '../lib/json'
import { within } from '../lib/patience'
import { retryAfter } from '../lib/retry-after'
import type { Breaker } from './breaker'
import type { Gate } from './gate'
import type { Latch } from './latch'
import type { Limiter } from './limiter'
import type { Meter } from './meter'
import type { GrantTokens } from './tokens'

/** A permit that comes within this time is worth staying in memory for; a longer wait is left to the alarm. */
export const SHORT_WAIT_MS = 2_500

/** One connection, ready to call. Shared by all attempts that use it. */
export interface Line {
  connection: string
  vendor: Vendor
  baseUrl: string
  account: string
  settings: unknown
  credentials: unknown
  limiter: Limiter
  meter: Meter
  breaker: Breaker
  latch: Latch
  gate: Gate
  /** Null where the credentials name no grant. */
  tokens: GrantTokens | null
  /** All vendor calls of the object together. */
  trunk: Gate
  /** The breaker of a connection opened, or closed again. */
  onBreaker(connection: string, open: boolean): void
  /** The credentials were refused, or (undefined) taken again. */
  onRefused(connection: string, failure: Failure | undefined): void
}

/**
 * The only way out to a vendor: limit, concurrency, headers, timeout, size, content type, the vendor's refusals, the meaning of
 * statuses, the shape of the answer. One session serves one attempt and remembers the requests it made.
 */
export class Session implements SetupApi {
  readonly requests: RequestMade[] = []
  readonly #line: Line

  readonly #signal: AbortSignal | undefined

  readonly app: Session | undefined

  /** After `signal`, nothing leaves any more: the attempt has lost its turn. `app` = the same as the app. */
  constructor(line: Line, signal?: AbortSignal, app?: Session) {
    this.#line = line
    this.#signal = signal
    this.app = app
  }

  /** Another attempt may be at work on the same: what this one remembers is not stored any more. */
  throwIfLost(): void {
    this.#signal?.throwIfAborted()
  }

  get account(): string {
    return this.#line.account
  }

  get settings(): unknown {
    return this.#line.settings
  }

  async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    if (!this.#line.vendor.reads(call)) throw new Error(`${call.method} ${call.path} is not a read`)
    return this.#parse(await this.#exchange(call, 'read'), call, schema, 'read')
  }

  /** A call that changes the vendor's own settings (hooks), never its books: what it answers is looked at again each day. */
  async change<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(await this.#exchange(call, 'read'), call, schema, 'read')
  }

  /** A mutating call. Only the ledger uses it (tenant/write.ts). */
  async send<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(await this.#exchange(call, 'write'), call, schema, 'write')
  }

  #exchange(call: Call, intent: Intent): Promise<Answer> {
    const { gate, trunk, vendor } = this.#line
    return gate.pass(async () => {
      const once = async (token: string) => {
        await this.#permit(vendor.reads(call) ? 'read' : 'write')
        return trunk.pass(() => this.#call(call, intent, token))
      }
      const answer = await this.#authorised(once)
      if (this.#line.latch.accepted()) this.#line.onRefused(this.#line.connection, undefined)
      return answer
    })
  }

  /** A refused token is renewed once and the call repeated once: a refusal means that nothing was done. */
  async #authorised(once: (token: string) => Promise<Answer>): Promise<Answer> {
    const { tokens, latch, connection, onRefused } = this.#line
    const shut = latch.failure(now())
    if (shut) throw new Failed(shut)
    try {
      if (!tokens) return await once('')
      const token = await tokens.get()
      return await once(token).catch(async (thrown) => {
        if (!isRefusal(thrown)) throw thrown
        return once(await tokens.renew(token))
      })
    } catch (thrown) {
      if (isRefusal(thrown)) {
        latch.refused(thrown.failure, now())
        onRefused(connection, thrown.failure)
      }
      throw thrown
    }
  }

  async #permit(kind: Intent): Promise<void> {
    const { limiter, meter, breaker, vendor } = this.#line
    for (;;) {
      this.#signal?.throwIfAborted()
      const rest = breaker.waitFor(now())
      if (rest > 0) throw new Failed(resting(vendor.name))
      const wait = limiter.waitFor(now())
      if (wait > SHORT_WAIT_MS) throw new Failed(throttled(vendor.name, 'our own limit', wait))
      if (wait === 0) break
      await pause(wait)
    }
    meter.count(kind, now())
    limiter.take(now())
    breaker.leaves()
  }

  async #call(call: Call, intent: Intent, token: string): Promise<Answer> {
    const started = now()
    const note = (status: number) =>
      this.requests.push({
        vendor: this.#line.vendor.name,
        method: call.method,
        route: call.route ?? call.path,
        status,
        ms: now() - started,
      })
    try {
      const answer = await this.#fetch(call, token)
      note(answer.status)
      this.#refuse(answer, call, intent)
      this.#came(true)
      return answer
    } catch (thrown) {
      if (thrown instanceof Failed) throw this.#slowed(thrown)
      note(0)
      this.#came(false)
      throw new Failed(lost(this.#line.vendor.name, intent, thrown instanceof Error ? thrown.name : 'error'))
    }
  }

  async #fetch(call: Call, token: string): Promise<Answer> {
    const { vendor, baseUrl, credentials } = this.#line
    const headers = new Headers({ accept: 'application/json' })
    if (call.body !== undefined) headers.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
    vendor.authorise(headers, credentials, token)
    const query = call.query ? `?${new URLSearchParams(call.query)}` : ''
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) }
    const request = { method: call.method, headers, redirect: 'manual' as const, ...body }
    return within(realSpan(vendor.timeout), async (late) => {
      const signal = this.#signal ? AbortSignal.any([late, this.#signal]) : late
      const response = await fetch(`${baseUrl}${call.path}${query}`, { ...request, signal })
      const text = await readCapped(response, vendor.maxBytes)
      if (text === undefined) throw new RangeError('answer too large')
      return { status: response.status, headers: response.headers, text, json: parseJson(text) }
    })
  }

  #refuse(answer: Answer, call: Call, intent: Intent): void {
    const { vendor } = this.#line
    const failure = vendor.refusal?.(answer, call) ?? plainRefusal(vendor.name, answer, intent)
    if (failure) throw new Failed(intent === 'write' ? cautious(vendor, failure, answer) : failure)
  }

  /** The vendor's own request for patience slows the whole connection, not only this job. */
  #slowed(failed: Failed): Failed {
    this.#came(!['transient', 'uncertain'].includes(failed.failure.kind))
    if (failed.failure.kind === 'throttled') this.#line.limiter.block(now() + failed.failure.waitMs)
    return failed
  }

  /** Whether the vendor is there at all: a refusal is an answer, an outage is not. */
  #came(answered: boolean): void {
    const { breaker, connection, onBreaker } = this.#line
    const turned = answered ? breaker.answered() : breaker.failed(now())
    if (turned) onBreaker(connection, !answered)
  }

  #parse<T>(answer: Answer, call: Call, schema: z.ZodType<T>, intent: Intent): T {
    const parsed = schema.safeParse(this.#line.vendor.content?.(answer) ?? answer.json)
    if (parsed.success) return parsed.data
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 3)
    throw new Failed(
      unexpected(this.#line.vendor.name, `${call.method} ${call.route ?? call.path}`, where.join('; '), intent),
    )
  }
}

type Intent = 'read' | 'write'

const isRefusal = (thrown: unknown): thrown is Failed =>
  thrown instanceof Failed && thrown.failure.kind === 'unauthorised'

const throttled = (vendor: string, by: string, waitMs: number): Failure => ({
  kind: 'throttled',
  code: `${vendor}_rate_limit`,
  message: `rate limit (${by})`,
  remedy: 'Nothing to do: it goes on by itself.',
  waitMs,
})

const resting = (vendor: string): Failure => ({
  kind: 'transient',
  code: `${vendor}_resting`,
  message: `${vendor} has failed several times in a row and is left alone for a while`,
  remedy: 'Nothing to do: it is tried again.',
})

/** No complete answer: a read can be repeated, a write may have happened. */
const lost = (vendor: string, intent: Intent, why: string): Failure =>
  intent === 'write'
    ? uncertain(`${vendor}_outcome_unknown`, `no complete answer (${why})`, vendor)
    : {
        kind: 'transient',
        code: `${vendor}_unreachable`,
        message: `no complete answer (${why})`,
        remedy: 'Nothing to do: it is tried again.',
      }

const uncertain = (code: string, message: string, vendor: string): Failure => ({
  kind: 'uncertain',
  code,
  message,
  remedy: `Nothing to do yet: it is looked up in ${vendor} before anything is sent again.`,
  waitMs: 0,
})

const unexpected = (vendor: string, call: string, where: string, intent: Intent): Failure =>
  intent === 'write'
    ? uncertain(`${vendor}_outcome_unknown`, `${call} answered something unexpected: ${where}`, vendor)
    : {
        kind: 'malformed',
        code: `${vendor}_unexpected_answer`,
        message: `${call} answered something unexpected: ${where}`,
        remedy: `${vendor} answers differently from what is known of it. Report it; replay once a fixed version is deployed.`,
      }

const isJson = (answer: Answer): boolean => answer.text === '' || answer.json !== undefined

/** What a status means where the vendor has nothing of its own to say. */
const plainRefusal = (vendor: string, answer: Answer, intent: Intent): Failure | undefined => {
  const { status } = answer
  const words = isJson(answer) ? answer.text.slice(0, 300) : `an HTML or text page with status ${status}`
  if (status === 429) return throttled(vendor, 'vendor', retryAfter(answer.headers.get('retry-after'), now()))
  if (status === 401 || status === 403)
    return {
      kind: 'unauthorised',
      code: `${vendor}_credentials_refused`,
      message: words,
      remedy: `${vendor} refused the credentials: enter them again (PUT …/credentials). Waiting records go on by themselves.`,
    }
  if (status >= 500 || (status >= 300 && status < 400) || !isJson(answer))
    return lost(vendor, intent, `status ${status}`)
  if (status >= 400)
    return {
      kind: 'rejected',
      code: status === 404 ? `${vendor}_not_found` : `${vendor}_rejected`,
      message: words,
      remedy: `${vendor} refused it, see its words. Correct it there or in the mapping, then replay the record.`,
    }
  return undefined
}

/** A 5xx to a write is no proof that nothing happened, whatever its body says, unless the vendor is known to mean it; a named rate limit is. */
const cautious = (vendor: Vendor, failure: Failure, answer: Answer): Failure => {
  const isOpen = answer.status >= 500 && failure.kind !== 'throttled' && !vendor.undone?.(answer)
  return isOpen || failure.kind === 'transient' ? uncertain(failure.code, failure.message, vendor.name) : failure
}
