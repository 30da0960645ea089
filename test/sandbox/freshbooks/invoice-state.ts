import { type Books, today } from './books'
import { exact, isPositive, type Money, money } from './money'
import type { Invoice } from './sales-shapes'
import { addDays } from './stamps'
import { totalsOf } from './totals'

export const dueDate = ({ create_date, due_offset_days }: Invoice): string => addDays(create_date, due_offset_days)

export const outstandingOf = (books: Books, invoice: Invoice): Money => {
  const { total } = totalsOf(books, invoice)
  return money(exact(total.amount).minus(invoice.paid), total.code)
}

export const isOverdue = (books: Books, invoice: Invoice): boolean =>
  invoice.stage > 1 && dueDate(invoice) < today(books) && isPositive(outstandingOf(books, invoice).amount)

const STAGES = ['disputed', 'draft', 'sent', 'viewed'] as const
const BILLED = { retry: { status: 6 }, failed: { status: 7 }, success: { status: 5 } } as const

export interface State {
  status: number
  v3_status: string
  display_status: string
  payment_status: string
}

/**
 * What the five words say. `status` is 2 for a partly paid invoice, whatever the table says (sheet 0.7);
 * overdue shows in `v3_status` alone, and a partial payment comes before it (the last is our choice).
 */
export const stateOf = (books: Books, invoice: Invoice): State => {
  const { stage, autobill, paid } = invoice
  const display_status = stage === 0 ? 'sent' : STAGES[stage]
  const state = { display_status, payment_status: 'unpaid' }
  const due = outstandingOf(books, invoice).amount
  if (stage === 0) return { ...state, status: 0, v3_status: 'disputed', payment_status: paidWord(paid, due) }
  if (isPositive(paid) && !isPositive(due)) return settled(display_status, autobill === 'success')
  if (isPositive(paid)) {
    const status = books.world.switched('invoice.partialStatus', 2)
    return { ...state, status, v3_status: 'partial', payment_status: 'partial' }
  }
  if (autobill === 'retry' || autobill === 'failed') return { ...state, ...BILLED[autobill], v3_status: autobill }
  return { ...state, status: stage, v3_status: isOverdue(books, invoice) ? 'overdue' : STAGES[stage] }
}

const paidWord = (paid: string, due: string): string =>
  isPositive(paid) ? (isPositive(due) ? 'partial' : 'paid') : 'unpaid'

const settled = (display_status: string, auto: boolean): State =>
  auto
    ? { display_status, status: BILLED.success.status, v3_status: 'autopaid', payment_status: 'auto-paid' }
    : { display_status, status: 4, v3_status: 'paid', payment_status: 'paid' }
