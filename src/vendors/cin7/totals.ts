import type { Difference } from '../../core/failure'
import { type Decimal, same } from '../../lib/money'

/** One difference where two figures are not the same value, none where they are. */
export const compare = (what: string, source: Decimal, target: Decimal, currency: string): Difference[] =>
  same(source, target) ? [] : [{ what, source, target, currency }]
