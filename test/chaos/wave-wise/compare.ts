import type { Found } from '../scene'
import type { Books, Transaction, Transfer } from './books'

export const cents = (amount: string): number => Math.round(Number(amount) * 100)

const beyond = (list: unknown[], wanted: number): number => Math.max(0, list.length - wanted)

/** Ordered, paid out of the balance and debited there, each of it once, for what the invoice says. */
export const payoutOf = ({ wave, wise }: Books, number: string): Found => {
  const invoice = wave.invoices.find((one) => one.number === number)
  const own = wise.transfers.filter(({ details, status }) => details.reference === number && status !== 'cancelled')
  const payments = wise.payments.filter(({ transfer }) => own.some(({ id }) => id === transfer))
  const debits = own.flatMap((transfer) => debitsOf(wise, transfer))
  const [transfer] = own
  const posted =
    transfer !== undefined &&
    transfer.status !== 'incoming_payment_waiting' &&
    cents(transfer.targetValue) === cents(invoice?.total ?? '0') &&
    payments.length > 0 &&
    debits.some(({ amount }) => cents(amount) === cents(transfer.debit))
  const words = own.map(({ id, status, targetValue }) => `${id} ${status} over ${targetValue}`)
  return {
    posted,
    extra: beyond(own, 1) + beyond(payments, 1) + beyond(debits, 1),
    words: `EUR ${invoice?.total} ↔ ${words.join(' + ') || 'no transfer'}, ${payments.length} payments, ${debits.length} debits`,
  }
}

const debitsOf = ({ entries }: Books['wise'], { id }: Transfer) =>
  entries.filter(
    ({ kind, direction, reference }) => kind === 'TRANSFER' && direction === 'debit' && reference === `${id}`,
  )

export const recipientOf = ({ wise }: Books, holder: string, iban: string): Found => {
  const own = wise.recipients.filter(({ name }) => name === holder)
  return {
    posted: own.some(({ active, details }) => active && details.IBAN === iban),
    extra: beyond(own, 1),
    words: `${holder} ↔ ${own.map(({ active }) => (active ? 'active' : 'retired')).join(' + ') || 'nobody'}`,
  }
}

const bookedAs = ({ wave }: Books, flow: string, source: string): Transaction[] =>
  wave.transactions.filter(({ externalId }) => externalId.startsWith(`mlc:wave-wise/${flow}:${source}:`))

const ofDirection = (all: Transaction[], wanted: string) => all.filter(({ anchor }) => anchor.direction === wanted)

const isOver = ({ anchor }: Transaction, amount: string): boolean => cents(anchor.amount) === cents(amount)

const said = (all: Transaction[]): string =>
  all.map(({ anchor }) => `${anchor.direction} ${anchor.amount}`).join(' + ') || 'nothing'

/** Its money out once, and back once where it was refunded. */
export const bookedTransferOf = (books: Books, source: string): Found => {
  const transfer = books.wise.transfers.find(({ id }) => String(id) === source)
  const own = bookedAs(books, 'transfer-to-transaction', source)
  const out = ofDirection(own, 'WITHDRAWAL')
  const back = ofDirection(own, 'DEPOSIT')
  const wanted = transfer?.status === 'funds_refunded' ? 1 : 0
  const amount = transfer?.debit ?? '0'
  return {
    posted: out.length > 0 && back.length >= wanted && own.every((one) => isOver(one, amount)),
    extra: beyond(out, 1) + beyond(back, wanted),
    words: `transfer ${source} ${transfer?.status} over ${amount} ↔ ${said(own)}`,
  }
}

/** `source` ends with the number of the entry, as Wise counts its steps. */
export const bookedMovementOf = (books: Books, source: string, { amount, direction }: Moved): Found => {
  const own = bookedAs(books, 'balance-to-transaction', source)
  const right = ofDirection(own, direction === 'credit' ? 'DEPOSIT' : 'WITHDRAWAL')
  return {
    posted: right.some((one) => isOver(one, amount)),
    extra: beyond(own, 1),
    words: `${direction} of ${amount} ↔ ${said(own)}`,
  }
}

export interface Moved {
  amount: string
  direction: string
}

/** Paid in Wave once, and not booked as another movement as well. */
export const paymentOf = (books: Books, source: string, { amount }: Moved, number: string): Found => {
  const invoice = books.wave.invoices.find((one) => one.number === number)
  const own = books.wave.payments.filter((one) => one.invoice === invoice?.id)
  const booked = bookedAs(books, 'balance-to-transaction', source)
  return {
    posted: own.some((one) => cents(one.amount) === cents(amount)),
    extra: beyond(own, 1) + booked.length,
    words: `${amount} for ${number} ↔ ${own.map((one) => one.amount).join(' + ') || 'no payment'}, ${said(booked)}`,
  }
}

/** Entries that were sent more than once, whatever they are of. */
export const twiceBooked = ({ wave }: Books): number =>
  wave.transactions.length - new Set(wave.transactions.map(({ externalId }) => externalId)).size
