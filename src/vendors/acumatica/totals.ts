import type { Difference } from '../../core/failure'
import { type Decimal, same } from '../../lib/money'

/** The difference, if there is one, as operators read it. */
export const compare = (what: string, source: Decimal, target: Decimal, currency: string): Difference[] =>
  same(source, target) ? [] : [{ what, source, target, currency }]
