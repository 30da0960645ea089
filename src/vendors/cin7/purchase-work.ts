import { Failed, rejected } from '../../core/failure'
import type { TargetApi } from '../../core/flow'
import { round, same } from '../../lib/money'
import type { Texts } from './purchase-calls'
import type { PurchaseOrderDraft } from './purchase-draft'
import type { Purchase } from './purchase-record'
import { cut, sameWord } from './shapes'
import { stamped, stampIn, stampOf } from './stamp'

/** One purchase in work. `booked` names what its order and invoice hold, `head` all of it: what books nothing can change alone. */
export interface Work<D extends PurchaseOrderDraft = PurchaseOrderDraft> {
  api: TargetApi
  draft: D
  booked: string
  head: string
  texts: Texts
  id: string
  /** PO number. */
  number: string
}

type Content<D extends PurchaseOrderDraft> = Pick<Work<D>, 'api' | 'draft' | 'booked' | 'head' | 'texts'>

const LONGEST = 1024

/** Room for the stamp on a line of its own. */
const STAMP = stamped('', '000000000000').length + 1

export const contentOf = async <D extends PurchaseOrderDraft>(api: TargetApi, draft: D): Promise<Content<D>> => {
  const { memo, terms, attributes, requiredBy, ...books } = draft
  const [booked, head] = await Promise.all([stampOf(books), stampOf(draft)])
  const room = LONGEST - STAMP
  const note = [cut(memo, room - api.marker.length - 1), api.marker].filter(Boolean).join('\n')
  return { api, draft, booked, head, texts: { note: stamped(note, head), memo: stamped(cut(memo, room), booked) } }
}

export const workOn = async <D extends PurchaseOrderDraft>(
  api: TargetApi,
  { id, number }: Pick<Purchase, 'id' | 'number'>,
  draft: D,
): Promise<Work<D>> => ({ ...(await contentOf(api, draft)), id, number: number || id })

/** A note that does not end with our stamp was written by a person and stays. */
export const noteFor = ({ texts }: Pick<Work, 'texts'>, { note }: Purchase): string | undefined =>
  note === '' || stampIn(note) !== undefined ? texts.note : undefined

/** The order was written with this content. */
export const holdsOrder = ({ booked }: Work, { order }: Purchase): boolean => stampIn(order.memo) === booked

/** The currency of a purchase is its supplier's and cannot be chosen: a wrong link would book other money. */
export const refuseOtherCurrency = (draft: PurchaseOrderDraft, number: string, currency: string): void => {
  if (currency === '' || sameWord(currency, draft.currency)) return
  throw rejected(
    'cin7_purchase_currency',
    `the supplier of purchase ${number} is in ${currency}, the source document in ${draft.currency}`,
    `Link the source supplier with a Cin7 supplier in ${draft.currency}, then replay. Nothing is booked; purchase ${number} stands in Cin7 without an authorised invoice.`,
  )
}

/** `IsServiceOnly` cannot be changed once it is made; lines would silently become charges (sheet section 9.1). */
export const refuseGoodsOnService = ({ draft, number }: Work, { type }: Purchase): void => {
  if (type !== 'service' || draft.kind === 'service') return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_purchase_is_service',
    message: `purchase ${number} was made as a service purchase, and the source document now has goods`,
    remedy: `Cin7 cannot turn it into a purchase of goods. Change purchase ${number} in Cin7 by hand and resolve this record, or take the goods out of the mapping and replay.`,
    facts: { cin7Purchase: number },
  })
}

/** Supplier, rate, taxes, location: amounts rest on them. */
export const holdsBase = ({ draft }: Work, purchase: Purchase): boolean =>
  sameWord(purchase.supplier.id, draft.supplierId) &&
  same(round(purchase.rate, 5), round(draft.rate, 5)) &&
  purchase.taxInclusive === draft.taxInclusive &&
  sameWord(purchase.taxRule, draft.taxRule) &&
  sameWord(purchase.location, draft.location)

export const notAsAsked = (what: string, standing: string): Failed =>
  new Failed({
    kind: 'malformed',
    code: 'cin7_not_authorised',
    message: `Cin7 accepted the call, yet ${what}`,
    remedy: `Look at the purchase in Cin7, then replay. What stands: ${standing}.`,
  })
