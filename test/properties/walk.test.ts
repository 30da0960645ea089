import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Answered, PAGE_SIZE, type Request, step } from '../../src/vendors/wave/walk'
import { runs } from './runs'

/** What happens to the list after a step: rows change (to one stamp), are added, or go. */
interface Turn {
  touched: number[]
  added: number
  gone: number[]
  /** Milliseconds since the turn before. */
  later: number
}

const turn = fc.record<Turn>({
  touched: fc.array(fc.nat({ max: 300 }), { maxLength: 70 }),
  added: fc.nat({ max: 5 }),
  gone: fc.array(fc.nat({ max: 300 }), { maxLength: 3 }),
  later: fc.constantFrom(1, 1_000, 400_000),
})

/** Sizes of groups of rows that share a stamp; some lie further back than a poll overlaps. */
const groups = fc.array(fc.constantFrom(1, 2, 49, 50, 51, 120, 170), { maxLength: 5, size: 'max' })

const stampOf = (ms: number): string => new Date(Date.UTC(2026, 2, 2, 12) + ms).toISOString()

class List {
  readonly rows = new Map<string, string>()
  #now = 0
  #made = 0

  constructor(sizes: number[]) {
    for (const [n, size] of sizes.entries()) this.#add(size, n % 2 === 0 ? 1 : 400_000)
  }

  #add(count: number, later: number): void {
    this.#now += later
    for (let n = 0; n < count; n += 1) {
      this.#made += 1
      this.rows.set(`r${this.#made}`, stampOf(this.#now))
    }
  }

  take({ touched, added, gone, later }: Turn): void {
    this.#add(added, later)
    for (const n of touched) if (this.rows.has(`r${n}`)) this.rows.set(`r${n}`, stampOf(this.#now))
    for (const n of gone) this.rows.delete(`r${n}`)
  }

  /** As Wave serves it: beyond the stamp, oldest first, by page number. */
  answer({ after, page }: Request, { inclusive, counted }: Open): Answered {
    const found = [...this.rows]
      .filter(([, stamp]) => after === null || stamp > after || (inclusive && stamp === after))
      .sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0))
    const rows = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return {
      rows: rows.map(([id, version]) => ({ change: { type: 'invoice', id, event: 'listed' }, version })),
      totalPages: counted ? Math.max(1, Math.ceil(found.length / PAGE_SIZE)) : null,
    }
  }
}

/** What Wave's papers leave open. */
interface Open {
  inclusive: boolean
  counted: boolean
}

const open = fc.record<Open>({ inclusive: fc.boolean(), counted: fc.boolean() })

it('whatever changes under a walk: this walk or the next one sees each row as it is in the end', () =>
  fc.assert(
    fc.asyncProperty(groups, fc.array(turn, { maxLength: 6 }), open, async (sizes, turns, how) => {
      const list = new List(sizes)
      const left = [...turns]
      const seen = new Map<string, Set<string>>()
      let cursor: string | null = null
      for (let walks = 0, steps = 0; walks < 2; steps += 1) {
        expect(steps).toBeLessThan(200)
        const page: Awaited<ReturnType<typeof step>> = await step(cursor, null, async (r) => list.answer(r, how))
        for (const { change, version } of page.items)
          seen.set(change.id, (seen.get(change.id) ?? new Set()).add(version))
        cursor = page.next
        const next = left.shift()
        if (next) list.take(next)
        // The last walk begins when nothing changes any more.
        if (page.done && left.length === 0) walks += next ? 0 : 1
      }
      const missed = [...list.rows].filter(([id, stamp]) => !seen.get(id)?.has(stamp))
      expect(missed).toEqual([])
    }),
    runs(300),
  ))
