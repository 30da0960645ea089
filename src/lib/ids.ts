import { decodeTime, encodeTime, monotonicFactory, ulid } from 'ulid'

/** Sortable by time of making. The prefix says what it is: `t_` tenant, `c_` connection, `i_` integration, `r_` record, … */
export const newId = (prefix: string, at: number): string => `${prefix}_${ulid(at).toLowerCase()}`

/** A maker whose ids sort in the order they were made, also within a millisecond. */
export const idsInOrder = (prefix: string): ((at: number) => string) => {
  const next = monotonicFactory()
  return (at) => `${prefix}_${next(at).toLowerCase()}`
}

/** Smaller than every id that is made at `at` or later, and larger than all before. */
export const firstId = (prefix: string, at: number): string => `${prefix}_${encodeTime(at, 10).toLowerCase()}`

/** When an id was made, milliseconds since 1970. */
export const timeOf = (id: string): number => decodeTime(id.slice(id.indexOf('_') + 1).toUpperCase())
