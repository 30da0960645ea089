import { moveClock, now, passTimeBy } from '../../src/lib/clock'
import type { TestWorld } from './world'

/** The worlds whose clocks go with ours: those of the test that runs now. */
let worlds: TestWorld[] = []
const MOST = 2

/** Moves our clock and those of the worlds together. */
export const passTime = async (ms: number): Promise<void> => {
  moveClock(ms)
  await Promise.all(worlds.map((world) => world.advance(ms)))
}

/** Earlier tests of the file have moved our clock: a new world starts at the same time. */
export const joinTime = async (world: TestWorld): Promise<void> => {
  worlds = [...worlds, world].slice(-MOST)
  passTimeBy(passTime)
  await world.advance(now() - Date.now())
}

const DAY_MS = 24 * 3_600_000
const HOUR_MS = 3_600_000

/** What counts by the day (UTC) is not to begin on one and end on another, whenever the test is run. */
export const untilMorning = async (): Promise<void> => {
  const left = DAY_MS - (now() % DAY_MS)
  if (left < HOUR_MS) await passTime(left + 1_000)
}
