import { decodeTime, encodeTime, monotonicFactory, ulid } from 'ulid'
import { sha256 } from './bytes'

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

/** The same UUID for the same text: version 8, of its SHA-256 (RFC 9562, appendix B.2). */
export const uuidOf = async (text: string): Promise<string> => {
  const digest = await sha256(text)
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16)
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
  ]
  return [...parts, digest.slice(20, 32)].join('-')
}
