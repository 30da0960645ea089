import { z } from 'zod'
import { DecimalText } from './money'

export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const text = z.string().nullish()
const flag = z.boolean().nullish()

/** Words and switches of the printed document, with what Wave shows when nothing was set. */
export const TEXTS: Record<string, string | boolean> = {
  title: 'Invoice',
  subhead: '',
  poNumber: '',
  footer: '',
  memo: '',
  itemTitle: 'Items',
  unitTitle: 'Quantity',
  priceTitle: 'Price',
  amountTitle: 'Amount',
  hideName: false,
  hideDescription: false,
  hideUnit: false,
  hidePrice: false,
  hideAmount: false,
  disableAmexPayments: false,
  disableBankPayments: false,
  disableCreditCardPayments: false,
  requireTermsOfServiceAgreement: false,
}

export const ItemInput = z.object({
  productId: z.string(),
  description: text,
  quantity: DecimalText.nullish(),
  unitPrice: DecimalText.nullish(),
  taxes: z.array(z.object({ salesTaxId: z.string() })).nullish(),
  /** Not in the API: in Wave's own screens a line can be booked to another account. */
  accountId: text,
})
export type ItemInput = z.infer<typeof ItemInput>

export const DiscountInput = z.object({
  discountType: z.enum(['FIXED', 'PERCENTAGE']),
  amount: DecimalText.nullish(),
  percentage: DecimalText.nullish(),
  name: text,
})
export type DiscountInput = z.infer<typeof DiscountInput>

const InvoiceFields = z.object({
  currency: text,
  exchangeRate: DecimalText.nullish(),
  invoiceDate: DateText.nullish(),
  dueDate: DateText.nullish(),
  invoiceNumber: text,
  items: z.array(ItemInput).nullish(),
  discounts: z.array(DiscountInput).nullish(),
  status: z.enum(['DRAFT', 'SAVED']).nullish(),
  title: text,
  subhead: text,
  poNumber: text,
  footer: text,
  memo: text,
  itemTitle: text,
  unitTitle: text,
  priceTitle: text,
  amountTitle: text,
  hideName: flag,
  hideDescription: flag,
  hideUnit: flag,
  hidePrice: flag,
  hideAmount: flag,
  disableAmexPayments: flag,
  disableBankPayments: flag,
  disableCreditCardPayments: flag,
  requireTermsOfServiceAgreement: flag,
})

export const InvoiceCreate = InvoiceFields.extend({ businessId: z.string(), customerId: z.string() })
export const InvoicePatch = InvoiceFields.extend({ id: z.string(), customerId: text })

/** The texts that an input sets, over those there were. */
export const textsOf = (
  input: Record<string, unknown>,
  before: Record<string, string | boolean>,
): Record<string, string | boolean> => {
  const texts = { ...before }
  for (const name of Object.keys(TEXTS)) {
    const given = input[name]
    if (typeof given === 'string' || typeof given === 'boolean') texts[name] = given
  }
  return texts
}
