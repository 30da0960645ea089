import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { GuardStore } from '../../src/tenant/guards'

const LIMIT = { currency: 'USD', perTransfer: '1000', perDay: '1500', alone: '1000' }
const GUARDS = { limits: [LIMIT], settings: { payout: 'as approved' } }
const OFFER = { terms: {}, cost: { amount: '900', currency: 'USD' }, price: {} }
const ADA = { key: 'k1', principal: 'Ada', madeBy: 'keeper' }
const BEN = { key: 'k2', principal: 'Ben', madeBy: 'keeper' }

let made = 0

/** Payments of 900 each at these times, under settings that somebody else has approved; answers why one did not pass. */
const payAt = (zone: string, times: string[]): Promise<(string | undefined)[]> => {
  made += 1
  const stub = env.TENANT.get(env.TENANT.idFromName(`guards-${made}`))
  return runInDurableObject(stub, (_, { storage }) => {
    const store = new GuardStore(storage.sql)
    store.settingsChanged('i', GUARDS.settings, ADA)
    const row = store.find('i', 'settings')
    if (!row || !store.approve(row, BEN)) throw new Error('the settings are not approved')
    return times.map((time, n) => {
      const owner = { integration: 'i', flow: 'wave-wise/invoice-to-transfer', sourceId: String(n) }
      const link = {
        variant: '',
        generation: 1,
        revision: 1,
        state: 'open',
        target: null,
        fingerprint: '',
        version: '',
      } as const
      return store.pass(owner, link, { guards: GUARDS, offer: OFFER, zone }, Date.parse(time))?.code
    })
  })
}

const FULL = 'guard_day_limit'

describe('the limit of a day goes by the calendar of the business', () => {
  it.each([
    ['on both sides of midnight in UTC', '', '2026-03-04T23:59:59Z', '2026-03-05T00:00:00Z', undefined],
    ['at both ends of one day in UTC', '', '2026-03-04T00:00:00Z', '2026-03-04T23:59:59Z', FULL],
    [
      'within one day in New York, although two in UTC',
      'America/New_York',
      '2026-03-04T23:00:00Z',
      '2026-03-05T04:59:59Z',
      FULL,
    ],
    [
      'on two days in Auckland, although one in UTC',
      'Pacific/Auckland',
      '2026-03-04T10:59:59Z',
      '2026-03-04T11:00:00Z',
      undefined,
    ],
    [
      'at both ends of the short day of New York',
      'America/New_York',
      '2026-03-08T05:00:00Z',
      '2026-03-09T03:59:59Z',
      FULL,
    ],
    ['just after the short day', 'America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', undefined],
    ['just before the short day', 'America/New_York', '2026-03-08T04:59:59Z', '2026-03-08T05:00:00Z', undefined],
    [
      'at both ends of the long day, 25 hours apart',
      'America/New_York',
      '2026-11-01T04:00:00Z',
      '2026-11-02T04:59:59Z',
      FULL,
    ],
    ['just after the long day', 'America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', undefined],
    ['in the hour that comes twice', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', FULL],
  ])('%s', async (_, zone, first, second, code) => {
    expect(await payAt(zone, [first, second])).toEqual([undefined, code])
  })

  it('is not used up by what did not pass', async () => {
    const times = ['2026-03-04T10:00:00Z', '2026-03-04T11:00:00Z', '2026-03-05T10:00:00Z']
    expect(await payAt('', times)).toEqual([undefined, FULL, undefined])
  })
})
