import { setUp } from '../demo/acumatica-cin7/set-up'
import { type Firm, type Row, type Stage, until } from '../demo/stage'
import { line } from '../support/acumatica-cin7-firm'
import { countCalls, type Least, unhurried } from './count'

const ORDER = 'acumatica-cin7/purchase-to-order'
const BILL = 'acumatica-cin7/purchase-to-bill'
const CREDIT = 'acumatica-cin7/credit-note-to-adjustment'
const RECORDS = 3

const LOOK = (route: string, why: string) => ({ vendor: 'acumatica', route, why })

const TAKEN =
  'there is no idempotency key, so somebody may have entered it already: a look before every create (acumatica sheet 10)'

/** The supplier is known; one read of the purchase serves all its flows and counts for the first. Made on hold, then taken off. */
export const acumaticaCin7Leasts: Least[] = [
  { flow: ORDER, least: { cin7: 1, acumatica: 2 }, readBacks: [LOOK('GET /PurchaseOrder', TAKEN)] },
  { flow: BILL, least: { acumatica: 2 }, readBacks: [LOOK('GET /Bill', TAKEN)] },
  { flow: CREDIT, least: { acumatica: 2 }, readBacks: [LOOK('GET /Bill', TAKEN)] },
]

/** Calls per record: one purchase first, which brings its vendor, then some that find it there. */
export const acumaticaCin7Calls = async (stage: Stage) => {
  const firm = await unhurried(await setUp(stage, 'bench-acumatica-cin7'))
  const rows: Record<string, Row[]> = { [ORDER]: [], [BILL]: [], [CREDIT]: [] }
  const keep = async (flow: string, number: string) => rows[flow]?.push(await until(firm, flow, number, ['done']))
  for (let n = 0; n <= RECORDS; n += 1) {
    const { ID, OrderNumber } = await ordered(firm)
    await keep(ORDER, OrderNumber)
    const lines = [line('WIDGET', 4, 2.5, 2)]
    const invoice = { purchase: ID, invoiceNumber: `INV-${n}`, date: '2026-03-05', lines }
    await firm.world.act('cin7', 'invoice-purchase', invoice)
    await keep(BILL, OrderNumber)
    const credit = { purchase: ID, number: `CN-${n}`, date: '2026-03-20', lines: [line('WIDGET', 1, 2.5)] }
    await firm.world.act('cin7', 'credit-purchase', credit)
    await keep(CREDIT, OrderNumber)
  }
  return Promise.all(Object.entries(rows).map(([flow, all]) => countCalls(firm, flow, 'acumatica', all.slice(1))))
}

const ordered = ({ world }: Firm): Promise<{ ID: string; OrderNumber: string }> =>
  world.act('cin7', 'create-purchase', {
    supplier: 'Bayside',
    type: 'Advanced',
    upTo: 'order',
    date: '2026-03-02',
    lines: [line('WIDGET', 4, 2.5, 2)],
  })
