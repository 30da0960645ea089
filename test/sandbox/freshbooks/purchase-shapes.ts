import { z } from 'zod'
import { Currency, Day, Decimal, Flag, MoneyIn, Text, Whole } from './fields'
import type { Money } from './money'
import { type Base, PaymentType } from './sales-shapes'

const TaxDefault = z.object({
  name: z.string(),
  amount: Decimal,
  system_taxid: Whole,
  tax_authorityid: Text,
  enabled: z.boolean().default(true),
})

export const VendorFields = z.object({
  vendor_name: z.string().min(1),
  currency_code: Currency,
  language: z.string().min(1),
  account_number: Text,
  primary_contact_first_name: Text,
  primary_contact_last_name: Text,
  primary_contact_email: Text,
  phone: Text,
  website: Text,
  note: Text,
  street: Text,
  street2: Text,
  city: Text,
  province: Text,
  postal_code: Text,
  country: Text,
  is_1099: Flag,
  tax_defaults: z.array(TaxDefault).default([]),
})
export type BillVendor = Base & z.infer<typeof VendorFields>

const BillLineFields = z.object({
  categoryid: Whole,
  description: Text,
  quantity: Decimal,
  unit_cost: MoneyIn,
  tax_name1: Text,
  tax_percent1: Decimal.nullable().default(null),
  tax_authorityid1: Text,
  tax_name2: Text,
  tax_percent2: Decimal.nullable().default(null),
  tax_authorityid2: Text,
})
export type BillLine = z.infer<typeof BillLineFields>

export const BillFields = z.object({
  vendorid: Whole,
  bill_number: Text,
  issue_date: Day,
  due_offset_days: Whole,
  currency_code: Currency,
  language: z.string().min(1),
  lines: z.array(BillLineFields).min(1),
})
export type Bill = Omit<Base & z.infer<typeof BillFields>, 'lines'> & {
  lines: (BillLine & { id: number })[]
  paid: string
}

export const BillPaymentFields = z.object({
  billid: Whole,
  amount: MoneyIn,
  paid_date: Day,
  payment_type: PaymentType,
  note: Text,
  matched_with_expense: Flag,
})
export type BillPayment = Omit<Base & z.infer<typeof BillPaymentFields>, 'amount'> & { amount: Money }

export const ExpenseFields = z.object({
  amount: MoneyIn,
  categoryid: Whole,
  staffid: Whole,
  date: Day,
  vendor: Text,
  notes: Text,
  clientid: Whole.default(0),
  projectid: Whole.default(0),
  taxName1: Text,
  taxPercent1: Decimal.nullable().default(null),
  taxAmount1: MoneyIn.nullable().default(null),
  taxName2: Text,
  taxPercent2: Decimal.nullable().default(null),
  taxAmount2: MoneyIn.nullable().default(null),
  billable: Flag,
  has_receipt: Flag,
  markup_percent: Decimal.default('0'),
  compounded_tax: Flag,
  transactionid: Whole.nullable().default(null),
  potential_bill_payment: Flag,
  /** Bills whose payment it is; nobody public shows one. */
  bill_matches: z.array(z.unknown()).default([]),
})
export type Expense = Omit<Base & z.infer<typeof ExpenseFields>, 'amount'> & {
  amount: Money
  /** 0 internal, 1 outstanding, 2 invoiced, 4 recouped. */
  status: 0 | 1 | 2 | 4
  invoiceid: number | null
}

export const CategoryFields = z.object({
  category: z.string().min(1),
  parentid: Whole.nullable().default(null),
  is_cogs: Flag,
  is_editable: z.boolean().default(true),
})
export type Category = Base & z.infer<typeof CategoryFields>
