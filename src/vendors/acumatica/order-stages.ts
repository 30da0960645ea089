import { Failed } from '../../core/failure'
import type { TargetApi, TargetRef } from '../../core/flow'
import { same } from '../../lib/money'
import { put } from './client'
import { contentOf, markOf, stamped, stampIn } from './marks'
import { changedOrder, inOrder, isSame, newOrder, type OrderDraft } from './order-draft'
import { findOrder } from './order-look-up'
import { ORDER_PARTS, OrderRow, readOrder } from './order-record'
import { sameWord } from './shapes'
import { refuseNotTaken } from './taken'
import { compare } from './totals'
import { wrapped } from './wrap'

/** One order in work. */
export interface Work {
  api: TargetApi
  draft: OrderDraft
  mark: string
  /** Short name of what it is to hold. */
  content: string
  description: string
}

const LONGEST_DESCRIPTION = 60

export const workOf = async (api: TargetApi, draft: OrderDraft): Promise<Work> => {
  // Open or not is no content: it can be done later without touching the order.
  const { open, ...order } = draft
  const [mark, content] = await Promise.all([markOf(api.marker), contentOf(order)])
  return { api, draft, mark, content, description: stamped(draft.text, mark, content, LONGEST_DESCRIPTION) }
}

export const make = ({ api, draft, mark, description }: Work): Promise<OrderRow> =>
  api.step({
    name: 'order',
    call: () => put(api, 'PurchaseOrder', wrapped(newOrder(draft, description)), ORDER_PARTS),
    answer: OrderRow,
    find: () => findOrder(api, draft, mark),
    born: (row) => ({ id: row.id, number: row.OrderNbr, facts: {} }),
  })

export const change = ({ api, draft, description, mark, content }: Work, known: OrderRow): Promise<OrderRow> =>
  api.step({
    name: 'order',
    call: () => put(api, 'PurchaseOrder', wrapped(changedOrder(known, draft, description)), ORDER_PARTS),
    answer: OrderRow,
    find: async () => {
      const row = await theOrder(api, known)
      const stamp = stampIn(row.Description)
      return stamp?.mark === mark && stamp.content === content ? row : null
    },
  })

/** Compared while it is on hold, then opened. */
export const finish = async (work: Work, row: OrderRow): Promise<TargetRef> => {
  const { api, draft } = work
  refuseOther(work, row)
  api.refuseUnless(differences(draft, row), `order ${row.OrderNbr} (${row.Status})`)
  return refOf(work, draft.open && row.Hold ? await offHold(work, row) : row)
}

const differences = ({ beforeTax, tax, total, currency }: OrderDraft, row: OrderRow) => [
  ...compare('total before tax', beforeTax, row.LineTotal, currency),
  ...compare('tax', tax, row.TaxTotal, currency),
  ...compare('total', total, row.OrderTotal, currency),
]

/** 200 does not prove that a value was saved (sheet 1). */
const refuseOther = ({ draft }: Work, row: OrderRow): void =>
  refuseNotTaken(`order ${row.OrderNbr}`, [
    ['VendorID', draft.vendor, row.VendorID],
    ['VendorRef', draft.reference, row.VendorRef],
    ['Date', draft.date, row.Date],
    ['CurrencyID', draft.currency, row.CurrencyID],
  ])

/** Where totals are validated on entry, the control total is what was entered: only there it is sent (sheet 6). */
const offHold = async ({ api, draft }: Work, row: OrderRow): Promise<OrderRow> => {
  const entered = same(row.ControlTotal, row.OrderTotal) ? {} : { ControlTotal: draft.total }
  const after = await api.step({
    name: 'off-hold',
    call: () => put(api, 'PurchaseOrder', wrapped({ id: row.id, Hold: false, ...entered }), ORDER_PARTS),
    answer: OrderRow,
    find: async () => {
      const now = await theOrder(api, row)
      return now.Hold ? null : now
    },
  })
  if (after.Hold) refuseNotTaken(`order ${after.OrderNbr}`, [['Hold', 'false', 'true']])
  return after
}

export const theOrder = async (api: TargetApi, known: { id: string; OrderNbr: string }): Promise<OrderRow> => {
  const row = await readOrder(api, known.id)
  if (row) return row
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_order_gone',
    message: `Acumatica no longer shows the order ${known.OrderNbr}`,
    remedy: 'Somebody deleted it. Replay with a new generation to make it again, or ignore the record.',
    facts: { number: known.OrderNbr },
  })
}

/** `lines` = their numbers in the order of the draft, for bills that refer to them; left out where not all are found. */
const refOf = ({ content, draft }: Work, row: OrderRow): TargetRef => {
  const lines = lineNumbers(draft, row)
  return {
    id: row.id,
    number: row.OrderNbr,
    facts: {
      content,
      total: draft.total,
      vendor: row.VendorID,
      status: row.Status,
      ...(lines.length === draft.lines.length && { lines: lines.join(',') }),
    },
  }
}

/** Lines that stayed have their old numbers, new ones higher ones: so each is found by what it says. */
const lineNumbers = ({ lines }: OrderDraft, { Details }: OrderRow): number[] => {
  const left = inOrder(Details)
  return lines.flatMap((line) => {
    const at = left.findIndex((row) => isSame(row, line) && same(row.OrderQty, line.quantity))
    return at < 0 ? [] : left.splice(at, 1).map(({ LineNbr }) => LineNbr)
  })
}

export const isFinal = ({ Status }: { Status: string }): boolean =>
  ['Completed', 'Closed', 'Canceled', 'Cancelled'].some((one) => sameWord(one, Status))
