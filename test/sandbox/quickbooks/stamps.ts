const PACIFIC = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
})

const parts = (at: number): Record<string, string> =>
  Object.fromEntries(PACIFIC.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))

const written = (at: number, fraction: string): string => {
  const { year, month, day, hour, minute, second, timeZoneName = '' } = parts(at)
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${timeZoneName.replace('GMT', '')}`
}

/** `MetaData` times: seconds, US Pacific offset whatever the company's zone ([R] sheet 14). */
export const pacific = (at: number): string => written(at, '')

/** Envelope `time`: the same with milliseconds. */
export const envelopeTime = (at: number): string => written(at, `.${String(at % 1000).padStart(3, '0')}`)

/** Today at the server, the default of `TxnDate` (sheet 11). */
export const pacificDay = (at: number): string => pacific(at).slice(0, 10)

/** Stamps have whole seconds; what happens in between is that second's. */
export const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000

const STAMP = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds of a date or date-time as callers write it; one without a zone is UTC here (not documented). */
export const instantOf = (text: string): number | undefined => {
  if (!STAMP.test(text)) return undefined
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10 ? text : `${text}Z`
  const at = Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) ? undefined : at
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
