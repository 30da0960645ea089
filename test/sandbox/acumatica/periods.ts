import type { Books } from './books'
import type { Row } from './model'
import type { Problems } from './problems'
import { textOf } from './rows'
import { americanDay } from './stamps'

/** `032025` → `2025-03` */
const monthOf = (period: string): string => `${period.slice(2)}-${period.slice(0, 2)}`

const exists = ({ tenant }: Books, month: string): boolean => {
  const { first, last } = tenant.periods
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month >= first && month <= last
}

/** `PostPeriod` follows the date unless it was sent, as `032025` or `03-2025`; it reads as `032025` (sheet 4). */
export const applyPeriod = (
  books: Books,
  row: Row,
  sentPeriod: unknown,
  isDateSent: boolean,
  problems: Problems,
): void => {
  const day = textOf(row, 'Date')
  const month = day.slice(0, 7)
  if (!exists(books, month)) {
    const text = `The financial period that corresponds to the ${americanDay(day)} date does not exist in the master financial calendar.`
    problems.add('Date', text)
    return
  }
  if (typeof sentPeriod === 'string') row.values.PostPeriod = sentPeriod.replace('-', '')
  else if (isDateSent || textOf(row, 'PostPeriod') === '')
    row.values.PostPeriod = `${month.slice(5)}${month.slice(0, 4)}`
  checkOpen(books, row, typeof sentPeriod === 'string' ? 'PostPeriod' : 'Date', problems)
}

const checkOpen = (books: Books, row: Row, path: string, problems: Problems): void => {
  const period = textOf(row, 'PostPeriod')
  if (!exists(books, monthOf(period))) problems.notInSystem(path, 'Post Period')
  else if (isClosed(books, row))
    problems.add(path, `The ${period.slice(0, 2)}-${period.slice(2)} financial period is closed.`)
}

export const isClosed = ({ tenant }: Books, row: Row): boolean =>
  tenant.periods.closed.includes(monthOf(textOf(row, 'PostPeriod')))
