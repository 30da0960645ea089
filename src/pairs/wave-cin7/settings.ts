import { z } from 'zod'
import { isDecimal } from '../../lib/money'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

const oneOf = <const T extends [string, ...string[]]>(words: T) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(' or ') })

const Role = oneOf(['customer', 'supplier', 'both'])
export type Role = z.infer<typeof Role>

/** An additional attribute of the sale: each value is looked up by what the invoice has there. */
const Attribute = z.lazy(() =>
  z.strictObject({
    /** 1 to 10. */
    attribute: z.number().int().min(1).max(10),
    from: oneOf(['account', 'product', 'customer', 'poNumber']),
    /** Wave id (for `poNumber` the text itself) → text in Cin7. Left out: what is not listed is left out too. */
    values: z.record(z.string(), z.string()).default({}),
  }),
)
export type Attribute = z.infer<typeof Attribute>

const Products = z.lazy(() =>
  z.strictObject({
    /** Names of a Cin7 product category and unit that exist. */
    category: said('the name of a Cin7 product category, e.g. "Other"').default('Other'),
    unit: said('the name of a Cin7 unit of measure, e.g. "Item"').default('Item'),
    /** Wave has no SKU: it is this and Wave's own number of the product. */
    prefix: z.string().trim().max(30).default('WAVE-'),
    archived: oneOf(['leave', 'deprecate']).default('leave'),
  }),
)

/** What a bookkeeper decides once for this pair. Codes and names are Cin7's, spelt as Cin7 shows them. */
export const Settings = z.lazy(() =>
  z
    .strictObject({
      accountReceivable: said('the code of the Cin7 account for receivables, e.g. "610"'),
      revenueAccount: said('the code of the Cin7 sales account that new customers get, e.g. "200"'),
      taxRule: said('the name of the Cin7 tax rule that new customers get, e.g. "Tax on Sales"'),
      noTaxRule: said('the name of the Cin7 tax rule for lines without tax, e.g. "Tax Exempt"'),
      paymentTerm: said('the name of an active Cin7 payment term, e.g. "30 days"'),
      /** Days between invoice and due date → name of a payment term; `paymentTerm` for all others. */
      terms: z.record(z.string().regex(/^\d+$/, { error: 'a number of days' }), said('the name of a term')).default({}),
      location: said('the name of a Cin7 location, e.g. "Main Warehouse"'),
      /** What a Wave customer becomes in Cin7, and by Wave id those that become something else. */
      role: Role.default('customer'),
      roles: z.record(z.string(), Role).default({}),
      /** For customers that become suppliers. */
      suppliers: z
        .strictObject({
          accountPayable: said('the code of the Cin7 account for payables, e.g. "800"'),
          taxRule: said('the name of the Cin7 tax rule that new suppliers get, e.g. "Tax on Purchases"'),
        })
        .optional(),
      products: Products.prefault({}),
      /** `service`: each Wave line is an additional charge. `stock`: a line of the Cin7 product, which moves stock. */
      lines: oneOf(['service', 'stock']).default('service'),
      /** With `stock`: `auto` has Cin7 pick, pack and ship at once. */
      fulfil: oneOf(['no', 'auto']).default('no'),
      /** Whether the prices in the Cin7 sale include their tax. */
      prices: oneOf(['exclusive', 'inclusive']).default('exclusive'),
      chargeProduct: said('the name of the Cin7 service product under which charges are booked, e.g. "Wave line"'),
      attributes: z.array(Attribute).default([]),
      discountAccount: said('the code of the Cin7 account for discounts on invoices').optional(),
      /** What becomes of the sale when its invoice is deleted in Wave; `flag` writes it into the note of the sale. */
      deleted: oneOf(['leave', 'flag', 'void']).default('leave'),
      /** A payment beyond what is open: not carried, or sent whole, so that Cin7 keeps the rest as credit. */
      overpaid: oneOf(['refuse', 'credit']).default('refuse'),
      rounding: z
        .strictObject({
          account: said('the code of the Cin7 account for rounding differences'),
          limit: z
            .string()
            .refine(isDecimal, { error: 'the largest difference that may be booked as rounding, e.g. "0.05"' }),
        })
        .optional(),
    })
    .refine(
      ({ suppliers, role, roles }) => suppliers || [role, ...Object.values(roles)].every((one) => one === 'customer'),
      {
        path: ['suppliers'],
        error: 'accountPayable and taxRule: some Wave customers become suppliers',
      },
    ),
)
export type Settings = z.infer<typeof Settings>

export const roleOf = ({ role, roles }: Settings, customerId: string): Role => roles[customerId] ?? role
