import type { Books } from '../books'
import { findTerm } from '../checks'

const utc = (year: number, month: number, day: number): string =>
  `${new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)}T00:00:00`

/** Due date by the name of a term; without a known term the day itself. Methods as in sheet 5 (endpoints.json). */
export const dueDate = (books: Books, termName: string, date: string): string => {
  const { Duration = 0, Method = 'number of days' } = findTerm(books, termName) ?? {}
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number)
  if (Method === 'day of next month') return utc(year, month, Duration)
  if (Method === 'last day of next month') return utc(year, month + 1, 0)
  if (Method === 'days since the end of the month') return utc(year, month, Duration)
  return utc(year, month - 1, day + Duration)
}
