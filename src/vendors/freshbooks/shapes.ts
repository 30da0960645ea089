import { z } from 'zod'
import { fromJson } from '../../lib/money'

/**
 * Each shape also accepts what it makes: records are kept and parsed again. Ids are numbers on the wire (sheet section 2) and text
 * here.
 */
export const id = z.union([z.number().int(), z.string().regex(/^\d+$/, 'not an id')]).transform(String)

/** 0 and null both stand for none. */
export const maybeId = z
  .union([z.number().int(), z.string()])
  .nullish()
  .transform((value) => (value == null || Number(value) === 0 ? null : String(value)))

export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** Amounts, quantities and percents are decimal text; numbers are put up with (sheet section 4). */
export const decimal = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'not a decimal number')])
  .transform(fromJson)

/** '' and null stand for no percent. */
export const percent = z
  .union([decimal, z.literal('')])
  .nullish()
  .transform((value) => value || '0')

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'not a date')

/** Decimal text with its currency. */
export const Money = z.object({ amount: decimal, code: z.string() })
export type Money = z.infer<typeof Money>

/** 0 active, 1 deleted, 2 archived: archived ones still count in the books. */
export const visState = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0)

export const isDeleted = ({ vis_state }: { vis_state: number }): boolean => vis_state === 1
