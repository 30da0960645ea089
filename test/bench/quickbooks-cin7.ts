import { type QuickbooksFirm, setUp } from '../demo/quickbooks-cin7/set-up'
import type { Row, Stage } from '../demo/stage'
import { until } from '../demo/stage'
import { line } from '../support/quickbooks-cin7-firm'
import { countCalls, type Least, unhurried } from './count'

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
    least: { quickbooks: 1, cin7: 2 },
    readBacks: [
      {
        vendor: 'cin7',
        route: 'GET /advanced-purchase',
        why: 'whether it was received, invoiced or changed meanwhile, before it is stepped back',
      },
      {
        vendor: 'cin7',
        route: 'POST /purchase/order',
        why: 'a draft, whose total is compared before it is authorised: on an authorised order others act',
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

/** One round first, which brings the vendor; each flow of the others finds what it needs. */
export const quickbooksCin7Calls = async (stage: Stage) => {
  const firm = await unhurried(await setUp(stage))
  const rounds: Record<string, Row[]> = { [ORDER]: [], [BACK]: [], [BILL]: [], [CREDIT]: [] }
  for (let n = 0; n <= RECORDS; n += 1) for (const row of await round(firm, n)) rounds[row.flow]?.push(row)
  const vendors = await Promise.all(['Bayside', 'Northern'].map((name) => until(firm, VENDOR, name, ['done'])))
  return [
    await countCalls(firm, VENDOR, 'quickbooks', vendors),
    ...(await Promise.all(
      Object.entries(rounds).map(([flow, rows]) =>
        countCalls(firm, flow, flow === BACK ? 'cin7' : 'quickbooks', rows.slice(1)),
      ),
    )),
  ]
}

/** An order, changed in QuickBooks; another purchase that is invoiced at once, and its credit note. */
const round = async (firm: QuickbooksFirm, n: number): Promise<Row[]> => {
  const order = await buy(firm, { upTo: 'order' })
  const rows = [await until(firm, ORDER, order.OrderNumber, ['done'])]
  await reprice(firm, order.OrderNumber)
  rows.push(await until(firm, BACK, order.OrderNumber, ['done']))
  const { ID, OrderNumber } = await buy(firm, { upTo: 'invoice', invoiceNumber: `INV-${n}` })
  rows.push(await until(firm, BILL, OrderNumber, ['done']))
  await firm.world.act('cin7', 'credit-purchase', { purchase: ID, number: `CN-${n}`, lines: [line('WIDGET', 1, 2.5)] })
  rows.push(await until(firm, CREDIT, OrderNumber, ['done']))
  return rows
}

const buy = ({ world }: QuickbooksFirm, how: object): Promise<{ ID: string; OrderNumber: string }> =>
  world.act('cin7', 'create-purchase', {
    supplier: 'Bayside',
    type: 'Simple',
    date: '2026-03-02',
    lines: [line('WIDGET', 10, 2.5)],
    ...how,
  })

interface Books {
  quickbooks: { realms: { PurchaseOrder: { Id: string; DocNumber: string; Line: object[] }[] }[] }
}

const reprice = async ({ world, realm }: QuickbooksFirm, number: string): Promise<void> => {
  const { quickbooks } = await world.dump<Books>()
  const orders = quickbooks.realms[0]?.PurchaseOrder ?? []
  const { Id, Line = [] } = orders.find(({ DocNumber }) => DocNumber === number) ?? {}
  const [first, ...rest] = Line
  const changes = { Line: [{ ...first, Amount: 30 }, ...rest] }
  await world.act('quickbooks', 'edit', { realmId: realm, entity: 'PurchaseOrder', id: Id, changes })
}
