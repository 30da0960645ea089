import type { Verbs } from './call'
import { financeTree } from './finance/routes'
import { partyRoutes } from './parties'
import { productRoutes } from './products'
import { purchaseTree } from './purchases/routes'
import { referenceRoutes } from './reference'
import { creditRoutes } from './sale-credits'
import { invoiceRoutes } from './sale-invoices'
import { saleListRoutes } from './sale-list'
import { orderRoutes, quoteRoutes } from './sale-orders'
import { paymentRoutes } from './sale-payments'
import { saleRoutes } from './sales'
import { webhookRoutes } from './webhooks'

/** Paths in lower case, which hyphenated ones must have been to begin with (sheet 1). */
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
  '/sale/creditnote': creditRoutes,
  '/sale/payment': paymentRoutes,
  ...purchaseTree,
  ...financeTree,
  '/webhooks': webhookRoutes,
}

const BASE = '/externalapi/v2'

/** Any case will do, except in names with a hyphen. */
const spelled = (segment: string): string => (segment.includes('-') ? segment : segment.toLowerCase())

export const routeOf = (path: string): Verbs | undefined => {
  const known = path.split('/').map(spelled).join('/')
  return known.startsWith(`${BASE}/`) ? ROUTES[known.slice(BASE.length)] : undefined
}
