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
    const answer = await this.#grant().token(refused)
    if (!answer.ok) throw new Failed(answer.failure)
    return answer
  }
}
