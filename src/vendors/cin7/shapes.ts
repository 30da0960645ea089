import { z } from 'zod'
import { jsonNumber } from '../../lib/json'
import { fromJson } from '../../lib/money'

/**
 * Cin7's types are loose: numbers and booleans come as such or as text, empty text as `""` or null (sheet section 1). Each
 * shape here also accepts what it makes, because answers are kept and parsed again.
 */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** Decimal text, from a number or text. */
export const decimal = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i, 'not a number')])
  .transform(fromJson)

export const flag = z
  .union([z.boolean(), z.string(), z.number(), z.null()])
  .transform((value) => /^(true|1)$/i.test(String(value)))

/** GUIDs and enum words change case between endpoints. */
export const sameWord = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** A status word or code, in one case. */
export const word = (value: string): string => value.trim().toUpperCase()

/** The calendar day of a document date; '' where there is none. */
export const dayOf = (date: string): string => date.slice(0, 10)

/** Additional attributes by number, 1 to 10; empty ones are left out. Nested on documents, flat on parties. */
export const attributesIn = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const at = /^AdditionalAttribute(\d+)$/.exec(name)?.[1]
      return at && value != null && value !== '' ? [[at, String(value)]] : []
    }),
  )

/** Decimal text as a JSON number. */
export const number = jsonNumber

/** A document date: a calendar day without a zone. */
export const dateOf = (calendarDate: string): string => `${calendarDate}T00:00:00`

/** Cuts at the vendor's limit, so that it shows. */
export const cut = (value: string, limit: number): string =>
  value.length <= limit ? value : `${value.slice(0, limit - 1)}…`

/** What a task answers where only its id matters. */
export const WithId = z.object({ ID: z.string() })
