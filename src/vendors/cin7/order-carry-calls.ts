import { z } from 'zod'
import type { Call } from '../../core/vendor'
import { post } from './client'
import { RawOrder } from './purchase-parts'
import type { PurchaseRow } from './purchase-record'
import { decimal, number, text } from './shapes'

/** DELETE of a purchase answers all of it; the rows of the order are kept, to put them back where new ones are refused. */
export const UndoneOrder = z.object({ Order: RawOrder })

export const PostedOrder = z.object({ Status: text, TotalBeforeTax: decimal.nullish(), Total: decimal.nullish() })

/** All rows go: a POST replaces them (sheet section 9.1). */
export const postRows = (id: string, rows: PurchaseRow[], memo: string, status: 'DRAFT' | 'AUTHORISED'): Call =>
  post('/purchase/order', {
    TaskID: id,
    CombineAdditionalCharges: false,
    Memo: memo,
    Status: status,
    Lines: rows.filter(({ kind }) => kind === 'line').map(lineOf),
    AdditionalCharges: rows.filter(({ kind }) => kind === 'charge').map(chargeOf),
  })

const figures = (row: PurchaseRow) => ({
  Quantity: number(row.quantity),
  Price: number(row.price),
  Discount: number(row.discount),
  Tax: number(row.tax),
  TaxRule: row.taxRule,
  Total: number(row.total),
})

const lineOf = (row: PurchaseRow) => ({
  ...(row.productId !== '' && { ProductID: row.productId }),
  SKU: row.sku,
  Name: row.name,
  ...figures(row),
  SupplierSKU: row.supplierSku,
  Comment: row.comment,
})

const chargeOf = (row: PurchaseRow) => ({ Description: row.name, Reference: row.comment, ...figures(row) })
