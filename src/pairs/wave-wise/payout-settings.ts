import { z } from 'zod'

const Amount = z.string().regex(/^\d+(\.\d{1,2})?$/, { error: 'an amount as text, e.g. "2500.00"' })
const Currency = z.string().regex(/^[A-Z]{3}$/, { error: 'a currency code, e.g. "USD"' })

/** What may be paid, and who has to agree. Left out = nothing is paid. */
export const PayoutSettings = z.lazy(() =>
  z
    .strictObject({
      /** The currency of the balance that pays. */
      from: Currency,
      /** Currencies that may be paid out. */
      currencies: z.array(Currency).min(1, { error: 'at least one currency' }),
      /** In the currency of the balance, fee included. */
      perTransfer: Amount,
      /** Within a day on the calendar of the business (the time zone that Wave shows of it). */
      perDay: Amount,
      /** `other` = somebody else approves each transfer; `self` = up to `selfLimit` nobody has to. */
      approval: z.enum(['other', 'self'], { error: '"other" or "self"' }).default('other'),
      selfLimit: Amount.optional(),
      /** Paid without being asked for: invoices of these customers that are paid and bear the marker in memo or PO number. */
      rule: z
        .strictObject({ customers: z.array(z.string().min(1)).min(1), marker: z.string().trim().min(3) })
        .optional(),
      /** What Wise wants to know of every transfer of the route, e.g. `transferPurpose`. */
      details: z.record(z.string(), z.string()).default({}),
    })
    .refine(({ approval, selfLimit }) => (approval === 'self') === (selfLimit !== undefined), {
      error: 'approval "self" and selfLimit go together',
      path: ['selfLimit'],
    }),
)
export type PayoutSettings = z.infer<typeof PayoutSettings>
