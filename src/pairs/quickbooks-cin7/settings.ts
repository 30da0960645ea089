import { z } from 'zod'
import { isDecimal } from '../../lib/money'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

const oneOf = <const T extends [string, ...string[]]>(words: T) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(' or ') })

const Currency = z.string().regex(/^[A-Z]{3}$/, { error: 'a currency, e.g. "EUR"' })

/** In the US, QuickBooks knows no tax on purchases: what Cin7 shows as such is booked like any other cost. */
const Tax = z.lazy(() =>
  z.discriminatedUnion(
    'realm',
    [
      z.strictObject({
        realm: z.literal('us'),
        account: said('the id of the QuickBooks account on which the tax of Cin7 purchases is booked').optional(),
      }),
      z.strictObject({
        realm: z.literal('other'),
        noTaxCode: said('the id of the QuickBooks tax code for lines without tax'),
      }),
    ],
    { error: 'realm: "us" where the QuickBooks company is in the United States, otherwise "other"' },
  ),
)

const Orders = z.lazy(() =>
  z.strictObject({
    /** Lines of a Cin7 order name no account. An order books nothing. */
    account: said(
      'the id of the QuickBooks account that the lines of purchase orders name, e.g. the one for purchases',
    ),
    /** Which side is right where an order was changed on both since they agreed. */
    wins: oneOf(['ask', 'cin7', 'quickbooks']).default('ask'),
    /** What becomes of a purchase order whose purchase is voided in Cin7. */
    voided: oneOf(['leave', 'delete', 'close']).default('leave'),
  }),
)

const Suppliers = z.lazy(() =>
  z.strictObject({
    /** Put behind the name where a customer or employee has it; left out: a person is asked. */
    suffix: z.string().max(50).default(''),
    /** What becomes of the vendor when its supplier is deprecated in Cin7. */
    deprecated: oneOf(['leave', 'deactivate']).default('leave'),
  }),
)

const Bills = z.lazy(() =>
  z.strictObject({
    /** What the number of a bill is: the supplier's own, or that of the Cin7 purchase. */
    number: oneOf(['invoice', 'order']).default('invoice'),
    /** What becomes of a number that another bill has, where QuickBooks looks for that. */
    duplicates: oneOf(['refuse', 'allow']).default('refuse'),
    /** What becomes of a bill, or a vendor credit, that is voided in Cin7. */
    voided: oneOf(['leave', 'delete']).default('leave'),
  }),
)

/** What a bookkeeper decides once for this pair. All ids are QuickBooks' own: names change there. */
export const Settings = z.lazy(() =>
  z.strictObject({
    accountPayable: said('the id of the QuickBooks account for payables in the home currency, e.g. "33"'),
    /** By currency, for all others: a payables account has one currency. */
    accountsPayable: z
      .record(Currency, said('the id of the QuickBooks account for payables in this currency'))
      .default({}),
    tax: Tax,
    /** `mapped`: a product that is mapped to an item becomes an item line. Where QuickBooks keeps stock too, it then counts it twice. */
    items: oneOf(['never', 'mapped']).default('never'),
    /** `required`: a line without a class, a bill without a department is not carried. */
    classes: oneOf(['optional', 'required']).default('optional'),
    departments: oneOf(['optional', 'required']).default('optional'),
    suppliers: Suppliers.prefault({}),
    bills: Bills.prefault({}),
    /** Left out: purchase orders are not carried. */
    orders: Orders.optional(),
    rounding: z
      .strictObject({
        account: said('the id of the QuickBooks account for rounding differences'),
        limit: z
          .string()
          .refine(isDecimal, { error: 'the largest difference that may be booked as rounding, e.g. "0.05"' }),
      })
      .optional(),
  }),
)
export type Settings = z.infer<typeof Settings>
