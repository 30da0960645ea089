import { z } from 'zod'
import { instant } from '../../lib/dates'
import { fromJson } from '../../lib/money'

/** Empty attributes are left out of answers (sheet 6). */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true)

/** Rows of lists say `Active: false` where they are inactive. */
export const active = z
  .boolean()
  .nullish()
  .transform((value) => value !== false)

/** A reference to another object; `name` is optional. */
export const Ref = z.lazy(() => z.object({ value: z.string(), name: z.string().nullish() }))

/** Decimal text, from a JSON number (or from decimal text, because answers are kept and parsed again). */
export const decimal = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i, 'not a number')])
  .transform(fromJson)

/** Names are compared without regard to case; whether QuickBooks does is not known (sheet 10). */
export const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Cuts at the vendor's limit, so that it shows. */
export const cut = (value: string, limit: number): string =>
  value.length <= limit ? value : `${value.slice(0, limit - 1)}…`

/** Undefined for no id, so that the field is left out. */
export const refTo = (id: string): { value: string } | undefined => (id === '' ? undefined : { value: id })

/** A stamp with any offset as one that compares as text: UTC with milliseconds (sheet 14). */
export const utc = (stamp: string): string => new Date(instant(stamp)).toISOString()
