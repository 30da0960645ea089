import { stateChanged } from './events'
import { type Book, save, type Transfer } from './model'

/** State diagram of sheet 8. */
const NEXT: Record<string, string[]> = {
  incoming_payment_waiting: [
    'incoming_payment_initiated',
    'waiting_recipient_input_to_proceed',
    'processing',
    'cancelled',
  ],
  incoming_payment_initiated: ['processing', 'cancelled'],
  waiting_recipient_input_to_proceed: ['processing', 'cancelled'],
  processing: ['funds_converted', 'cancelled'],
  funds_converted: ['outgoing_payment_sent', 'bounced_back'],
  outgoing_payment_sent: ['bounced_back'],
  bounced_back: ['processing', 'outgoing_payment_sent', 'funds_refunded'],
  cancelled: ['funds_refunded'],
  funds_refunded: ['bounced_back'],
}

export const canMove = (from: string, to: string): boolean =>
  to === 'charged_back' ? from !== to : (NEXT[from]?.includes(to) ?? false)

/** `at` is when it happened, which may be before now when a test moved the clock. */
export const move = (
  book: Book,
  transfer: Transfer,
  to: string,
  at: number,
  more: Partial<Transfer> = {},
): Transfer => {
  const history = [...transfer.history, { status: to, at }]
  const moved = save(book.transfers, { ...transfer, ...more, status: to, changedAt: at, history })
  stateChanged(book, moved, transfer.status, at)
  return moved
}
