import { ZERO } from './arithmetic'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { accountKnown, brandKnown, categoryKnown, taxFits } from './checks'
import { problem, refusal, round } from './errors'
import { productUpdated } from './events'
import { type Body, guid, missing, oneOf, text, tooLong } from './fields'
import { envelope, equals, filtered, isTrue, paged, since, startsWith } from './lists'
import type { Product } from './model'
import { productView } from './product-view'

const REQUIRED = ['SKU', 'Name', 'Category', 'Type', 'CostingMethod', 'UOM', 'Status']
const STATUSES = ['Active', 'Setup required', 'Deprecated']
const COSTING = [
  'FIFO',
  'Special - Batch',
  'Special - Serial Number',
  'FIFO - Serial Number',
  'FIFO - Batch',
  'FEFO - Batch',
  'FEFO - Serial Number',
]

const listProducts = ({ books, query }: Call) => {
  const withDeprecated = isTrue(query.get('IncludeDeprecated'))
  const products = books.products.listed().filter(({ Status }) => withDeprecated || Status !== 'Deprecated')
  const rows = filtered(products, query, {
    ID: equals(({ ID }) => ID),
    Name: startsWith(({ Name }) => Name),
    Sku: startsWith(({ SKU }) => SKU),
    ModifiedSince: since(books.world, 'ModifiedSince', ({ updated }) => updated),
  })
  return paged(rows, query, 'Products', productView)
}

const productOf = (books: Books, body: Body, old: Product | undefined, ID: string): Product => ({
  ID,
  SKU: (text(body, 'SKU') ?? old?.SKU ?? '').trim(),
  Name: text(body, 'Name') ?? old?.Name ?? '',
  Category: text(body, 'Category') ?? old?.Category ?? '',
  Brand: text(body, 'Brand') ?? old?.Brand ?? null,
  Type: old?.Type ?? oneOf(body, 'Type', ['Stock', 'Service']) ?? 'Stock',
  CostingMethod: oneOf(body, 'CostingMethod', COSTING) ?? old?.CostingMethod ?? 'FIFO',
  UOM: text(body, 'UOM') ?? old?.UOM ?? '',
  Status: oneOf(body, 'Status', STATUSES) ?? old?.Status ?? 'Active',
  RevenueAccount: text(body, 'RevenueAccount') ?? old?.RevenueAccount ?? null,
  SaleTaxRule: text(body, 'SaleTaxRule') ?? old?.SaleTaxRule ?? null,
  PurchaseTaxRule: text(body, 'PurchaseTaxRule') ?? old?.PurchaseTaxRule ?? null,
  Description: text(body, 'Description') ?? old?.Description ?? null,
  onHand: old?.onHand ?? ZERO,
  allocated: old?.allocated ?? ZERO,
  updated: books.world.now(),
})

const checkReferences = (books: Books, product: Product): void => {
  round(categoryKnown(books, product.Category), brandKnown(books, product.Brand ?? ''))
  round(
    taxFits(books, product.SaleTaxRule ?? '', 'sale'),
    taxFits(books, product.PurchaseTaxRule ?? '', 'purchase'),
    accountKnown(books, product.RevenueAccount ?? ''),
  )
}

const checkSku = (books: Books, product: Product): void => {
  const taken = ({ ID, SKU }: Product) => ID !== product.ID && SKU.toLowerCase() === product.SKU.toLowerCase()
  round(books.products.all().some(taken) && problem(`Product with SKU '${product.SKU}' already exists`))
}

export const writeProduct = (books: Books, body: Body, old?: Product, id = old?.ID ?? crypto.randomUUID()): Product => {
  round(...tooLong(body, { SKU: 50, Name: 256 }))
  const product = productOf(books, body, old, id)
  checkReferences(books, product)
  checkSku(books, product)
  books.products.save(product.ID, product)
  productUpdated(books, product, old === undefined)
  return product
}

export const productRoutes: Verbs = {
  GET: listProducts,
  POST({ books, body }) {
    round(...missing(body, ...REQUIRED))
    return envelope('Products', productView(writeProduct(books, body)))
  },
  PUT({ books, body }) {
    round(...missing(body, 'ID'))
    const old = books.products.get(guid(body, 'ID') ?? '')
    if (!old) throw refusal('Product with specified ID not found')
    return envelope('Products', productView(writeProduct(books, body, old)))
  },
}
