import type { Flow } from '../../core/flow'
import { add } from '../../lib/money'
import { type CarriedOrderDraft, carriedOrders } from '../../vendors/cin7/order-carry-back'
import { orderChanges } from '../../vendors/quickbooks/order-changes'
import { agreedIn, isAsAgreed, orderLinesOf } from '../../vendors/quickbooks/order-lines'
import type { Txn } from '../../vendors/quickbooks/txn-shapes'
import { ORDERS, ORDERS_BACK } from './names'
import { editedRows, unclear } from './order-edits'
import { keptIn } from './order-links'
import { Settings } from './settings'

/** What people change in QuickBooks in an order that came from Cin7 is carried back to it. Orders born in QuickBooks stay there. */
export const orderToPurchase: Flow<Txn, CarriedOrderDraft, Settings> = {
  name: ORDERS_BACK,
  source: orderChanges,
  target: carriedOrders,
  settings: Settings,
  mirrors: {
    flow: ORDERS,
    agrees: ({ facts: { order = '', kept = '', agreed = '' } }) => ({ agreed: order, kept, source: agreed, stamp: '' }),
  },

  skip(order, { orders }, { mirrored }) {
    if (!orders) return 'purchase orders are not carried (setting orders)'
    if (!mirrored) return 'made in QuickBooks: only orders that came from Cin7 are carried back'
    const agreed = agreedIn(mirrored.target.facts)
    if (!agreed) return 'its order has not been carried to its end yet'
    return isAsAgreed(order, agreed) ? 'goods, quantities and prices are as they were carried' : undefined
  },

  // The token tells one edit from another that brings back what stood before.
  fingerprint: ({ SyncToken, VendorRef, ...order }) => ({
    token: SyncToken,
    vendor: VendorRef.value,
    lines: orderLinesOf({ SyncToken, VendorRef, ...order }),
  }),

  map(order, { orders }, { mirrored }) {
    const [kept, agreed] = mirrored ? [keptIn(mirrored.target), agreedIn(mirrored.target.facts)] : []
    if (!mirrored || !kept || !agreed) return unclear(order, kept, 'it is not known how it was carried')
    const edited = editedRows(order, kept, agreed)
    if ('kind' in edited) return edited
    const { rows, lines } = edited
    return [
      {
        variant: mirrored.variant,
        draft: {
          purchaseId: mirrored.sourceId,
          currency: kept.currency,
          agreed: orders?.wins === 'quickbooks' ? null : (mirrored.target.facts.source ?? ''),
          rows,
          beforeTax: add('0', ...rows.map(({ total }) => total)),
          keep: {
            order: JSON.stringify({ ...agreed, rows: rows.length, lines }),
            kept: JSON.stringify({ ...kept, rows }),
          },
          // QuickBooks' own tax may differ by a cent; Cin7 computes its own again.
          total: null,
        },
      },
    ]
  },
}
