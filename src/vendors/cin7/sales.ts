import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { readAll } from './lists'
import { deletePayment, isOurs } from './payment-calls'
import { adoptSale, saleCandidates } from './sale-adopt'
import { bookedSale, salePage } from './sale-books'
import { createHeader, voidSale } from './sale-calls'
import { refuseIfPaid, refuseIfTouched } from './sale-conflict'
import { changeWhatBooksNothing, flagDeleted } from './sale-light'
import { isAuthorised, isStatus, liveInvoices, paymentsOf, readSale, Sale, SaleDraft, theSale } from './sale-shapes'
import {
  authorise,
  contentOf,
  draftInvoice,
  finished,
  header,
  numberOf,
  order,
  refuseOtherCurrency,
  takeBackInvoice,
  takeBackOrder,
  type Work,
} from './sale-stages'
import { text } from './shapes'
import { stampIn } from './stamp'

export type { SaleCharge, SaleDraft, SaleLine } from './sale-shapes'

/**
 * Sales of Cin7, each with an authorised order and an authorised invoice. Made in stages, since nothing nested is taken (sheet
 * section 0); each stage can be found again, so a crash leaves nothing that cannot be finished.
 */
export const sales = {
  vendor: 'cin7',
  type: 'sale',
  draft: SaleDraft,

  async create(api, draft) {
    const content = await contentOf(draft)
    const made = await api.step({
      name: 'header',
      call: () => createHeader(draft, api.marker, content.texts),
      answer: Sale,
      find: () => findByMarker(api),
      born: refOf,
    })
    const work: Work = { ...content, api, id: made.ID, number: numberOf(made) }
    refuseOtherCurrency(work, made)
    await order(work)
    return authorise(work, await draftInvoice(work))
  },

  /**
   * An authorised sale cannot be patched: invoice voided, order stepped back, both posted again; only while nobody touched it.
   * What books nothing is changed in place. Also finishes what an earlier attempt left half-built. Stages that already hold this
   * content are left alone, so it does the right thing when it is run again after a crash.
   */
  async update(api, target, draft) {
    const sale = await theSale(api, target.id)
    const work: Work = { ...(await contentOf(draft)), api, id: sale.ID, number: numberOf(sale) }
    const [invoice, second] = liveInvoices(sale)
    const invoiceStands = invoice !== undefined && stampIn(invoice.Memo) === work.booked
    if (invoiceStands && !second && isAuthorised(invoice)) {
      await changeWhatBooksNothing(work, sale)
      return known(target, work, invoice.TaskID) ? target : finished(work, sale, invoice)
    }
    await refuseIfTouched(sale, target.facts, draft.total)
    const orderStands = invoiceStands || (isAuthorised(sale.Order) && stampIn(sale.Order?.Memo ?? '') === work.booked)

    if (invoice && !invoiceStands) await takeBackInvoice(work, invoice)
    if (isAuthorised(sale.Order) && !orderStands) await takeBackOrder(work)
    if (stampIn(sale.Note) !== work.head) await header(work, sale)
    if (!orderStands) await order(work)
    return authorise(work, invoiceStands ? invoice.TaskID : await draftInvoice(work))
  },

  /**
   * Voided, so that it stays visible in Cin7, and only while nobody touched it; or, where `how` is `flag`, only its note says so.
   * Payments that the connector carried go first; where `how` is `unpaid`, they are records of their own and it waits for them.
   */
  async remove(api: TargetApi, target: TargetRef, how?: string): Promise<void> {
    const sale = await theSale(api, target.id)
    if (isStatus(sale, 'VOIDED')) return
    if (how === 'flag') return flagDeleted(api, sale)
    await refuseIfTouched(sale, target.facts, '0', isOurs)
    if (how === 'unpaid') refuseIfPaid(sale)
    for (const { ID } of paymentsOf(sale).filter(isOurs)) await deletePayment(api, sale.ID, ID)
    await api.step({
      name: 'void-sale',
      call: () => voidSale(sale.ID),
      answer: z.unknown(),
      find: async () => (isStatus(await theSale(api, target.id), 'VOIDED') ? { voided: target.id } : null),
    })
  },

  observed: ['total', 'shownCustomer', 'shownLines', 'shownOrder', 'shownDates'],
  list: salePage,
  disturbs: ['Sale/Voided', 'Sale/Undo', 'Sale/CreditNoteAuthorised'],
  candidates: saleCandidates,
  adopt: adoptSale,
  booked: bookedSale,
} satisfies Target<SaleDraft>

const refOf = (sale: Sale): TargetRef => ({ id: sale.ID, number: numberOf(sale), facts: {} })

/** What Cin7 showed when it was carried is kept: what it shows now may hold an edit of somebody. */
const known = ({ facts }: TargetRef, { booked }: Work, task: string): boolean =>
  facts.invoice === task && facts.stamp === booked && facts.shownLines !== undefined

const ListRow = z.object({ SaleID: z.string(), ExternalID: text })

/** An ignored filter would list everything, so each row is compared; ids in it are case-sensitive. */
const findByMarker = async (api: TargetApi): Promise<Sale | null> => {
  const rows = await readAll(api, '/saleList', 'SaleList', ListRow, { ExternalID: api.marker })
  const ours = rows.filter(({ ExternalID }) => ExternalID === api.marker)
  if (ours.length > 1) throw twice(ours.map(({ SaleID }) => SaleID))
  return ours[0] ? readSale(api, ours[0].SaleID) : null
}

const twice = (ids: string[]): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_sale_twice',
    message: `${ids.length} sales in Cin7 carry the mark of this record`,
    remedy: 'Void the one that is not right in Cin7 and clear its external id, then replay.',
    facts: { sales: ids.join(', ') },
  })
