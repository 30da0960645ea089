import { z } from 'zod'
import { isCalendarDate } from '../../lib/dates'
import { atMost, isDecimal } from '../../lib/money'

const said = (what: string) => z.string({ error: what }).trim().min(1, { error: what })

const oneOf = <const T extends [string, ...string[]]>(words: T) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(' or ') })

const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'a currency of three letters, e.g. "EUR"' })

const supplierId = z.guid({ error: 'the ID of a Cin7 supplier, as Cin7 shows it in the address of its page' })

/** FreshBooks shows no exchange rates, and none is ever made up. */
const Rate = z.lazy(() =>
  z.strictObject({
    currency,
    /** Business date of the first document that it is for. */
    from: z.string().refine(isCalendarDate, { error: 'a date, e.g. "2026-03-01"' }),
    /** Cin7's base currency per unit. */
    rate: z.string().refine((rate) => isDecimal(rate) && !atMost(rate, '0'), { error: 'a rate, e.g. "1.08"' }),
  }),
)

const Purchases = z.strictObject({
  accountPayable: said('the code of the Cin7 account for payables, e.g. "800"'),
  taxRule: said('the name of the Cin7 tax rule that new suppliers get, e.g. "Tax on Purchases"'),
  noTaxRule: said('the name of the Cin7 tax rule for purchases without tax, e.g. "Tax Exempt"'),
  chargeProduct: said('the name of the Cin7 service product under which costs are booked, e.g. "FreshBooks cost"'),
})

const Expenses = z.lazy(() =>
  z.strictObject({
    /**
     * What an expense becomes. `auto`: money spent where FreshBooks knows the bank account (or `bank` is set), else a service
     * purchase, which stays open to be paid.
     */
    as: oneOf(['auto', 'purchase', 'money']).default('auto'),
    /** Cin7 bank account by the name of the account in FreshBooks' bank feed, and for all others. */
    banks: z.record(z.string(), said('the code of a Cin7 bank account')).default({}),
    bank: said('the code of a Cin7 bank account').optional(),
    /** FreshBooks knows the vendor of an expense as a free text: the Cin7 supplier by that text, and for all others. */
    suppliers: z.record(z.string(), supplierId).default({}),
    supplier: supplierId.optional(),
  }),
)

/** What a bookkeeper decides once for this pair. Codes and names are Cin7's, spelt as Cin7 shows them. */
export const Settings = z.lazy(() =>
  z.strictObject({
    accountReceivable: said('the code of the Cin7 account for receivables, e.g. "610"'),
    /** Of new customers, and of lines of invoices that the mapping "revenue" does not name. */
    revenueAccount: said('the code of the Cin7 sales account, e.g. "200"'),
    taxRule: said('the name of the Cin7 tax rule that new customers get, e.g. "Tax on Sales"'),
    noTaxRule: said('the name of the Cin7 tax rule for lines without tax, e.g. "Tax Exempt"'),
    paymentTerm: said('the name of an active Cin7 payment term, e.g. "30 days"'),
    /** Days between a document and its due date → name of a payment term; `paymentTerm` for all others. */
    terms: z.record(z.string().regex(/^\d+$/, { error: 'a number of days' }), said('the name of a term')).default({}),
    location: said('the name of a Cin7 location, e.g. "Main Warehouse"'),
    chargeProduct: said('the name of the Cin7 service product under which charges are booked, e.g. "FreshBooks line"'),
    /** `stock`: a line whose item has a SKU is a line of that Cin7 product; all others are charges. `service`: all are. */
    lines: oneOf(['stock', 'service']).default('stock'),
    /** `auto` has Cin7 pick, pack and ship at once. */
    fulfil: oneOf(['no', 'auto']).default('no'),
    /** Invoices are born as drafts, which FreshBooks' own reports leave out until they are sent. */
    drafts: oneOf(['skip', 'carry']).default('skip'),
    discountAccount: said('the code of the Cin7 account for discounts on invoices').optional(),
    /** Of payments whose type the mapping "payment" does not name. */
    paymentAccount: said('the code of the Cin7 bank or payment account for payments received').optional(),
    /** Payments that move credit of the client, where no money comes in. */
    creditAccount: said('the code of the Cin7 account that holds the credit of customers').optional(),
    /** A payment beyond what is open: not carried, or sent whole, so that Cin7 keeps the rest as credit. */
    overpaid: oneOf(['refuse', 'credit']).default('refuse'),
    /** What becomes of a document when it is deleted in FreshBooks. Payments are always taken back. */
    deleted: oneOf(['void', 'leave']).default('void'),
    rates: z.array(Rate).default([]),
    /** FreshBooks rounds a document, Cin7 each line. */
    rounding: z
      .strictObject({
        account: said('the code of the Cin7 account for rounding differences'),
        limit: z
          .string()
          .refine(isDecimal, { error: 'the largest difference that may be booked as rounding, e.g. "0.05"' }),
      })
      .optional(),
    /** For vendors, bills and expenses. */
    purchases: Purchases.optional(),
    /** Of bill payments whose type the mapping "bill-payment" does not name. */
    billPaymentAccount: said('the code of the Cin7 bank or payment account that bills are paid from').optional(),
    expenses: Expenses.prefault({}),
  }),
)
export type Settings = z.infer<typeof Settings>
export type Purchases = z.infer<typeof Purchases>
