import { beforeEach, describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'
import { dateIn } from '../../src/lib/dates'
import {
  approve,
  askFor,
  atWise,
  changePayout,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  settleIn,
} from '../support/payouts'
import { settle } from '../support/settle'
import { passTime } from '../support/time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NEW_YORK = 'America/New_York'

const untilMidnight = (zone: string): number => {
  const start = now()
  let end = start - (start % MINUTE)
  while (dateIn(zone, end) === dateIn(zone, start)) end += MINUTE
  return end - start
}

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice({ approval: 'self', selfLimit: '1500', perDay: '2500' })
})

const ask = async (amount: string) => askFor(office, await invoiceFor(office, amount), amount)
const paid = async () => (await atWise(office)).payments.length

describe('approval "self"', () => {
  it('pays up to its limit in one action, and above it only what somebody else has approved', async () => {
    await settleIn(office)
    await ask('921.50')
    expect(await paid()).toBe(1)
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done' }])
    await passTime(25 * HOUR)
    await ask('1400')
    expect(await paid()).toBe(1)
    expect((await payoutsOf(office)).map(({ state, reason }) => [state, reason])).toContainEqual([
      'waiting',
      'approval',
    ])
    expect(await approve(office, 'invoice-to-transfer', office.ada)).toMatchObject({ status: 403 })
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await paid()).toBe(2)
  })

  it('is no way around the limit of the day', async () => {
    await settleIn(office)
    for (let n = 0; n < 3; n += 1) await ask('921.50')
    expect(await paid()).toBe(2)
    expect((await payoutsOf(office)).map(({ text }) => text).join()).toContain('guard_day_limit')
  })

  it('counts the days of that limit by the time zone that Wave shows of the business', async () => {
    office = await openPayOffice({ approval: 'self', selfLimit: '1500', perDay: '1500' }, { timezone: NEW_YORK })
    await settleIn(office)
    await passTime(untilMidnight('UTC') + 24 * HOUR - 10 * MINUTE)
    await ask('921.50')
    await passTime(20 * MINUTE)
    await ask('921.50')
    expect(await paid()).toBe(1)
    expect((await payoutsOf(office)).map(({ text }) => text).join()).toMatch(/guard_day_limit.*America\/New_York/)
    await passTime(untilMidnight(NEW_YORK) + MINUTE)
    await ask('921.50')
    expect(await paid()).toBe(2)
  })

  it('holds only once somebody else has approved it, as does a higher limit of it', async () => {
    await ask('921.50')
    await settleIn(office)
    expect(await paid()).toBe(1)
    await changePayout(office, { selfLimit: '2000' })
    await ask('100')
    expect(await paid()).toBe(1)
    expect(await approve(office, 'settings', office.books.admin)).toMatchObject({ status: 409 })
    expect(await paid()).toBe(1)
  })
})
