import { z } from 'zod'

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
export const Ref = z.object({ value: z.string(), name: z.string().nullish() })
