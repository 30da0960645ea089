import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { type Books, companies, openBooks } from './books'
import { journalView, postJournal } from './finance/journals'
import { moneyTaskView } from './finance/money-views'
import { postOperation } from './finance/operations'
import { postTransfer } from './finance/transfers'
import type { Account, Location, TaxRule, Term } from './model'
import { writeParty } from './parties'
import { partyView } from './party-view'
import { productView } from './product-view'
import { writeProduct } from './products'
import { PurchaseSeed, seedPurchase } from './purchases/seed'
import { ACCOUNT_ID, ACCOUNTS, APPLICATION_KEY, LOCATIONS, ME, PRODUCTS, TAXES, TERMS } from './seed-defaults'
import { SaleSeed, seedSale } from './seed-sales'

const ID = z.uuid().transform((id) => id.toLowerCase())

const AccountSeed = z.object({
  Code: z.string(),
  Name: z.string(),
  Type: z.string(),
  Class: z.string(),
  Status: z.string().default('ACTIVE'),
  Description: z.string().default(''),
  SystemAccount: z.string().nullable().default(null),
  SystemAccountCode: z.string().nullable().default(null),
  ForPayments: z.boolean().default(false),
  Bank: z.string().nullable().default(null),
  BankAccountNumber: z.string().nullable().default(null),
  BankAccountId: z.string().nullable().default(null),
  Currency: z.string().nullable().default(null),
})

const TaxSeed = z.object({
  ID: ID.default(() => crypto.randomUUID()),
  Name: z.string(),
  Account: z.string().default('820'),
  IsActive: z.boolean().default(true),
  TaxInclusive: z.boolean().default(false),
  TaxPercent: z.number().default(0),
  IsTaxForSale: z.boolean().default(false),
  IsTaxForPurchase: z.boolean().default(false),
})

const TermSeed = z.object({
  ID: ID.default(() => crypto.randomUUID()),
  Name: z.string(),
  Duration: z.number().default(0),
  Method: z.string().default('number of days'),
  IsActive: z.boolean().default(true),
  IsDefault: z.boolean().default(false),
})

const LocationSeed = z.object({
  ID: ID.default(() => crypto.randomUUID()),
  Name: z.string(),
  IsDefault: z.boolean().default(false),
  IsDeprecated: z.boolean().default(false),
})

const ProductSeed = z.looseObject({ ID: ID.optional(), SKU: z.string(), onHand: z.coerce.string().default('0') })
const PartySeed = z.looseObject({ ID: ID.optional(), Name: z.string() })

/** As the API takes them (sheet 10). */
const Raw = z.record(z.string(), z.unknown())

const AttributeSetSeed = z.object({
  ID: ID.default(() => crypto.randomUUID()),
  Name: z.string(),
  Attributes: z
    .array(z.object({ Name: z.string(), Type: z.string().default('Text'), Values: z.string().default('') }))
    .max(10),
})

const MeSeed = z.looseObject({
  Company: z.string().exactOptional(),
  Currency: z.string().exactOptional(),
  LockDate: z.string().nullable().exactOptional(),
  TaxCalculationMethod: z.enum(['Row Total', 'Total']).exactOptional(),
})

const CompanySeed = z.strictObject({
  accountId: ID.default(ACCOUNT_ID),
  applicationKeys: z.array(ID).optional(),
  me: MeSeed.default({}),
  accounts: z.array(AccountSeed).optional(),
  taxes: z.array(TaxSeed).optional(),
  terms: z.array(TermSeed).optional(),
  locations: z.array(LocationSeed).optional(),
  products: z.array(ProductSeed).optional(),
  customers: z.array(PartySeed).default([]),
  suppliers: z.array(PartySeed).default([]),
  sales: z.array(SaleSeed).default([]),
  purchases: z.array(PurchaseSeed).default([]),
  journals: z.array(Raw).default([]),
  moneyOperations: z.array(Raw).default([]),
  bankTransfers: z.array(Raw).default([]),
  attributeSets: z.array(AttributeSetSeed).default([]),
  carriers: z.array(z.string()).default(['DEFAULT Carrier']),
  salesRepresentatives: z.array(z.string()).default(['DEFAULT billing contact']),
  categories: z.array(z.string()).default(['Other', 'Service']),
  brands: z.array(z.string()).default([]),
  /** Base units for one unit of a foreign currency. */
  currencyRates: z.record(z.string(), z.coerce.string()).default({}),
  ledgerConnected: z.boolean().default(false),
})
type CompanySeed = z.infer<typeof CompanySeed>

/** One company in short, or several under `companies`. */
const Seed = z.union([
  z.object({ companies: z.array(CompanySeed).min(1) }),
  CompanySeed.transform((one) => ({ companies: [one] })),
])

const putReferences = (books: Books, seed: CompanySeed, isNew: boolean): void => {
  const or = <T>(given: T[] | undefined, schema: z.ZodType<T>, defaults: unknown[]): T[] =>
    given ?? (isNew ? z.array(schema).parse(defaults) : [])
  for (const account of or<Account>(seed.accounts, AccountSeed, ACCOUNTS))
    books.accounts.save(account.Code, {
      ...account,
      BankAccountId: account.BankAccountId ?? (account.Type === 'BANK' ? crypto.randomUUID() : null),
    })
  for (const rule of or<TaxRule>(seed.taxes, TaxSeed, TAXES)) books.taxes.save(rule.ID, rule)
  for (const term of or<Term>(seed.terms, TermSeed, TERMS)) books.terms.save(term.ID, term)
  for (const location of or<Location>(seed.locations, LocationSeed, LOCATIONS))
    books.locations.save(location.ID, location)
}

const PRODUCT = { Category: 'Other', Type: 'Service', CostingMethod: 'FIFO', UOM: 'Item', Status: 'Active' }

const putProducts = (books: Books, seed: CompanySeed, isNew: boolean) => {
  const products = seed.products ?? (isNew ? z.array(ProductSeed).parse(PRODUCTS) : [])
  return products.map(({ ID: id, onHand, ...body }) => {
    const made = writeProduct(books, { ...PRODUCT, Name: body.SKU, ...body }, undefined, id)
    return productView(books.products.save(made.ID, { ...made, onHand }))
  })
}

const putParties = (books: Books, role: 'customer' | 'supplier', seeds: z.infer<typeof PartySeed>[]) => {
  const common = { Status: 'Active', Currency: books.company().me.Currency, PaymentTerm: '30 days' }
  const defaults =
    role === 'customer'
      ? { ...common, TaxRule: 'Tax on Sales', AccountReceivable: '610', RevenueAccount: '200' }
      : { ...common, TaxRule: 'Tax on Purchases', AccountPayable: '800' }
  return seeds.map(({ ID: id, ...body }) => partyView(writeParty(books, role, { ...defaults, ...body }, undefined, id)))
}

const putCompany = (world: WorldContext, seed: CompanySeed): boolean => {
  const { accountId, me, carriers, salesRepresentatives, categories, brands, ledgerConnected, currencyRates } = seed
  const old = companies(world).get(accountId)
  const applicationKeys = seed.applicationKeys ?? old?.applicationKeys ?? [APPLICATION_KEY]
  const lists = { carriers, salesRepresentatives, categories, brands, ledgerConnected, currencyRates }
  companies(world).put(accountId, { accountId, applicationKeys, ...lists, me: { ...ME, ...old?.me, ...me } })
  return old === undefined
}

/** Seeding a company again adds to it; the default books are made once. */
const seedCompany = (world: WorldContext, seed: CompanySeed) => {
  const isNew = putCompany(world, seed)
  const books = openBooks(world, seed.accountId)
  putReferences(books, seed, isNew)
  const products = putProducts(books, seed, isNew)
  const customers = putParties(books, 'customer', seed.customers)
  const suppliers = putParties(books, 'supplier', seed.suppliers)
  const sales = seed.sales.map((sale) => seedSale(books, sale))
  const purchases = seed.purchases.map((purchase) => seedPurchase(books, purchase))
  const journals = seed.journals.map((journal) => journalView(postJournal(books, journal)))
  const money = [
    ...seed.moneyOperations.map((operation) => postOperation(books, operation)),
    ...seed.bankTransfers.map((transfer) => postTransfer(books, transfer)),
  ]
  for (const set of seed.attributeSets) books.attributeSets.save(set.ID, set)
  const { accountId, applicationKeys, me } = books.company()
  return {
    accountId,
    applicationKeys,
    me,
    accounts: books.accounts.all(),
    taxes: books.taxes.all(),
    terms: books.terms.all(),
    locations: books.locations.all(),
    products,
    customers,
    suppliers,
    sales,
    purchases,
    journals,
    moneyTasks: money.map((task) => moneyTaskView(books, task)),
    attributeSets: books.attributeSets.all(),
  }
}

/** What was made of the first (usually the only) company, and of each one under `companies`. */
export const seed = (world: WorldContext, input: unknown) => {
  const made = Seed.parse(input ?? {}).companies.map((company) => seedCompany(world, company))
  return { ...made[0], companies: made }
}
