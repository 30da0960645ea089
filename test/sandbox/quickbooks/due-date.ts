import type { ListFields } from './list-schema'
import { daysLater } from './stamps'

const dayOfMonth = (year: number, month: number, day: number): string => {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10)
}

/** STANDARD: some days later. DATE_DRIVEN: a day of this month, or of the next one when that is too near (sheet 13). */
export const dueDate = (txnDate: string, term: ListFields | undefined): string => {
  if (!term) return txnDate
  if (term.DayOfMonthDue === undefined) return daysLater(txnDate, term.DueDays ?? 0)
  const at = new Date(txnDate)
  const here = dayOfMonth(at.getUTCFullYear(), at.getUTCMonth(), term.DayOfMonthDue)
  if (daysLater(txnDate, term.DueNextMonthDays ?? 0) < here) return here
  return dayOfMonth(at.getUTCFullYear(), at.getUTCMonth() + 1, term.DayOfMonthDue)
}
