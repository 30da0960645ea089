import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import { isZero } from '../../lib/money'
import type { OrderDraft, OrderLine } from '../../vendors/acumatica/order-draft'
import { purchaseOrdersTarget } from '../../vendors/acumatica/order-target'
import { bookedInvoices, isBooked, isVoided, orderContent, orderStands } from '../../vendors/cin7/purchase-standing'
import { type Purchase, type PurchaseRow, purchases } from '../../vendors/cin7/purchases'
import { documentFigures } from './document-figures'
import { accountLine, extraLines, itemLine, type Making } from './document-lines'
import { totals } from './document-totals'
import { ORDER, ORDERS } from './names'
import { orderNeed, theVendor, vendorOf } from './needs'
import { shortReference } from './references'
import { notOurs } from './refusals'
import { Settings } from './settings'
import { Translator } from './translate'

/** An authorised order of a Cin7 purchase becomes a normal Acumatica purchase order, which follows it while Acumatica's is open. */
export const purchaseToOrder: Flow<Purchase, OrderDraft, Settings> = {
  name: ORDERS,
  source: purchases,
  target: purchaseOrdersTarget,
  settings: Settings,

  skip(purchase, { orders, bills }, { variants, linked }) {
    const isCarried = variants.length > 0
    if (!orders) return 'purchase orders are not carried (setting orders)'
    if (isVoided(purchase)) return isCarried ? undefined : 'voided'
    // Also while an order is changed in Cin7: half-way, nothing is to be taken from it.
    if (!orderStands(purchase)) return notStanding(purchase)
    const ours = isCarried ? undefined : notOurs(purchase)
    if (ours) return ours
    if (purchase.order.rows.length === 0) return 'empty: its order has no lines'
    // Bills that take from its lines need it all the same.
    if (linked(orderNeed(purchase)) || bills.lines === 'order') return undefined
    return bookedInvoices(purchase).length === 0
      ? undefined
      : 'invoiced before its order was carried: what is billed is not committed any more'
  },

  needs: (purchase) => (isVoided(purchase) ? [] : [vendorOf(purchase)]),

  parts: (purchase) => (isVoided(purchase) ? [] : [ORDER]),

  partDate: ({ orderDate }) => orderDate,

  fingerprint: (purchase) => ({ number: purchase.number, ...orderContent(purchase) }),

  map(purchase, settings, lookups) {
    if (isVoided(purchase) || !settings.orders) return []
    const mapped = draftOf(purchase, settings, settings.orders, lookups)
    return 'kind' in mapped ? mapped : [mapped]
  },

  totals: (_purchase, draft) => totals(draft),

  removes: ({ orders }) => orders?.voided === 'delete',

  figures(purchase, settings, lookups) {
    if (isVoided(purchase)) return []
    const on = (row: PurchaseRow) => itemOf(row, new Translator(settings, lookups)) ?? settings.orders?.account ?? ''
    return [{ variant: ORDER, figures: documentFigures(purchase, purchase.order, settings, lookups, { on }) }]
  },

  matching: { variant: () => undefined, brings: 'keep' },
}

const notStanding = ({ order, blindReceipt }: Purchase): string => {
  if (blindReceipt) return 'received without an order'
  return isBooked(order) ? 'no order (approach RECEIVE)' : 'its order is not authorised: carried once it is'
}

type Orders = NonNullable<Settings['orders']>

const draftOf = (
  purchase: Purchase,
  settings: Settings,
  orders: Orders,
  lookups: Lookups,
): Mapped<OrderDraft> | Failure => {
  const vendor = theVendor(purchase, lookups)
  if ('kind' in vendor) return vendor
  const translator = new Translator(settings, lookups)
  const making: Making = { purchase, document: purchase.order, settings, translator }
  const rows = purchase.order.rows.map((row) => lineOf(making, orders, row))
  const { extra, sums } = extraLines(making, rows)
  const lines = [...rows, ...extra.map((line) => ({ ...line, unit: '', warehouse: '' }))]
  const failure = translator.failure()
  if (failure) return failure
  const { number, orderDate, requiredBy, currency, terms } = purchase
  return {
    variant: ORDER,
    draft: {
      vendor: vendor.number,
      reference: shortReference(number),
      date: orderDate,
      promised: requiredBy || null,
      currency,
      branch: translator.branch(purchase),
      location: '',
      terms: translator.terms(terms),
      text: `Cin7 ${number}`,
      lines,
      ...sums,
      open: orders.status === 'open',
    },
  }
}

const itemOf = (row: PurchaseRow, translator: Translator): string | undefined =>
  isZero(row.quantity) ? undefined : translator.item(row)

/** A charge without an item books nothing yet, so it names the one account for such lines. */
const lineOf = (making: Making, { account, subaccount, unit }: Orders, row: PurchaseRow): OrderLine => {
  const { purchase, settings, translator } = making
  const item = itemOf(row, translator)
  if (item === undefined) {
    const place = { account, subaccount: subaccount || settings.subaccount }
    return { ...accountLine(making, row, place), unit: '', warehouse: '' }
  }
  return { ...itemLine(making, row, item), unit, warehouse: translator.warehouse(purchase) }
}
