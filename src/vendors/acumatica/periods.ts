import { z } from 'zod'
import { date, flag, text } from './shapes'

const Period = z.object({ FinancialPeriodID: text, StartDate: date, Status: text, ClosedInAP: flag })
type Period = z.infer<typeof Period>

/** A year of the master financial calendar. */
export const Year = z.object({ FinancialYear: text, Details: z.array(Period) })

const isClosed = ({ Status, ClosedInAP }: Period): boolean => ClosedInAP || /^(closed|locked)$/i.test(Status)

/**
 * The day before the first period that takes AP documents, where periods before it are closed. Whether `EndDate` is the last day of
 * a period or the first of the next is not known, so it is not looked at.
 */
export const lockDateOf = (years: z.infer<typeof Year>[]): string | null => {
  const periods = years.flatMap(({ Details }) => Details).filter(({ StartDate }) => StartDate !== '')
  const inOrder = periods.sort((a, b) => (a.StartDate < b.StartDate ? -1 : 1))
  const open = inOrder.findIndex((period) => !isClosed(period))
  const first = inOrder[open]
  return open > 0 && first ? dayBefore(first.StartDate) : null
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
