import type { Row, Stage } from '../demo/stage'
import { until } from '../demo/stage'
import { benApproves, pathOf } from '../demo/wave-wise/approving'
import { bill, setUp, type WiseFirm } from '../demo/wave-wise/set-up'
import { PROFILE } from '../support/wave-wise-firm'
import { countCalls, type Least, unhurried } from './count'

const TRANSFER = 'wave-wise/transfer-to-transaction'
const RECEIPT = 'wave-wise/receipt-to-payment'
const MOVEMENT = 'wave-wise/balance-to-transaction'
const RECIPIENT = 'wave-wise/customer-to-recipient'
const PAYOUT = 'wave-wise/invoice-to-transfer'
const RECORDS = 5

const wise = (route: string, why: string) => ({ vendor: 'wise', route, why })

/**
 * One read of a movement serves both of its flows and counts for the first, which has looked in Wave for what the money could be for.
 * What people have to approve was read in Wave when it was proposed.
 */
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
  {
    flow: RECIPIENT,
    least: { wise: 1 },
    readBacks: [
      wise('POST /v3/profiles/{profile}/quotes', 'what a recipient has to have depends on the route of the money'),
      wise('GET /v1/quotes/{quote}/account-requirements', 'every field is checked before anything is made'),
      wise('POST /v1/quotes/{quote}/account-requirements', 'some fields ask for more fields (wise sheet)'),
      wise('GET /v2/accounts/{recipient}', 'that what Wise keeps is what was approved: a recipient cannot be changed'),
    ],
  },
  {
    flow: PAYOUT,
    least: { wise: 3 },
    readBacks: [
      wise('POST /v3/quotes', 'what it costs now: the limits are reserved before anything is ordered'),
      wise('POST /v1/transfer-requirements', 'fields that this transfer needs beside the usual ones'),
      wise('GET /v1/transfers/{transfer}', 'its state, before money goes: nothing is funded that was cancelled'),
      wise('GET /v1/transfers/{transfer}/payments', 'whether it was funded already: money leaves once'),
    ],
  },
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
  const payouts = await paidOut(firm)
  return [
    await countCalls(firm, RECIPIENT, 'wise', payouts.recipients),
    await countCalls(firm, PAYOUT, 'wise', payouts.transfers),
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

/** The recipient first; approved by another person each time. */
const paidOut = async (firm: WiseFirm): Promise<{ recipients: Row[]; transfers: Row[] }> => {
  const { ada, customer } = firm
  await benApproves(firm, 'settings', 'the limits of payments')
  await ada.call('PUT', `${pathOf(firm)}/recipients`, { customerId: customer, profile: PROFILE })
  await benApproves(firm, 'customer-to-recipient', 'where Lena is paid')
  const recipients = [await until(firm, RECIPIENT, 'Lena', ['done'])]
  const transfers: Row[] = []
  for (let n = 0; n < RECORDS; n += 1) {
    const number = `INV-300${n}`
    const invoiceId = await bill(firm, { number, currency: 'EUR', exchangeRate: '1.0852', price: '92.15' })
    await ada.call('POST', `${pathOf(firm)}/transfers`, { invoiceId })
    await benApproves(firm, 'invoice-to-transfer', 'the payment')
    transfers.push(await until(firm, PAYOUT, number, ['done']))
  }
  return { recipients, transfers }
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
