import Big from 'big.js'
import { z } from 'zod'
import type { Access } from './access'
import { need } from './access'
import type { ContactExtra } from './customers'
import { Refused } from './errors'
import { freshId } from './ids'
import type { Book } from './model'
import { risen } from './model'
import { DecimalText, plain, rounded } from './money'
import type { Product } from './records'
import { EXPENSE_SUBTYPES, INCOME_SUBTYPES } from './subtypes'

const Create = z.object({
  businessId: z.string(),
  name: z.string(),
  unitPrice: DecimalText,
  description: z.string().nullish(),
  incomeAccountId: z.string().nullish(),
  expenseAccountId: z.string().nullish(),
  defaultSalesTaxIds: z.array(z.string()).nullish(),
})
const Patch = Create.omit({ businessId: true }).extend({
  id: z.string(),
  name: z.string().nullish(),
  unitPrice: DecimalText.nullish(),
})

export const createProduct = (book: Book, access: Access, raw: unknown, extra: ContactExtra = {}): Product => {
  const input = Create.parse(raw)
  const business = need(access, 'Business', input.businessId, ['businessId'])
  const createdAt = extra.createdAt ?? risen(book.world)
  const product: Product = {
    id: extra.id ?? freshId(book.world, 'Product'),
    business: business.id,
    name: named(input.name),
    description: input.description ?? null,
    unitPrice: toFive(input.unitPrice),
    incomeAccount: accountFor(access, business.id, input.incomeAccountId, 'incomeAccountId', INCOME_SUBTYPES),
    expenseAccount: accountFor(access, business.id, input.expenseAccountId, 'expenseAccountId', EXPENSE_SUBTYPES),
    defaultSalesTaxes: taxesFor(access, business.id, input.defaultSalesTaxIds ?? []),
    isArchived: false,
    createdAt,
    modifiedAt: extra.modifiedAt ?? createdAt,
  }
  return book.records.Product.put(product.id, product)
}

export const patchProduct = (book: Book, access: Access, raw: unknown): Product => {
  const input = Patch.parse(raw)
  const before = need(access, 'Product', input.id, ['id'])
  const { business } = before
  const account = (given: string | null | undefined, field: string, subtypes: string[], old: string | null) =>
    given === undefined ? old : accountFor(access, business, given, field, subtypes)
  return changed(book, before, {
    name: typeof input.name === 'string' ? named(input.name) : before.name,
    description: input.description === undefined ? before.description : input.description,
    unitPrice: input.unitPrice ? toFive(input.unitPrice) : before.unitPrice,
    incomeAccount: account(input.incomeAccountId, 'incomeAccountId', INCOME_SUBTYPES, before.incomeAccount),
    expenseAccount: account(input.expenseAccountId, 'expenseAccountId', EXPENSE_SUBTYPES, before.expenseAccount),
    defaultSalesTaxes: input.defaultSalesTaxIds
      ? taxesFor(access, business, input.defaultSalesTaxIds)
      : before.defaultSalesTaxes,
  })
}

/** Nothing can be un-archived (sheet 5). */
export const archiveProduct = (book: Book, access: Access, raw: unknown): Product =>
  changed(book, need(access, 'Product', z.object({ id: z.string() }).parse(raw).id, ['id']), { isArchived: true })

const changed = (book: Book, before: Product, change: Partial<Product>): Product =>
  book.records.Product.put(before.id, { ...before, ...change, modifiedAt: risen(book.world, before.modifiedAt) })

const named = (name: string): string => {
  if (name.trim() === '') throw new Refused(['name'], 'This field is required.')
  return name
}

/** Prices keep 5 decimals, ties away from zero (sheet 5). */
const toFive = (price: string): string => plain(rounded(new Big(price), 5))

const accountFor = (
  access: Access,
  business: string,
  ref: string | null | undefined,
  field: string,
  subtypes: string[],
): string | null => {
  if (!ref) return null
  const account = need(access, 'Account', ref, [field], business)
  if (!subtypes.includes(account.subtype)) throw new Refused([field], `The account must be of ${subtypes.join(', ')}.`)
  return account.id
}

const taxesFor = (access: Access, business: string, refs: string[]): string[] =>
  refs.map((ref, n) => need(access, 'SalesTax', ref, ['defaultSalesTaxIds', n], business).id)
