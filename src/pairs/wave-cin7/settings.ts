import { z } from 'zod'
import { isDecimal } from '../../lib/money'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

/** What a bookkeeper decides once for this pair. Codes and names are Cin7's, spelt as Cin7 shows them. */
export const Settings = z.strictObject({
  accountReceivable: said('the code of the Cin7 account for receivables, e.g. "610"'),
  revenueAccount: said('the code of the Cin7 sales account that new customers get, e.g. "200"'),
  taxRule: said('the name of the Cin7 tax rule that new customers get, e.g. "Tax on Sales"'),
  noTaxRule: said('the name of the Cin7 tax rule for lines without tax, e.g. "Tax Exempt"'),
  paymentTerm: said('the name of an active Cin7 payment term, e.g. "30 days"'),
  location: said('the name of a Cin7 location, e.g. "Main Warehouse"'),
  /** `charges`: each Wave line becomes an additional charge. `products`: a line of the mapped Cin7 product. */
  lines: z.enum(['charges', 'products'], { error: '"charges" or "products"' }).default('charges'),
  chargeProduct: said('the name of the Cin7 service product under which charges are booked, e.g. "Wave line"'),
  discountAccount: said('the code of the Cin7 account for discounts on invoices').optional(),
  /** What becomes of the sale when its invoice is deleted in Wave. */
  deleted: z.enum(['leave', 'void'], { error: '"leave" or "void"' }).default('leave'),
  rounding: z
    .strictObject({
      account: said('the code of the Cin7 account for rounding differences'),
      limit: z
        .string()
        .refine(isDecimal, { error: 'the largest difference that may be booked as rounding, e.g. "0.05"' }),
    })
    .optional(),
})
export type Settings = z.infer<typeof Settings>
