import { z } from 'zod'
import { DateText, DiscountInput, TEXTS } from './invoice-input'
import { DecimalText } from './money'
import { isSubtype } from './subtypes'
import { LIFE_CYCLE } from './webhooks'

const text = z.string().nullish()
const stamps = { id: z.string().optional(), createdAt: z.string().optional(), modifiedAt: z.string().optional() }

const Account = z.object({
  id: z.string().optional(),
  name: z.string(),
  subtype: z.string().refine(isSubtype, 'unknown account subtype'),
  currency: z.string().optional(),
  description: z.string().nullable().default(null),
  displayId: z.string().nullable().default(null),
  isArchived: z.boolean().default(false),
  balance: DecimalText.default('0'),
})
export type SeedAccount = z.infer<typeof Account>

const SalesTax = z.object({
  ...stamps,
  name: z.string(),
  abbreviation: z.string().optional(),
  description: z.string().nullable().default(null),
  rate: DecimalText,
  isCompound: z.boolean().default(false),
  isRecoverable: z.boolean().default(true),
  isArchived: z.boolean().default(false),
  taxNumber: z.string().nullable().default(null),
})
export type SeedTax = z.infer<typeof SalesTax>

/** The rest of a contact (e-mail, address, …) is checked where contacts are made. */
const Contact = z.looseObject({ ...stamps, name: z.string(), isArchived: z.boolean().default(false) })
export type SeedContact = z.infer<typeof Contact>

const Product = z.object({
  ...stamps,
  name: z.string(),
  description: text,
  unitPrice: DecimalText.default('0'),
  /** Accounts and taxes by bare id, name, or (taxes) abbreviation. */
  incomeAccount: z.string().nullable().optional(),
  expenseAccount: z.string().nullable().default(null),
  taxes: z.array(z.string()).default([]),
  isArchived: z.boolean().default(false),
})
export type SeedProduct = z.infer<typeof Product>

/** A line as people would write it down; product, account and taxes by id or by name. */
export const Item = z.object({
  product: z.string(),
  description: text,
  quantity: DecimalText.optional(),
  unitPrice: DecimalText.optional(),
  taxes: z.array(z.string()).optional(),
  account: z.string().optional(),
})
export type Item = z.infer<typeof Item>

const PaymentSeed = z.object({
  id: z.string().optional(),
  amount: DecimalText,
  date: DateText.optional(),
  account: z.string().optional(),
  method: z.string().default('BANK_TRANSFER'),
  exchangeRate: DecimalText.default('1'),
  memo: text,
})

const texts = Object.fromEntries(
  Object.keys(TEXTS).map((name) => [name, z.union([z.string(), z.boolean()]).optional()]),
)

/** What a user types into the invoice form. */
export const InvoiceForm = z.object({
  customer: z.string().optional(),
  items: z.array(Item).optional(),
  invoiceDate: DateText.optional(),
  dueDate: DateText.optional(),
  currency: z.string().optional(),
  exchangeRate: DecimalText.optional(),
  number: z.string().optional(),
  discount: DiscountInput.nullable().optional(),
  ...texts,
})
export type InvoiceForm = z.infer<typeof InvoiceForm>

export const InvoiceSeed = InvoiceForm.extend({
  ...stamps,
  status: z.enum(['DRAFT', 'SAVED', 'UNPAID', 'SENT', 'VIEWED', 'PAID']).default('DRAFT'),
  payments: z.array(PaymentSeed).default([]),
})
export type InvoiceSeed = z.infer<typeof InvoiceSeed>

const ACCOUNTS = [
  { name: 'Sales', subtype: 'INCOME' },
  { name: 'Consulting income', subtype: 'INCOME' },
  { name: 'Discounts', subtype: 'DISCOUNTS' },
  { name: 'Cash on hand', subtype: 'CASH_AND_BANK' },
  { name: 'Accounts receivable', subtype: 'RECEIVABLE_INVOICES' },
  { name: 'Office expenses', subtype: 'EXPENSE' },
  { name: 'Payment processing fees', subtype: 'PAYMENT_PROCESSING_FEES' },
  { name: 'Sales tax payable', subtype: 'SALES_TAX' },
]

const BusinessSeed = z.object({
  ...stamps,
  name: z.string().default('Harbour Lane Trading'),
  currency: z.string().default('USD'),
  timezone: z.string().default('UTC'),
  isClassicAccounting: z.boolean().default(false),
  isClassicInvoicing: z.boolean().default(false),
  isPersonal: z.boolean().default(false),
  isArchived: z.boolean().default(false),
  emailSendEnabled: z.boolean().default(true),
  plan: z.enum(['pro', 'starter']).default('pro'),
  accounts: z.array(Account).prefault(ACCOUNTS),
  salesTaxes: z.array(SalesTax).prefault([
    { name: 'GST', rate: '0.1' },
    { name: 'QST', rate: '0.09975' },
  ]),
  customers: z.array(Contact).prefault([
    { name: 'Harbour Lane Offices Ltd', email: 'accounts@harbour-lane.example' },
    { name: 'Fir Tree Bakery', email: 'office@fir-tree.example' },
  ]),
  vendors: z.array(Contact).default([]),
  products: z.array(Product).prefault([
    { name: 'Misc. Services', unitPrice: '40' },
    { name: 'Consulting hour', unitPrice: '125', incomeAccount: 'Consulting income' },
  ]),
  invoices: z.array(InvoiceSeed).default([]),
})
export type BusinessSeed = z.infer<typeof BusinessSeed>

const Reach = z.union([z.literal('all'), z.array(z.string())]).default('all')

const TokenSeed = z.object({
  token: z.string(),
  businesses: Reach,
  scopes: z.union([z.literal('full'), z.array(z.string())]).default('full'),
  /** ISO stamp or milliseconds. */
  expiresAt: z.union([z.string(), z.number()]).nullable().default(null),
})

export const SCOPES = [
  'user:read',
  'business:read',
  'account:read',
  'customer:read',
  'product:read',
  'sales_tax:read',
  'vendor:read',
  'invoice:read',
  'invoice:write',
  'transaction:write',
]

export const GrantSeed = z.object({
  accessToken: z.string().nullable().default(null),
  refreshToken: z.string(),
  clientId: z.string().default('wave-client'),
  businesses: Reach,
  scopes: z.array(z.string()).default(SCOPES),
  redirectUri: z.string().default('https://connector.example/oauth/wave'),
  expiresAt: z.union([z.string(), z.number()]).optional(),
})

const ApplicationSeed = z.object({
  clientId: z.string().default('wave-client'),
  clientSecret: z.string().default('wave-secret'),
  redirectUris: z.array(z.string()).default([]),
})

export const WebhookSeed = z.object({
  url: z.string(),
  secret: z.string().default('wave-demo-secret-01'),
  events: z.array(z.string()).default(LIFE_CYCLE),
  scopes: z.array(z.string()).default(['invoice:read']),
  probe: z.boolean().default(false),
})

export const Seed = z.object({
  businesses: z.array(BusinessSeed).prefault([{}]),
  tokens: z.array(TokenSeed).prefault([{ token: 'wave-full-access' }]),
  applications: z.array(ApplicationSeed).prefault([{}]),
  grants: z.array(GrantSeed).default([]),
  webhooks: z.array(WebhookSeed).default([]),
})
