import { type QuickbooksFirm, setUp } from '../demo/quickbooks-cin7/set-up'
import type { Row, Stage } from '../demo/stage'
import { until } from '../demo/stage'
import { line } from '../support/quickbooks-cin7-firm'
import { countCalls, type Least } from './count'

const VENDOR = 'quickbooks-cin7/supplier-to-vendor'
const ORDER = 'quickbooks-cin7/purchase-to-order'
const BACK = 'quickbooks-cin7/order-to-purchase'
const BILL = 'quickbooks-cin7/purchase-to-bill'
const CREDIT = 'quickbooks-cin7/credit-note-to-vendor-credit'
const RECORDS = 5

/**
 * The vendor is known, but for its own flow; one read of a purchase serves all its flows and counts for the first, which is that of
 * the bill.
 */
export const quickbooksCin7Leasts: Least[] = [
  {
    flow: VENDOR,
    least: { cin7: 1, quickbooks: 1 },
    readBacks: [
      {
        vendor: 'quickbooks',
        route: 'GET /query',
        why: 'whether somebody has a vendor of that name: a requestid does not protect name lists (quickbooks sheet 3)',
      },
    ],
  },
  { flow: ORDER, least: { quickbooks: 1 }, readBacks: [] },
  {
    flow: BACK,
    least: { quickbooks: 1, cin7: 3 },
    readBacks: [
      {
        vendor: 'cin7',
        route: 'GET /advanced-purchase',
        why: 'whether it was received, invoiced or changed meanwhile, before it is stepped back',
      },
      {
        vendor: 'cin7',
        route: 'GET /advanced-purchase',
        why: 'what Cin7 made of the rows, and 200 is no proof (cin7 sheet 0.5)',
      },
    ],
  },
  { flow: BILL, least: { cin7: 1, quickbooks: 1 }, readBacks: [] },
  { flow: CREDIT, least: { quickbooks: 1 }, readBacks: [] },
]
