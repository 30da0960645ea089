/** A business date: a calendar day without a zone. */
export type CalendarDate = string

export const isCalendarDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** The day on the calendar of a place: `zone` is an IANA name, '' or one that is not known means UTC. */
export const dateIn = (zone: string, ms: number): CalendarDate => {
  const parts = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms)
  try {
    return parts(zone || 'UTC')
  } catch {
    return parts('UTC')
  }
}

/** ISO text as an instant on a comparable scale: milliseconds since 1970. A missing zone means UTC. */
export const instant = (text: string): number => Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
