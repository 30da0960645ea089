import { z } from 'zod'
import { isDecimal } from '../../lib/money'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

const oneOf = <const T extends [string, ...string[]]>(words: T) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(' or ') })

const optional = z.string().trim().default('')

/** How tax of a Cin7 purchase stands in Acumatica. */
const Tax = z.lazy(() =>
  z.discriminatedUnion(
    'as',
    [
      /** Acumatica works it out itself, from the tax zone of the vendor and the tax categories that are mapped; both have to agree. */
      z.strictObject({ as: z.literal('tax') }),
      /** A line of its own, where Acumatica charges none on purchases. */
      z.strictObject({
        as: z.literal('line'),
        account: said('the Acumatica account on which the tax of Cin7 purchases is booked'),
        subaccount: optional,
        /** Of all lines, where vendors have a tax zone all the same: one without tax. */
        category: optional,
      }),
    ],
    { error: 'as: "tax" where Acumatica works out the tax of purchases, "line" where it becomes a line of its own' },
  ),
)

const Suppliers = z.lazy(() =>
  z.strictObject({
    /** Additional attribute of Cin7 suppliers that holds the shared code, Acumatica's VendorID. */
    attribute: z
      .number({ error: 'the number of the additional attribute of Cin7 suppliers that holds the VendorID' })
      .int()
      .min(1, { error: '1 to 10' })
      .max(10, { error: '1 to 10' }),
    /** Which side is right where both changed a field since they agreed, or never agreed on it. */
    master: oneOf(['ask', 'cin7', 'acumatica']).default('ask'),
    /** `mirror`: a deprecated supplier is an inactive vendor, and the other way round. */
    inactive: oneOf(['leave', 'mirror']).default('leave'),
    /** Longest VendorID that is made from the name of a supplier without a code. */
    codeLength: z.number().int().min(4).max(30).default(10),
  }),
)

/** Of vendors that are made; '' = what Acumatica's class says. */
const Vendors = z.lazy(() =>
  z.strictObject({
    vendorClass: optional,
    paymentMethod: optional,
    taxZone: optional,
    /** Only vendors of these classes are suppliers of Cin7; none = all. */
    classes: z.array(said('the id of a vendor class')).default([]),
  }),
)

const Orders = z.lazy(() =>
  z.strictObject({
    /** Of lines on no item: Cin7's orders name no account. */
    account: said('the Acumatica account of order lines that are of no item'),
    subaccount: optional,
    /** Unit of lines of items; '' = the item's own unit for purchases. */
    unit: optional,
    /** `open` = taken off hold; `hold` = a person does it. */
    status: oneOf(['open', 'hold']).default('open'),
    voided: oneOf(['leave', 'delete']).default('leave'),
  }),
)

const Bills = z.lazy(() =>
  z.strictObject({
    /** `accounts`: every line on an account. `order`: lines of mapped items take from the order's lines, as stock items must. */
    lines: oneOf(['accounts', 'order']).default('accounts'),
    /** What VendorRef is: the supplier's own number, or that of the Cin7 purchase. */
    reference: oneOf(['invoice', 'order']).default('invoice'),
    /** `release` = posted to the ledger; `balanced` = off hold, a person releases it. */
    status: oneOf(['balanced', 'release']).default('balanced'),
    voided: oneOf(['leave', 'delete']).default('leave'),
  }),
)

const codes = (what: string) => z.record(z.string(), said(what)).default({})

/** Documents that people enter in Acumatica; what they become is Cin7's. */
const Back = z.strictObject({
  location: said('the Cin7 location of purchases that come from Acumatica, e.g. "Main Warehouse"'),
  /** Without tax: what Acumatica charged is a row of its own. */
  taxRule: said('the Cin7 tax rule of their rows, one of 0 %, e.g. "Tax Exempt"'),
  taxAccount: said('the code of the Cin7 account for the tax of their invoices'),
  /** Acumatica account → Cin7 account, for bills. */
  accounts: codes('the code of a Cin7 account'),
  /** Acumatica item → SKU, for orders; every other line is a charge. */
  items: codes('the SKU of a Cin7 product'),
  /** Acumatica warehouse → Cin7 location, for orders. */
  locations: codes('the name of a Cin7 location'),
})

/** What a bookkeeper decides once for this pair; codes are Acumatica's own where nothing else is said. */
export const Settings = z.lazy(() =>
  z.strictObject({
    suppliers: Suppliers,
    vendors: Vendors.prefault({}),
    /** Of suppliers that are made in Cin7. */
    cin7: z.strictObject({
      paymentTerm: said('the Cin7 payment term of new suppliers, e.g. "30 days"'),
      taxRule: said('the Cin7 tax rule of new suppliers, e.g. "Tax Exempt"'),
      accountPayable: said('the code of the Cin7 account for payables, e.g. "800"'),
    }),
    /** Where no location says it. */
    branch: optional,
    warehouse: optional,
    subaccount: optional,
    tax: Tax,
    /** Left out: purchase orders are not carried. */
    orders: Orders.optional(),
    bills: Bills.prefault({}),
    /** For order-to-purchase and bill-to-purchase, which are off until somebody switches them on. */
    back: Back.optional(),
    rounding: z
      .strictObject({
        account: said('the Acumatica account for rounding differences'),
        subaccount: optional,
        limit: z
          .string()
          .refine(isDecimal, { error: 'the largest difference that may be booked as rounding, e.g. "0.05"' }),
      })
      .optional(),
  }),
)
export type Settings = z.infer<typeof Settings>
