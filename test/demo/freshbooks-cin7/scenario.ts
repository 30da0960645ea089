import { map } from '../../support/freshbooks-cin7-set-up'
import { showAudit, showTimeline } from '../show'
import { type CarriedFlow, carried, type Row, type Scenario, since, until } from '../stage'
import { enterBill, enterEntry, enterExpense, payBill, payInvoice, poll, sendInvoice } from './documents'
import { type FreshbooksFirm, setUp } from './set-up'

const PAIR = 'freshbooks-cin7'

/** The whole job, told as it happens: every flow once. */
export const freshbooksCin7: Scenario = async (stage) => {
  const firm = await setUp(stage)
  const sold = await invoiceIsPaid(firm)
  const bought = await billIsPaid(firm)
  const spent = await expenseIsSpent(firm)
  const adjusted = await entryIsFound(firm)
  await failureIsRepaired(firm)
  await showAudit(firm)
  return [...sold, ...bought, ...spent, ...adjusted]
}

/** In its last state; what fails here is not hidden. */
const arrived = (firm: FreshbooksFirm, flow: string, number = ''): Promise<Row> =>
  until(firm, `${PAIR}/${flow}`, number, ['done', 'failed'])

const invoiceIsPaid = async (firm: FreshbooksFirm): Promise<CarriedFlow[]> => {
  const { screen } = firm
  screen.step('A FreshBooks invoice is sent, and paid')
  const invoice = await sendInvoice(firm)
  const started = Date.now()
  screen.note('FreshBooks sends a signed invoice.update, which says no more than its id')
  const sale = await arrived(firm, 'invoice-to-sale')
  const customer = await arrived(firm, 'client-to-customer')
  const seconds = since(started)
  screen.good(
    `Cin7 has customer ${customer.targetNumber} and sale ${sale.targetNumber}, ${seconds} s after the webhook`,
  )
  await showTimeline(firm, sale)
  await payInvoice(firm, invoice)
  const paid = Date.now()
  const payment = await arrived(firm, 'payment-to-payment')
  screen.good(`Cin7 has payment ${payment.targetNumber} on the bank account 713, ${since(paid)} s after the webhook`)
  return [carried(customer, seconds), carried(sale, seconds), carried(payment, since(paid))]
}

/** Neither a webhook nor a list tells of payments of bills: they are read with their bills. */
const billIsPaid = async (firm: FreshbooksFirm): Promise<CarriedFlow[]> => {
  const { screen } = firm
  screen.step('A bill comes in, and is paid')
  const bill = await enterBill(firm, 'S-77')
  const started = Date.now()
  const purchase = await arrived(firm, 'bill-to-purchase', 'S-77')
  const supplier = await arrived(firm, 'vendor-to-supplier')
  const seconds = since(started)
  screen.good(
    `Cin7 has supplier ${supplier.targetNumber} and purchase ${purchase.targetNumber}, ${seconds} s after the webhook`,
  )
  await payBill(firm, bill)
  const asked = Date.now()
  await poll(firm)
  const payment = await arrived(firm, 'bill-payment-to-payment', 'S-77')
  screen.good(`Cin7 has its payment ${payment.targetNumber}: found by a poll, every quarter of an hour; here at once`)
  return [carried(supplier, seconds), carried(purchase, seconds), carried(payment, since(asked))]
}

const expenseIsSpent = async (firm: FreshbooksFirm): Promise<CarriedFlow[]> => {
  const { screen } = firm
  screen.step('An expense')
  await enterExpense(firm, 'Advertising', '49.90')
  const started = Date.now()
  const cost = await arrived(firm, 'expense-to-purchase')
  screen.good(
    `Cin7 has ${cost.targetNumber}: money spent from the bank account 718, ${since(started)} s after the webhook`,
  )
  return [carried(cost, since(started))]
}

/** FreshBooks tells of no journal entries either. */
const entryIsFound = async (firm: FreshbooksFirm): Promise<CarriedFlow[]> => {
  const { screen } = firm
  screen.step('A manual journal entry of four legs')
  await enterEntry(firm, 'Owner draw')
  const started = Date.now()
  await poll(firm)
  const journal = await arrived(firm, 'journal-to-journal', 'Owner draw')
  screen.good(`Cin7 has journal ${journal.targetNumber} in pairs of debit and credit, balanced to the cent`)
  return [carried(journal, since(started))]
}

const OFFICE = 'Office Expenses & Postage'

const failureIsRepaired = async (firm: FreshbooksFirm): Promise<void> => {
  const { admin, world, tenant, categories, screen } = firm
  screen.step('An expense in a category that nobody mapped')
  await enterExpense(firm, OFFICE, '12.00')
  const failed = await until(firm, `${PAIR}/expense-to-purchase`, '', ['failed'])
  screen.bad(failed.text)
  screen.note(`What to do: ${failed.remedy}`)
  await map(firm, 'expense-category', [{ code: categories.get(OFFICE), target: '310' }])
  screen.good(`mapped: ${OFFICE} → Cin7 310`)
  const replay = () => admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  await replay()
  const cost = await until(firm, `${PAIR}/expense-to-purchase`, failed.sourceNumber, ['done'])
  await replay()
  await new Promise((wait) => setTimeout(wait, 2_000))
  const { cin7 } = await world.dump<{ cin7: { moneyTasks: unknown[] } }>()
  if (cin7.moneyTasks.length !== 2) throw new Error(`expected 2 outlays in Cin7, found ${cin7.moneyTasks.length}`)
  screen.good(`replayed from the stored record: ${cost.targetNumber}. Replayed once more: still 2 outlays in Cin7`)
}
