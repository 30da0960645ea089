import { z } from 'zod'
import * as preset from './seed-defaults'

const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const Month = z.string().regex(/^\d{4}-\d{2}$/)
const Id = z.guid().optional()

const AccountSeed = z.strictObject({
  id: Id,
  AccountCD: z.string().max(10),
  Description: z.string().max(60).default(''),
  Type: z.enum(['Asset', 'Liability', 'Income', 'Expense']),
  Active: z.boolean().default(true),
  CashAccount: z.boolean().default(false),
  CurrencyID: z.string().nullable().default(null),
  AccountClass: z.string().nullable().default(null),
  TaxCategory: z.string().nullable().default(null),
})
export type AccountSeed = z.infer<typeof AccountSeed>

const SubaccountSeed = z.strictObject({
  id: Id,
  SubaccountCD: z.string(),
  Description: z.string().default(''),
  Active: z.boolean().default(true),
})

/** What a class fills in when the caller leaves it out ([U] sheet 6). */
const VendorClassSeed = z.strictObject({
  id: Id,
  ClassID: z.string().max(10),
  Description: z.string().default(''),
})

const ClassFills = z.strictObject({
  Terms: z.string().default('30D'),
  CurrencyID: z.string().default('USD'),
  PaymentMethod: z.string().default('CHECK'),
  APAccount: z.string().default('20000'),
})

const ItemSeed = z.strictObject({
  id: z.string(),
  description: z.string().default(''),
  stock: z.boolean().default(true),
  uom: z.string().default('EA'),
  account: z.string().default('12100'),
  cost: Decimal.default('0'),
})

/** Goods that came in against an order; bills can refer to them. */
export const ReceiptSeed = z.strictObject({
  number: z.string(),
  vendor: z.string(),
  lines: z.array(
    z.strictObject({ line: z.number().int(), orderNbr: z.string(), orderLine: z.number().int(), qty: Decimal }),
  ),
})
export type Receipt = z.infer<typeof ReceiptSeed>

/** The form SM302000: where changes of inquiry results are sent, with one static header of free choice. */
export const PushSeed = z.strictObject({
  url: z.string(),
  header: z.strictObject({ name: z.string(), value: z.string() }).nullable().default(null),
  queries: z.array(
    z.strictObject({
      name: z.string(),
      entity: z.enum(['Vendor', 'Bill', 'PurchaseOrder', 'Account']),
      /** Field of the entity by the inquiry's column name; `id` is the record's note id. */
      columns: z.record(z.string(), z.string()),
    }),
  ),
})
export type Push = z.infer<typeof PushSeed>

const UserSeed = z.strictObject({
  name: z.string().default(preset.USER),
  password: z.string().default(preset.PASSWORD),
  /** Entities whose form the user may not open: 403. */
  noAccess: z.array(z.string()).default([]),
})

export const PreferencesSeed = z.strictObject({
  vendorNumbering: z.enum(['manual', 'auto']).default('manual'),
  documentNumbering: z.enum(['auto', 'manual']).default('auto'),
  vendorIdLength: z.number().int().max(30).default(30),
  holdBillsOnEntry: z.boolean().default(true),
  holdOrdersOnEntry: z.boolean().default(true),
  approveBills: z.boolean().default(false),
  approveOrders: z.boolean().default(false),
  /** Orders wait for printing or e-mail when their vendor has `PrintOrders` or `SendOrdersbyEmail`. */
  printAndEmailOrders: z.boolean().default(false),
  requireVendorRef: z.boolean().default(false),
  uniqueVendorRef: z.boolean().default(false),
  validateBillTotals: z.boolean().default(false),
  validateOrderTotals: z.boolean().default(false),
  quantityDecimals: z.number().int().default(4),
  unitCostDecimals: z.number().int().default(4),
})

/** Vendors and documents are seeded as plain fields (`{VendorID: 'ACME01', MainContact: {Email: …}}`) and go through the vendor's own checks. */
const Documents = z.array(z.record(z.string(), z.unknown())).default([])
const known = (...otherwise: string[]) => z.array(z.string()).default(otherwise)

export const TenantSeed = z.strictObject({
  name: z.string().default(preset.TENANT),
  timeZone: z.string().default('America/New_York'),
  baseCurrency: z.string().default('USD'),
  currencies: z.record(z.string(), z.number().int()).default({ USD: 2, EUR: 2, AUD: 2, JPY: 0 }),
  branches: known('MAIN'),
  locations: known('MAIN'),
  warehouses: known('WH01'),
  uoms: known('EA', 'BOX', 'HOUR'),
  projects: known('X'),
  paymentMethods: known('CHECK', 'WIRE'),
  taxZones: known('LOCAL'),
  /** Rates in per cent by category; taxed when the vendor has a tax zone. */
  taxCategories: z.record(z.string(), Decimal).default({ EXEMPT: '0', TAXABLE: '10' }),
  terms: z.array(z.strictObject({ id: z.string().max(10), days: z.number().int() })).default(preset.TERMS),
  periods: z
    .strictObject({ first: Month, last: Month, closed: z.array(Month).default([]) })
    .prefault({ first: '2024-01', last: '2030-12' }),
  /** Switched-off features: their entity answers 403, their fields are ignored. */
  features: z
    .strictObject({ subaccounts: z.boolean().default(true), inventory: z.boolean().default(true) })
    .prefault({}),
  /** Forms whose preferences were never entered: 500. */
  withoutSetup: z.array(z.string()).default([]),
  preferences: PreferencesSeed.prefault({}),
  defaultVendorClass: z.string().default('SUPPLIER'),
  classFills: z.record(z.string(), ClassFills).default({}),
  users: z.array(UserSeed).prefault([{}]),
  push: z.array(PushSeed).default([]),
  items: z.array(ItemSeed).prefault(preset.ITEMS),
  receipts: z.array(ReceiptSeed).default([]),
  accounts: z.array(AccountSeed).prefault(preset.ACCOUNTS),
  subaccounts: z.array(SubaccountSeed).prefault(preset.SUBACCOUNTS),
  vendorClasses: z.array(VendorClassSeed).prefault(preset.VENDOR_CLASSES),
  vendors: Documents,
  purchaseOrders: Documents,
  bills: Documents,
})
export type TenantSeed = z.infer<typeof TenantSeed>

export const noFills = (): z.infer<typeof ClassFills> => ClassFills.parse({})

const InstanceSeed = z.strictObject({
  site: z.string().default(''),
  build: z.string().default('24.205.0007'),
  endpoints: z
    .array(z.strictObject({ name: z.string(), version: z.string(), tenant: z.string().optional() }))
    .default(preset.ENDPOINTS),
})

const RefreshSeed = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('fixed') }),
  z.strictObject({
    mode: z.literal('sliding'),
    slidingDays: z.number().default(30),
    absoluteDays: z.number().nullable().default(null),
  }),
])

const AppSeed = z.strictObject({
  clientId: z
    .string()
    .regex(/^[^@]+@[^@]+$/)
    .default(preset.CLIENT_ID),
  clientSecret: z.string().default(preset.CLIENT_SECRET),
  redirectUris: z.array(z.string()).default([preset.REDIRECT_URI]),
  refresh: RefreshSeed.default({ mode: 'fixed' }),
})

/** A consent that was given before, with tokens that a test knows. */
export const GrantSeed = z.strictObject({
  clientId: z.string().default(preset.CLIENT_ID),
  user: z.string().default(preset.USER),
  scopes: z.array(z.string()).default(['api', 'offline_access']),
  accessToken: z.string().default(preset.ACCESS_TOKEN),
  refreshToken: z.string().default(preset.REFRESH_TOKEN),
  /** Seconds from now. */
  expiresIn: z.number().default(3600),
})

/** Named in part or not at all: one tenant with a few accounts, one application, one consent. */
export const Seed = z.strictObject({
  instance: InstanceSeed.prefault({}),
  tenants: z.array(TenantSeed).prefault([{}]),
  apps: z.array(AppSeed).prefault([{}]),
  grants: z.array(GrantSeed).prefault([{}]),
})
