import { describe, expect, it } from 'vitest'
import { Failed, type Failure } from '../../../src/core/failure'
import { transferToTransaction as flow } from '../../../src/pairs/wave-wise/transfer-to-transaction'
import { sidesOf } from '../../../src/vendors/wave/transactions'
import type { TransferStory } from '../../../src/vendors/wise/transfer-story'
import { failed, lookups, moved, returned, settings, story } from './samples'

const mapped = (record: TransferStory, given = settings(), known = lookups()) => {
  const result = flow.map(record, given, known)
  if (!Array.isArray(result)) throw new Error(`${result.code}: ${result.message}`)
  for (const { draft } of result) expect(sidesOf(draft).debit).toBe(sidesOf(draft).credit)
  return result
}
const draftsOf = (...given: Parameters<typeof mapped>) => mapped(...given).map(({ draft }) => draft)
const variantsOf = (...given: Parameters<typeof mapped>) => mapped(...given).map(({ variant }) => variant)

const failureOf = (work: () => unknown): Failure => {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof Failed) return thrown.failure
    throw thrown
  }
  throw new Error('it did not fail')
}

const BACK = 'back-14599371-200001-90'
const PENDING = settings({ pendingAccount: 'pending' })

describe('a transfer that was paid from a balance', () => {
  it('is one entry: what left the balance, what is converted, the fee on a line of its own', () => {
    expect(mapped(story('processing', [moved()]))).toEqual([
      {
        variant: 'paid',
        draft: {
          date: '2026-03-02',
          description: 'Wise transfer 47500002 · INV-1042',
          notes: '916.75 EUR at a rate of 0.9215',
          currency: 'USD',
          anchor: { account: 'wise-usd', amount: '1000', direction: 'withdrawal' },
          lines: [
            { account: 'payouts', amount: '994.85', side: 'debit', description: 'Payment' },
            { account: 'fees', amount: '5.15', side: 'debit', description: 'Wise fee' },
          ],
        },
      },
    ])
  })

  it('is the same entry where the webhook of the movement was lost', () => {
    expect(mapped(story('processing'))).toEqual(mapped(story('processing', [moved()])))
    const prints = [story('processing'), story('outgoing_payment_sent', [moved()])]
    expect(prints.map((one) => flow.fingerprint(one, 'paid'))).toEqual([
      { amount: '1000', converted: '994.85', currency: 'USD' },
      { amount: '1000', converted: '994.85', currency: 'USD' },
    ])
  })

  it('is booked on the day that the business has, not that of Greenwich', () => {
    const toronto = lookups({ targetAccount: { id: 'b', baseCurrency: 'USD', timeZone: 'America/Toronto' } })
    const late = story('processing', [moved({ at: Date.parse('2026-03-03T02:00:00Z') })])
    expect(draftsOf(late, settings(), toronto)[0]?.date).toBe('2026-03-02')
    expect(draftsOf(late)[0]?.date).toBe('2026-03-03')
  })

  it('without a fee has no line for one', () => {
    const free = story('processing', [moved({ amount: '994.85' })])
    expect(draftsOf(free)[0]?.lines).toHaveLength(1)
  })

  it('is nothing yet while it waits for its money, and where it was cancelled without any', () => {
    for (const status of ['incoming_payment_waiting', 'cancelled']) {
      const unpaid = story(status, [], { payments: [] })
      expect(flow.skip?.(unpaid, settings(), lookups())).toBe(`${status}: nothing has left a balance for it`)
      expect(flow.parts?.(unpaid)).toEqual([])
    }
  })

  it('is left to the bank feed of Wave where there is one', () => {
    const given = settings({ bankFeed: true })
    expect(flow.skip?.(story('processing', [moved()]), given, lookups())).toMatch(/bank feed/)
    expect(flow.skip?.(story('processing', [moved()]), settings(), lookups())).toBeUndefined()
  })

  it('that was paid from a bank is no movement of a balance', () => {
    const payments = [{ id: '5', method: 'BANK_TRANSFER', amount: '1000', currency: 'USD', timeCreated: '' }]
    const byBank = story('processing', [], { payments })
    expect(flow.skip?.(byBank, settings(), lookups())).toMatch(/nothing has left/)
    const back = draftsOf(story('funds_refunded', [returned()], { payments }))
    expect(back).toMatchObject([{ lines: [{ account: 'clearing', amount: '1000', side: 'credit' }] }])
  })

  it('in a currency that has no account in Wave names it', () => {
    const given = settings({ balances: [{ balance: '200002', currency: 'EUR', account: 'wise-eur' }] })
    expect(failureOf(() => mapped(story('processing', [moved()]), given))).toMatchObject({
      kind: 'unmapped',
      codes: [{ mapping: 'settings.balances', code: 'USD' }],
    })
  })

  it('of which more is converted than was taken stops for a person', () => {
    const odd = story('processing', [moved({ amount: '900' })])
    expect(failureOf(() => mapped(odd))).toMatchObject({ kind: 'rejected', code: 'wise_debit_differs' })
  })
})

describe('money that came back', () => {
  it('is an entry of its own that undoes the first, with the words of Wise in its notes', () => {
    expect(mapped(story('funds_refunded', [moved(), failed(), returned()]))[1]).toEqual({
      variant: BACK,
      draft: {
        date: '2026-03-05',
        description: 'Wise transfer 47500002 · returned · INV-1042',
        notes: '1000.00 USD came back; the payment was refunded: The account number does not exist',
        currency: 'USD',
        anchor: { account: 'wise-usd', amount: '1000', direction: 'deposit' },
        lines: [
          { account: 'payouts', amount: '994.85', side: 'credit', description: 'Returned' },
          { account: 'fees', amount: '5.15', side: 'credit', description: 'Wise fee returned' },
        ],
      },
    })
  })

  it('less than was paid leaves the rest where a person sees it', () => {
    const [, back] = draftsOf(story('funds_refunded', [moved(), returned({ amount: '950.5' })]))
    expect(back?.lines).toEqual([{ account: 'payouts', amount: '950.5', side: 'credit', description: 'Returned' }])
    expect(back?.notes).toContain('950.50 USD of 1000.00 USD came back')
  })

  it('to another balance is booked there, in its currency', () => {
    const other = returned({ balance: '200002', currency: 'EUR', amount: '916.75' })
    const [, back] = draftsOf(story('funds_refunded', [moved(), other]))
    expect(back?.anchor).toEqual({ account: 'wise-eur', amount: '916.75', direction: 'deposit' })
    expect(back?.lines).toMatchObject([{ account: 'payouts', amount: '916.75' }])
  })

  it('beyond what was paid stops for a person', () => {
    const odd = story('funds_refunded', [moved(), returned({ amount: '1000.01' })])
    expect(failureOf(() => mapped(odd))).toMatchObject({ kind: 'rejected', code: 'wise_refund_exceeds_payment' })
  })

  it('once, although the state and the refund tell of it too, and a delivery comes twice', () => {
    const news = [moved(), returned(), returned()]
    expect(variantsOf(story('funds_refunded', news))).toEqual(['paid', BACK])
  })

  it('is waited for where only the state has told of it: the amount is the balance’s to say', () => {
    for (const status of ['funds_refunded', 'charged_back'])
      expect(failureOf(() => mapped(story(status, [moved()])))).toMatchObject({
        kind: 'transient',
        code: 'wise_refund_not_told',
      })
    expect(variantsOf(story('bounced_back', [moved()]))).toEqual(['paid'])
    expect(variantsOf(story('cancelled', [moved()]))).toEqual(['paid'])
  })

  it('before it is known what was taken waits for that', () => {
    const payments = [{ id: '5', method: 'BALANCE', timeCreated: '' }]
    for (const known of [payments, []])
      expect(failureOf(() => mapped(story('funds_refunded', [returned()], { payments: known })))).toMatchObject({
        code: 'wise_debit_not_told',
      })
  })
})

describe('with a pending account', () => {
  it('a transfer stands there until it is sent, then is reversed and booked for good', () => {
    expect(draftsOf(story('processing', [moved()]), PENDING)).toMatchObject([{ lines: [{ account: 'pending' }, {}] }])
    const sent = mapped(story('outgoing_payment_sent', [moved()]), PENDING, lookups({ variants: ['pending'] }))
    expect(sent).toMatchObject([
      { variant: 'pending' },
      { variant: 'pending-back', draft: { anchor: { direction: 'deposit' }, lines: [{ account: 'pending' }, {}] } },
      { variant: 'sent', draft: { anchor: { direction: 'withdrawal' }, lines: [{ account: 'payouts' }, {}] } },
    ])
  })

  it('a transfer that was sent before anything was booked is booked once', () => {
    expect(variantsOf(story('outgoing_payment_sent', [moved()]), PENDING)).toEqual(['sent'])
  })

  it('money that comes back before the transfer was sent comes off the pending account, and after it off the payouts', () => {
    const back = story('funds_refunded', [moved(), returned()])
    const [, early] = mapped(back, PENDING, lookups({ variants: ['pending'] }))
    expect(early).toMatchObject({ variant: BACK, draft: { lines: [{ account: 'pending' }, { account: 'fees' }] } })
    const variants = ['pending', 'pending-back', 'sent']
    const late = mapped(back, PENDING, lookups({ variants })).at(-1)
    expect(late).toMatchObject({ variant: BACK, draft: { lines: [{ account: 'payouts' }, { account: 'fees' }] } })
  })

  it('what has begun one way ends that way, whatever the setting says by then', () => {
    const sent = story('outgoing_payment_sent', [moved()])
    expect(variantsOf(sent, PENDING, lookups({ variants: ['paid'] }))).toEqual(['paid'])
    expect(failureOf(() => mapped(sent, settings(), lookups({ variants: ['pending'] })))).toMatchObject({
      kind: 'unmapped',
      codes: [{ mapping: 'settings.pendingAccount' }],
    })
  })
})
