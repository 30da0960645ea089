import { add, atMost, type Decimal, isZero, negate } from '../../lib/money'

/** What one account gets: debit positive, credit negative. */
export interface Leg {
  account: string
  amount: Decimal
}

/** A line of a Cin7 journal: one amount from `credit` to `debit`. */
export interface Pair {
  debit: string
  credit: string
  amount: Decimal
}

/** One leg per account, in the order of their first appearance; accounts that get nothing are left out. */
export const netLegs = (legs: Leg[]): Leg[] =>
  [...Map.groupBy(legs, ({ account }) => account)]
    .map(([account, same]) => ({ account, amount: add('0', ...same.map(({ amount }) => amount)) }))
    .filter(({ amount }) => !isZero(amount))

/**
 * Cin7 knows no legs (sheet section 10): both sides are walked, and each line takes the smaller rest. At most n + m − 1 lines, which
 * give every account what its legs give it; the legs have to add up to nothing.
 */
export const pairsOf = (legs: Leg[]): Pair[] => {
  const net = netLegs(legs)
  const debits = net.filter(({ amount }) => !atMost(amount, '0'))
  const credits = net.filter(({ amount }) => atMost(amount, '0')).map((leg) => ({ ...leg, amount: negate(leg.amount) }))
  const pairs: Pair[] = []
  while (debits[0] && credits[0]) pairs.push(taken(debits, credits, debits[0], credits[0]))
  return pairs
}

/** The smaller of the two goes, the other keeps the rest. */
const taken = (debits: Leg[], credits: Leg[], debit: Leg, credit: Leg): Pair => {
  const amount = atMost(debit.amount, credit.amount) ? debit.amount : credit.amount
  take(debits, debit, amount)
  take(credits, credit, amount)
  return { debit: debit.account, credit: credit.account, amount }
}

const take = (side: Leg[], { account, amount }: Leg, off: Decimal): void => {
  const rest = add(amount, negate(off))
  if (isZero(rest)) side.shift()
  else side[0] = { account, amount: rest }
}
