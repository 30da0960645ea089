import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import { orderText } from '../../vendors/cin7/order-carry-back'
import { bookedInvoices, isBooked, isVoided, orderContent, orderStands } from '../../vendors/cin7/purchase-standing'
import { type Purchase, purchases } from '../../vendors/cin7/purchases'
import { type OrderDraft, purchaseOrders } from '../../vendors/quickbooks/purchase-orders'
import { documentFigures } from './document-figures'
import { documentLines } from './document-lines'
import { totals } from './document-totals'
import { isWhollyInvoiced } from './invoiced'
import { moneyOf } from './money'
import { ORDER, ORDERS } from './names'
import { billOf, theVendor, vendorOf } from './needs'
import { shortNumber } from './numbers'
import { type Kept, keptRow } from './order-links'
import { Settings } from './settings'
import { Translator } from './translate'

/** An authorised order of a Cin7 purchase becomes a QuickBooks purchase order, and is closed once everything of it is billed. */
export const purchaseToOrder: Flow<Purchase, OrderDraft, Settings> = {
  name: ORDERS,
  source: purchases,
  target: purchaseOrders,
  settings: Settings,

  skip(purchase, { orders }, { variants }) {
    const isCarried = variants.length > 0
    if (!orders) return 'purchase orders are not carried (setting orders)'
    if (isVoided(purchase)) return isCarried ? undefined : 'voided'
    // Also while an order is changed in Cin7: half-way, nothing is to be taken from it.
    if (!orderStands(purchase)) return purchase.blindReceipt ? 'received without an order' : notAuthorised(purchase)
    if (purchase.order.rows.length === 0) return 'empty: its order has no lines'
    return isCarried || bookedInvoices(purchase).length === 0
      ? undefined
      : 'invoiced before its order was carried: what is billed is not committed any more'
  },

  /** It is closed behind its bills, not under them: a closed order takes no bill. */
  needs: (purchase) => [
    ...(isVoided(purchase) ? [] : [vendorOf(purchase)]),
    ...(isWhollyInvoiced(purchase) ? bookedInvoices(purchase).map(({ id }) => billOf(purchase, id)) : []),
  ],

  parts: (purchase) => (isVoided(purchase) ? [] : [ORDER]),

  partDate: ({ orderDate }) => orderDate,

  fingerprint: (purchase) => ({
    number: purchase.number,
    open: !isWhollyInvoiced(purchase),
    ...orderContent(purchase),
  }),

  map(purchase, settings, lookups) {
    if (isVoided(purchase) || !settings.orders) return []
    const mapped = draftOf(purchase, settings, settings.orders, lookups)
    return 'kind' in mapped ? mapped : [mapped]
  },

  totals: (_purchase, draft) => totals(draft),

  removes: ({ orders }) => orders !== undefined && orders.voided !== 'leave' && orders.voided,

  figures(purchase, settings, lookups) {
    if (isVoided(purchase)) return []
    const document = isWhollyInvoiced(purchase) ? { rows: [], tax: '0', total: '0' } : purchase.order
    const figures = documentFigures(purchase, document, settings, lookups, settings.orders?.account)
    return [{ variant: ORDER, figures }]
  },

  matching: { variant: () => undefined, brings: 'keep' },
}

const notAuthorised = ({ order }: Purchase): string =>
  isBooked(order) ? 'no order (approach RECEIVE)' : 'its order is not authorised: carried once it is'

const WINS = { ask: 'ask', cin7: 'source', quickbooks: 'target' } as const

const draftOf = (
  purchase: Purchase,
  settings: Settings,
  { account, wins }: NonNullable<Settings['orders']>,
  lookups: Lookups,
): Mapped<OrderDraft> | Failure => {
  const vendor = theVendor(purchase, lookups)
  if ('kind' in vendor) return vendor
  const money = moneyOf(purchase, purchase.rate, settings, lookups)
  if ('kind' in money) return money
  const translator = new Translator(settings, lookups)
  const { order, number, requiredBy, orderDate, terms } = purchase
  const lines = documentLines({ purchase, document: order, settings, translator, account })
  const failure = translator.failure()
  if (failure) return failure
  return {
    variant: ORDER,
    draft: {
      vendor: vendor.id,
      ...money,
      date: orderDate,
      dueDate: requiredBy,
      number: shortNumber(number),
      memo: `Cin7 ${number}`,
      // An order has none (quickbooks sheet 12).
      department: '',
      term: translator.term(terms),
      open: !isWhollyInvoiced(purchase),
      wins: WINS[wins],
      source: orderText(purchase),
      keep: JSON.stringify(keptOf(purchase)),
      rows: order.rows.length,
      ...lines,
    },
  }
}

const keptOf = ({ number, currency, taxInclusive, order }: Purchase): Kept => ({
  number,
  currency,
  inclusive: taxInclusive,
  rows: order.rows.map(keptRow),
})
