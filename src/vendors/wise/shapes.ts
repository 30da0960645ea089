import { z } from 'zod'
import { fromJson } from '../../lib/money'

/** Each shape here also accepts what it makes, because answers are kept and parsed again. */

/** Numbers in JSON; text everywhere in here. */
export const id = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/)]).transform(String)

/** Decimal text. Wise sends amounts and rates as JSON numbers, also in webhooks (sheet 5). */
export const decimal = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'not a decimal number')])
  .transform(fromJson)

export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true)

/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/)
