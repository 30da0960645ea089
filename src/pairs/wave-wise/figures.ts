import { Failed } from '../../core/failure'
import type { Lookups, Mapped } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { figuresOf } from '../../vendors/wave/as-posted'
import { type TransactionDraft, transactionFigures } from '../../vendors/wave/transactions'
import type { TransferStory } from '../../vendors/wise/transfer-story'
import type { Settings } from './settings'
import { Bookings } from './transfer-bookings'

interface Reconciled {
  variant: string
  figures: Figures
}

const entered = ({ variant, draft }: Mapped<TransactionDraft>): Reconciled => ({
  variant,
  figures: transactionFigures(draft),
})

/** Nobody can say how much; the comparison names why. */
const awaited = (variant: string, currency: string): Reconciled => ({ variant, figures: figuresOf('0', currency) })

/** All entries that a transfer is to have by now, and one without an amount for what Wise has not told yet. */
export const figuresOfTransfer = (story: TransferStory, settings: Settings, lookups: Lookups): Reconciled[] => {
  const { sourceCurrency } = story.transfer
  try {
    const bookings = new Bookings(story, settings, lookups)
    const missing = bookings.untold() ? [awaited('not told', sourceCurrency)] : []
    return [...bookings.known().map(entered), ...missing]
  } catch (thrown) {
    if (thrown instanceof Failed) return [awaited('paid', sourceCurrency)]
    throw thrown
  }
}

/** Of a movement that `draft` books, or cannot. */
export const figuresOfMovement = (variant: string, currency: string, draft: () => TransactionDraft): Reconciled[] => {
  try {
    return [entered({ variant, draft: draft() })]
  } catch (thrown) {
    if (thrown instanceof Failed) return [awaited(variant, currency)]
    throw thrown
  }
}
