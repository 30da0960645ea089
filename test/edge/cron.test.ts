import { createScheduledController, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { moveClock } from '../../src/lib/clock'
import { type Office, openOffice } from '../support/office'
import { stubOf } from '../support/tenant'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})

const ticked = async (send: Queue['send']) =>
  tick(createScheduledController(), { ...env, WAVE_CIN7: { ...env.WAVE_CIN7, send } })

const collect = async (): Promise<unknown[]> => {
  const sent: unknown[] = []
  await ticked(async (body) => {
    sent.push(body)
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
  })
  return sent
}

describe('the minute cron', () => {
  it('sends one poll for all due flows of an integration, and then not before they are due again', async () => {
    expect(await collect()).toMatchObject([
      {
        kind: 'poll',
        tenant: office.tenant,
        integration: office.integration,
        flows: expect.arrayContaining(['wave-cin7/customer-to-customer', 'wave-cin7/invoice-to-sale']),
      },
    ])
    expect(await collect()).toEqual([])
    moveClock(16 * 60_000)
    expect(await collect()).toHaveLength(1)
  })

  it('does not move a due time when the send fails', async () => {
    moveClock(16 * 60_000)
    const failing = ticked(() => Promise.reject(new Error('queue is down')))
    await failing.catch(() => {})
    expect(await collect()).toHaveLength(1)
  })

  it('wakes a tenant whose alarm was lost', async () => {
    const carry = { kind: 'carry', flow: 'wave-cin7/invoice-to-sale', actor: { by: 'webhook' } } as const
    await runInDurableObject(stubOf(office.tenant), async (tenant, { storage }) => {
      await tenant.accept([{ ...carry, integration: office.integration, sourceId: 'x', correlation: 'x_1' }])
      await storage.deleteAlarm()
    })
    const alarm = () => runInDurableObject(stubOf(office.tenant), (_, { storage }) => storage.getAlarm())
    expect(await alarm()).toBeNull()
    moveClock(16 * 60_000)
    await collect()
    expect(await alarm()).not.toBeNull()
  })

  it('leaves a paused integration alone', async () => {
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/integrations/${office.integration}/pause`, {})
    moveClock(16 * 60_000)
    expect(await collect()).toEqual([])
  })
})
