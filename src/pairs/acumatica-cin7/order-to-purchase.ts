import type { Failure } from '../../core/failure'
import type { Flow, Lookups } from '../../core/flow'
import { add, divide, isZero, multiply, round, same } from '../../lib/money'
import { stampIn } from '../../vendors/acumatica/marks'
import { type OrderOfVendor, ordersOfVendors } from '../../vendors/acumatica/of-vendors'
import type { PurchaseOrderDraft } from '../../vendors/cin7/purchase-draft'
import { purchaseOrders } from '../../vendors/cin7/purchase-orders'
import {
  type Back,
  charge,
  FROM_CIN7,
  headOf,
  NOT_BACK,
  type Paper,
  supplierOf,
  taxCharge,
  theSupplier,
  withoutAccount,
} from './back'
import { ORDERS, ORDERS_BACK, PURCHASE } from './names'
import { Settings } from './settings'

/** A normal purchase order that somebody made in Acumatica becomes a Cin7 purchase, drafted and authorised in a second step. */
export const orderToPurchase: Flow<OrderOfVendor, PurchaseOrderDraft, Settings> = {
  name: ORDERS_BACK,
  source: ordersOfVendors,
  target: purchaseOrders,
  settings: Settings,
  // Those that came from Cin7 are known by it, and only so.
  mirrors: { flow: ORDERS, agrees: () => ({}) },
  isOff: true,

  skip(order, { back }, { mirrored }) {
    if (!back) return NOT_BACK
    if (mirrored || stampIn(order.description)) return FROM_CIN7
    if (order.type !== 'Normal') return `${order.type || 'it'} is no normal order`
    if (liveLines(order).length === 0) return 'empty: it has no lines'
    return OPEN.includes(order.status.toLowerCase()) ? undefined : `${order.status}: carried once it is open`
  },

  needs: (order) => [supplierOf(order)],

  fingerprint: (order) => ({
    vendor: order.vendorId,
    reference: order.vendorRef,
    promised: order.promised,
    currency: order.currency,
    tax: order.tax,
    lines: liveLines(order).map(({ received: _, completed: __, ...line }) => line),
  }),

  map(order, settings, lookups) {
    const draft = settings.back ? draftOf(order, settings, settings.back, lookups) : []
    return Array.isArray(draft) ? draft : 'code' in draft ? draft : [{ variant: PURCHASE, draft }]
  },

  totals(order, { total: target }) {
    const source = sumOf(order)
    return same(source, target) ? [] : [{ what: 'total', source, target, currency: order.currency }]
  },

  matching: { variant: () => PURCHASE, brings: 'keep' },
}

const OPEN = ['open', 'pending printing', 'pending email', 'completed', 'closed']

type Line = OrderOfVendor['lines'][number]

const liveLines = ({ lines }: OrderOfVendor): Line[] => lines.filter(({ cancelled }) => !cancelled)

const sumOf = (order: OrderOfVendor): string => add(order.tax, ...liveLines(order).map(({ amount }) => amount))

/** What Cin7 holds of a price. */
const FINE = 4
const CENTS = 2

const draftOf = (
  order: OrderOfVendor,
  settings: Settings,
  back: Back,
  lookups: Lookups,
): PurchaseOrderDraft | Failure => {
  const paper: Paper = { ...order, what: `order ${order.number}` }
  const supplier = theSupplier(paper, lookups)
  if ('code' in supplier) return supplier
  const isGoods = ({ item, quantity }: Line) => back.items[item] !== undefined && !isZero(quantity)
  const live = liveLines(order)
  const lines = live.filter(isGoods).map((line) => goodsLine(line, back))
  const others = live.filter((line) => !isGoods(line))
  const charges = [
    ...others.map(({ text, item, accountName, amount }) => charge(text || item || accountName, amount, item, back)),
    ...taxCharge(paper, back).map(withoutAccount),
  ]
  const total = add('0', ...[...lines, ...charges].map((row) => row.total))
  const head = headOf(supplier, paper, settings, back, lookups.targetAccount.baseCurrency ?? '')
  const location = live.map(({ warehouse }) => back.locations[warehouse]).find(Boolean) ?? head.location
  const kind = lines.length > 0 ? 'stock' : 'service'
  return { ...head, kind, location, requiredBy: order.promised, lines, charges, beforeTax: total, tax: '0', total }
}

const goodsLine = ({ item, text, quantity, amount }: Line, back: Back): PurchaseOrderDraft['lines'][number] => {
  const sku = back.items[item] ?? ''
  const price = divide(amount, quantity, FINE)
  const total = round(multiply(quantity, price), CENTS)
  return { sku, name: text || sku, quantity, price, tax: '0', taxRule: back.taxRule, comment: '', total }
}
