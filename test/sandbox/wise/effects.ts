import { payoutFailed } from './events'
import { failureText } from './failure-codes'
import { finishFunding } from './funding'
import { type Book, type Effect, save, type Transfer } from './model'
import { refund } from './refunds'
import { queueDue } from './sending'
import { DAY } from './stamps'
import { canMove, move } from './states'

/** Runs when a call or act comes after its time; what cannot happen any more by then is left out. */
export const later = (book: Book, transfer: number, dueAt: number, does: Effect['does']): Effect =>
  save(book.effects, { id: crypto.randomUUID(), dueAt, transfer, does })

const run = (book: Book, { does, dueAt }: Effect, transfer: Transfer): void => {
  switch (does.kind) {
    case 'move':
      if (!canMove(transfer.status, does.to)) return
      if (does.to === 'funds_refunded') refund(book, transfer, dueAt)
      else move(book, transfer, does.to, dueAt)
      return
    case 'fund':
      finishFunding(book, transfer, dueAt)
      return
    case 'fail':
      payoutFailed(book, transfer, { code: does.code, text: failureText(does.code) }, dueAt)
  }
}

const nextDue = (book: Book): Effect | undefined => {
  const due = book.effects.all().filter(({ dueAt }) => dueAt <= book.world.now())
  return due.toSorted((a, b) => a.dueAt - b.dueAt)[0]
}

const runEffects = (book: Book): void => {
  for (let effect = nextDue(book); effect; effect = nextDue(book)) {
    book.effects.delete(effect.id)
    const transfer = book.transfers.get(String(effect.transfer))
    if (transfer) run(book, effect, transfer)
  }
}

/** Fourteen days without money (sheet 7); another page says ten working days. */
const cancelForgotten = (book: Book): void => {
  const life = book.world.switched('transfers.cancelAfterDays', 14) * DAY
  for (const transfer of book.transfers.all())
    if (transfer.status === 'incoming_payment_waiting' && transfer.createdAt + life <= book.world.now())
      move(book, transfer, 'cancelled', transfer.createdAt + life)
}

const ONWARDS: Record<string, string> = { processing: 'funds_converted', funds_converted: 'outgoing_payment_sent' }

/** Off in the sandbox, where the simulation routes do it; with `transfers.autoMs` transfers go their way by themselves. */
const advance = (book: Book): void => {
  const pause = book.world.switched('transfers.autoMs', 0)
  if (pause === 0) return
  for (const { id } of book.transfers.all())
    for (let one = book.transfers.get(String(id)); one; one = book.transfers.get(String(id))) {
      const to = ONWARDS[one.status]
      if (to === undefined || one.changedAt + pause > book.world.now()) break
      move(book, one, to, one.changedAt + pause)
    }
}

/** Before every call and act: what the clock has brought. */
export const catchUp = (book: Book): void => {
  runEffects(book)
  cancelForgotten(book)
  advance(book)
  runEffects(book)
  queueDue(book)
}
