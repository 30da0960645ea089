import type { Failure } from '../core/failure'

/** How long credentials that were refused are left alone: every call with them would be refused as well. */
const REST_MS = 3_600_000

/** The door of one connection: shut while its credentials are refused. New credentials open it, and after an hour one call may try. */
export class Latch {
  #shut: { until: number; failure: Failure } | null = null
  #known = false

  waitFor(now: number): number {
    return this.#shut ? Math.max(0, this.#shut.until - now) : 0
  }

  /** Why nothing may leave, if so. */
  failure(now: number): Failure | undefined {
    return this.#shut && this.#shut.until > now ? this.#shut.failure : undefined
  }

  refused(failure: Failure, now: number): void {
    this.#shut = { until: now + REST_MS, failure }
    this.#known = false
  }

  /** Answers whether that is news: the first good answer since the start, or since a refusal. */
  accepted(): boolean {
    this.#shut = null
    const news = !this.#known
    this.#known = true
    return news
  }

  /** Other credentials may be there. */
  open(): void {
    this.#shut = null
  }
}
