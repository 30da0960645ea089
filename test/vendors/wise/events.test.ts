import { describe, expect, it } from 'vitest'
import { Movement, movementKey, movementOf } from '../../../src/vendors/wise/movements'
import { transferEventOf } from '../../../src/vendors/wise/transfer-events'
import { GENUINE } from './genuine'

const body = (event_type: string, data: object, schema_version = '4.0.0') =>
  JSON.stringify({ data, subscription_id: 's', event_type, schema_version, sent_at: '2026-03-08T15:26:08.500Z' })

const RESOURCE = { id: 111, profile_id: 222, account_id: 333, type: 'transfer' }
const AT = '2026-03-08T15:26:07.123Z'

const money = (over: object = {}) =>
  body('balances#update', {
    resource: { id: 2, profile_id: 222, type: 'balance-account' },
    amount: 9.6,
    balance_id: 111,
    channel_name: 'TRANSFER',
    currency: 'GBP',
    occurred_at: AT,
    post_transaction_balance_amount: 106.93,
    step_id: 1234567,
    transaction_type: 'debit',
    transfer_reference: '47500002',
    ...over,
  })

describe('a movement of money', () => {
  it('is all that Wise ever says of it', () => {
    const movement = movementOf(money())
    expect(movement).toEqual({
      profile: '222',
      balance: '111',
      step: '1234567',
      direction: 'debit',
      amount: '9.6',
      currency: 'GBP',
      after: '106.93',
      reference: '47500002',
      transfer: '47500002',
      channel: 'TRANSFER',
      at: Date.parse(AT),
    })
    expect(Movement.parse(JSON.parse(JSON.stringify(movement)))).toEqual(movement)
  })

  it('is of no transfer where its reference is another kind of number', () => {
    expect(movementOf(money({ transfer_reference: 'BNK-1234567' }))?.transfer).toBeNull()
    expect(movementOf(money({ transfer_reference: undefined }))).toMatchObject({ reference: '', transfer: null })
  })

  it('has a key of its step, or in an old schema of all that is said', () => {
    const key = (over: object) => {
      const movement = movementOf(money(over))
      return movement && movementKey(movement)
    }
    expect(key({})).toBe('222-111-1234567')
    expect(key({ step_id: undefined })).toBe(`222-111-47500002-debit-9.6-${Date.parse(AT)}`)
    expect(key({ step_id: undefined, occurred_at: '2026-03-08T16:26:07.123+01:00' })).toBe(key({ step_id: undefined }))
  })

  it.each([
    ['another event', body('balances#credit', {})],
    ['one without an amount', money({ amount: undefined })],
    ['one in a direction that nobody knows', money({ transaction_type: 'sideways' })],
    [
      'a test',
      body('balances#update', {
        resource: { id: 0, profile_id: 0 },
        amount: 0.01,
        currency: 'GBP',
        transaction_type: 'credit',
      }),
    ],
    ['no JSON', 'nothing'],
  ])('is not %s', (_, text) => {
    expect(movementOf(text)).toBeUndefined()
  })
})

describe('what Wise tells of a transfer', () => {
  it.each([
    [
      'transfers#state-change',
      { resource: RESOURCE, current_state: 'processing', previous_state: null, occurred_at: AT },
      { kind: 'state', transfer: '111', from: '', to: 'processing', at: Date.parse(AT) },
    ],
    [
      'transfers#refund',
      { resource: { ...RESOURCE, refund_amount: 4990.5, refund_currency: 'EUR' }, occurred_at: '2026-03-08T15:26:07Z' },
      { kind: 'refund', transfer: '111', amount: '4990.5', currency: 'EUR', at: Date.parse('2026-03-08T15:26:07Z') },
    ],
    [
      'transfers#payout-failure',
      {
        transfer_id: 111,
        profile_id: 222,
        failure_reason_code: 'A_CODE_OF_TOMORROW',
        occurred_at: '2023-08-10T10:17:23.000+00:00',
      },
      {
        kind: 'payout failure',
        transfer: '111',
        code: 'A_CODE_OF_TOMORROW',
        words: 'A_CODE_OF_TOMORROW',
        at: Date.parse('2023-08-10T10:17:23Z'),
      },
    ],
    [
      'transfers#active-cases',
      { resource: RESOURCE, active_cases: ['deposit_amount_less_invoice'] },
      {
        kind: 'cases',
        transfer: '111',
        cases: ['deposit_amount_less_invoice'],
        at: Date.parse('2026-03-08T15:26:08.500Z'),
      },
    ],
  ])('%s', (event, data, told) => {
    expect(transferEventOf(body(event, data))).toEqual(told)
  })

  it('is nothing where it says less than it has to', () => {
    expect(transferEventOf(body('transfers#refund', { resource: RESOURCE, occurred_at: AT }))).toBeUndefined()
    expect(transferEventOf(body('transfers#unheard-of', { resource: RESOURCE, occurred_at: AT }))).toBeUndefined()
    expect(transferEventOf('nothing')).toBeUndefined()
    expect(transferEventOf(GENUINE.body)).toMatchObject({ kind: 'state', transfer: '0' })
  })
})
