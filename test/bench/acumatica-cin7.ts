import { setUp } from '../demo/acumatica-cin7/set-up'
import { type Firm, type Row, type Stage, until } from '../demo/stage'
import { enteredBill, enteredOrder, line } from '../support/acumatica-cin7-firm'
import { countCalls, type Least, unhurried } from './count'

const ORDER = 'acumatica-cin7/purchase-to-order'
const BILL = 'acumatica-cin7/purchase-to-bill'
const CREDIT = 'acumatica-cin7/credit-note-to-adjustment'
const ORDER_BACK = 'acumatica-cin7/order-to-purchase'
const BILL_BACK = 'acumatica-cin7/bill-to-purchase'
const SUPPLIER = 'acumatica-cin7/supplier-to-vendor'
const VENDOR = 'acumatica-cin7/vendor-to-supplier'
const RECORDS = 3

const LOOK = (route: string, why: string) => ({ vendor: 'acumatica', route, why })
const CIN7 = (route: string, why: string) => ({ vendor: 'cin7', route, why })

const TAKEN =
  'there is no idempotency key, so somebody may have entered it already: a look before every create (acumatica sheet 10)'

const NAME = 'a name is unique; who holds it already is told to people instead of a bare refusal'
const DRAFT = 'made as a draft first: what is not equal to the penny never reaches the books'
const UNSEEN = 'the answer to a draft shows no totals (cin7 sheet, sample), and nothing is booked unseen'

/**
 * The supplier is known; one read of the purchase serves all its flows and counts for the first. Made on hold, then taken off. What is
 * entered in Acumatica names its vendor by a code that people may change, so the vendor is read beside it.
 */
export const acumaticaCin7Leasts: Least[] = [
  { flow: ORDER, least: { cin7: 1, acumatica: 2 }, readBacks: [LOOK('GET /PurchaseOrder', TAKEN)] },
  { flow: BILL, least: { acumatica: 2 }, readBacks: [LOOK('GET /Bill', TAKEN)] },
  { flow: CREDIT, least: { acumatica: 2 }, readBacks: [LOOK('GET /Bill', TAKEN)] },
  { flow: SUPPLIER, least: { cin7: 1, acumatica: 1 }, readBacks: [] },
  {
    flow: VENDOR,
    least: { acumatica: 1, cin7: 1 },
    readBacks: [CIN7('GET /supplier', NAME), CIN7('GET /supplier', 'whether another supplier has this code already')],
  },
  {
    flow: ORDER_BACK,
    least: { acumatica: 2, cin7: 2 },
    readBacks: [CIN7('POST /purchase/order', DRAFT), CIN7('GET /advanced-purchase', UNSEEN)],
  },
  {
    flow: BILL_BACK,
    least: { acumatica: 2, cin7: 3 },
    readBacks: [CIN7('POST /advanced-purchase/invoice', DRAFT), CIN7('GET /advanced-purchase', UNSEEN)],
  },
]

/** Of each flow one first, which brings its party, then some that find it there. */
export const acumaticaCin7Calls = async (stage: Stage) => {
  const firm = await unhurried(await setUp(stage, 'bench-acumatica-cin7'))
  const rows: Row[] = []
  for (let n = 0; n <= RECORDS; n += 1)
    rows.push(...(await parties(firm, n)), ...(await bought(firm, n)), ...(await enteredInAcumatica(firm, n)))
  return Promise.all(
    acumaticaCin7Leasts.map(({ flow }) => {
      const own = rows.filter((row) => row.flow === flow)
      const target = [VENDOR, ORDER_BACK, BILL_BACK].includes(flow) ? 'cin7' : 'acumatica'
      return countCalls(firm, flow, target, own.slice(1))
    }),
  )
}

const TERMS = {
  Currency: 'USD',
  PaymentTerm: '30 days',
  AccountPayable: '800',
  TaxRule: 'Tax Exempt',
  Contacts: [{ Name: 'Ada', Email: 'ap@supplier.example', Default: true }],
}

const done = (firm: Firm, flow: string, number: string): Promise<Row> => until(firm, flow, number, ['done'])

const parties = async (firm: Firm, n: number): Promise<Row[]> => {
  const { world, admin, tenant, integration } = firm
  await world.act('cin7', 'create-supplier', { fields: { ...TERMS, Name: `Supplier ${n}` } })
  const fields = { VendorID: `VEND${n}`, VendorName: `Vendor ${n}`, MainContact: { Email: 'ap@vendor.example' } }
  await world.act('acumatica', 'create', { entity: 'Vendor', fields })
  await admin.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/poll`, {})
  return [await done(firm, SUPPLIER, `Supplier ${n}`), await done(firm, VENDOR, `VEND${n}`)]
}

const bought = async (firm: Firm, n: number): Promise<Row[]> => {
  const { ID, OrderNumber } = await ordered(firm)
  const order = await done(firm, ORDER, OrderNumber)
  const lines = [line('WIDGET', 4, 2.5, 2)]
  await firm.world.act('cin7', 'invoice-purchase', {
    purchase: ID,
    invoiceNumber: `INV-${n}`,
    date: '2026-03-05',
    lines,
  })
  const bill = await done(firm, BILL, OrderNumber)
  const credit = { purchase: ID, number: `CN-${n}`, date: '2026-03-20', lines: [line('WIDGET', 1, 2.5)] }
  await firm.world.act('cin7', 'credit-purchase', credit)
  return [order, bill, await done(firm, CREDIT, OrderNumber)]
}

const enteredInAcumatica = async (firm: Firm, n: number): Promise<Row[]> => {
  const enter = (entity: string, fields: object) =>
    firm.world.act<{ ReferenceNbr: string; OrderNbr: string }>('acumatica', 'create', { entity, fields })
  const { OrderNbr } = await enter('PurchaseOrder', enteredOrder('NORTH', `Q-${n}`, '2026-03-21', '4'))
  const { ReferenceNbr } = await enter('Bill', enteredBill('NORTH', `N-${n}`, '2026-03-22', '42.50'))
  return [await done(firm, ORDER_BACK, OrderNbr), await done(firm, BILL_BACK, ReferenceNbr)]
}

const ordered = ({ world }: Firm): Promise<{ ID: string; OrderNumber: string }> =>
  world.act('cin7', 'create-purchase', {
    supplier: 'Bayside',
    type: 'Advanced',
    upTo: 'order',
    date: '2026-03-02',
    lines: [line('WIDGET', 4, 2.5, 2)],
  })
