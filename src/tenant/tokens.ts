import { z } from 'zod'
import { Failed } from '../core/failure'
import type { TokenAnswer } from '../core/grant'
import { now } from '../lib/clock'

type Known = Extract<TokenAnswer, { ok: true }>

/** Hands out tokens: a grant's, or the app's own. */
interface TokenSource {
  token(refused?: number): Promise<TokenAnswer>
}

/** The access tokens of one grant, as one tenant uses them: asked for once, and again when they end or are refused. */
export class GrantTokens {
  readonly #grant: () => TokenSource
  #known: Promise<Known> | null = null

  /** A stub stays broken after a reset, so a new one is made for each use. */
  constructor(grant: () => TokenSource) {
    this.#grant = grant
  }

  async get(): Promise<string> {
    const known = await this.#current()
    if (known.renewAt === null || known.renewAt > now()) return known.accessToken
    return (await this.#ask(undefined)).accessToken
  }

  /** The vendor refused this one. Answers another, or throws where there is none. */
  async renew(refused: string): Promise<string> {
    const known = await this.#current()
    if (known.accessToken !== refused) return known.accessToken
    return (await this.#ask(known.serial)).accessToken
  }

  #current(): Promise<Known> {
    return this.#known ?? this.#ask(undefined)
  }

  /** Calls that ask at the same time share the answer. */
  #ask(refused: number | undefined): Promise<Known> {
    const asked = this.#answer(refused)
    this.#known = asked
    asked.catch(() => {
      if (this.#known === asked) this.#known = null
    })
    return asked
  }

  async #answer(refused: number | undefined): Promise<Known> {
    const answer = await this.#grant().token(refused).catch(orLater)
    if (!answer.ok) throw new Failed(answer.failure)
    return answer
  }
}

/** How the platform says that an object was restarted, or cannot be reached for now (platform sheet 3). */
const Away = z.union([
  z.object({ durableObjectReset: z.literal(true) }),
  z.object({ retryable: z.literal(true) }),
  z.object({ overloaded: z.literal(true) }),
])

/** What it was doing is written down there: whoever asks again is told how it ended. */
const orLater = (thrown: unknown): never => {
  if (!Away.safeParse(thrown).success) throw thrown
  throw new Failed({
    kind: 'transient',
    code: 'tokens_away',
    message: 'the object that keeps the access tokens was restarted',
    remedy: 'Nothing to do: it is tried again.',
  })
}
