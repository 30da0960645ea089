import { describe, expect, it } from 'vitest'
import { Failed } from '../../../src/core/failure'
import { balanceToTransaction as flow } from '../../../src/pairs/wave-wise/balance-to-transaction'
import { sidesOf } from '../../../src/vendors/wave/transactions'
import type { KnownMovement } from '../../../src/vendors/wise/movement-source'
import { lookups, movement, settings } from './samples'

const receipt = (over: Partial<KnownMovement> = {}): KnownMovement =>
  movement({ direction: 'credit', reference: 'BNK-1234567', transfer: null, ours: false, amount: '70', ...over })

const draftOf = (given: KnownMovement, known = settings()) => {
  const result = flow.map(given, known, lookups())
  if (!Array.isArray(result)) throw new Error(result.code)
  const [only, ...more] = result
  if (!only || more.length > 0) throw new Error('not one entry')
  expect(sidesOf(only.draft).debit).toBe(sidesOf(only.draft).credit)
  return only.draft
}

describe('a movement of a Wise balance', () => {
  it('that nobody has said where to book waits on the clearing account, and is never income', () => {
    expect(flow.map(receipt(), settings(), lookups())).toEqual([
      {
        variant: 'movement',
        draft: {
          date: '2026-03-02',
          description: 'Wise received · BNK-1234567',
          notes: 'TRANSFER · 24000.00 USD after it · step 77',
          currency: 'USD',
          anchor: { account: 'wise-usd', amount: '70', direction: 'deposit' },
          lines: [{ account: 'clearing', amount: '70', side: 'credit', description: 'TRANSFER' }],
        },
      },
    ])
  })

  it('out of the balance is a withdrawal', () => {
    expect(draftOf(receipt({ direction: 'debit', reference: 'CARD-9', channel: 'CARD' }))).toMatchObject({
      description: 'Wise paid · CARD-9',
      anchor: { direction: 'withdrawal' },
      lines: [{ account: 'clearing', side: 'debit' }],
    })
  })

  it('of a transfer of ours is booked with that transfer; one of somebody else’s that paid us is booked here', () => {
    expect(flow.skip?.(movement(), settings(), lookups())).toBe('of transfer 47500002: booked with it')
    const paidUs = receipt({ reference: '99', transfer: '99' })
    expect(flow.skip?.(paidUs, settings(), lookups())).toBeUndefined()
    expect(draftOf(paidUs).lines).toMatchObject([{ account: 'clearing' }])
  })

  it('is left to the bank feed of Wave where there is one', () => {
    expect(flow.skip?.(receipt(), settings({ bankFeed: true }), lookups())).toMatch(/bank feed/)
  })

  it('between two balances goes over the account for conversions, on both sides', () => {
    const out = draftOf(receipt({ direction: 'debit', channel: 'CONVERSION', reference: 'BALANCE-1' }))
    const into = draftOf(
      receipt({ balance: '200002', currency: 'EUR', amount: '64', channel: 'CONVERSION', reference: 'BALANCE-1' }),
    )
    expect([out.lines[0]?.account, into.lines[0]?.account, into.anchor.account]).toEqual(['fx', 'fx', 'wise-eur'])
  })

  it.each([
    [{ direction: 'debit', channel: 'CARD', reference: 'CARD-9' }, 'meals'],
    [{ direction: 'debit', channel: 'card', reference: 'CARD-9' }, 'meals'],
    [{ direction: 'credit', channel: 'CARD', reference: 'CARD-9' }, 'card-refunds'],
    [{ direction: 'credit', channel: 'TRANSFER', reference: 'BNK-1' }, 'bank'],
    [{ direction: 'debit', channel: 'TRANSFER', reference: 'BNK-1' }, 'clearing'],
    [{ direction: 'debit', channel: 'CONVERSION', reference: 'FEE-1' }, 'charges'],
  ] as const)('is booked by the first rule that fits: %o → %s', (over, account) => {
    const rules = [
      { direction: 'debit', channel: 'CARD', account: 'meals' },
      { channel: 'CARD', account: 'card-refunds' },
      { direction: 'credit', reference: 'BNK-', account: 'bank' },
      { reference: 'FEE-', account: 'charges' },
    ]
    expect(draftOf(receipt(over), settings({ rules })).lines[0]?.account).toBe(account)
  })

  it('of a balance that has no account in Wave names it, also where another has its currency', () => {
    const failureOf = (given: KnownMovement) => {
      try {
        return draftOf(given)
      } catch (thrown) {
        if (thrown instanceof Failed) return thrown.failure
        throw thrown
      }
    }
    expect(failureOf(receipt({ currency: 'GBP', balance: '9' }))).toMatchObject({
      kind: 'unmapped',
      message: 'no Wave account stands for the GBP balance 9 at Wise',
      codes: [{ mapping: 'settings.balances', code: '9' }],
    })
    expect(failureOf(receipt({ balance: '200009' }))).toMatchObject({ kind: 'unmapped' })
  })

  it('is the same as long as its money is; what a delivery says beside that does not matter', () => {
    const print = (over: Partial<KnownMovement>) => flow.fingerprint(receipt(over), '')
    expect(print({ after: null })).toEqual(print({}))
    expect(print({ amount: '71' })).not.toEqual(print({}))
    expect(print({ direction: 'debit' })).not.toEqual(print({}))
  })
})
