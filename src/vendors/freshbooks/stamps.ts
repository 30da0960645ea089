import { z } from 'zod'

/** `2021-04-16 10:31:58`, perhaps with a fraction: no offset, the field says which zone it is in (sheet section 4). */
const SHAPE = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6})\d*)?$/
export const stamp = z.string().regex(SHAPE, 'not a stamp')

let made: Intl.DateTimeFormat | undefined

/** Made on first use: it reads much data, which an isolate that starts has no need of. */
const inNewYork = (at: number): string => {
  made ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' })
  return made.format(at)
}

const HOUR_MS = 3_600_000

/** A stamp of New York wall time as UTC text that sorts by time, wherever the business is. */
export const fromEastern = (text: string): string => {
  const { wall, fraction } = partsOf(text)
  const asUtc = Date.parse(`${wall.replace(' ', 'T')}Z`)
  const [summer, winter] = [asUtc + 4 * HOUR_MS, asUtc + 5 * HOUR_MS]
  const fits = (at: number): boolean => inNewYork(at) === wall
  if (!fits(summer)) return utc(winter, fraction)
  return fits(winter) ? endOfHour(winter) : utc(summer, fraction)
}

/** A stamp of UTC wall time (bills, bill vendors). */
export const fromUtc = (text: string): string => {
  const { wall, fraction } = partsOf(text)
  return utc(Date.parse(`${wall.replace(' ', 'T')}Z`), fraction)
}

/** The day that `updated_min` compares: it looks at no more than that. */
export const dayOf = (text: string): string => text.slice(0, 10)

const partsOf = (text: string): { wall: string; fraction: string } => {
  const [, day = '', time = '', fraction = ''] = SHAPE.exec(text) ?? []
  return { wall: `${day} ${time}`, fraction }
}

const utc = (at: number, fraction: string): string =>
  `${new Date(at).toISOString().slice(0, 19)}.${fraction.padEnd(6, '0')}Z`

/**
 * The hour that the clock shows twice in autumn: 01:50 may be before 01:10. All of it is one stamp, the latest that it can be: nothing
 * in it is older than anything else in it, and what comes after is newer.
 */
const endOfHour = (at: number): string => `${new Date(at).toISOString().slice(0, 13)}:59:59.999999Z`
