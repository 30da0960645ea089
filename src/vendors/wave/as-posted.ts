import type { Target } from '../../core/flow'
import { Figures } from '../../core/reconciliation'
import { parseJson } from '../../lib/json'
import type { Decimal } from '../../lib/money'

/**
 * For what Wave does not show again: it stands in the books as it was posted, which the link knows (facts `date` and `figures`). Nothing
 * is asked of Wave, and what others have entered there is not seen.
 */
export const asPosted: Required<Pick<Target<never>, 'list' | 'booked'>> = {
  list: async () => ({ rows: [], next: '', done: true }),
  async booked(_, { number, facts }) {
    const figures = Figures.safeParse(parseJson(facts.figures ?? ''))
    return figures.success ? { number, date: facts.date ?? '', figures: figures.data, changes: [] } : null
  },
}

/** Of an amount alone. */
export const figuresOf = (total: Decimal, currency: string): Figures => ({
  currency,
  total,
  tax: '0',
  customer: { id: '', name: '' },
  accounts: {},
})
