import { z } from 'zod'

/** Calls of one day (UTC). What a crash takes with it is less than ten calls: they are written down with the limiter's stamps. */
export const Counted = z.object({ day: z.string(), reads: z.number(), writes: z.number() })
export type Counted = z.infer<typeof Counted>

const DAY_MS = 24 * 3_600_000

const none = (day: string): Counted => ({ day, reads: 0, writes: 0 })

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)

/** What went out on one connection today, for vendors that bill by it. */
export class Meter {
  #counted: Counted
  /** The one that was last asked for, when it began, and its name, which takes longer to make than to compare. */
  #day = { began: Number.NEGATIVE_INFINITY, name: '' }

  constructor(saved: Counted | undefined, now: number) {
    this.#counted = saved ?? none(dayOf(now))
  }

  count(kind: 'read' | 'write', now: number): void {
    const { reads, writes, day } = this.today(now)
    this.#counted = kind === 'read' ? { day, reads: reads + 1, writes } : { day, reads, writes: writes + 1 }
  }

  today(now: number): Counted {
    const began = now - (now % DAY_MS)
    if (began !== this.#day.began) this.#day = { began, name: dayOf(now) }
    return this.#counted.day === this.#day.name ? this.#counted : none(this.#day.name)
  }
}

/** What was counted on another day says nothing about today. */
export const ofToday = (counted: Counted, now: number): Counted => {
  const day = dayOf(now)
  return counted.day === day ? counted : none(day)
}
