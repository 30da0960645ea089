import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { openOffice } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { alertsOf, only } from '../support/wave-cin7'

const DAY_MS = 24 * 3_600_000

describe('the daily check of a connection', () => {
  it('names what is mapped to an account that was deactivated, before a record fails of it', async () => {
    const office = await openOffice()
    const day = async () => {
      await passTime(DAY_MS)
      await tick(createScheduledController(), env)
      await settle(office.tenant)
    }
    const lapsed = async () => (await alertsOf(office)).filter(({ kind }) => kind === 'mapping_lapsed')
    await day()
    expect(await lapsed()).toEqual([])
    await office.world.act('cin7', 'deactivate-account', { code: '201' })
    await day()
    expect(only(await lapsed())).toMatchObject({ resolved_at: null, text: expect.stringContaining('→ 201') })
    await office.world.act('cin7', 'activate-account', { code: '201' })
    await day()
    expect(only(await lapsed()).resolved_at).not.toBeNull()
  })
})
