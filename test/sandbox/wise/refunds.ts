import Big from 'big.js'
import { type Call, ok } from './call'
import { rounded } from './decimal'
import { notFound, refusal } from './errors'
import { refunded } from './events'
import { balanceIn, credit, openBalance } from './ledger'
import { type Book, save, type Transfer } from './model'
import { move } from './states'
import { transferView } from './transfer-view'
import { transferOf } from './transfers'

/** Five to fifteen per cent less for SWIFT, in the event only (sheet 10). */
const told = (book: Book, { swift, debit, sourceCurrency }: Transfer): string => {
  if (!swift) return debit
  const lost = book.world.switched('refunds.swiftLoss', 5 + Math.random() * 10)
  return rounded(new Big(debit).times(100 - lost).div(100), sourceCurrency)
}

/** The balance always gets the full amount back; what came by bank goes to the balance of that currency. */
export const refund = (book: Book, transfer: Transfer, at: number): Transfer => {
  const { profile, sourceCurrency, debit, id } = transfer
  const paidFrom =
    transfer.paidFrom ?? (balanceIn(book, profile, sourceCurrency) ?? openBalance(book, profile, sourceCurrency)).id
  const moved = move(book, transfer, 'funds_refunded', at)
  refunded(book, moved, told(book, moved), at)
  credit(book, paidFrom, debit, { at, kind: 'TRANSFER', reference: String(id), description: 'Refunded transfer' })
  return moved
}

const isPaid = (book: Book, { id }: Transfer): boolean =>
  book.payments.all().some(({ transfer, status }) => transfer === id && status === 'COMPLETED')

const CANCELLABLE = [
  'incoming_payment_waiting',
  'incoming_payment_initiated',
  'waiting_recipient_input_to_proceed',
  'processing',
]

const mayCancel = (book: Book, transfer: Transfer): boolean => {
  if (isPaid(book, transfer) && book.world.switched('cancel.unfundedOnly', false)) return false
  return CANCELLABLE.includes(transfer.status) && transfer.cases.length === 0
}

/** A funded one goes on to `funds_refunded`, `refunds.delayMs` later (sheet 8). */
export const cancel = (book: Book, transfer: Transfer, at: number): Transfer => {
  if (!mayCancel(book, transfer)) {
    const message = 'Transfer cannot be cancelled'
    throw refusal(409, { code: 'transfer.cancellation.not.allowed', message })
  }
  const cancelled = move(book, transfer, 'cancelled', at)
  if (isPaid(book, transfer)) {
    const dueAt = at + book.world.switched('refunds.delayMs', 0)
    save(book.effects, {
      id: crypto.randomUUID(),
      dueAt,
      transfer: transfer.id,
      does: { kind: 'move', to: 'funds_refunded' },
    })
  }
  return cancelled
}

export const cancelTransfer = (call: Call) =>
  ok(transferView(call.book, cancel(call.book, transferOf(call), call.book.world.now())))

const PAID_OUT = ['outgoing_payment_sent', 'bounced_back', 'funds_refunded']

/** After the payout (sheet 3); before it, the refusal is ours. */
export const receipt = (call: Call) => {
  const transfer = transferOf(call)
  if (!transfer.history.some(({ status }) => PAID_OUT.includes(status))) throw notFound('Receipt')
  const headers = { 'content-type': 'application/pdf' }
  return { status: 200, headers, body: `%PDF-1.4\n% receipt of transfer ${transfer.id}\n%%EOF\n` }
}
