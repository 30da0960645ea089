import { line } from '../../support/quickbooks-cin7-firm'
import { showAudit, showTimeline } from '../show'
import { type CarriedFlow, carried, type Scenario, since, until } from '../stage'
import { map, type QuickbooksFirm, setUp } from './set-up'

const ENDED = ['done', 'failed']
const FLOW = (name: string): string => `quickbooks-cin7/${name}`

interface Purchase {
  ID: string
  OrderNumber: string
}
interface Line {
  Amount: number
  AccountBasedExpenseLineDetail?: unknown
}
interface Txn {
  Id: string
  DocNumber: string
  TotalAmt: number
  POStatus?: string
  Line: Line[]
}
interface Books {
  quickbooks: { realms: { Bill: Txn[]; PurchaseOrder: Txn[] }[] }
  cin7: { companies: { purchases: { Order: { Lines: { Total: number }[] } }[] }[] }
}

/** The whole job, told as it happens: every flow once. */
export const quickbooksCin7: Scenario = async (stage) => {
  const firm = await setUp(stage)
  const [purchase, ordered] = await orderIsAuthorised(firm)
  const back = await orderChangesInQuickbooks(firm, purchase)
  const billed = await orderIsInvoiced(firm, purchase)
  const credited = await goodsGoBack(firm, purchase)
  await failureIsRepaired(firm)
  await showAudit(firm)
  return [...ordered, back, billed, credited]
}

const orderIsAuthorised = async (firm: QuickbooksFirm): Promise<[Purchase, CarriedFlow[]]> => {
  const { screen } = firm
  screen.step('A purchase order is authorised in Cin7')
  const purchase = await buy(firm, { upTo: 'order', lines: [line('WIDGET', 10, 2.5, 5)] })
  const started = Date.now()
  screen.note(`Cin7 sends Purchase/OrderAuthorised for ${purchase.OrderNumber}`)
  const order = await until(firm, FLOW('purchase-to-order'), purchase.OrderNumber, ENDED)
  const vendor = await until(firm, FLOW('supplier-to-vendor'), 'Bayside', ENDED)
  const seconds = since(started)
  screen.good(
    `QuickBooks has vendor ${vendor.targetNumber} and purchase order ${order.targetNumber}, ${seconds} s after the webhook`,
  )
  await showTimeline(firm, order)
  return [purchase, [vendor, order].map((row) => carried(row, seconds))]
}

const orderChangesInQuickbooks = async (firm: QuickbooksFirm, { OrderNumber }: Purchase): Promise<CarriedFlow> => {
  const { world, realm, screen } = firm
  screen.step('The supplier raises its price; somebody enters that in QuickBooks')
  const { Id, Line } = await theOrder(firm)
  const [first, ...rest] = Line
  const changes = { Line: [{ ...first, Amount: 30 }, ...rest] }
  await world.act('quickbooks', 'edit', { realmId: realm, entity: 'PurchaseOrder', id: Id, changes })
  const started = Date.now()
  screen.note(`Intuit sends a signed event about purchase order ${OrderNumber}`)
  const back = await until(firm, FLOW('order-to-purchase'), OrderNumber, ENDED)
  const { cin7 } = await world.dump<Books>()
  const total = cin7.companies[0]?.purchases[0]?.Order.Lines[0]?.Total
  if (total !== 30) throw new Error(`expected 30 in Cin7, found ${total}`)
  const seconds = since(started)
  screen.good(`Cin7 has it, ${seconds} s after: ${OrderNumber} stepped back, its rows replaced, authorised again`)
  await showTimeline(firm, back)
  return carried(back, seconds)
}

const orderIsInvoiced = async (firm: QuickbooksFirm, purchase: Purchase): Promise<CarriedFlow> => {
  const { screen } = firm
  screen.step('The invoice arrives and is authorised in Cin7')
  await invoice(firm, purchase, 'INV-88121', [line('WIDGET', 10, 3, 5)])
  const started = Date.now()
  screen.note('Cin7 sends Purchase/InvoiceAuthorised for INV-88121')
  const bill = await until(firm, FLOW('purchase-to-bill'), purchase.OrderNumber, ENDED)
  const seconds = since(started)
  await until(firm, FLOW('purchase-to-order'), purchase.OrderNumber, ['done'])
  const { TotalAmt } = (await booksIn(firm)).Bill[0] ?? {}
  screen.good(
    `QuickBooks has bill ${bill.targetNumber} over ${TotalAmt}, tied to its order, ${seconds} s after the webhook`,
  )
  await showTimeline(firm, bill)
  return carried(bill, seconds)
}

const goodsGoBack = async (firm: QuickbooksFirm, { ID, OrderNumber }: Purchase): Promise<CarriedFlow> => {
  const { world, screen } = firm
  screen.step('Two of them go back; the supplier’s credit note is authorised in Cin7')
  const input = { purchase: ID, number: 'CN-7', date: '2026-03-20', lines: [line('WIDGET', 2, 3, 1)] }
  await world.act('cin7', 'credit-purchase', input)
  const started = Date.now()
  screen.note('Cin7 sends Purchase/CreditNoteAuthorised for CN-7')
  const credit = await until(firm, FLOW('credit-note-to-vendor-credit'), OrderNumber, ENDED)
  const seconds = since(started)
  screen.good(`QuickBooks has vendor credit ${credit.targetNumber}, ${seconds} s after the webhook`)
  await showTimeline(firm, credit)
  return carried(credit, seconds)
}

const failureIsRepaired = async (firm: QuickbooksFirm): Promise<void> => {
  const { admin, tenant, screen } = firm
  screen.step('An invoice on an account that nobody mapped')
  const adverts = { ...line('WIDGET', 1, 80), Account: '400' }
  const { OrderNumber } = await buy(firm, { invoiceNumber: 'INV-88122', lines: [adverts] })
  const failed = await until(firm, FLOW('purchase-to-bill'), OrderNumber, ENDED)
  if (failed.state !== 'failed') throw new Error(`expected a failure, got ${failed.state}`)
  screen.bad(failed.text)
  screen.note(`What to do: ${failed.remedy}`)
  await map(firm, 'account', { 630: '81', 400: '7' })
  screen.good('mapped: Cin7 account 400 → QuickBooks Advertising')
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  const bill = await until(firm, FLOW('purchase-to-bill'), OrderNumber, ['done'])
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  await new Promise((wait) => setTimeout(wait, 2_000))
  const { length: count } = (await booksIn(firm)).Bill
  if (count !== 2) throw new Error(`expected 2 bills in QuickBooks, found ${count}`)
  screen.good(
    `replayed from the stored record: bill ${bill.targetNumber}. Replayed once more: still ${count} bills in QuickBooks`,
  )
}

const buy = ({ world }: QuickbooksFirm, input: object): Promise<Purchase> =>
  world.act<Purchase>('cin7', 'create-purchase', {
    supplier: 'Bayside',
    type: 'Simple',
    upTo: 'invoice',
    date: '2026-03-02',
    dueDate: '2026-04-01',
    ...input,
  })

const invoice = ({ world }: QuickbooksFirm, { ID }: Purchase, invoiceNumber: string, lines: object[]) =>
  world.act('cin7', 'invoice-purchase', { purchase: ID, invoiceNumber, date: '2026-03-05', lines })

const booksIn = async ({ world }: QuickbooksFirm) => {
  const { quickbooks } = await world.dump<Books>()
  const [company] = quickbooks.realms
  if (!company) throw new Error('the QuickBooks simulator has no company')
  return company
}

const theOrder = async (firm: QuickbooksFirm): Promise<Txn> => {
  const [order] = (await booksIn(firm)).PurchaseOrder
  if (!order) throw new Error('QuickBooks has no purchase order')
  return order
}
