import type { Limit } from '../core/vendor'

/** Stamps are written down every so many calls: one billed row for ten calls instead of for each. */
const BLOCK = 10

/** A window shorter than this is over before a restarted object makes its first call. */
const WORTH_SAVING_MS = 10_000

/** What survives a restart; times in milliseconds. */
export interface Saved {
  stamps: number[]
  blockedUntil: number
}

/**
 * Sliding windows of one connection. What was granted is remembered across a restart of the object; the calls since the last
 * time it was written down are taken as made just now, so that the vendor's limit holds after a crash as well.
 */
export class Limiter {
  readonly #limits: Limit[]
  readonly #save: (saved: Saved) => void
  readonly #longest: number
  #stamps: number[]
  #unsaved = 0
  #blockedUntil = 0

  /** `saved` is what `save` was last given, or undefined. */
  constructor(limits: Limit[], saved: Saved | undefined, now: number, save: (saved: Saved) => void) {
    this.#limits = limits
    this.#longest = Math.max(0, ...limits.map((limit) => limit.perMs))
    this.#save = save
    this.#blockedUntil = saved?.blockedUntil ?? 0
    this.#stamps = saved ? [...saved.stamps, ...Array.from({ length: BLOCK }, () => now)] : []
  }

  /** Milliseconds until `calls` more calls may leave; 0 = now. */
  waitFor(now: number, calls = 1): number {
    this.#stamps = this.#stamps.filter((stamp) => stamp > now - this.#longest)
    const waits = this.#limits.map((limit) => this.#waitOf(limit, now, Math.min(calls, limit.calls)))
    return Math.max(0, this.#blockedUntil - now, ...waits)
  }

  #waitOf(limit: Limit, now: number, calls: number): number {
    const inside = this.#stamps.filter((stamp) => stamp > now - limit.perMs)
    const excess = inside.length + calls - limit.calls
    const freeing = inside[excess - 1]
    return freeing === undefined ? 0 : freeing + limit.perMs - now
  }

  /** Only after `waitFor` said 0. */
  take(now: number): void {
    if (this.#unsaved === 0 && this.#longest >= WORTH_SAVING_MS) {
      this.#save(this.#state())
      this.#unsaved = BLOCK
    }
    this.#unsaved = Math.max(0, this.#unsaved - 1)
    this.#stamps.push(now)
  }

  /** The vendor asked for patience: the whole connection waits. */
  block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until)
    this.#save(this.#state())
  }

  #state(): Saved {
    return { stamps: this.#stamps, blockedUntil: this.#blockedUntil }
  }
}
