import { type Counts, sum } from './stage/counts'

/** US$ per million, list price of the paid plan beyond what it includes, as of 2026-11-20. */
const PRICES = {
  requests: 0.3,
  queue: 0.4,
  objectRequests: 0.15,
  objectRowsRead: 0.001,
  objectRowsWritten: 1,
  databaseRowsRead: 0.001,
  databaseRowsWritten: 1,
} as const

/** US$ per million GB-s, as of 2026-11-20; an object is billed with 128 MB. */
const DURATION = { price: 12.5, gigabytes: 0.128 }

export const PRICED_ON = '2026-11-20'

const priced = Object.keys(PRICES).filter((kind): kind is keyof typeof PRICES => Object.hasOwn(PRICES, kind))

/** US$ of a million records that each cost what these have cost on average, by kind of operation. */
export const billOf = (counts: Counts, records: number): Record<string, number> => {
  const operations = priced.map((kind) => [kind, (sum(counts[kind]) / records) * PRICES[kind]])
  const seconds = sum(counts.duration) / 1_000 / records
  return Object.fromEntries([...operations, ['duration', seconds * DURATION.gigabytes * DURATION.price]])
}

/** Rows written for each record, by cause, most first. */
export const rowsOf = (counts: Counts, records: number): string[] => {
  const rows = [
    ...Object.entries(counts.objectRowsWritten).map(([cause, rows]) => ({ where: 'object', cause, rows })),
    ...Object.entries(counts.databaseRowsWritten).map(([cause, rows]) => ({ where: 'D1', cause, rows })),
  ]
  return rows
    .toSorted((a, b) => b.rows - a.rows)
    .map(({ where, cause, rows }) => `${(rows / records).toFixed(2).padStart(7)}  ${where.padEnd(6)} ${cause}`)
}
