/** Accounting stamps are New York wall time without an offset, wherever the business is (sheet 4). */
const NEW_YORK = zone('America/New_York')

function zone(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
}

/** `2020-11-16 21:27:03` in New York. */
export const eastern = (at: number): string => NEW_YORK.format(at)

/** `2020-11-17 02:27:03` in UTC: bills, bill vendors, a client's `signup_date`. */
export const spacedUtc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** `2026-08-22T04:31:10Z` */
export const zulu = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** `2026-08-22T04:31:10.449000Z`, as ledger accounts have it. */
export const zuluMicro = (at: number): string => new Date(at).toISOString().replace('Z', '000Z')

/** `updated` with microseconds; `serial` keeps two writes of one millisecond apart. */
export const version = (at: number, serial: number): string =>
  `${eastern(at)}.${String((at % 1000) * 1000 + (serial % 1000)).padStart(6, '0')}`

/** The calendar day of an instant where the business is. */
export const dayIn = (at: number, timeZone: string): string => zone(timeZone).format(at).slice(0, 10)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
