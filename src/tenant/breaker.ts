const OPENS_AFTER = 5
const FIRST_REST_MS = 15_000
const LONGEST_REST_MS = 15 * 60_000
/** How long the others wait while one call tries whether the vendor is back. */
const PROBE_MS = 5_000

/**
 * Several faults of a vendor in a row, and its connection rests: longer each time, with one call in between that tries. So an
 * outage costs a handful of calls, and not one for each waiting record.
 */
export class Breaker {
  #faults = 0
  #until = 0
  #probing = false
  #known = false

  /** Milliseconds until a call may leave. */
  waitFor(now: number): number {
    if (this.#faults < OPENS_AFTER) return 0
    if (now < this.#until) return this.#until - now
    return this.#probing ? PROBE_MS : 0
  }

  leaves(): void {
    this.#probing = this.#faults >= OPENS_AFTER
  }

  /** Answers whether this fault opened it. */
  failed(now: number): boolean {
    this.#faults += 1
    this.#probing = false
    if (this.#faults < OPENS_AFTER) return false
    this.#until = now + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (this.#faults - OPENS_AFTER))
    return this.#faults === OPENS_AFTER
  }

  /** Answers whether it had been open, or may have been before this object was started. */
  answered(): boolean {
    const open = this.#faults >= OPENS_AFTER || !this.#known
    this.#known = true
    this.#faults = 0
    this.#probing = false
    return open
  }
}
