import { PROFILE } from '../../support/wave-wise-firm'
import { showAudit, showTimeline } from '../show'
import { type CarriedFlow, carried, type Row, type Scenario, since, until } from '../stage'
import { benApproves, pathOf } from './approving'
import { answerIsLost } from './lost-answer'
import { bill, setUp, type WiseFirm } from './set-up'

const FLOW = (name: string): string => `wave-wise/${name}`
const ENDED = ['done', 'failed']

/** The whole job, told as it happens: every flow once. */
export const waveWise: Scenario = async (stage) => {
  const firm = await setUp(stage)
  const recipient = await recipientIsEntered(firm)
  const [transfer, paid] = await invoiceIsPaid(firm)
  const booked = await moneyIsBooked(firm, transfer)
  const received = await moneyArrives(firm)
  await answerIsLost(firm)
  await showAudit(firm)
  return [recipient, paid, booked, ...received]
}

/** Wave has no bank details; they are entered, and somebody else looks at them. */
const recipientIsEntered = async (firm: WiseFirm): Promise<CarriedFlow> => {
  const { ada, customer, screen } = firm
  screen.step('Settings that allow payments, and bank details, have to be approved by somebody else')
  await benApproves(firm, 'settings', 'the limits of payments')
  await ada.call('PUT', `${pathOf(firm)}/recipients`, { customerId: customer, profile: PROFILE })
  await benApproves(firm, 'customer-to-recipient', 'where Lena is paid')
  const started = Date.now()
  const row = await until(firm, FLOW('customer-to-recipient'), 'Lena', ENDED)
  screen.good(`Wise has recipient ${row.targetNumber}, checked field by field before it was made`)
  await showTimeline(firm, row)
  return carried(row, since(started))
}

/** Quote, transfer and money in one go; the recipient is there by now. */
const invoiceIsPaid = async (firm: WiseFirm): Promise<[Row, CarriedFlow]> => {
  const { ada, screen } = firm
  screen.step('Ada asks for a Wave invoice to be paid through Wise')
  const invoice = await bill(firm, { number: 'INV-2001', currency: 'EUR', exchangeRate: '1.0852', price: '921.50' })
  await ada.call('POST', `${pathOf(firm)}/transfers`, { invoiceId: invoice })
  await benApproves(firm, 'invoice-to-transfer', 'the payment')
  const started = Date.now()
  const row = await until(firm, FLOW('invoice-to-transfer'), 'INV-2001', ENDED)
  screen.good(`Wise has transfer ${row.targetNumber}, ordered and funded ${since(started)} s after the approval`)
  await showTimeline(firm, row)
  return [row, carried(row, since(started))]
}

const moneyIsBooked = async (firm: WiseFirm, { targetNumber }: Row): Promise<CarriedFlow> => {
  const { world, screen } = firm
  screen.step('Wise tells that the money has left the balance')
  const started = Date.now()
  screen.note(`Wise sends signed transfers#state-change and balances#update for transfer ${targetNumber}`)
  const row = await until(firm, FLOW('transfer-to-transaction'), targetNumber, ENDED)
  const seconds = since(started)
  screen.good(`Wave has transaction ${row.targetNumber}: the amount, and the fee on a line of its own`)
  await showTimeline(firm, row)
  await world.act('wise', 'advance-transfer', { transfer: targetNumber, to: 'outgoing_payment_sent' })
  screen.note('Wise sends it on to Lena and tells of that, too: on the timeline, and not booked again')
  return carried(row, seconds)
}

const moneyArrives = async (firm: WiseFirm): Promise<CarriedFlow[]> => {
  const { screen } = firm
  screen.step('Money arrives: for an open invoice, and for nothing that anybody knows')
  await bill(firm, { number: 'INV-2002', currency: 'USD', price: '80' })
  const paid = await received(firm, '80', 'inv 2002, thank you', 'receipt-to-payment')
  screen.good(`the payer has named INV-2002: Wave has its payment ${paid.target}, and no income a second time`)
  const gift = await received(firm, '12.50', 'a gift', 'balance-to-transaction')
  screen.good(`Wave has transaction ${gift.target} on the clearing account, for a person to sort`)
  return [paid, gift]
}

const received = async (
  firm: WiseFirm,
  amount: string,
  paymentReference: string,
  flow: string,
): Promise<CarriedFlow> => {
  const form = { currency: 'USD', amount, paymentReference }
  const { reference } = await firm.world.act<{ reference: string }>('wise', 'top-up', form)
  const started = Date.now()
  return carried(await until(firm, FLOW(flow), reference, ENDED), since(started))
}
