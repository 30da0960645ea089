import { describe, expect, it } from 'vitest'
import { wise } from '../../../src/vendors/wise'
import { GENUINE } from './genuine'

const SUBSCRIPTION = '01234567-89ab-cdef-0123-456789abcdef'
const DELIVERY = 'a1b2c3d4-e5f6-4890-8234-567890abcdef'

const delivery = (event_type: string, data: object, over: object = {}, headers: Record<string, string> = {}) => ({
  headers: new Headers({ 'x-delivery-id': DELIVERY, ...headers }),
  body: JSON.stringify({
    data,
    subscription_id: SUBSCRIPTION,
    event_type,
    schema_version: '4.0.0',
    sent_at: '2026-03-02T15:10:00.123Z',
    ...over,
  }),
})

const transfer = { id: 111, profile_id: 222, account_id: 333, type: 'transfer' }
const account = { id: 9, profile_id: 222, type: 'balance-account' }

const STATE = {
  resource: transfer,
  current_state: 'processing',
  previous_state: 'incoming_payment_waiting',
  occurred_at: '2026-03-02T15:09:58.789Z',
}
const MOVEMENT = {
  resource: account,
  amount: 9.6,
  balance_id: 200001,
  channel_name: 'TRANSFER',
  currency: 'GBP',
  occurred_at: '2026-03-02T15:26:07.001Z',
  post_transaction_balance_amount: 106.93,
  step_id: 1234567,
  transaction_type: 'debit',
  transfer_reference: '47500002',
}

const changes = (given: ReturnType<typeof delivery>, profile = '222') => wise.webhook?.changes(given, profile)
const accounts = (given: ReturnType<typeof delivery>) => wise.webhook?.accounts(given)

const { step_id: _, post_transaction_balance_amount: __, ...OLD_MOVEMENT } = MOVEMENT

describe('an event of Wise', () => {
  it.each([
    ['transfers#state-change', STATE, 'transfer', '111'],
    ['transfers#state-change', { ...STATE, previous_state: null }, 'transfer', '111'],
    [
      'transfers#active-cases',
      { resource: transfer, active_cases: ['deposit_amount_less_invoice'] },
      'transfer',
      '111',
    ],
    [
      'transfers#refund',
      { resource: { ...transfer, refund_amount: 5000, refund_currency: 'EUR' }, occurred_at: '2026-01-01T12:34:56Z' },
      'transfer',
      '111',
    ],
    [
      'transfers#payout-failure',
      {
        transfer_id: 111,
        profile_id: 222,
        failure_reason_code: 'WRONG_ID_NUMBER',
        failure_description: 'Invalid',
        occurred_at: '2023-08-10T10:17:23.000+00:00',
      },
      'transfer',
      '111',
    ],
    ['balances#update', MOVEMENT, 'balance-movement', '222-200001-1234567'],
    ['balances#update', OLD_MOVEMENT, 'balance-movement', '222-200001-47500002-debit-9.6-1772465167001'],
    [
      'balances#credit',
      {
        resource: account,
        amount: 1.23,
        currency: 'EUR',
        transaction_type: 'credit',
        occurred_at: '2020-01-01T12:34:56Z',
      },
      'balance-credit',
      '222-9-1.23-1577882096000',
    ],
    ['balances#account-state-changed', { resource: { ...account, state: 'INACTIVE' } }, 'balance', '9'],
    ['balances#account-state-change', { resource: { ...account, state: 'INACTIVE' } }, 'balance', '9'],
  ])('%s is about one record of the profile', (event, data, type, id) => {
    const given = delivery(event, data)
    const [change] = changes(given) ?? []
    expect({ ...change, tells: undefined }).toEqual({ type, id, event, eventId: DELIVERY })
    expect(accounts(given)).toEqual(['222'])
    expect(changes(given, '999')).toEqual([])
  })

  it('of a profile’s verification is about the profile, and told to people', () => {
    const at = '2026-03-02T15:00:00.000Z'
    const told = (current_state: string) =>
      delivery('profiles#verification-state-change', {
        resource: { id: 222, type: 'profile' },
        current_state,
        occurred_at: at,
      })
    const notices = (state: string, profile = '222') => wise.webhook?.notices?.(told(state), profile)
    expect(changes(told('verified'))).toMatchObject([{ type: 'profile', id: '222' }])
    expect(accounts(told('verified'))).toEqual(['222'])
    expect(notices('not_verified')).toMatchObject([{ about: 'verification', resolved: false, at: Date.parse(at) }])
    expect(notices('verified')).toMatchObject([{ about: 'verification', resolved: true }])
    expect(notices('verified', '999')).toEqual([])
    expect(notices('who knows')).toEqual([])
    expect(wise.webhook?.notices?.(delivery('transfers#state-change', STATE), '222')).toEqual([])
  })

  it('of a payment that did not arrive is told to people, in the words of Wise, until the transfer has come to an end', () => {
    const failure = {
      transfer_id: 111,
      profile_id: 222,
      failure_reason_code: 'WRONG_ID_NUMBER',
      failure_description: 'The ID number is wrong',
      occurred_at: '2026-03-02T15:09:00Z',
    }
    const notices = (event: string, data: object, profile = '222') =>
      wise.webhook?.notices?.(delivery(event, data), profile)
    expect(notices('transfers#payout-failure', failure)).toMatchObject([
      {
        about: 'payout 111',
        text: 'Wise could not pay out transfer 111: The ID number is wrong (WRONG_ID_NUMBER)',
        at: Date.parse('2026-03-02T15:09:00Z'),
        resolved: false,
      },
    ])
    expect(notices('transfers#payout-failure', failure, '999')).toEqual([])
    for (const current_state of ['outgoing_payment_sent', 'funds_refunded'])
      expect(notices('transfers#state-change', { ...STATE, current_state })).toMatchObject([
        { about: 'payout 111', resolved: true },
      ])
    for (const current_state of ['processing', 'bounced_back', 'cancelled'])
      expect(notices('transfers#state-change', { ...STATE, current_state })).toEqual([])
  })

  it('of a case that Wise has opened is told to people until none is left', () => {
    const notices = (active_cases: string[]) =>
      wise.webhook?.notices?.(delivery('transfers#active-cases', { resource: transfer, active_cases }), '222')
    expect(notices(['deposit_amount_less_invoice'])).toMatchObject([
      { about: 'cases 111', text: expect.stringContaining('deposit_amount_less_invoice'), resolved: false },
    ])
    expect(notices([])).toMatchObject([{ about: 'cases 111', resolved: true }])
  })

  it('is the same movement by the same step, whatever delivery and spelling of the time bring it', () => {
    const ids = ['2026-03-02T15:26:07.001Z', '2026-03-02T15:26:07.001+00:00', '2026-03-02T16:26:07.001+01:00'].map(
      (occurred_at) => changes(delivery('balances#update', { ...OLD_MOVEMENT, occurred_at }))?.[0]?.id,
    )
    expect(new Set(ids).size).toBe(1)
  })

  it('has no id of its own where the delivery has none', () => {
    const { body } = delivery('transfers#state-change', STATE)
    expect(wise.webhook?.changes({ body, headers: new Headers() }, '222')?.map(({ eventId }) => eventId)).toEqual([
      undefined,
    ])
  })

  it('tells what no reading shows: a movement is its own record, and part of the story of its transfer', () => {
    const [own, story, ...more] = changes(delivery('balances#update', MOVEMENT)) ?? []
    const movement = { profile: '222', balance: '200001', step: '1234567', direction: 'debit', amount: '9.6' }
    expect(own).toMatchObject({ type: 'balance-movement', tells: { key: 'movement', body: movement } })
    expect(story).toMatchObject({
      type: 'transfer',
      id: '47500002',
      eventId: DELIVERY,
      tells: {
        key: '2026-03-02T15:26:07.001Z movement 222-200001-1234567',
        body: { kind: 'movement', transfer: '47500002', movement },
      },
    })
    expect(more).toEqual([])
  })

  it('of money that is no transfer’s is a movement only', () => {
    const received = { ...MOVEMENT, transaction_type: 'credit', transfer_reference: 'BNK-77' }
    expect(changes(delivery('balances#update', received))?.map(({ type }) => type)).toEqual(['balance-movement'])
  })

  it('tells the same under the same key, whatever spelling of the time brings it', () => {
    const keys = ['2026-03-02T15:09:58.789Z', '2026-03-02T15:09:58.789+00:00', '2026-03-02T16:09:58.789+01:00'].map(
      (occurred_at) => changes(delivery('transfers#state-change', { ...STATE, occurred_at }))?.[0]?.tells?.key,
    )
    expect(new Set(keys)).toEqual(new Set(['2026-03-02T15:09:58.789Z state processing']))
  })

  it('that tells nothing readable is still a hint', () => {
    const [change] = changes(delivery('transfers#state-change', { resource: transfer })) ?? []
    expect(change).toEqual({ type: 'transfer', id: '111', event: 'transfers#state-change', eventId: DELIVERY })
  })

  it('of another kind, or without what it is about, concerns nobody', () => {
    expect(changes(delivery('cards#transaction-state-change', { resource: account }))).toEqual([])
    expect(changes(delivery('transfers#state-change', { resource: { profile_id: 222 } }))).toEqual([])
    expect(changes(delivery('balances#update', { resource: account, amount: 'much' }))).toEqual([])
  })

  it.each([['not JSON'], ['[]'], ['{}'], [JSON.stringify({ event_type: 'x' })], [JSON.stringify({ data: {} })]])(
    'is not what Wise sends: %s',
    (body) => {
      expect(wise.webhook?.changes({ body, headers: new Headers() }, '222')).toBeUndefined()
    },
  )
})

describe('what Wise sends to try a URL', () => {
  const zero = { id: 0, profile_id: 0, account_id: 0, type: 'transfer' }

  it('is signed, answered and never booked: ids of zero, the header, or both', () => {
    const genuine = { body: GENUINE.body, headers: new Headers() }
    expect(wise.webhook?.changes(genuine, '0')).toEqual([])
    expect(wise.webhook?.accounts(genuine)).toEqual([])
    expect(changes(delivery('transfers#state-change', STATE, {}, { 'x-test-notification': 'true' }))).toEqual([])
    expect(changes(delivery('transfers#state-change', { ...STATE, resource: zero }), '0')).toEqual([])
    const nobody = { subscription_id: '00000000-0000-0000-0000-000000000000' }
    expect(changes(delivery('balances#update', MOVEMENT, nobody))).toEqual([])
  })

  it('may lack documented fields', () => {
    const data = { resource: { id: 0, profile_id: 0 }, amount: 0.01, currency: 'GBP', transaction_type: 'credit' }
    expect(changes(delivery('balances#update', data), '0')).toEqual([])
    expect(changes(delivery('transfers#payout-failure', { transfer_id: 0, profile_id: 0 }), '0')).toEqual([])
  })

  it('by the old web form is unsigned and holds a message only', () => {
    const probe = (body: string, headers = {}) => wise.webhook?.probe({ body, headers: new Headers(headers) })
    expect(probe('{"message":"Test notification"}')).toBe(true)
    expect(probe('{"message":"x","data":{}}')).toBe(false)
    expect(probe('{}')).toBe(false)
    expect(probe('')).toBe(false)
    expect(probe('{"message":"x"}', { 'x-signature-sha256': 'AAAA' })).toBe(false)
  })
})
