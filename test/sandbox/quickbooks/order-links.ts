import type { Books } from './books'
import type { Billed, Kept } from './model'
import { big, sum } from './money'
import { sameContent } from './read-body'
import type { Line, LinkedTxn, Txn, TxnDraft } from './txn-schema'

type Order = Kept<Txn>

const isOrderLink = (link: LinkedTxn): link is { TxnId: string; TxnType: string; TxnLineId?: string } =>
  link.TxnType === 'PurchaseOrder' && link.TxnId !== undefined

const lineLink = (line: Line): LinkedTxn | undefined => line.LinkedTxn?.find(isOrderLink)

/** A line of text has nothing to be billed. */
const countable = (line: Line): boolean => !line.ItemBasedExpenseLineDetail || !!line.ItemBasedExpenseLineDetail.ItemRef

const lineCovered = (order: Order, line: Line): boolean => {
  const billed = order.billed.filter(({ lineId }) => lineId === line.Id)
  if (billed.length === 0) return false
  const qty = line.ItemBasedExpenseLineDetail?.Qty
  return qty === undefined
    ? sum(billed.map(({ amount }) => amount)).gte(line.Amount)
    : sum(billed.map((one) => one.qty)).gte(qty)
}

/** All that was ordered is billed: the vendor closes the order itself (sheet 12). */
const covered = (order: Order): boolean => {
  const lines = order.fields.Line.filter(countable)
  return lines.length > 0 && lines.every((line) => lineCovered(order, line))
}

export const isClosed = (order: Order): boolean => order.fields.POStatus === 'Closed' || covered(order)

/** Kept only when a user closed it: what the API shows otherwise follows from the bills, also when it is sent back. */
export const ownStatus = (draft: TxnDraft, old?: Order): { POStatus?: 'Closed' } => {
  const byItself = old !== undefined && old.fields.POStatus === undefined && covered(old)
  return draft.POStatus === 'Closed' && !byItself ? { POStatus: 'Closed' } : {}
}

/** The rules of sheet 11: order, vendor and order line exist, the order is open, and the bill's line is a new one. */
const linkable = (books: Books, vendor: string, line: Line, link: LinkedTxn, old?: Kept<Txn>): boolean => {
  const order = books.of('PurchaseOrder').get(link.TxnId ?? '')
  if (!order || order.fields.VendorRef.value !== vendor) return false
  const target = order.fields.Line.find(({ Id }) => Id !== undefined && Id === link.TxnLineId)
  if (!target) return false
  const before = old?.fields.Line.find(({ Id }) => Id !== undefined && Id === line.Id)
  if (before) return sameContent(lineLink(before), link)
  const isNew = old !== undefined || (line.Id === undefined && line.LineNum === undefined)
  return isNew && !isClosed(order) && !lineCovered(order, target)
}

/** An impossible link is dropped without a word, and the bill is made all the same ([T] sheet 11). */
export const withPossibleLinks = (books: Books, draft: TxnDraft, vendor: string, old?: Kept<Txn>): TxnDraft => {
  const header = new Set((draft.LinkedTxn ?? []).filter(isOrderLink).map(({ TxnId }) => TxnId))
  const lines = draft.Line?.map((line) => {
    const { LinkedTxn: _, ...bare } = line
    const link = lineLink(line)
    const holds = link?.TxnId !== undefined && header.has(link.TxnId) && linkable(books, vendor, line, link, old)
    return holds ? { ...bare, LinkedTxn: [link] } : bare
  })
  const { LinkedTxn: _, ...rest } = draft
  const orders = new Set((lines ?? []).flatMap((line) => lineLink(line)?.TxnId ?? []))
  const links = [...orders].map((TxnId) => ({ TxnId, TxnType: 'PurchaseOrder' }))
  return { ...rest, ...(lines ? { Line: lines } : {}), ...(links.length > 0 ? { LinkedTxn: links } : {}) }
}

const takenBy = (bill: Kept<Txn>, orderId: string): Billed[] =>
  bill.fields.Line.flatMap((line) => {
    const link = lineLink(line)
    if (link?.TxnId !== orderId || link.TxnLineId === undefined) return []
    const qty = big(line.ItemBasedExpenseLineDetail?.Qty).toNumber()
    return [{ billId: bill.id, lineId: link.TxnLineId, qty, amount: line.Amount }]
  })

const ordersOf = (bill: Kept<Txn> | undefined): string[] =>
  bill?.fields.LinkedTxn?.flatMap(({ TxnId }) => TxnId ?? []) ?? []

/** Orders learn what a bill takes from them; that changes their SyncToken (sheet 6, "linked events"). */
export const tellOrders = (books: Books, before: Kept<Txn> | undefined, after: Kept<Txn> | undefined): void => {
  const billId = (after ?? before)?.id
  for (const id of new Set([...ordersOf(before), ...ordersOf(after)])) {
    const order = books.of('PurchaseOrder').get(id)
    if (!order) continue
    const others = order.billed.filter((one) => one.billId !== billId)
    const billed = after ? [...others, ...takenBy(after, id)] : others
    if (!sameContent(billed, order.billed)) books.change('PurchaseOrder', order, { billed })
  }
}
