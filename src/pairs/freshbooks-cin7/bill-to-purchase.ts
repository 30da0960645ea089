import type { Difference, Failure } from '../../core/failure'
import type { Flow } from '../../core/flow'
import { type PurchaseDraft, servicePurchases } from '../../vendors/cin7/service-purchases'
import { compare } from '../../vendors/cin7/totals'
import { type Bill, type BillLine, bills } from '../../vendors/freshbooks/bills'
import { billFigures } from './bill-figures'
import { billRows } from './bill-rows'
import { PURCHASE_FLOW, PURCHASE_VARIANT, supplierNeed } from './needs'
import { headOf, sums } from './purchase-head'
import { noPurchases } from './purchases-missing'
import { rateMissing, rateOn } from './rate'
import { ROUNDING } from './sale-rows'
import { Settings } from './settings'

/** A bill becomes a purchase with an authorised order and an authorised invoice, under the number that the vendor gave it. */
export const billToPurchase: Flow<Bill, PurchaseDraft, Settings> = {
  name: PURCHASE_FLOW,
  source: bills,
  target: servicePurchases,
  settings: Settings,

  skip: ({ lines }) => (lines.length > 0 ? undefined : 'empty: it has no lines'),

  needs: ({ vendorid, currency_code }) => [supplierNeed(vendorid, currency_code)],

  fingerprint: (bill) => ({
    number: bill.bill_number,
    vendor: bill.vendorid,
    date: bill.issue_date,
    due: bill.due_date ?? '',
    currency: bill.currency_code,
    total: bill.total_amount.amount,
    tax: bill.tax_amount.amount,
    lines: bill.lines.map(lineOf),
  }),

  map(bill, settings, lookups) {
    const { purchases } = settings
    const { vendorid, currency_code: currency, issue_date: date } = bill
    const what = `bill ${invoiceNumberOf(bill)}`
    if (!purchases) return noPurchases(what)
    const supplier = lookups.linked(supplierNeed(vendorid, currency))
    if (!supplier) return supplierMissing(bill)
    const rate = rateOn({ currency, date }, settings, lookups)
    if (rate === undefined) return rateMissing(what, { currency, date }, lookups)
    const rows = billRows(bill, settings, purchases, lookups)
    if ('code' in rows) return rows
    const dueDate = bill.due_date ?? date
    const invoiceNumber = invoiceNumberOf(bill)
    const memo = `FreshBooks bill ${invoiceNumber}`
    const head = headOf(
      { supplierId: supplier.id, currency, rate, date, dueDate, invoiceNumber, memo },
      settings,
      purchases,
    )
    return [{ variant: PURCHASE_VARIANT, draft: { ...head, ...rows } }]
  },

  totals: (bill, draft) => totals(bill, draft),

  matching: { variant: () => PURCHASE_VARIANT, brings: 'keep' },

  removes: ({ deleted }) => deleted === 'void',

  figures: (bill, settings, lookups) => [{ variant: PURCHASE_VARIANT, figures: billFigures(bill, settings, lookups) }],
}

/** A bill need not have a number; Cin7 then shows FreshBooks' own. */
const invoiceNumberOf = ({ bill_number, id }: Bill): string => bill_number || `FB-${id}`

const lineOf = (line: BillLine) => ({
  category: line.categoryid,
  description: line.description,
  quantity: line.quantity,
  price: line.unit_cost.amount,
  amount: line.amount.amount,
  taxes: [line.tax_name1, line.tax_percent1, line.tax_name2, line.tax_percent2],
  tax: [line.tax_amount1?.amount ?? '0', line.tax_amount2?.amount ?? '0'],
})

/** The rows add up to what FreshBooks says; a rounding row makes the total right and says itself that the parts differ. */
const totals = (
  { amount, tax_amount, total_amount, currency_code: code }: Bill,
  draft: PurchaseDraft,
): Difference[] => {
  const { beforeTax, tax, total } = sums(draft)
  const parts = draft.charges.some(({ comment }) => comment === ROUNDING)
    ? []
    : [...compare('total before tax', amount.amount, beforeTax, code), ...compare('tax', tax_amount.amount, tax, code)]
  return [...parts, ...compare('total', total_amount.amount, total, code)]
}

const supplierMissing = ({ vendorid, currency_code }: Bill): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `needs the supplier of vendor ${vendorid} in ${currency_code} first`,
  remedy: 'Nothing to do: it goes on once the vendor is carried. See that record if it has failed.',
  ...supplierNeed(vendorid, currency_code),
})
