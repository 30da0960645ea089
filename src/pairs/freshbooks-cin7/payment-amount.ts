import type { Failure } from '../../core/failure'
import { atMost, decimalsOf, show } from '../../lib/money'
import type { Money } from '../../vendors/freshbooks/shapes'

/** Why Cin7 cannot hold this payment; undefined = it can. */
export const amountRefused = (what: string, { amount, code }: Money): Failure | undefined => {
  if (atMost(amount, '0'))
    return {
      kind: 'rejected',
      code: 'payment_not_positive',
      message: `${what} is over ${show(amount)} ${code}`,
      remedy: 'Cin7 takes refunds on credit notes only: enter it there by hand, then ignore this record.',
    }
  if (decimalsOf(amount) > 2)
    return {
      kind: 'rejected',
      code: 'payment_beyond_cents',
      message: `${what} is over ${amount} ${code}; Cin7 holds two decimals`,
      remedy: 'Enter this payment in Cin7 by hand, then ignore this record.',
    }
  return undefined
}
