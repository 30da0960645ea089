import type { Failure } from '../../core/failure'
import type { Flow, Lookups } from '../../core/flow'
import { add, same } from '../../lib/money'
import { stampIn } from '../../vendors/acumatica/marks'
import { type BillOfVendor, billsOfVendors } from '../../vendors/acumatica/of-vendors'
import { type PurchaseDraft, servicePurchases } from '../../vendors/cin7/service-purchases'
import {
  type Back,
  charge,
  FROM_CIN7,
  headOf,
  NOT_BACK,
  type Paper,
  supplierOf,
  taxCharge,
  theSupplier,
  unmapped,
} from './back'
import { BILLS, BILLS_BACK, PURCHASE } from './names'
import { Settings } from './settings'

/** An AP bill that somebody entered in Acumatica becomes a service purchase of Cin7, drafted and authorised in a second step. */
export const billToPurchase: Flow<BillOfVendor, PurchaseDraft, Settings> = {
  name: BILLS_BACK,
  source: billsOfVendors,
  target: servicePurchases,
  settings: Settings,
  // Those that came from Cin7 are known by it, and only so.
  mirrors: { flow: BILLS, agrees: () => ({}) },
  isOff: true,

  skip(bill, { back }, { mirrored }) {
    if (!back) return NOT_BACK
    if (mirrored || stampIn(bill.description)) return FROM_CIN7
    if (bill.type !== 'Bill') return `${bill.type || 'it'} is no bill`
    if (bill.lines.length === 0) return 'empty: it has no lines'
    return ENTERED.includes(bill.status.toLowerCase()) ? undefined : `${bill.status}: carried once it is off hold`
  },

  needs: (bill) => [supplierOf(bill)],

  fingerprint: ({ id: _, updated: __, status: ___, balance: ____, description: _____, ...bill }) => bill,

  map(bill, settings, lookups) {
    const draft = settings.back ? draftOf(bill, settings, settings.back, lookups) : []
    return Array.isArray(draft) ? draft : 'code' in draft ? draft : [{ variant: PURCHASE, draft }]
  },

  totals({ total: source, currency }, { charges }) {
    const target = add('0', ...charges.map(({ total }) => total))
    return same(source, target) ? [] : [{ what: 'total', source, target, currency }]
  },

  matching: { variant: () => PURCHASE, brings: 'keep' },
}

/** Voided ones stay in Cin7: a person says what becomes of them there. */
const ENTERED = ['balanced', 'open', 'closed', 'pre-released']

const draftOf = (bill: BillOfVendor, settings: Settings, back: Back, lookups: Lookups): PurchaseDraft | Failure => {
  const paper: Paper = { ...bill, what: `bill ${bill.number}` }
  const supplier = theSupplier(paper, lookups)
  if ('code' in supplier) return supplier
  const missing = bill.lines.filter(({ account }) => back.accounts[account] === undefined)
  if (missing.length > 0)
    return unmapped(
      paper.what,
      missing.map(({ account, accountName }) => ({
        mapping: 'settings.back.accounts',
        code: account,
        label: accountName || account,
      })),
    )
  const charges = bill.lines.map(({ text, accountName, item, account, amount }) => ({
    ...charge(text || accountName || item, amount, item, back),
    account: back.accounts[account] ?? '',
  }))
  return {
    kind: 'service',
    ...headOf(supplier, paper, settings, back, lookups.targetAccount.baseCurrency ?? ''),
    requiredBy: '',
    lines: [],
    charges: [...charges, ...taxCharge(paper, back)],
    beforeTax: bill.total,
    tax: '0',
    total: bill.total,
    invoiceNumber: bill.vendorRef || bill.number,
    date: bill.date,
    dueDate: bill.dueDate || bill.date,
  }
}
