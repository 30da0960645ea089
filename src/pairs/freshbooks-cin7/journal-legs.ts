import type { Lookups } from '../../core/flow'
import { add, type Decimal, isZero, subtract } from '../../lib/money'
import { type Leg, netLegs } from '../../vendors/cin7/journal-pairs'
import type { JournalEntry, JournalLeg } from '../../vendors/freshbooks/journals'

/** A Cin7 journal is in one currency; so each currency of an entry is a part of its own. */
export const currenciesOf = ({ legs }: JournalEntry): string[] => [...new Set(legs.map(({ currency }) => currency))]

export const legsIn = ({ legs }: JournalEntry, currency: string): JournalLeg[] =>
  legs.filter((leg) => leg.currency === currency)

/** Debit positive, credit negative. */
const amountOf = ({ debit, credit }: JournalLeg): Decimal => subtract(debit, credit)

/** Debits less credits; nothing where they balance. */
export const imbalance = (legs: JournalLeg[]): Decimal => add('0', ...legs.map(amountOf))

export const isBalanced = (legs: JournalLeg[]): boolean => isZero(imbalance(legs))

/** One leg per Cin7 account; several FreshBooks accounts may be one there. `account` = of a leg. */
export const cin7Legs = (legs: JournalLeg[], account: (leg: JournalLeg) => string): Leg[] =>
  netLegs(legs.map((leg) => ({ account: account(leg), amount: amountOf(leg) })))

/** All accounts are mapped, and what they get cancels out: there is nothing to book. */
export const cancelsOut = (entry: JournalEntry, { mapped }: Lookups): boolean =>
  entry.legs.every(({ account }) => mapped('account', account) !== undefined) &&
  currenciesOf(entry).every((currency) => {
    const legs = legsIn(entry, currency)
    return isBalanced(legs) && cin7Legs(legs, ({ account }) => mapped('account', account) ?? '').length === 0
  })
