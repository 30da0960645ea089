import type { Failure, Unmapped } from '../../core/failure'
import type { Lookups, Need, TargetRef } from '../../core/flow'
import { isZero } from '../../lib/money'
import type { PurchaseDraft, PurchaseOrderDraft } from '../../vendors/cin7/purchase-draft'
import { PARTY, VENDORS } from './names'
import type { Settings } from './settings'

/** How documents of Acumatica's own stand in Cin7. */
export type Back = NonNullable<Settings['back']>

/** What a bill and an order of Acumatica have in common. */
export interface Paper {
  what: string
  vendorId: string
  vendor: string
  currency: string
  tax: string
}

export const supplierOf = ({ vendorId }: { vendorId: string }): Need => ({
  flow: VENDORS,
  sourceId: vendorId,
  variant: PARTY,
})

export const NOT_BACK = 'documents of Acumatica are not carried back (setting back)'
export const FROM_CIN7 = 'it came from Cin7'

export const theSupplier = (paper: Paper, { linked, targetAccount }: Lookups): TargetRef | Failure => {
  const supplier = linked(supplierOf(paper))
  if (!supplier) return supplierMissing(paper)
  const base = targetAccount.baseCurrency
  return base === null || paper.currency === '' || paper.currency === base ? supplier : foreign(paper, base)
}

/** What says of a purchase the same, whatever it is made of. */
export const headOf = (
  supplier: TargetRef,
  { currency, what }: Paper,
  { cin7 }: Settings,
  back: Back,
  base: string,
) => ({
  supplierId: supplier.id,
  currency: currency || base,
  location: back.location,
  taxRule: back.taxRule,
  taxInclusive: false,
  terms: cin7.paymentTerm,
  rate: '1',
  memo: `Acumatica ${what}`,
  attributes: {},
})

/** Cin7 would work out its own tax: what Acumatica charged is a charge like any other, without tax upon it. */
export const charge = (description: string, amount: string, comment: string, { taxRule }: Back) => ({
  description,
  quantity: '1',
  price: amount,
  tax: '0',
  taxRule,
  comment,
  total: amount,
})

/** The tax of the whole document; none where there is none. */
export const taxCharge = ({ tax }: Paper, back: Back): PurchaseDraft['charges'] =>
  isZero(tax) ? [] : [{ ...charge('Tax', tax, '', back), account: back.taxAccount }]

export const withoutAccount = ({
  account: _,
  ...row
}: PurchaseDraft['charges'][number]): PurchaseOrderDraft['charges'][number] => row

export const unmapped = (what: string, codes: Unmapped[]): Failure => ({
  kind: 'unmapped',
  code: 'unmapped',
  message: `${what}: no Cin7 counterpart for ${codes.map(({ label, mapping }) => `${label} (${mapping})`).join(', ')}`,
  remedy: `${codes.map(({ mapping, code, label }) => `Add "${code}" (${label}) to ${mapping}.`).join(' ')} Then replay.`,
  codes,
})

const supplierMissing = ({ vendor, ...paper }: Paper): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `needs the supplier of vendor ${vendor} first`,
  remedy: 'Nothing to do: it goes on once the vendor is carried. See that record if it has failed.',
  ...supplierOf(paper),
})

const foreign = ({ what, currency }: Paper, base: string): Failure => ({
  kind: 'rejected',
  code: 'foreign_currency_back',
  message: `${what} is in ${currency}, and Acumatica does not tell the rate that Cin7, which keeps its books in ${base}, would want`,
  remedy: 'Enter it in Cin7 by hand, or ignore this record.',
})
