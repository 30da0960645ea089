import { z } from 'zod'
import { Currency, Day, Decimal, Flag, MoneyIn, Text, Whole, Word } from './fields'
import type { Money } from './money'

/** What every record has; instants are milliseconds. */
export interface Base {
  id: number
  /** 0 active, 1 deleted, 2 archived. */
  vis_state: 0 | 1 | 2
  createdAt: number
  updatedAt: number
  /** Counts writes: microseconds of `version`. */
  serial: number
}

/** What can be written; everything else in a body is ignored. */
export const ClientFields = z.object({
  organization: Word,
  fname: Word,
  lname: Word,
  email: Word,
  bus_phone: Word,
  mob_phone: Word,
  home_phone: Text,
  fax: Word,
  currency_code: Currency,
  p_street: Word,
  p_street2: Word,
  p_city: Word,
  p_province: Word,
  p_code: Word,
  p_country: Word,
  s_street: Word,
  s_street2: Word,
  s_city: Word,
  s_province: Word,
  s_code: Word,
  s_country: Word,
  vat_name: Text,
  vat_number: Text,
  note: Text,
  language: z.string().default('en'),
})
export type Client = Base & z.infer<typeof ClientFields> & { uuid: string; username: string }

export const LineFields = z.object({
  type: Whole.default(0),
  expenseid: Whole.default(0),
  name: Word,
  description: Word,
  qty: Decimal.default('1'),
  unit_cost: MoneyIn,
  taxName1: Text,
  taxAmount1: Decimal.default('0'),
  taxNumber1: Text,
  taxName2: Text,
  taxAmount2: Decimal.default('0'),
  taxNumber2: Text,
  compounded_tax: Flag,
})
export type Line = z.infer<typeof LineFields>

export const InvoiceFields = z.object({
  customerid: Whole,
  create_date: Day,
  due_offset_days: Whole.default(0),
  currency_code: Currency,
  invoice_number: z.string().min(1),
  discount_value: Decimal.default('0'),
  discount_description: Text,
  deposit_amount: MoneyIn.nullable().default(null),
  deposit_percentage: Decimal.nullable().default(null),
  po_number: Text,
  notes: Text,
  terms: Text,
  organization: Word,
  fname: Word,
  lname: Word,
  street: Word,
  street2: Word,
  city: Word,
  province: Word,
  code: Word,
  country: Word,
  vat_name: Text,
  vat_number: Text,
  language: z.string().default('en'),
  estimateid: Whole.default(0),
  parent: Whole.default(0),
  lines: z.array(LineFields).default([]),
})
export type Invoice = Base &
  z.infer<typeof InvoiceFields> & {
    uuid: string
    /** 0 disputed, 1 draft, 2 sent, 3 viewed: what a user did; paid, partial and overdue are computed. */
    stage: 0 | 1 | 2 | 3
    autobill: 'retry' | 'failed' | 'success' | null
    /** Total of the active payments. */
    paid: string
    date_paid: string | null
    fulfillment_date: string | null
    linesAt: number
  }

/** SDKs disagree about upper and lower case: compared without it (sheet 4). */
const TYPES =
  'Check,Credit,Cash,Bank Transfer,Credit Card,Debit,PayPal,2Checkout,VISA,MASTERCARD,DISCOVER,AMEX,DINERS,JCB,ACH,Eurocard,Nova,Other'
    .toLowerCase()
    .split(',')
export const PaymentType = z.string().refine((type) => TYPES.includes(type.toLowerCase()))

export const PaymentFields = z.object({
  invoiceid: Whole,
  amount: MoneyIn,
  date: Day,
  type: PaymentType,
  note: Text,
  from_credit: Flag,
  gateway: Text,
  orderid: Text,
  transactionid: Text,
  bulk_paymentid: Whole.nullable().default(null),
  send_client_notification: z.boolean().nullable().default(null),
})
export type Payment = Omit<Base & z.infer<typeof PaymentFields>, 'amount'> & {
  clientid: number
  amount: Money
  creditid: number | null
  overpaymentid: number | null
}

/** What a client has paid too much; `amount` is what is left of it. */
export interface Credit {
  id: number
  clientid: number
  amount: Money
}

export const ItemFields = z.object({
  name: z.string().min(1),
  description: Word,
  sku: Text,
  qty: Decimal.default('0'),
  inventory: Decimal.nullable().default(null),
  unit_cost: MoneyIn.nullable().default(null),
  tax1: Whole.default(0),
  tax2: Whole.default(0),
})
export type Item = Base & z.infer<typeof ItemFields>

export const TaxFields = z.object({
  name: z.string().min(1),
  amount: Decimal,
  number: Text,
  compound: Flag,
})
export type Tax = Base & z.infer<typeof TaxFields>
