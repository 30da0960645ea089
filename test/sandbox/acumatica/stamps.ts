const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, made)
  return made
}

/** `-05:00` */
const offsetAt = (zone: string, at: number): string => {
  const name = formatOf(zone)
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return name?.replace('GMT', '') || '+00:00'
}

const minutesOf = (offset: string): number => {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** `2025-03-04T09:15:27.42-05:00`: the fraction has no trailing zeros and may be missing (sheet 4). */
export const writeInstant = (zone: string, at: number): string => {
  const offset = offsetAt(zone, at)
  const local = new Date(at + minutesOf(offset) * 60_000).toISOString().slice(0, 23)
  const [whole, fraction = ''] = local.split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${whole}${digits && `.${digits}`}${offset}`
}

/** A business date is local midnight, with the offset of that day (sheet 4). */
export const writeDay = (zone: string, day: string): string => {
  const utc = Date.parse(`${day}T00:00:00Z`)
  const near = utc - minutesOf(offsetAt(zone, utc)) * 60_000
  return `${day}T00:00:00${offsetAt(zone, near)}`
}

export const localDay = (zone: string, at: number): string => writeInstant(zone, at).slice(0, 10)

export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The three written forms that are known to be accepted (sheet 4). */
export const readDay = (text: string): string | undefined => {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  const [, month = '', date = '', year = ''] = american ?? []
  const day = american ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : text.slice(0, 10)
  const isWhole = american !== null || /^.{10}(T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)?)?$/.test(text)
  return isWhole && isDay(day) ? day : undefined
}

export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** `10/1/2024`, as error texts write dates. */
export const americanDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${month}/${date}/${year}`
}

const TICKS_AT_1970 = 621_355_968_000_000_000n

/** .NET ticks: 100 ns since 0001-01-01; more than 2^53 (sheet 11). */
export const ticksOf = (at: number): bigint => TICKS_AT_1970 + BigInt(at) * 10_000n
