import type { z } from 'zod'
import { type Difference, Failed } from '../core/failure'
import type { StepPlan, TargetApi, TargetRef } from '../core/flow'
import type { OpenWrite, WriteContent } from '../core/ledger'
import type { Foreseen } from '../core/preview'
import type { Call, ReadApi } from '../core/vendor'
import { totalsFailure } from './totals'

/** What only the target will know. */
export const unknown = (what: string): string => `⟨${what}⟩`

const holdsUnknown = (call: Call): boolean => JSON.stringify(call).includes('⟨')

/** From here on it depends on what the target answers. */
export class Unforeseen extends Error {}

/** Never sent, so nothing is ever known by it. */
const NO_KEY = '00000000-0000-4000-8000-000000000000'

/** A write whose steps are noted instead of sent. Reading is real, until something was noted: the target would show it by then. */
export class Rehearsal implements OpenWrite, TargetApi {
  readonly requests: Foreseen[] = []
  readonly content: WriteContent
  readonly target: TargetRef | null
  readonly marker: string
  readonly #api: ReadApi
  complete = true

  constructor(content: WriteContent, target: TargetRef | null, marker: string, api: ReadApi) {
    this.content = content
    this.target = target
    this.marker = marker
    this.#api = api
  }

  get api(): TargetApi {
    return this
  }

  get account(): string {
    return this.#api.account
  }

  get settings(): unknown {
    return this.#api.settings
  }

  read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    if (this.requests.length > 0 || holdsUnknown(call)) throw new Unforeseen()
    return this.#api.read(call, schema)
  }

  async step<T>(plan: StepPlan<T>): Promise<T> {
    const { method, path, query = {}, body } = plan.call(NO_KEY)
    const sent: unknown = body === undefined ? null : JSON.parse(JSON.stringify(body))
    this.requests.push({ step: plan.name, method, path, query, body: sent })
    return echo(plan.answer, sent, plan.name)
  }

  stepState(): undefined {
    return undefined
  }

  allowed(): undefined {
    return undefined
  }

  withdrawn(): undefined {
    return undefined
  }

  /** Figures of an answer that was made up prove nothing. */
  refuseUnless(differences: Difference[], standing: string): void {
    if (this.requests.length > 0) return
    const failure = totalsFailure(differences, standing)
    if (failure) throw new Failed(failure)
  }

  adopted(): boolean {
    return false
  }

  done(): void {}

  failed(): void {}

  save(): void {}

  /** The end of what can be foreseen is no failure, and nothing is one that follows from an answer that was made up. */
  isEnd(thrown: unknown): boolean {
    const ends = thrown instanceof Unforeseen || this.requests.length > 0
    if (ends) this.complete = false
    return ends
  }
}

const ROUNDS = 8

/** Targets answer with what they took. What they would add to it is left open; where it is more than texts, it cannot be foreseen. */
const echo = <T>(answer: z.ZodType<T>, sent: unknown, step: string): T => {
  const guess: Record<string, unknown> = isRecord(sent) ? { ...sent } : {}
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsed = answer.safeParse(guess)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      if (issue.code !== 'invalid_type') throw new Unforeseen()
      put(
        guess,
        issue.path.map(String),
        filler(issue.expected, sent, `${issue.path.at(-1)?.toString() ?? ''} of ${step}`),
      )
    }
  }
  throw new Unforeseen()
}

const filler = (expected: string, sent: unknown, what: string): unknown => {
  if (expected === 'string') return unknown(what)
  if (expected === 'object' && isRecord(sent)) return { ...sent }
  if (expected === 'array' && isRecord(sent)) return [{ ...sent }]
  throw new Unforeseen()
}

const put = (into: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void => {
  if (name === undefined) throw new Unforeseen()
  if (rest.length === 0) {
    into[name] = value
    return
  }
  const inner = into[name]
  if (!isRecord(inner)) throw new Unforeseen()
  put(inner, rest, value)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
