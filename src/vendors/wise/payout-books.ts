import type { Target } from '../../core/flow'
import type { Figures, TargetRow } from '../../core/reconciliation'
import type { Decimal } from '../../lib/money'
import { dateOf, readPage, rowOf } from './transfer-list'
import { readTransfer, type Transfer } from './transfer-reads'
import { progressOf } from './transfer-states'

/** What a recipient gets; who that is was approved, and is not compared again. */
export const payoutFigures = (total: Decimal, currency: string): Figures => ({
  currency,
  total,
  tax: '0',
  customer: NOBODY,
  accounts: {},
})

const NOBODY = { id: '', name: '' }

/** Cancelled or come back, it has paid nobody. */
const isEnded = ({ status }: Transfer): boolean => progressOf(status) === 'ended'

const listed = (transfer: Transfer): TargetRow => ({
  id: transfer.id,
  number: transfer.id,
  date: dateOf(transfer),
  stamp: rowOf(transfer),
  booked: progressOf(transfer.status) !== 'waiting' && !isEnded(transfer),
  currency: transfer.targetCurrency,
  total: transfer.targetValue,
  customer: NOBODY,
})

/** For reconciliation: all transfers of the profile, whoever made them. */
export const payoutBooks: Required<Pick<Target<never>, 'list' | 'booked'>> = {
  async list(api, cursor) {
    const offset = Number(cursor ?? 0)
    const rows = await readPage(api, null, offset)
    return { rows: rows.map(listed), next: String(offset + rows.length), done: rows.length === 0 }
  },
  async booked(api, { id, number }) {
    const transfer = await readTransfer(api, id)
    if (!transfer) return null
    const figures = isEnded(transfer) ? null : payoutFigures(transfer.targetValue, transfer.targetCurrency)
    return { number, date: dateOf(transfer), figures, changes: [] }
  },
}
