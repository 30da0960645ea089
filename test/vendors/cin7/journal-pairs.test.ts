import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, atMost, decimalsOf, fromMinor, isZero, negate, same } from '../../../src/lib/money'
import { type Leg, netLegs, pairsOf } from '../../../src/vendors/cin7/journal-pairs'

const legs = (...given: [string, string][]): Leg[] => given.map(([account, amount]) => ({ account, amount }))

describe('the legs of a journal', () => {
  it('become pairs of a debit and a credit, each over the smaller rest', () => {
    expect(pairsOf(legs(['404', '70.00'], ['405', '30'], ['718', '-55.5'], ['720', '-44.5']))).toEqual([
      { debit: '404', credit: '718', amount: '55.5' },
      { debit: '404', credit: '720', amount: '14.5' },
      { debit: '405', credit: '720', amount: '30' },
    ])
  })

  it('of one account are one leg; an account that gets nothing has none', () => {
    expect(netLegs(legs(['404', '10'], ['718', '-10'], ['404', '-4'], ['718', '4'], ['1', '2'], ['1', '-2']))).toEqual(
      legs(['404', '6'], ['718', '-6']),
    )
    expect(pairsOf(legs(['404', '10'], ['404', '-10']))).toEqual([])
    expect(pairsOf([])).toEqual([])
  })
})

/** Any legs that add up to nothing: the last one takes what is missing. */
const balanced = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -1_000_000, max: 1_000_000 })), { maxLength: 12 })
  .map((given) => {
    const open = given.map(([account, cents]) => ({ account: `A${account}`, amount: fromMinor(String(cents), 2) }))
    return [...open, { account: 'A7', amount: negate(add('0', ...open.map(({ amount }) => amount))) }]
  })

const booked = (pairs: ReturnType<typeof pairsOf>, account: string): string =>
  add(
    '0',
    ...pairs.flatMap(({ debit, credit, amount }) => [
      ...(debit === account ? [amount] : []),
      ...(credit === account ? [negate(amount)] : []),
    ]),
  )

describe('whatever the legs', () => {
  it('the pairs give every account what its legs give it, to the cent', () =>
    fc.assert(
      fc.property(balanced, (given) => {
        const pairs = pairsOf(given)
        for (const account of new Set(given.map((leg) => leg.account))) {
          const wanted = add('0', ...given.filter((leg) => leg.account === account).map(({ amount }) => amount))
          expect(same(booked(pairs, account), wanted), account).toBe(true)
        }
      }),
    ))

  it('each pair is over something, in whole cents, between two accounts, and there are at most n + m − 1', () =>
    fc.assert(
      fc.property(balanced, (given) => {
        const pairs = pairsOf(given)
        for (const { debit, credit, amount } of pairs) {
          expect(atMost(amount, '0') || isZero(amount)).toBe(false)
          expect(decimalsOf(amount)).toBeLessThanOrEqual(2)
          expect(debit).not.toBe(credit)
        }
        expect(pairs.length).toBeLessThanOrEqual(Math.max(0, netLegs(given).length - 1))
      }),
    ))
})
