import type { Verbs } from './call'
import { partyRoutes } from './parties'
import { productRoutes } from './products'
import { referenceRoutes } from './reference'
import { invoiceRoutes } from './sale-invoices'
import { saleListRoutes } from './sale-list'
import { orderRoutes, quoteRoutes } from './sale-orders'
import { paymentRoutes } from './sale-payments'
import { saleRoutes } from './sales'
import { webhookRoutes } from './webhooks'

/** Paths in lower case; hyphenated ones, when they come, must be compared exactly (sheet 1). */
const ROUTES: Record<string, Verbs> = {
  ...referenceRoutes,
  '/customer': partyRoutes('customer'),
  '/supplier': partyRoutes('supplier'),
  '/product': productRoutes,
  '/salelist': saleListRoutes,
  '/sale': saleRoutes,
  '/sale/quote': quoteRoutes,
  '/sale/order': orderRoutes,
  '/sale/invoice': invoiceRoutes,
  '/sale/payment': paymentRoutes,
  '/webhooks': webhookRoutes,
}

const BASE = '/externalapi/v2'

export const routeOf = (path: string): Verbs | undefined => {
  const lower = path.toLowerCase()
  return lower.startsWith(`${BASE}/`) ? ROUTES[lower.slice(BASE.length)] : undefined
}
