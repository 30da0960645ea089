import type { Difference, Failure } from '../core/failure'
import { show } from '../lib/money'

const sentence = ({ what, source, target, currency }: Difference): string =>
  `${what}: ${show(source)} ${currency} in the source, ${show(target)} ${currency} in the target`

/** The failure that names every pair of figures that disagrees; undefined where all agree. */
export const totalsFailure = (differences: Difference[], standing?: string): Failure | undefined => {
  if (differences.length === 0) return undefined
  const remains = standing ? ` What stands in the target now: ${standing}.` : ' Nothing was written.'
  return {
    kind: 'totals',
    code: 'totals_differ',
    message: differences.map(sentence).join('; '),
    remedy: `The totals cannot be reproduced to the cent. Correct the document in the source, or allow the difference in the setting "rounding", then replay.${remains}`,
    differences,
  }
}
