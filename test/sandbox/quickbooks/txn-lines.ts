import { big, cents } from './money'
import { businessRule, missing, refusal } from './refusals'
import type { Line, TxnDraft } from './txn-schema'

/** How many lines a transaction may have (sheet 5). */
const MOST = 10_000

export const detailOf = (line: Line) => line.AccountBasedExpenseLineDetail ?? line.ItemBasedExpenseLineDetail

const checkLine = (line: Line): void => {
  if (!line[line.DetailType]) throw missing(`Line.${line.DetailType}`)
  if (line.AccountBasedExpenseLineDetail && line.ItemBasedExpenseLineDetail)
    throw businessRule('A line has one kind of detail.')
}

/** What the vendor does with an amount that is not quantity × price is open (sheet 11): recompute, or 6070. */
export type Mismatch = 'recompute' | '6070'

const settledAmount = (line: Line, mismatch: Mismatch): number => {
  const item = line.ItemBasedExpenseLineDetail
  if (!item) return cents(big(line.Amount))
  if (!item.ItemRef) return 0
  if (item.Qty === undefined || item.UnitPrice === undefined) return cents(big(line.Amount))
  const product = cents(big(item.Qty).times(item.UnitPrice))
  if (product !== line.Amount && mismatch === '6070')
    throw refusal('6070', `Amount is not equal to UnitPrice * Qty. Supplied value:${line.Amount}`)
  return product
}

/** Defaults of a US company (sheet 11). Elsewhere no tax code is made up. */
const defaults = (line: Line, isUs: boolean): Line => {
  const added = { BillableStatus: 'NotBillable' as const, ...(isUs ? { TaxCodeRef: { value: 'NON' } } : {}) }
  const { AccountBasedExpenseLineDetail: account, ItemBasedExpenseLineDetail: item } = line
  return {
    ...line,
    ...(account ? { AccountBasedExpenseLineDetail: { ...added, ...account } } : {}),
    ...(item ? { ItemBasedExpenseLineDetail: { ...added, ...item } } : {}),
  }
}

/** A known Id keeps its line; without one, with none above 0 or an unknown one it is a new line ([R] sheet 6). */
const numbered = (lines: Line[], old: Line[], last: number): { lines: Line[]; lastLine: number } => {
  const free = new Set(old.map(({ Id }) => Id))
  let lastLine = last
  const kept = lines.map((line, n) => {
    const known = line.Id !== undefined && free.delete(line.Id)
    if (!known) lastLine += 1
    return { ...line, Id: known ? line.Id : String(lastLine), LineNum: n + 1 }
  })
  return { lines: kept, lastLine }
}

interface Before {
  lines: Line[]
  lastLine: number
}

export const settleLines = (draft: TxnDraft, before: Before, isUs: boolean, mismatch: Mismatch) => {
  if (!draft.Line || draft.Line.length === 0) throw missing('Line')
  if (draft.Line.length > MOST) throw businessRule(`A transaction has at most ${MOST} lines.`)
  for (const line of draft.Line) checkLine(line)
  const priced = draft.Line.map((line) => ({ ...defaults(line, isUs), Amount: settledAmount(line, mismatch) }))
  return numbered(priced, before.lines, before.lastLine)
}
