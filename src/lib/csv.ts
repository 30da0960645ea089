import { isDecimal } from './money'

/** A spreadsheet would run it: an apostrophe in front makes it text. Numbers stay numbers. */
const inert = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) && !isDecimal(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** RFC 4180. */
export const csv = (rows: string[][]): string =>
  rows.map((row) => `${row.map((cell) => quoted(inert(cell))).join(',')}\r\n`).join('')
