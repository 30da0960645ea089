import { z } from 'zod'
import { Amount, Flag, Ref, text } from './field-schema'

const RateList = z.strictObject({
  TaxRateDetail: z.array(
    z.strictObject({ TaxRateRef: Ref, TaxTypeApplicable: z.string().optional(), TaxOrder: z.number().optional() }),
  ),
})

/** Lists are read-only through the API here; this is what tests and users of the screens may put into them (sheet 13). */
export const ListFields = z.strictObject({
  Name: text(100).optional(),
  /** Of a currency, ISO 4217. */
  Code: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  FullyQualifiedName: z.string().optional(),
  DisplayName: text(500).optional(),
  GivenName: z.string().optional(),
  FamilyName: z.string().optional(),
  Description: text(4000).optional(),
  Active: Flag.default(true),
  ParentRef: Ref.optional(),
  CurrencyRef: Ref.optional(),
  AcctNum: text(20).optional(),
  AccountType: z.string().optional(),
  AccountSubType: z.string().optional(),
  Classification: z.enum(['Asset', 'Equity', 'Expense', 'Liability', 'Revenue']).optional(),
  SubAccount: Flag.optional(),
  SubDepartment: Flag.optional(),
  SubClass: Flag.optional(),
  Type: z.string().optional(),
  DueDays: z.number().int().optional(),
  DiscountDays: z.number().int().optional(),
  DiscountPercent: Amount.optional(),
  DayOfMonthDue: z.number().int().optional(),
  DueNextMonthDays: z.number().int().optional(),
  Taxable: Flag.optional(),
  TaxGroup: Flag.optional(),
  PurchaseTaxRateList: RateList.optional(),
  SalesTaxRateList: RateList.optional(),
  RateValue: Amount.optional(),
  Sku: z.string().optional(),
  UnitPrice: Amount.optional(),
  PurchaseCost: Amount.optional(),
  TrackQtyOnHand: Flag.optional(),
  ExpenseAccountRef: Ref.optional(),
  IncomeAccountRef: Ref.optional(),
  AssetAccountRef: Ref.optional(),
})
export type ListFields = z.infer<typeof ListFields>

/** AccountType → Classification (sheet 13). */
export const CLASSIFICATIONS: Record<string, NonNullable<ListFields['Classification']>> = {
  Bank: 'Asset',
  'Other Current Asset': 'Asset',
  'Fixed Asset': 'Asset',
  'Other Asset': 'Asset',
  'Accounts Receivable': 'Asset',
  'Accounts Payable': 'Liability',
  'Credit Card': 'Liability',
  'Other Current Liability': 'Liability',
  'Long Term Liability': 'Liability',
  Equity: 'Equity',
  Income: 'Revenue',
  'Other Income': 'Revenue',
  Expense: 'Expense',
  'Other Expense': 'Expense',
  'Cost of Goods Sold': 'Expense',
}
