import { describe, expect, it } from 'vitest'
import { KnownMovement, movements } from '../../../src/vendors/wise/movement-source'
import type { Movement } from '../../../src/vendors/wise/movements'
import { movementTidings } from '../../../src/vendors/wise/tidings'
import {
  creditsOf,
  debitOf,
  failureWords,
  TransferStory,
  transferStories,
} from '../../../src/vendors/wise/transfer-story'
import { transfer } from './samples'
import { answer, answering, business, failureOf, PROFILE, person } from './scripted'

const ONE = 'GET /v1/transfers/47500002'
const WHO = `GET /v2/profiles/${PROFILE}`
const PAYMENTS = 'GET /v1/transfers/47500002/payments'
const AT = Date.parse('2026-03-02T15:26:07.001Z')

const movement = (over: Partial<Movement> = {}): Movement => ({
  profile: PROFILE,
  balance: '200001',
  step: '77',
  direction: 'debit',
  amount: '1000',
  currency: 'USD',
  after: '11500.5',
  reference: '47500002',
  transfer: '47500002',
  channel: 'TRANSFER',
  at: AT,
  ...over,
})
const told = (...all: Partial<Movement>[]) => all.map((over) => movementTidings(movement(over)).body)
const paid = { id: 5, method: 'BALANCE', amount: 1000, currency: 'USD', timeCreated: '2026-03-02T15:20:00.000Z' }

const storyOf = async (status: string, payments: unknown[], news: unknown[] = []) => {
  const { api, calls } = answering({ [ONE]: transfer({ status }), [PAYMENTS]: payments })
  return { story: await transferStories.read(api, '47500002', news), calls }
}

describe('the story of a transfer', () => {
  it('is what Wise shows now and what it has told; kept and read back the same', async () => {
    const { story, calls } = await storyOf('processing', [paid], told({}))
    expect(calls.map(({ path }) => path)).toEqual(['/v1/transfers/47500002', '/v1/transfers/47500002/payments'])
    expect(story?.told).toMatchObject([{ kind: 'movement', movement: { amount: '1000' } }])
    expect(TransferStory.parse(JSON.parse(JSON.stringify(story)))).toEqual(story)
  })

  it('costs one read while the transfer waits for its money', async () => {
    const { story, calls } = await storyOf('incoming_payment_waiting', [paid])
    expect(calls).toHaveLength(1)
    expect(story && debitOf(story)).toBeUndefined()
  })

  it('is none where Wise knows no such transfer of the profile', async () => {
    const { api } = answering({ [ONE]: answer(404, '') })
    expect(await transferStories.read(api, '47500002', told({}))).toBeNull()
  })

  it('shows what left the balance by the movement, or where that was lost by the payment', async () => {
    const debit = { amount: '1000', currency: 'USD' }
    const one = await storyOf('processing', [paid], told({}))
    const other = await storyOf('processing', [paid])
    expect(one.story && debitOf(one.story)).toEqual({ ...debit, at: AT })
    expect(other.story && debitOf(other.story)).toEqual({ ...debit, at: Date.parse('2026-03-02T15:20:00Z') })
  })

  it('shows no debit where the money came by a bank', async () => {
    const { story } = await storyOf('processing', [{ ...paid, method: 'BANK_TRANSFER' }])
    expect(story && debitOf(story)).toBeUndefined()
  })

  it('has each credit once, and none for the state or the refund that tell of the same money', async () => {
    const news = [
      { kind: 'state', transfer: '47500002', at: AT, from: 'bounced_back', to: 'funds_refunded' },
      { kind: 'refund', transfer: '47500002', at: AT, amount: '1000', currency: 'USD' },
      { kind: 'payout failure', transfer: '47500002', at: AT, code: 'WRONG_ACCOUNT_NUMBER', words: 'No such account' },
      ...told({}, { direction: 'credit', step: '78' }, { direction: 'credit', step: '78' }),
    ]
    const { story } = await storyOf('funds_refunded', [paid], news)
    expect(story && creditsOf(story).map(({ step, amount }) => [step, amount])).toEqual([['78', '1000']])
    expect(story && failureWords(story)).toBe('No such account')
  })
})

const STATEMENT = 'GET /v1/profiles/14599371/balance-statements/200001/statement.json'

describe('a movement of a balance', () => {
  it('is what was told of it; where it names a transfer, whether that is ours is looked up', async () => {
    const { api, calls } = answering({ [ONE]: transfer() })
    const read = await movements.read(api, 'an-id', [movement()])
    expect(read).toEqual({ ...movement(), ours: true, note: null })
    expect(KnownMovement.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
    expect(calls).toHaveLength(1)
  })

  it('may name a transfer of somebody else’s, who has paid us', async () => {
    const { api } = answering({ [ONE]: answer(404, ''), [STATEMENT]: { transactions: [] } })
    expect(await movements.read(api, 'an-id', [movement({ direction: 'credit' })])).toMatchObject({ ours: false })
  })

  it('may name a transfer of the owner, who has paid the business from a profile of their own: that is not ours', async () => {
    const given = (profile: object) =>
      answering({ [ONE]: transfer({ business: null }), [WHO]: profile, [STATEMENT]: { transactions: [] } })
    const paidIn = [movement({ direction: 'credit' })]
    expect(await movements.read(given(business()).api, 'an-id', paidIn)).toMatchObject({ ours: false })
    expect(await movements.read(given(person({ id: 14599371 })).api, 'an-id', paidIn)).toMatchObject({ ours: true })
    expect(await transferStories.read(given(business()).api, '47500002', told({}))).toBeNull()
  })

  it('without a transfer costs no call', async () => {
    const { api, calls } = answering({})
    const news = [movement({ reference: 'BNK-77', transfer: null })]
    expect(await movements.read(api, 'an-id', news)).toMatchObject({ ours: false, reference: 'BNK-77' })
    expect(calls).toEqual([])
  })

  it('that came has with it what the payer wrote, by the line of the statement that has its reference and amount', async () => {
    const line = (referenceNumber: string, value: number, paymentReference: string) => ({
      amount: { value, currency: 'USD' },
      details: { description: 'Received money from Acme', paymentReference },
      referenceNumber,
    })
    const transactions = [line('BNK-78', 1000, 'INV-1'), line('BNK-77', 999, 'INV-2'), line('BNK-77', 1000, 'INV-3')]
    const { api, calls } = answering({ [STATEMENT]: { transactions } })
    const news = [movement({ direction: 'credit', reference: 'BNK-77', transfer: null })]
    const note = { reference: 'INV-3', words: 'Received money from Acme' }
    expect(await movements.read(api, 'an-id', news)).toMatchObject({ note })
    expect(calls).toHaveLength(1)
  })

  it('that came has none where strong authentication stands before the statement', async () => {
    const sca = answer(403, '', { 'x-2fa-approval': 'a-token' })
    const { api } = answering({ [STATEMENT]: sca })
    const news = [movement({ direction: 'credit', reference: 'BNK-77', transfer: null })]
    expect(await movements.read(api, 'an-id', news)).toMatchObject({ note: null })
  })

  it('of which nothing was told is none; one that cannot be read fails, and is not lost', async () => {
    const { api } = answering({})
    expect(await movements.read(api, 'an-id')).toBeNull()
    expect(await failureOf(movements.read(api, 'an-id', [{ ...movement(), at: null }]))).toMatchObject({
      code: 'wise_movement_unreadable',
    })
  })
})
