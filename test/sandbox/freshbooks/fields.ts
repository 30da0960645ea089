import { z } from 'zod'
import { type Problem, problem, Refusal } from './errors'
import { isDay } from './stamps'

export const Body = z.record(z.string(), z.unknown())
export type Body = z.infer<typeof Body>

const NUMBER = 'number'

export const Whole = z.int({ error: NUMBER })

/** Decimal text; a JSON number is taken as well. */
export const Decimal = z
  .union([z.string().regex(/^-?\d+(\.\d+)?$/, { error: NUMBER }), z.number()], { error: NUMBER })
  .transform((value) => String(value))

export const Day = z.string().refine(isDay)
export const Currency = z.string().regex(/^[A-Z]{3}$/)
export const MoneyIn = z.object({ amount: Decimal, code: Currency.optional() })
export type MoneyIn = z.infer<typeof MoneyIn>

export const Text = z.string().nullable().default(null)
export const Word = z.string().default('')
export const Flag = z.boolean().default(false)

/** Every wrong field is named: 1001 missing, 1015 not a number, 1004 anything else (sheet 6). */
export const read = <S extends z.ZodType>(schema: S, body: unknown, object: string): z.infer<S> => {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new Refusal(
    422,
    parsed.error.issues.map((issue) => asProblem(object, issue.path, valueAt(body, issue.path), issue.message)),
  )
}

const asProblem = (object: string, path: PropertyKey[], value: unknown, message: string): Problem => {
  const field = String(path.at(-1) ?? object)
  const shown = value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (value === undefined) return problem(1001, `The field '${field}' is required.`, { object, field })
  if (message === NUMBER)
    return problem(1015, `The field '${field}' must be a number.`, { object, field, value: shown })
  return problem(1004, `Invalid value '${shown}' for field '${field}'.`, { object, field, value: shown })
}

const valueAt = (body: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)]
    return Body.safeParse(at).data?.[String(key)]
  }, body)

/** Keys of answers come in alphabetical order (sheet 3). */
export const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
