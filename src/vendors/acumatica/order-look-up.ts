import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { list } from './client'
import { both, textLiteral } from './filters'
import { readAll } from './lists'
import { stampIn } from './marks'
import type { OrderDraft } from './order-draft'
import { type OrderRow, readOrder } from './order-record'
import { date, decimal, id, text } from './shapes'

const Light = z.object({
  id,
  OrderNbr: text,
  VendorID: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  OrderTotal: decimal,
  Status: text,
  Description: text,
})
type Light = z.infer<typeof Light>
const SELECT = { $select: Object.keys(Light.shape).slice(1).join(',') }

/** Rows are small; the fewer calls, the sooner a list of many years is through. */
const LARGE_PAGE = 2_000

const sameReference = (api: ReadApi, { vendor, reference }: OrderDraft): Promise<Light[]> => {
  const $filter = both(`VendorID eq ${textLiteral(vendor)}`, `VendorRef eq ${textLiteral(reference)}`)
  return api.read(list(api, 'PurchaseOrder', { ...SELECT, $filter }), z.array(Light))
}

/** Which of the two spellings the label has is not known. */
export const isLive = ({ Status }: { Status: string }): boolean => !/^cancell?ed$/i.test(Status)

const isOurs = ({ Description }: Light, mark: string): boolean => stampIn(Description)?.mark === mark

/** An empty answer to a filter on what is no key proves nothing (sheet 10): then the whole list is looked through. */
export const findOrder = async (api: ReadApi, draft: OrderDraft, mark: string): Promise<OrderRow | null> => {
  const ours = (rows: Light[]) => rows.find((row) => isOurs(row, mark))
  const found =
    ours(await sameReference(api, draft)) ?? ours(await readAll(api, 'PurchaseOrder', Light, SELECT, LARGE_PAGE))
  return found ? readOrder(api, found.id) : null
}

/** Somebody may have entered it already. Where the filter lies this finds nothing, which is all that can be known for one call. */
export const refuseTakenOrder = async (api: ReadApi, draft: OrderDraft, mark: string): Promise<void> => {
  const rows = await sameReference(api, draft)
  const other = rows.find((row) => !isOurs(row, mark) && isLive(row))
  if (!other || rows.some((row) => isOurs(row, mark))) return
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_order_ref_taken',
    message: `Acumatica already has order ${other.OrderNbr} of vendor ${draft.vendor} with the vendor reference ${draft.reference}, which was not made by the connector`,
    remedy:
      'If it is the same order, link the two (accept the match). If not, change the vendor reference of the one in Acumatica. Then replay.',
    facts: {
      acumaticaId: other.id,
      number: other.OrderNbr,
      date: other.Date,
      total: other.OrderTotal,
      currency: other.CurrencyID,
      sourceDate: draft.date,
      sourceTotal: draft.total,
      sourceCurrency: draft.currency,
    },
  })
}
