import { z } from 'zod'
import { userAccess } from './access'
import { createCustomer, createVendor } from './customers'
import { accountMeant, bankOf, invoiceInput, meant } from './forms'
import type { Grant } from './grants'
import { freshId, graphId } from './ids'
import { createInvoice } from './invoices'
import type { Book } from './model'
import { risen, today } from './model'
import { createPayment } from './payments'
import { createProduct } from './products'
import type { Account, Business, Invoice, Kind, Product, SalesTax } from './records'
import type { BusinessSeed, InvoiceSeed, SeedAccount, SeedContact, SeedProduct, SeedTax } from './seed-input'
import { GrantSeed, Seed, WebhookSeed } from './seed-input'
import { amountDue } from './status'
import { probe } from './webhooks'

/** A record as tests want it: everything there is, with its GraphQL id beside the bare number. */
export const told = <T extends { id: string; business: string }>(kind: Kind, record: T) => ({
  ...record,
  bareId: record.id,
  graphId: graphId(kind, record),
})

/** Straight into the books: nothing is announced. */
export const seedAll = (book: Book, raw: unknown) => {
  const input = Seed.parse(raw)
  const quiet: Book = { ...book, world: { ...book.world, deliver: () => undefined } }
  const businesses = input.businesses.map((business) => seedBusiness(quiet, business))
  for (const { expiresAt, ...token } of input.tokens)
    book.tokens.put(token.token, { ...token, expiresAt: moment(expiresAt), revoked: false })
  for (const application of input.applications) book.applications.put(application.clientId, application)
  const { tokens, applications } = input
  return {
    businesses,
    tokens,
    applications,
    grants: input.grants.map((grant) => seedGrant(book, grant)),
    webhooks: input.webhooks.map((webhook) => registerWebhook(book, webhook)),
  }
}

const moment = (at: string | number | null): number | null => (typeof at === 'string' ? Date.parse(at) : at)

export const seedGrant = (book: Book, raw: unknown): Grant => {
  const { accessToken, refreshToken, expiresAt, ...grant } = GrantSeed.parse(raw)
  const { businesses, scopes } = grant
  const dies = moment(expiresAt ?? book.world.now() + book.world.switched('oauth.expiresIn', 7200) * 1000)
  if (accessToken !== null)
    book.tokens.put(accessToken, { token: accessToken, businesses, scopes, expiresAt: dies, revoked: false })
  return book.grants.put(refreshToken, { ...grant, secret: refreshToken, accessToken, expiresAt: null })
}

/** The user has said yes: a code that works once, for ten minutes (sheet 4). */
export const seedCode = (book: Book, raw: unknown) => {
  const code = `wave-code-${crypto.randomUUID()}`
  const {
    refreshToken: _,
    accessToken: __,
    ...grant
  } = GrantSeed.parse({ ...z.looseObject({}).parse(raw), refreshToken: code })
  const expiresAt = book.world.now() + 600_000
  book.grants.put(code, { ...grant, secret: code, accessToken: null, expiresAt })
  return { code, redirectUri: grant.redirectUri, scope: grant.scopes.join(' ') }
}

export const registerWebhook = (book: Book, raw: unknown) => {
  const { probe: probed, ...given } = WebhookSeed.parse(raw)
  const id = String(book.world.store.next('registration'))
  const registration = book.registrations.put(id, { id, ...given })
  if (probed) probe(book, registration)
  return registration
}

const seedBusiness = (book: Book, seed: BusinessSeed) => {
  const { accounts, salesTaxes, customers, vendors, products, invoices, ...rest } = seed
  const id = free(book, 'Business', rest.id)
  const createdAt = rest.createdAt ?? risen(book.world)
  const business: Business = { ...rest, id, business: id, createdAt, modifiedAt: rest.modifiedAt ?? createdAt }
  book.records.Business.put(id, business)
  return {
    ...told('Business', business),
    accounts: accounts.map((account) => told('Account', seedAccount(book, business, account))),
    salesTaxes: salesTaxes.map((tax) => told('SalesTax', seedTax(book, business, tax))),
    customers: customers.map((contact) => told('Customer', seedContact(book, business, 'Customer', contact))),
    vendors: vendors.map((contact) => told('Vendor', seedContact(book, business, 'Vendor', contact))),
    products: products.map((product) => told('Product', seedProduct(book, business, product))),
    invoices: invoices.map((invoice) => told('Invoice', seedInvoice(book, business, invoice))),
  }
}

const free = (book: Book, kind: Kind, id: string | undefined): string => {
  if (id === undefined) return freshId(book.world, kind)
  if (book.records[kind].get(id)) throw new Error(`simulator: ${kind} ${id} is there already`)
  return id
}

const seedAccount = (book: Book, business: Business, seed: SeedAccount): Account => {
  const id = free(book, 'Account', seed.id)
  const currency = seed.currency ?? business.currency
  return book.records.Account.put(id, { ...seed, id, currency, business: business.id, sequence: 0 })
}

const seedTax = (book: Book, business: Business, seed: SeedTax): SalesTax => {
  const { rate, ...rest } = seed
  const id = free(book, 'SalesTax', seed.id)
  const createdAt = seed.createdAt ?? risen(book.world)
  return book.records.SalesTax.put(id, {
    ...rest,
    id,
    business: business.id,
    abbreviation: seed.abbreviation ?? seed.name,
    rates: [{ effective: '0001-01-01', rate }],
    showTaxNumberOnInvoices: seed.taxNumber !== null,
    createdAt,
    modifiedAt: seed.modifiedAt ?? createdAt,
  })
}

const seedContact = (book: Book, business: Business, kind: 'Customer' | 'Vendor', seed: SeedContact) => {
  const create = kind === 'Customer' ? createCustomer : createVendor
  const { id, createdAt, modifiedAt, isArchived, ...fields } = seed
  const input = { ...fields, businessId: business.id }
  const made = create(book, userAccess(book), input, { id: free(book, kind, id), createdAt, modifiedAt })
  return isArchived ? book.records[kind].put(made.id, { ...made, isArchived }) : made
}

export const seedProduct = (book: Book, business: Business, seed: SeedProduct): Product => {
  const { id, createdAt, modifiedAt, isArchived } = seed
  const extra = { id: free(book, 'Product', id), createdAt, modifiedAt }
  const made = createProduct(book, userAccess(book), productInput(book, business, seed), extra)
  return isArchived ? book.records.Product.put(made.id, { ...made, isArchived }) : made
}

/** An income account left out is the first one of the business; null makes a product that is not sold. */
export const productInput = (book: Book, business: Business, seed: SeedProduct): Record<string, unknown> => {
  const named = (words: string | null) => words && accountMeant(book, business.id, words)
  const isIncome = (account: Account) => account.business === business.id && account.subtype === 'INCOME'
  const first = book.records.Account.all().find(isIncome)?.id ?? null
  return {
    businessId: business.id,
    name: seed.name,
    description: seed.description,
    unitPrice: seed.unitPrice,
    incomeAccountId: seed.incomeAccount === undefined ? first : named(seed.incomeAccount),
    expenseAccountId: named(seed.expenseAccount),
    defaultSalesTaxIds: seed.taxes.map((tax) => meant(book.records.SalesTax.all(), business.id, tax)),
  }
}

const seedInvoice = (book: Book, business: Business, seed: InvoiceSeed): Invoice => {
  const { id, createdAt, modifiedAt, status, payments, ...form } = seed
  const stage = status === 'PAID' ? 'SENT' : status
  const extra = { id: free(book, 'Invoice', id), createdAt, modifiedAt, stage }
  const filled = { customer: firstCustomer(book, business), ...form }
  const made = createInvoice(book, userAccess(book), invoiceInput(book, business, filled), extra)
  const full = status === 'PAID' && payments.length === 0
  const paid = full ? [{ amount: amountDue(made), method: 'BANK_TRANSFER', exchangeRate: '1' }] : payments
  for (const payment of paid) seedPayment(book, business, made, payment)
  const after = book.records.Invoice.get(made.id) ?? made
  return modifiedAt === undefined ? after : book.records.Invoice.put(made.id, { ...after, modifiedAt })
}

const firstCustomer = (book: Book, business: Business): string =>
  book.records.Customer.all().find((customer) => customer.business === business.id)?.id ?? ''

type PaymentForm = Partial<InvoiceSeed['payments'][number]>

export const seedPayment = (book: Book, business: Business, invoice: Invoice, form: PaymentForm) =>
  createPayment(
    book,
    userAccess(book),
    {
      invoiceId: invoice.id,
      paymentAccountId: form.account ? accountMeant(book, business.id, form.account) : bankOf(book, business),
      amount: form.amount ?? amountDue(invoice),
      exchangeRate: form.exchangeRate ?? '1',
      paymentDate: form.date ?? today(book, business.id),
      paymentMethod: form.method ?? 'BANK_TRANSFER',
      memo: form.memo,
    },
    form.id === undefined ? {} : { id: form.id },
  )
