import { z } from 'zod'

const Row = z.object({
  /** Cin7 takes 1 and more, with four decimals; four for the price too (sheet section 8.2). */
  quantity: z.string(),
  price: z.string(),
  tax: z.string(),
  taxRule: z.string(),
  comment: z.string(),
  /** round(quantity × price, 2): what Cin7 computes (sheet section 8.3). With tax where the price includes it. */
  total: z.string(),
})

const Line = Row.extend({ sku: z.string(), name: z.string() })
const Charge = Row.extend({ description: z.string() })

/**
 * A purchase to be, as far as its order; in the supplier's currency, decimals as text, dates as calendar days. Names and codes are
 * Cin7's. The date of the order is the day on which it is made: Cin7 takes no other.
 */
export const PurchaseOrderDraft = z.object({
  /** `service` = charges only, no goods; `stock` = its lines are products that somebody will receive. Fixed once it exists. */
  kind: z.enum(['service', 'stock']),
  supplierId: z.string(),
  currency: z.string(),
  location: z.string(),
  taxRule: z.string(),
  /** Prices and totals of rows include their tax. */
  taxInclusive: z.boolean().default(false),
  terms: z.string(),
  /** Base currency per unit of the supplier's. */
  rate: z.string(),
  /** '' = none. */
  requiredBy: z.string().default(''),
  memo: z.string(),
  /** By number, 1 to 10: cost dimensions and the like. */
  attributes: z.record(z.string(), z.string()).default({}),
  lines: z.array(Line),
  charges: z.array(Charge),
  beforeTax: z.string(),
  tax: z.string(),
  total: z.string(),
})
export type PurchaseOrderDraft = z.infer<typeof PurchaseOrderDraft>

const account = { account: z.string() }

/** A purchase with the supplier's invoice. Each row names the account that it is booked on. */
export const PurchaseDraft = PurchaseOrderDraft.extend({
  /** The supplier's; '' = Cin7 makes one. */
  invoiceNumber: z.string(),
  date: z.string(),
  dueDate: z.string(),
  lines: z.array(Line.extend(account)),
  charges: z.array(Charge.extend(account)),
})
export type PurchaseDraft = z.infer<typeof PurchaseDraft>

export type OrderLine = PurchaseOrderDraft['lines'][number]
export type OrderCharge = PurchaseOrderDraft['charges'][number]
