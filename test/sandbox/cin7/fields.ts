import { z } from 'zod'
import { type Problem, problem, refusal } from './errors'

/** A JSON object as sent. Names that nobody reads are ignored, as the vendor does (sheet 0.5). */
export type Body = Record<string, unknown>

export const Body = z.record(z.string(), z.unknown())

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const DAY = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/

const Loose = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)])
const Flag = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false']))
    .transform((word) => word === 'true'),
])
const Decimal = z.union([z.number().transform(String), z.string().trim().regex(DECIMAL)])
const Day = z
  .string()
  .regex(DAY)
  .refine((stamp) => !Number.isNaN(Date.parse(stamp)))

const reader =
  <T>(schema: z.ZodType<T>) =>
  (body: Body, name: string): T | undefined => {
    const value = body[name]
    if (value === undefined || value === null) return undefined
    const parsed = schema.safeParse(value)
    if (!parsed.success) throw refusal(`${name} is invalid`)
    return parsed.data
  }

const blankIsNone =
  <T>(read: (body: Body, name: string) => T | undefined) =>
  (body: Body, name: string): T | undefined =>
    body[name] === '' ? undefined : read(body, name)

export const text = reader<string>(Loose)
export const flag = blankIsNone(reader<boolean>(Flag))
/** Decimal text, whether a number or a numeric string was sent (sheet 1, "Types are loose"). */
export const decimal = blankIsNone(reader<string>(Decimal))
/** A document date: the calendar day as written, without a zone. */
export const day = blankIsNone(reader(Day.transform((stamp) => `${stamp.slice(0, 10)}T00:00:00`)))
export const guid = (body: Body, name: string): string | undefined => text(body, name)?.trim().toLowerCase()
export const object = reader<Body>(Body)
export const list = reader<Body[]>(z.array(Body))

export const oneOf = (body: Body, name: string, words: readonly string[]): string | undefined => {
  const given = text(body, name)
  if (given === undefined) return undefined
  const known = words.find((word) => word.toLowerCase() === given.trim().toLowerCase())
  if (known === undefined) throw refusal(`${name} is invalid`)
  return known
}

const absent = (body: Body, name: string): boolean => {
  const value = body[name]
  return value === undefined || value === null || value === ''
}

export const missing = (body: Body, ...names: string[]): Problem[] =>
  names.filter((name) => absent(body, name)).map((name) => problem(`Required property '${name}' not found`))

export const missingInLine = (line: Body, wrapper: string, names: string[]): Problem[] =>
  names.filter((name) => absent(line, name)).map((name) => problem(`'${name}' is required for '${wrapper}' line`))

export const tooLong = (body: Body, limits: Record<string, number>): Problem[] =>
  Object.entries(limits)
    .filter(([name, most]) => (text(body, name)?.length ?? 0) > most)
    .map(([name, most]) => problem(`The field '${name}' must be a string with a maximum length of ${most}`))
