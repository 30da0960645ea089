import type { Row, Stage } from '../demo/stage'
import { until } from '../demo/stage'
import { setUp, type WiseFirm } from '../demo/wave-wise/set-up'
import { countCalls, type Least, unhurried } from './count'

const TRANSFER = 'wave-wise/transfer-to-transaction'
const RECEIPT = 'wave-wise/receipt-to-payment'
const MOVEMENT = 'wave-wise/balance-to-transaction'
const RECORDS = 5

/** One read of a movement serves both of its flows and counts for the first, which has looked in Wave for what the money could be for. */
export const waveWiseLeasts: Least[] = [
  {
    flow: TRANSFER,
    least: { wise: 1, wave: 1 },
    readBacks: [
      {
        vendor: 'wise',
        route: 'GET /v1/transfers/{transfer}/payments',
        why: 'whether its money came from a balance, should the event of the movement be lost (wise sheet 9)',
      },
    ],
  },
  {
    flow: RECEIPT,
    least: { wise: 1, wave: 2 },
    readBacks: [
      {
        vendor: 'wave',
        route: 'Invoice',
        why: 'what is open of it, and whether somebody has entered the payment by hand',
      },
    ],
  },
  { flow: MOVEMENT, least: { wave: 1 }, readBacks: [] },
]

export const waveWiseCalls = async (stage: Stage) => {
  const firm = await unhurried(await setUp(stage))
  const rows: Record<'transfers' | 'receipts' | 'movements', Row[]> = { transfers: [], receipts: [], movements: [] }
  for (let n = 0; n < RECORDS; n += 1) {
    rows.transfers.push(await until(firm, TRANSFER, await paid(firm), ['done']))
    const number = `INV-20${n}4`
    await firm.world.act('wave', 'create-invoice', { ...INVOICE, number })
    rows.receipts.push(await until(firm, RECEIPT, await received(firm, '80', number), ['done']))
    rows.movements.push(await until(firm, MOVEMENT, await received(firm, '12.5', 'a gift'), ['done']))
  }
  return [
    await countCalls(firm, TRANSFER, 'wave', rows.transfers),
    await countCalls(firm, RECEIPT, 'wave', rows.receipts),
    await countCalls(firm, MOVEMENT, 'wave', rows.movements),
  ]
}

const INVOICE = {
  items: [{ product: 'Misc. Services', quantity: '1', unitPrice: '80' }],
  currency: 'USD',
  status: 'SAVED',
  invoiceDate: '2026-03-02',
  dueDate: '2026-04-01',
}

const paid = async ({ world, recipient }: WiseFirm): Promise<string> => {
  const form = { recipient, sourceCurrency: 'USD', sourceAmount: 100, reference: 'rent' }
  const transfer = String((await world.act<{ id: number }>('wise', 'create-transfer', form)).id)
  await world.act('wise', 'fund-transfer', { transfer })
  return transfer
}

/** Answers the reference that Wise gives it. */
const received = async ({ world }: WiseFirm, amount: string, paymentReference: string): Promise<string> =>
  (await world.act<{ reference: string }>('wise', 'top-up', { currency: 'USD', amount, paymentReference })).reference
