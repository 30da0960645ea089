import type { Row, Stage } from '../demo/stage'
import { until } from '../demo/stage'
import { setUp, type WaveFirm } from '../demo/wave-cin7/set-up'
import { countCalls, type Least, unhurried } from './count'

const SALE = 'wave-cin7/invoice-to-sale'
const PAYMENT = 'wave-cin7/payment-to-payment'
const CUSTOMER = 'wave-cin7/customer-to-customer'
const SUPPLIER = 'wave-cin7/customer-to-supplier'
const PRODUCT = 'wave-cin7/product-to-product'
const RECORDS = 5

const READ_BACKS = [
  {
    vendor: 'cin7',
    route: 'POST /sale/invoice',
    why: 'made as a draft first: what is not equal to the penny never reaches the books',
  },
  {
    vendor: 'cin7',
    route: 'GET /sale',
    why: 'the answer to a draft invoice shows no totals (cin7 sheet, sample), and nothing is booked unseen',
  },
]

const named = (route: string) => ({
  vendor: 'cin7',
  route,
  why: 'a name is unique; who holds it already is told to people instead of a bare refusal',
})

/** Customer and products are known; one read of the invoice serves all its flows and counts for the first. */
export const waveCin7Leasts: Least[] = [
  { flow: SALE, least: { wave: 1, cin7: 3 }, readBacks: READ_BACKS },
  {
    flow: PAYMENT,
    least: { cin7: 1 },
    readBacks: [
      {
        vendor: 'cin7',
        route: 'GET /sale',
        why: 'what is open on the invoice, and whether somebody entered the payment by hand',
      },
    ],
  },
  { flow: CUSTOMER, least: { wave: 1, cin7: 1 }, readBacks: [named('GET /customer')] },
  // One read of the customer serves both of its flows and counts for the first.
  { flow: SUPPLIER, least: { cin7: 1 }, readBacks: [named('GET /supplier')] },
  { flow: PRODUCT, least: { wave: 1, cin7: 1 }, readBacks: [] },
]

/** Calls per record: one invoice first, which brings its customer, then some that find it there. */
export const waveCin7Calls = async (stage: Stage) => {
  const firm = await unhurried(await setUp(stage))
  const invoices: Row[] = []
  const payments: Row[] = []
  for (let n = 0; n <= RECORDS; n += 1) {
    const invoice = await approved(firm)
    invoices.push(await until(firm, SALE, invoice.number, ['done']))
    await firm.world.act('wave', 'pay-invoice', { id: invoice.bareId, amount: '10', date: '2026-03-20' })
    payments.push(await until(firm, PAYMENT, invoice.number, ['done']))
  }
  const lists = await masterData(firm)
  return [
    await countCalls(firm, SALE, 'cin7', invoices.slice(1)),
    await countCalls(firm, PAYMENT, 'cin7', payments.slice(1)),
    ...(await Promise.all(Object.entries(lists).map(([flow, rows]) => countCalls(firm, flow, 'cin7', rows)))),
  ]
}

/** Found by a poll. The second customer of this business delivers, too. */
const masterData = async (firm: WaveFirm): Promise<Record<string, Row[]>> => {
  const names = Array.from({ length: RECORDS }, (_, n) => `Number ${n}`)
  for (const name of names)
    for (const kind of ['create-customer', 'create-product']) await firm.world.act('wave', kind, { name })
  await firm.admin.call('POST', `/v1/tenants/${firm.tenant}/integrations/${firm.integration}/poll`, {})
  const all = (flow: string, of: string[]) => Promise.all(of.map((name) => until(firm, flow, name, ['done'])))
  const [, both] = firm.business.customers
  return {
    [CUSTOMER]: await all(CUSTOMER, names),
    [SUPPLIER]: await all(SUPPLIER, [both?.name ?? '']),
    [PRODUCT]: await all(PRODUCT, names),
  }
}

const approved = async ({ world, business }: WaveFirm): Promise<{ bareId: string; number: string }> => {
  const invoice = await world.act<{ bareId: string; number: string }>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: business.products[0]?.bareId, quantity: '2', unitPrice: '40', taxes: ['GST'] }],
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
  })
  await world.act('wave', 'approve-invoice', { id: invoice.bareId })
  return invoice
}
