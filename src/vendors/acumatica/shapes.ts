import { z } from 'zod'
import { fromJson } from '../../lib/money'

/**
 * Fields come as `{"value": x}` and `{}` where they are empty; `null` or nothing at all is "not returned", never "empty" (sheet 4, 5),
 * and refused here. Each shape also accepts what it makes, because answers are kept and parsed again.
 */
const field = <T>(empty: string, inner: z.ZodType<T>) =>
  z.preprocess((given) => {
    const value: unknown = typeof given === 'object' && given !== null && !Array.isArray(given) ? valueIn(given) : given
    return value === NOTHING ? empty : value
  }, inner)

const NOTHING = Symbol('an empty field')

const valueIn = (given: object): unknown => ('value' in given ? (given.value ?? NOTHING) : NOTHING)

/** Keys come padded with spaces (sheet 4). '' = empty. */
export const text = field(
  '',
  z.string().transform((value) => value.trim()),
)

/** Decimal text; zeros at the end vary. An empty one is 0. */
export const decimal = field(
  '0',
  z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i, 'not a number')])
    .transform((value) => fromJson(value)),
)

export const flag = field('false', z.union([z.boolean(), z.literal('false').transform(() => false)]))

export const whole = field('0', z.coerce.number().int())

/** A business date is local midnight with the offset of that day: its first ten characters, whatever the zone (sheet 4). '' = empty. */
export const date = field(
  '',
  z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2}.*)?$/, 'not a date')
    .transform((value) => value.slice(0, 10)),
)

const STAMP = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7})\d*)?(Z|[+-]\d{2}:\d{2})$/

const inUtc = (value: string): string => {
  const [, seconds = '', fraction = '', offset = ''] = STAMP.exec(value) ?? []
  return `${new Date(`${seconds}${offset}`).toISOString().slice(0, 19)}.${fraction.padEnd(7, '0')}Z`
}

/** An instant in UTC, with seven digits after the seconds whatever was sent: comparable as text. '' = empty. */
export const stamp = field('', z.union([z.literal(''), z.string().regex(STAMP, 'not an instant').transform(inUtc)]))

/** The record's note id: stays for good, and is written in either case. */
export const id = z.guid().transform((value) => value.toLowerCase())

/** A linked entity; null where it was not returned (sheet 5). */
export const linked = <T>(shape: z.ZodType<T>) => shape.nullish().transform((value) => value ?? null)

/** GUIDs apart, Acumatica's keys and labels have no case. */
export const sameWord = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Cuts at the vendor's limit, so that it shows. */
export const cut = (value: string, limit: number): string =>
  value.length <= limit ? value : `${value.slice(0, limit - 1)}…`
