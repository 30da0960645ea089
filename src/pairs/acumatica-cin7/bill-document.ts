import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import type { BillDraft, BillLine } from '../../vendors/acumatica/bill-draft'
import type { Purchase } from '../../vendors/cin7/purchases'
import { billLine, orderLines } from './bill-lines'
import { type Document, extraLines, type Making } from './document-lines'
import { orderNeed, theVendor } from './needs'
import { shortReference } from './references'
import type { Settings } from './settings'
import { Translator } from './translate'

/** What tells a bill from a debit adjustment. */
export interface Paper {
  document: Document
  reference: string
  date: string
  dueDate: string | null
  text: string
}

/** One AP document on the purchase's vendor. */
export const billDraft = (
  purchase: Purchase,
  paper: Paper,
  settings: Settings,
  lookups: Lookups,
): BillDraft | Failure => {
  const vendor = theVendor(purchase, lookups)
  if ('kind' in vendor) return vendor
  const translator = new Translator(settings, lookups)
  const making: Making = { purchase, document: paper.document, settings, translator }
  const rows = rowLines(making, lookups)
  if ('kind' in rows) return translator.failure() ?? rows
  const { extra, sums } = extraLines(making, rows)
  const failure = translator.failure()
  if (failure) return failure
  return {
    vendor: vendor.number,
    reference: shortReference(paper.reference),
    date: paper.date,
    dueDate: paper.dueDate,
    currency: purchase.currency,
    branch: translator.branch(purchase),
    location: '',
    terms: translator.terms(purchase.terms),
    text: paper.text,
    lines: [...rows, ...extra.map((line) => ({ ...line, unit: '', order: null }))],
    ...sums,
    release: settings.bills.status === 'release',
  }
}

const rowLines = (making: Making, { linked }: Lookups): BillLine[] | Failure => {
  const order = orderLines(linked(orderNeed(making.purchase)), making.purchase.order.rows)
  const lines: BillLine[] = []
  for (const row of making.document.rows) {
    const line = billLine(making, order, row)
    if ('kind' in line) return line
    lines.push(line)
  }
  return lines
}
