import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { notThere } from './absence'
import { get } from './client'
import {
  creditNotesOf,
  invoicesOf,
  orderOf,
  RawCreditNote,
  RawInvoice,
  RawOrder,
  RawReceipt,
  receiptsOf,
} from './purchase-parts'
import type { Purchase } from './purchase-record'
import { attributesIn, dayOf, decimal, flag, sameWord, text, word } from './shapes'
import { stampOf } from './since-walk'

/** Arrays here, objects at the deprecated `/purchase` (sheet section 9.2). */
const several = <T extends z.ZodType>(part: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value ?? []].flat()), z.array(part))

const Raw = z.lazy(() =>
  z.object({
    ID: z.string().min(1),
    OrderNumber: text,
    Type: text,
    IsServiceOnly: flag.nullish(),
    Approach: text,
    Status: text,
    BlindReceipt: flag.nullish(),
    SupplierID: text,
    Supplier: text,
    BaseCurrency: text,
    SupplierCurrency: text,
    CurrencyRate: decimal.nullish(),
    TaxRule: text,
    TaxCalculation: text,
    Terms: text,
    Location: text,
    Note: text,
    RequiredBy: text,
    OrderDate: text,
    AdditionalAttributes: z.record(z.string(), z.unknown()).nullish(),
    CombinedReceivingStatus: text,
    CombinedInvoiceStatus: text,
    CombinedPaymentStatus: text,
    LastUpdatedDate: text,
    Order: RawOrder.nullish(),
    Invoice: several(RawInvoice),
    StockReceived: several(RawReceipt),
    PutAway: several(RawReceipt),
    CreditNote: several(RawCreditNote),
  }),
)
type Raw = z.infer<typeof Raw>

/**
 * `/advanced-purchase` serves all types (sheet section 9.2). Null where Cin7 shows no such purchase: an error, an object without
 * content (sheet section 16), or another purchase than was asked for, since webhooks may name a document inside one.
 */
export const readPurchase = async (api: ReadApi, id: string): Promise<Purchase | null> => {
  const answer = await notThere(() =>
    api.read(
      get('/advanced-purchase', { ID: id }),
      z.union([Raw, z.object({ ID: z.undefined().optional() }), z.null()]),
    ),
  )
  return answer && 'Status' in answer && sameWord(answer.ID, id) ? purchaseOf(answer) : null
}

export const thePurchase = async (api: ReadApi, id: string): Promise<Purchase> => {
  const purchase = await readPurchase(api, id)
  if (purchase) return purchase
  throw rejected(
    'cin7_purchase_gone',
    `Cin7 shows no purchase ${id}`,
    'Look in Cin7 what became of the purchase, and link the record with the right one.',
  )
}

const purchaseOf = (raw: Raw): Purchase => {
  const taxInclusive = sameWord(raw.TaxCalculation, 'Inclusive')
  const rate = raw.CurrencyRate ?? '1'
  return {
    id: raw.ID.toLowerCase(),
    number: raw.OrderNumber,
    type: typeOf(raw),
    approach: word(raw.Approach),
    status: word(raw.Status),
    blindReceipt: raw.BlindReceipt ?? false,
    supplier: { id: raw.SupplierID.toLowerCase(), name: raw.Supplier },
    baseCurrency: word(raw.BaseCurrency),
    currency: word(raw.SupplierCurrency),
    rate,
    taxRule: raw.TaxRule,
    taxInclusive,
    terms: raw.Terms,
    location: raw.Location,
    note: raw.Note,
    requiredBy: dayOf(raw.RequiredBy),
    orderDate: dayOf(raw.OrderDate),
    attributes: attributesIn(raw.AdditionalAttributes ?? {}),
    receivingStatus: word(raw.CombinedReceivingStatus),
    invoiceStatus: word(raw.CombinedInvoiceStatus),
    paymentStatus: word(raw.CombinedPaymentStatus),
    updated: stampOf(raw.LastUpdatedDate),
    order: orderOf(raw.Order ?? undefined, taxInclusive),
    invoices: invoicesOf(raw.Invoice, { id: raw.ID, rate, taxInclusive }),
    receipts: [...receiptsOf(raw.StockReceived, 'stock'), ...receiptsOf(raw.PutAway, 'put-away')],
    creditNotes: creditNotesOf(raw.CreditNote, { id: raw.ID, rate, taxInclusive }),
  }
}

/** `Service` alone was mentioned once (sheet section 9.3). */
const typeOf = ({ Type, IsServiceOnly }: Raw): Purchase['type'] => {
  if (IsServiceOnly || /^service/i.test(Type)) return 'service'
  if (/^simple/i.test(Type)) return 'simple'
  return /^advanced/i.test(Type) ? 'advanced' : 'other'
}
