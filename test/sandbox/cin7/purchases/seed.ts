import { z } from 'zod'
import type { Books } from '../books'
import type { Purchase } from './model'
import { createPurchase, purchaseById, savePurchase } from './purchases'
import { invoiceStep, orderStep, payStep, Rows, receiveStep } from './steps'
import { purchaseView } from './view'

/**
 * A purchase as far as `upTo`; `received` is an invoice with its goods. Every field beside these goes to the header,
 * e.g. `Note`, `Approach`. `shownStatus` is a status no rule makes, e.g. `COMPLETED / CREDIT NOTE CLOSED`.
 */
export const PurchaseSeed = z.looseObject({
  ID: z.uuid().optional(),
  upTo: z.enum(['header', 'order', 'invoice', 'received', 'payment']).default('payment'),
  supplier: z.string(),
  type: z.enum(['Simple', 'Advanced', 'Service']).default('Simple'),
  date: z.string().optional(),
  dueDate: z.string().optional(),
  lines: Rows.shape.lines,
  charges: Rows.shape.charges,
  amount: z.coerce.string().default('100'),
  account: z.string().default('400'),
  bank: z.string().default('718'),
  invoiceNumber: z.string().optional(),
  shownStatus: z.string().nullable().default(null),
})
type PurchaseSeed = z.infer<typeof PurchaseSeed>

const OWN = new Set(Object.keys(PurchaseSeed.shape))

const headerOf = (seed: PurchaseSeed) => ({
  Supplier: seed.supplier,
  Approach: 'INVOICE',
  Location: 'Main Warehouse',
  PurchaseType: seed.type === 'Advanced' ? 'Advanced' : 'Simple',
  IsServiceOnly: seed.type === 'Service',
  ...Object.fromEntries(Object.entries(seed).filter(([name]) => !OWN.has(name))),
})

const grown = (books: Books, made: Purchase, seed: PurchaseSeed): Purchase => {
  const rows = { ...seed, status: 'AUTHORISED' as const }
  if (seed.upTo === 'header') return made
  const ordered = made.blindReceipt ? made : orderStep(books, made, rows)
  if (seed.upTo === 'order') return ordered
  const goodsFirst = ordered.approach === 'STOCK'
  const received = goodsFirst ? receiveStep(books, ordered, rows)[0] : ordered
  const [invoiced] = invoiceStep(books, received, rows)
  if (seed.upTo === 'invoice') return invoiced
  if (seed.upTo === 'received') return goodsFirst ? invoiced : receiveStep(books, invoiced, rows)[0]
  return payStep(books, invoiced, { bank: seed.bank, date: seed.date, reference: '', type: 'Payment' })[0]
}

/** The API cannot set the order's date, the screens can. */
export const seedPurchase = (books: Books, seed: PurchaseSeed) => {
  const made = createPurchase(books, headerOf(seed), seed.ID)
  const orderDate = seed.date ? `${seed.date.slice(0, 10)}T00:00:00` : made.orderDate
  const dated = savePurchase(books, { ...made, orderDate, shownStatus: seed.shownStatus }, true)
  return purchaseView(books, purchaseById(books, grown(books, dated, seed).ID), false)
}
