/** `2026-03-02T15:04:05Z` */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** `2026-03-02T15:04:05.123Z` */
export const fineStamp = (at: number): string => new Date(at).toISOString()

/** `2026-03-02T15:04:05.000+00:00`, as old payout failures have it (sheet 11). */
export const offsetStamp = (at: number): string => `${stamp(at).slice(0, -1)}.000+00:00`

/** `2026-03-02 15:05:10`, the `created` of transfers: no zone (sheet 7). */
export const spacedStamp = (at: number): string => stamp(at).replace('T', ' ').slice(0, -1)

/** `2026-03-02T15:04:05+0000`, as rates have it (sheet 3). */
export const rateStamp = (at: number): string => `${stamp(at).slice(0, -1)}+0000`

/** `2026-03-02T15:04:05.123+0000`, as gateway errors and delivery estimates have it. */
export const gatewayStamp = (at: number): string => fineStamp(at).replace('Z', '+0000')

export const SECOND = 1_000
export const MINUTE = 60_000
export const DAY = 86_400_000

/** Noon two days on: estimates need no more truth than that. */
export const deliveryAt = (from: number): number => Math.floor(from / DAY) * DAY + 2.5 * DAY

const SHORT = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' })
export const byDay = (at: number): string => `by ${SHORT.format(at)}`
