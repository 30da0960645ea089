import { z } from 'zod'
import { Amount, Day, Flag, Ref, text } from './field-schema'
import { Address } from './vendor-schema'

export const LinkedTxn = z.strictObject({
  TxnId: z.string().optional(),
  TxnType: z.string().optional(),
  TxnLineId: z.string().optional(),
})
export type LinkedTxn = z.infer<typeof LinkedTxn>

const detail = {
  TaxCodeRef: Ref.optional(),
  ClassRef: Ref.optional(),
  CustomerRef: Ref.optional(),
  BillableStatus: z.enum(['Billable', 'NotBillable', 'HasBeenBilled']).optional(),
  TaxInclusiveAmt: Amount.optional(),
}

/** Department exists on the header only (sheet 11). */
export const Line = z.strictObject({
  Id: z.string().optional(),
  LineNum: z.number().optional(),
  Description: text(4000).optional(),
  Amount,
  DetailType: z.enum(['AccountBasedExpenseLineDetail', 'ItemBasedExpenseLineDetail']),
  LinkedTxn: z.array(LinkedTxn).optional(),
  AccountBasedExpenseLineDetail: z.strictObject({ ...detail, AccountRef: Ref }).optional(),
  ItemBasedExpenseLineDetail: z
    .strictObject({ ...detail, ItemRef: Ref.optional(), Qty: Amount.optional(), UnitPrice: Amount.optional() })
    .optional(),
})
export type Line = z.infer<typeof Line>

const TaxLine = z.strictObject({
  Amount: Amount.optional(),
  DetailType: z.string().optional(),
  TaxLineDetail: z
    .strictObject({
      TaxRateRef: Ref.optional(),
      PercentBased: Flag.optional(),
      TaxPercent: Amount.optional(),
      NetAmountTaxable: Amount.optional(),
    })
    .optional(),
})

/** Every field that a bill, an order or a vendor credit takes; which of them takes which is KEYS. */
export const TxnDraft = z.strictObject({
  VendorRef: Ref.optional(),
  Line: z.array(Line).optional(),
  TxnDate: Day.optional(),
  DueDate: Day.optional(),
  DocNumber: text(21).optional(),
  PrivateNote: text(4000).optional(),
  Memo: text(4000).optional(),
  APAccountRef: Ref.optional(),
  SalesTermRef: Ref.optional(),
  DepartmentRef: Ref.optional(),
  ClassRef: Ref.optional(),
  CurrencyRef: Ref.optional(),
  ExchangeRate: Amount.optional(),
  GlobalTaxCalculation: z.enum(['TaxExcluded', 'TaxInclusive', 'NotApplicable']).optional(),
  TxnTaxDetail: z
    .strictObject({
      TxnTaxCodeRef: Ref.optional(),
      TotalTax: Amount.optional(),
      TaxLine: z.array(TaxLine).optional(),
    })
    .optional(),
  LinkedTxn: z.array(LinkedTxn).optional(),
  POStatus: z.enum(['Open', 'Closed']).optional(),
  ShipTo: Ref.optional(),
  ShipAddr: Address.optional(),
  ShipMethodRef: Ref.optional(),
  VendorAddr: Address.optional(),
  POEmail: z.strictObject({ Address: text(100) }).optional(),
  EmailStatus: z.enum(['NotSet', 'NeedToSend', 'EmailSent']).optional(),
  CustomField: z
    .array(
      z.strictObject({
        DefinitionId: z.string(),
        Type: z.string().optional(),
        Name: z.string().optional(),
        StringValue: z.string().optional(),
      }),
    )
    .optional(),
})
export type TxnDraft = z.infer<typeof TxnDraft>

export interface Txn extends TxnDraft {
  VendorRef: Ref
  Line: Line[]
  TxnDate: string
  APAccountRef: Ref
  CurrencyRef: Ref
  TotalAmt: number
}

const SHARED =
  'VendorRef Line TxnDate DocNumber PrivateNote APAccountRef CurrencyRef ExchangeRate GlobalTaxCalculation TxnTaxDetail LinkedTxn'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const KEYS = {
  Bill: words(`${SHARED} DueDate SalesTermRef DepartmentRef`),
  VendorCredit: words(`${SHARED} DepartmentRef`),
  PurchaseOrder: words(
    `${SHARED} DueDate SalesTermRef ClassRef Memo POStatus ShipTo ShipAddr ShipMethodRef VendorAddr POEmail EmailStatus CustomField`,
  ),
}
