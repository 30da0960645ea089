import {
  abs,
  add,
  atMost,
  type Decimal,
  divide,
  isZero,
  multiply,
  negate,
  round,
  same,
  subtract,
} from '../../lib/money'

const CENTS = 2
const CENT = '0.01'

/**
 * Each share to the cent, so that together they are `total`: what rounding leaves goes, a cent each, to the shares that it was taken
 * from. Shares of nothing stay nothing; a rest of more than a cent each is left, for others to see.
 */
export const apportion = (shares: Decimal[], total: Decimal): Decimal[] => {
  const rounded = shares.map((share) => round(share, CENTS))
  const left = subtract(total, add('0', ...rounded))
  const signed = (value: Decimal) => (left.startsWith('-') ? negate(value) : value)
  const lost = (at: number): Decimal => signed(subtract(shares[at] ?? '0', rounded[at] ?? '0'))
  const inOrder = shares.flatMap((share, at) => (isZero(share) ? [] : [at])).sort((a, b) => compare(lost(b), lost(a)))
  const cents = Number(divide(abs(left), CENT, 0))
  const getting = new Set(cents <= inOrder.length ? inOrder.slice(0, cents) : [])
  return rounded.map((share, at) => (getting.has(at) ? add(share, signed(CENT)) : share))
}

const compare = (a: Decimal, b: Decimal): number => (same(a, b) ? 0 : atMost(a, b) ? -1 : 1)

/** Whether nothing but the rounding of `count` figures and of their sum can be between the two. */
export const isRounding = (a: Decimal, b: Decimal, count: number): boolean =>
  atMost(abs(subtract(a, b)), multiply('0.005', String(count + 1)))
