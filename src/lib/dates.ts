/** A business date: a calendar day without a zone. */
export type CalendarDate = string

export const isCalendarDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** ISO text as an instant on a comparable scale: milliseconds since 1970. A missing zone means UTC. */
export const instant = (text: string): number => Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
