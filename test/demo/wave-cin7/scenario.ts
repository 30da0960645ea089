import { showAudit, showTimeline } from '../show'
import { type CarriedFlow, carried, type Row, type Scenario, since, until } from '../stage'
import { map, type Named, setUp, type WaveFirm } from './set-up'

interface Invoice extends Named {
  number: string
}

/** The whole job, told as it happens: every flow once. */
export const waveCin7: Scenario = async (stage) => {
  const set = await setUp(stage)
  const [invoice, first] = await invoiceBecomesSale(set)
  const payment = await paymentFollows(set, invoice)
  const polled = await masterDataIsPolled(set)
  await failureIsRepaired(set)
  await showAudit(set)
  return [...first, payment, ...polled]
}

const invoiceBecomesSale = async (set: WaveFirm): Promise<[Invoice, CarriedFlow[]]> => {
  const { world, business, screen } = set
  screen.step('A Wave invoice is approved')
  const invoice = await world.act<Invoice>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: business.products[0]?.bareId, quantity: '2', unitPrice: '40', taxes: ['GST'] }],
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
  })
  await world.act('wave', 'approve-invoice', { id: invoice.bareId })
  const started = Date.now()
  screen.note(`Wave sends a signed invoice.approved for invoice ${invoice.number}`)
  const sale = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done', 'failed'])
  const customer = await until(set, 'wave-cin7/customer-to-customer', '', ['done', 'failed'])
  const seconds = since(started)
  screen.good(
    `Cin7 has customer ${business.customers[0]?.name} and sale ${sale.targetNumber}, ${seconds} s after the webhook`,
  )
  await showTimeline(set, sale)
  return [invoice, [customer, sale].map((row) => carried(row, seconds))]
}

const paymentFollows = async (set: WaveFirm, invoice: Invoice): Promise<CarriedFlow> => {
  const { world, screen } = set
  screen.step('The invoice is paid in Wave')
  await world.act('wave', 'pay-invoice', { id: invoice.bareId, date: '2026-03-20' })
  const started = Date.now()
  screen.note(`Wave sends a signed invoice.paid for invoice ${invoice.number}`)
  const payment = await until(set, 'wave-cin7/payment-to-payment', invoice.number, ['done', 'failed'])
  const seconds = since(started)
  screen.good(`Cin7 has payment ${payment.targetNumber} on the bank account 713, ${seconds} s after the webhook`)
  await showTimeline(set, payment)
  return carried(payment, seconds)
}

/** Wave tells of neither: they are found by polling, every quarter of an hour; here at once. */
const masterDataIsPolled = async (set: WaveFirm): Promise<CarriedFlow[]> => {
  const { admin, business, tenant, integration, screen } = set
  screen.step('Products, and a customer that is a supplier too, are found by a poll')
  const started = Date.now()
  await admin.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/poll`, {})
  const rows: Row[] = []
  for (const { name } of business.products)
    rows.push(await until(set, 'wave-cin7/product-to-product', name, ['done', 'failed']))
  const both = business.customers[1]?.name ?? ''
  rows.push(await until(set, 'wave-cin7/customer-to-supplier', both, ['done', 'failed']))
  for (const { flow, sourceNumber, targetNumber } of rows)
    screen.good(`${flow.split('-to-').at(-1)} ${targetNumber} for Wave’s ${sourceNumber}`)
  return rows.map((row) => carried(row, since(started)))
}

const failureIsRepaired = async (set: WaveFirm): Promise<void> => {
  const { admin, world, business, tenant, screen } = set
  screen.step('An invoice on an account that nobody mapped')
  const consulting = business.products.find(({ name }) => name.includes('Consulting')) ?? business.products[0]
  await world.act('wave', 'edit-product', {
    id: consulting?.bareId,
    incomeAccountId: business.accounts.find(({ name }) => name === 'Consulting income')?.graphId,
  })
  const invoice = await world.act<Invoice>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: consulting?.bareId, quantity: '3', unitPrice: '125', taxes: [] }],
    invoiceDate: '2026-03-03',
    dueDate: '2026-04-02',
  })
  await world.act('wave', 'approve-invoice', { id: invoice.bareId })
  const failed = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done', 'failed'])
  if (failed.state !== 'failed') throw new Error(`expected a failure, got ${failed.state}`)
  screen.bad(failed.text)
  screen.note(`What to do: ${failed.remedy}`)
  await map(set, 'account', 'Consulting income', '201')
  screen.good('mapped: Wave account Consulting income → Cin7 201')
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  const sale = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done'])
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  await new Promise((wait) => setTimeout(wait, 2_000))
  const { cin7 } = await world.dump<{ cin7: { companies: { sales: unknown[] }[] } }>()
  const count = cin7.companies[0]?.sales.length ?? 0
  if (count !== 2) throw new Error(`expected 2 sales in Cin7, found ${count}`)
  screen.good(
    `replayed from the stored record: sale ${sale.targetNumber}. Replayed once more: still ${count} sales in Cin7`,
  )
}
