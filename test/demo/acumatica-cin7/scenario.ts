import { enteredBill, enteredOrder, line } from '../../support/acumatica-cin7-firm'
import { showAudit, showTimeline } from '../show'
import { type CarriedFlow, carried, type Firm, type Scenario, since, until } from '../stage'
import { map, setUp } from './set-up'

const ENDED = ['done', 'failed']
const FLOW = (name: string): string => `acumatica-cin7/${name}`

interface Purchase {
  ID: string
  OrderNumber: string
}
interface Paper {
  ReferenceNbr: string
  OrderNbr: string
  Type: string
}
interface Books {
  acumatica: { tenants: { Bill: Paper[] }[] }
}

/** The whole job, told as it happens: every flow once. */
export const acumaticaCin7: Scenario = async (stage) => {
  const firm = await setUp(stage)
  const parties = await listsAreAligned(firm)
  const [purchase, ordered] = await orderIsAuthorised(firm)
  const billed = await orderIsInvoiced(firm, purchase)
  const credited = await goodsGoBack(firm, purchase)
  const back = await enteredInAcumatica(firm)
  await failureIsRepaired(firm)
  await showAudit(firm)
  return [...parties, ordered, billed, credited, ...back]
}

const listsAreAligned = async (firm: Firm): Promise<CarriedFlow[]> => {
  const { admin, tenant, integration, screen } = firm
  screen.step('Each side has a supplier that the other lacks; a poll finds them')
  const started = Date.now()
  await admin.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/poll`, {})
  const vendor = await until(firm, FLOW('supplier-to-vendor'), 'Bayside', ENDED)
  const supplier = await until(firm, FLOW('vendor-to-supplier'), 'NORTH', ENDED)
  const seconds = since(started)
  screen.good(`Acumatica has vendor ${vendor.targetNumber}, Cin7 has supplier ${supplier.targetNumber}, by one code`)
  return [vendor, supplier].map((row) => carried(row, seconds))
}

const orderIsAuthorised = async (firm: Firm): Promise<[Purchase, CarriedFlow]> => {
  const { screen } = firm
  screen.step('A purchase order is authorised in Cin7')
  const purchase = await buy(firm, { upTo: 'order', lines: [line('WIDGET', 10, 2.5, 5)] })
  const started = Date.now()
  screen.note(`Cin7 sends Purchase/OrderAuthorised for ${purchase.OrderNumber}`)
  const order = await until(firm, FLOW('purchase-to-order'), purchase.OrderNumber, ENDED)
  const seconds = since(started)
  screen.good(`Acumatica has purchase order ${order.targetNumber}, open, ${seconds} s after the webhook`)
  await showTimeline(firm, order)
  return [purchase, carried(order, seconds)]
}

const orderIsInvoiced = async (firm: Firm, { ID, OrderNumber }: Purchase): Promise<CarriedFlow> => {
  const { world, screen } = firm
  screen.step('The invoice arrives and is authorised in Cin7')
  const lines = [line('WIDGET', 10, 2.5, 5)]
  await world.act('cin7', 'invoice-purchase', { purchase: ID, invoiceNumber: 'INV-88121', date: '2026-03-05', lines })
  const started = Date.now()
  screen.note('Cin7 sends Purchase/InvoiceAuthorised for INV-88121')
  const bill = await until(firm, FLOW('purchase-to-bill'), OrderNumber, ENDED)
  const seconds = since(started)
  screen.good(`Acumatica has bill ${bill.targetNumber}, compared to the cent and off hold, ${seconds} s after`)
  await showTimeline(firm, bill)
  return carried(bill, seconds)
}

const goodsGoBack = async (firm: Firm, { ID, OrderNumber }: Purchase): Promise<CarriedFlow> => {
  const { world, screen } = firm
  screen.step('Two of them go back; the supplier’s credit note is authorised in Cin7')
  const input = { purchase: ID, number: 'CN-7', date: '2026-03-20', lines: [line('WIDGET', 2, 2.5, 1)] }
  await world.act('cin7', 'credit-purchase', input)
  const started = Date.now()
  const credit = await until(firm, FLOW('credit-note-to-adjustment'), OrderNumber, ENDED)
  const seconds = since(started)
  screen.good(`Acumatica has debit adjustment ${credit.targetNumber}, ${seconds} s after the webhook`)
  return carried(credit, seconds)
}

/** The two flows that are off until somebody switches them on. */
const enteredInAcumatica = async (firm: Firm): Promise<CarriedFlow[]> => {
  const { world, screen } = firm
  screen.step('Somebody enters an order and a bill in Acumatica')
  const enter = (entity: string, fields: object) => world.act<Paper>('acumatica', 'create', { entity, fields })
  const started = Date.now()
  const { OrderNbr } = await enter('PurchaseOrder', enteredOrder('NORTH', 'Q-1', '2026-03-21', '4'))
  const { ReferenceNbr } = await enter('Bill', enteredBill('NORTH', 'N-77', '2026-03-22', '42.50'))
  screen.note(`Acumatica pushes both; they are read again`)
  const order = await until(firm, FLOW('order-to-purchase'), OrderNbr, ENDED)
  const bill = await until(firm, FLOW('bill-to-purchase'), ReferenceNbr, ENDED)
  const seconds = since(started)
  screen.good(`Cin7 has purchases ${order.targetNumber} and ${bill.targetNumber}, drafted first and then authorised`)
  await showTimeline(firm, bill)
  return [order, bill].map((row) => carried(row, seconds))
}

const failureIsRepaired = async (firm: Firm): Promise<void> => {
  const { admin, tenant, screen } = firm
  screen.step('An invoice on an account that nobody mapped')
  const freight = { ...line('WIDGET', 1, 80), Account: '400' }
  const { OrderNumber } = await buy(firm, { invoiceNumber: 'INV-88122', lines: [freight] })
  const failed = await until(firm, FLOW('purchase-to-bill'), OrderNumber, ENDED)
  if (failed.state !== 'failed') throw new Error(`expected a failure, got ${failed.state}`)
  screen.bad(failed.text)
  screen.note(`What to do: ${failed.remedy}`)
  await map(firm, 'account', { 630: '12100', 400: '61000' })
  screen.good('mapped: Cin7 account 400 → Acumatica 61000 (Freight and cartage)')
  const replay = () => admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  await replay()
  const bill = await until(firm, FLOW('purchase-to-bill'), OrderNumber, ['done'])
  const before = await billCount(firm)
  await replay()
  await new Promise((wait) => setTimeout(wait, 2_000))
  const after = await billCount(firm)
  if (after !== before) throw new Error(`expected ${before} bills in Acumatica, found ${after}`)
  screen.good(
    `replayed from the stored record: bill ${bill.targetNumber}. Replayed once more: still ${after} documents in Acumatica`,
  )
}

const buy = ({ world }: Firm, input: object): Promise<Purchase> =>
  world.act<Purchase>('cin7', 'create-purchase', {
    supplier: 'Bayside',
    type: 'Advanced',
    upTo: 'invoice',
    date: '2026-03-02',
    dueDate: '2026-04-01',
    ...input,
  })

const billCount = async ({ world }: Firm): Promise<number> => {
  const { acumatica } = await world.dump<Books>()
  return acumatica.tenants[0]?.Bill.length ?? 0
}
