const DEFAULT_MS = 60_000
const LONGEST_MS = 3_600_000

/** `Retry-After` in milliseconds from now: seconds, `60 Seconds` as Cin7 writes it, or an HTTP date. Absent or senseless: a minute. */
export const retryAfter = (header: string | null, now: number): number => {
  const text = (header ?? '').trim()
  const at = /[a-z]{3},/i.test(text) ? Date.parse(text) : Number.NaN
  const wait = Number.isNaN(at) ? Number(/\d+/.exec(text)?.[0] ?? Number.NaN) * 1000 : at - now
  return Number.isNaN(wait) ? DEFAULT_MS : Math.min(LONGEST_MS, Math.max(1_000, wait))
}
