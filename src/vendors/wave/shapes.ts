import { z } from 'zod'
import { type Decimal, fromMinor } from '../../lib/money'

/** Wave sends decimals as text without padding; a number would lose digits of large ones, but is accepted. */
export const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'not a decimal number'))

/** Minor units (`4000` = 40.00 where the currency has two decimals). `value` is not used: it may carry thousands separators. */
export const Money = z.object({ minorUnitValue: decimal })
export type Money = z.infer<typeof Money>

export const Currency = z.lazy(() => z.object({ code: z.string(), exponent: z.number().int().min(0).max(6) }))

/** Decimal text in major units of the document's currency. */
export const amount = (document: { currency: z.infer<typeof Currency> }, money: Money): Decimal =>
  fromMinor(money.minorUnitValue, document.currency.exponent)

export const Named = z.lazy(() => z.object({ id: z.string(), name: z.string() }))
