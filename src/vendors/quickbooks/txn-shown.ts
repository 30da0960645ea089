import { Failed, OR_RESOLVE } from '../../core/failure'
import type { TargetRef } from '../../core/flow'
import { canonical } from '../../lib/json'
import { isZero, same, show, subtract } from '../../lib/money'
import { printOf } from '../../lib/print'
import { codeOf, linesOf, nameOf, type Txn, type TxnKind, type TxnLine } from './txn-shapes'

/**
 * Short names of what QuickBooks shows of a transaction that we carried: kept with the link, so that an edit is noticed even where
 * the total stays the same. Read from QuickBooks both times, so it makes no difference how it writes what we sent.
 */
export const shownOf = async (txn: Txn): Promise<Record<string, string>> => ({
  shownVendor: await short([txn.VendorRef.value, txn.APAccountRef?.value ?? '']),
  shownLines: await short(linesOf(txn).map(lineShown).sort()),
  shownDates: await short([txn.TxnDate, txn.DueDate, txn.ExchangeRate ?? '1']),
  shownHead: await short([txn.DocNumber, txn.DepartmentRef?.value ?? '']),
})

const WORDS = {
  shownVendor: 'it was given to another supplier or payables account',
  shownLines: 'lines, accounts or amounts were changed',
  shownDates: 'dates or exchange rate were changed',
  shownHead: 'number or department was changed',
}

/** The names of all that is kept so. */
export const SHOWN = Object.keys(WORDS)

/** What of it is no longer as it was carried, in words; nothing where it was never carried to its end. */
export const editsOf = async (txn: Txn, facts: Record<string, string>): Promise<string[]> => {
  const now = await shownOf(txn)
  return Object.entries(WORDS).flatMap(([what, said]) =>
    facts[what] === undefined || facts[what] === now[what] ? [] : [said],
  )
}

const short = (content: unknown): Promise<string> => printOf(canonical(content))

/** What it books. Descriptions book nothing. */
const lineShown = (line: TxnLine): string => {
  const detail = line.AccountBasedExpenseLineDetail ?? line.ItemBasedExpenseLineDetail
  return canonical({
    account: detail?.AccountRef?.value ?? '',
    item: detail?.ItemRef?.value ?? '',
    quantity: detail?.Qty ?? '',
    price: detail?.UnitPrice ?? '',
    class: detail?.ClassRef?.value ?? '',
    tax: detail?.TaxCodeRef?.value ?? '',
    amount: line.Amount ?? '0',
  })
}

/**
 * Nothing is written over that somebody worked on: what is paid, or applied, stays as it is (its other side would no longer fit,
 * sheet 16.14), and so does what was edited since it was carried. A person decides.
 */
export const refuseIfTouched = async (
  kind: TxnKind,
  txn: Txn,
  { facts }: TargetRef,
  sourceTotal: string,
): Promise<void> => {
  if (isSettled(txn)) throw settled(kind, txn, sourceTotal)
  const edits = await editsOf(txn, facts)
  if (edits.length > 0) throw edited(kind, txn, facts, edits, sourceTotal)
}

/** Paid, or applied to bills, in part or whole. */
export const isSettled = ({ Balance, TotalAmt, LinkedTxn }: Txn): boolean =>
  (Balance != null && !same(Balance, TotalAmt)) || (LinkedTxn ?? []).some(({ TxnType }) => /Payment/.test(TxnType))

const settled = (kind: TxnKind, txn: Txn, sourceTotal: string): Failed => {
  const done = subtract(txn.TotalAmt, txn.Balance ?? '0')
  const how = kind.type === 'bill' ? 'paid' : 'applied'
  const name = nameOf(kind, txn)
  return new Failed({
    kind: 'conflict',
    code: codeOf(kind, how),
    message: `the source changed, but ${isZero(done) ? '' : `${show(done)} of `}${name} over ${show(txn.TotalAmt)} ${isZero(done) ? 'has a payment' : `is ${how}`} in QuickBooks`,
    remedy: `Nothing was changed. Take the payment off ${name} in QuickBooks and replay; or enter the difference there by hand and resolve this record.`,
    facts: { sourceTotal, quickbooksTotal: txn.TotalAmt, open: txn.Balance ?? '', number: txn.DocNumber },
  })
}

const edited = (
  kind: TxnKind,
  txn: Txn,
  facts: Record<string, string>,
  edits: string[],
  sourceTotal: string,
): Failed => {
  const name = nameOf(kind, txn)
  return new Failed({
    kind: 'conflict',
    code: codeOf(kind, 'changed'),
    message: `the source changed, and so did ${name} in QuickBooks: ${edits.join('; ')}`,
    remedy: `Nothing was changed. Put ${name} back in QuickBooks to what it was and replay, ${OR_RESOLVE}`,
    facts: {
      sourceTotal,
      carriedTotal: facts.total ?? '',
      quickbooksTotal: txn.TotalAmt,
      number: txn.DocNumber,
      happened: edits.join('; '),
    },
  })
}
