import { jsonNumber } from '../../lib/json'
import { refTo } from './shapes'
import type { DraftLine, TxnDraft } from './txn-draft'
import { type Known, Linked, linesOf, orderLinks, type TxnLine } from './txn-shapes'

type Fields = Record<string, unknown>

/** Computed, or not to be sent back: a tax that was computed before would stand as if somebody had entered it. */
const NOT_SENT = [
  'TotalAmt',
  'Balance',
  'HomeBalance',
  'HomeTotalAmt',
  'MetaData',
  'TxnTaxDetail',
  'RecurDataRef',
  'domain',
  'sparse',
  'status',
]

/** A new transaction. `own` = what only this kind of transaction has. */
export const newBody = (draft: TxnDraft, note: string, own: Fields): Fields => ({
  ...headOf(draft, note),
  ...own,
  ...linked(draft.lines.map((line) => lineOf(line))),
})

/**
 * The whole of the transaction as it was read, with our values on top: what an update leaves out is emptied, and lines that it
 * leaves out are deleted (sheet 6). What somebody added to it that we do not know of stays.
 */
export const mergedBody = (known: Known, draft: TxnDraft, note: string, own: Fields): Fields => ({
  ...keptBody(known),
  ...headOf(draft, note),
  ...own,
  ...linked(mergedLines(known, draft.lines)),
})

/** As it was read, fit to be sent back. */
export const keptBody = ({ raw }: Known): Fields =>
  Object.fromEntries(Object.entries(raw).filter(([name]) => !NOT_SENT.includes(name)))

const headOf = (draft: TxnDraft, note: string): Fields => ({
  VendorRef: refTo(draft.vendor),
  APAccountRef: refTo(draft.payable),
  CurrencyRef: refTo(draft.currency),
  ...(draft.rate !== '1' && { ExchangeRate: jsonNumber(draft.rate) }),
  TxnDate: draft.date,
  DocNumber: draft.number,
  PrivateNote: note,
  ...(draft.department !== '' && { DepartmentRef: refTo(draft.department) }),
  ...(draft.tax === 'excluded' && { GlobalTaxCalculation: 'TaxExcluded' }),
})

/** The link to an order stands on the head and on each line; all of it is needed (sheet 11). */
const linked = (lines: Fields[]): Fields => {
  const orders = new Set(lines.flatMap((line) => orderLinks(Linked.parse(line)).map(({ TxnId }) => TxnId)))
  const LinkedTxn = [...orders].map((TxnId) => ({ TxnId, TxnType: 'PurchaseOrder' }))
  return { Line: lines, LinkedTxn: LinkedTxn.length > 0 ? LinkedTxn : undefined }
}

const ACCOUNT = 'AccountBasedExpenseLineDetail'
const ITEM = 'ItemBasedExpenseLineDetail'

export const lineOf = ({ detail, amount, description, taxCode, order, ...line }: DraftLine): Fields => {
  const shared = {
    ...(line.class !== '' && { ClassRef: refTo(line.class) }),
    ...(taxCode !== '' && { TaxCodeRef: refTo(taxCode) }),
  }
  return {
    DetailType: detail.kind === 'account' ? ACCOUNT : ITEM,
    Amount: jsonNumber(amount),
    Description: description,
    ...(order && { LinkedTxn: [{ TxnId: order.id, TxnType: 'PurchaseOrder', TxnLineId: order.line }] }),
    ...(detail.kind === 'account'
      ? { [ACCOUNT]: { AccountRef: refTo(detail.account), ...shared } }
      : {
          [ITEM]: {
            ItemRef: refTo(detail.item),
            Qty: jsonNumber(detail.quantity),
            UnitPrice: jsonNumber(detail.price),
            ...shared,
          },
        }),
  }
}

/**
 * Lines keep their places and their ids, so that what somebody set on one (customer, billable) stays with it. A line that exists
 * cannot be linked to an order: such a one is made anew (sheet 11).
 */
const mergedLines = ({ raw, txn }: Known, lines: DraftLine[]): Fields[] => {
  const rows = Array.isArray(raw.Line) ? raw.Line : []
  const known = linesOf(txn)
  return lines.map((line, at) => {
    const [ours, there] = [lineOf(line), known[at]]
    return there && isSameKind(there, ours) && hasItsLink(there, line) ? mergedLine(Object(rows[at]), ours) : ours
  })
}

const isSameKind = ({ DetailType }: TxnLine, ours: Fields): boolean => DetailType === ours.DetailType

const hasItsLink = (there: TxnLine, { order }: DraftLine): boolean =>
  order === null || orderLinks(there).some(({ TxnId, TxnLineId }) => TxnId === order.id && TxnLineId === order.line)

const mergedLine = (row: Fields, ours: Fields): Fields => {
  const detail = String(ours.DetailType)
  return { ...row, ...ours, [detail]: { ...Object(row[detail]), ...Object(ours[detail]) } }
}
