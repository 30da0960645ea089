import { z } from 'zod'
import { isDay } from './stamps'

export const text = (most: number) => z.string().max(most)
export const Flag = z.boolean()
/** `name` comes back in answers and is ignored in requests (sheet 6). */
export const Ref = z.strictObject({ value: z.string(), name: z.string().optional() })
export type Ref = z.infer<typeof Ref>
export const Day = z.string().refine(isDay)
/** 15 digits and no more, so that a JSON number carries them exactly. */
export const Amount = z.number().refine((value) => String(Math.abs(value)).replace(/\D/g, '').length <= 15)
