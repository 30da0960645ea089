import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { deliver } from '../support/deliver'
import { CIN7_KEY, type Office, openOffice } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { alertsOf, approve, carry, cin7Of, draftInvoice, only } from '../support/wave-cin7'
import { inCin7 } from '../support/wave-cin7-books'

const NEXT_KEY = '7e57ab1e-0000-4000-8000-00005ec4e7ac'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})

const path = (rest = '') => `/v1/tenants/${office.tenant}/connections/${office.cin7.connection}${rest}`
const stateOf = async () => (await office.admin.call<{ state: string }>('GET', path())).state
const accountOf = async (): Promise<string> =>
  (await office.admin.call<{ account: { id: string } }>('GET', path())).account.id
const enter = async (applicationKey: string) =>
  office.admin.ask('PUT', path('/credentials'), { accountId: await accountOf(), applicationKey })

const minute = async () => {
  await passTime(60_000)
  await tick(createScheduledController(), env)
  await settle(office.tenant)
}

describe('a Cin7 account connected by its key', () => {
  it('says whom it reached, and what its plan lacks', async () => {
    const tested = await office.admin.call('POST', path('/test'))
    expect(tested).toMatchObject({ account: { baseCurrency: 'USD' }, ms: expect.any(Number), warnings: [] })
    await office.world.switches({ 'cin7.webhooks.noAddOn': 403 })
    expect(await office.admin.call('POST', path('/test'))).toMatchObject({
      warnings: [expect.stringContaining('Automation add-on')],
    })
  })

  it('registers its webhooks, changes its key without losing work, and goes on after the key was refused', async () => {
    await office.admin.call('POST', path('/webhooks'))
    await carry(office, await draftInvoice(office))
    await office.world.deliveries()
    await office.world.act('cin7', 'void-sale', { sale: only((await cin7Of(office)).sales).ID })
    await passTime(120_000)
    const told = (await office.world.deliveries()).filter(({ url }) => url.includes('/webhooks/cin7/'))
    expect(told.length).toBeGreaterThan(0)
    for (const webhook of told) expect(await deliver(webhook)).toBe(200)
    await settle(office.tenant)

    await office.world.act('cin7', 'set-keys', { applicationKeys: [NEXT_KEY] })
    for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
    // It waits for a person; only an hour later the key is tried again.
    await settle(office.tenant).catch(() => {})
    expect(await stateOf()).toBe('reconnect')
    expect(await alertsOf(office)).toContainEqual(
      expect.objectContaining({
        kind: 'reconnect',
        resolved_at: null,
        remedy: expect.stringMatching(/enter it again/),
      }),
    )
    expect((await cin7Of(office)).sales).toHaveLength(1)
    expect((await enter(CIN7_KEY)).status).toBe(422)
    expect((await enter(NEXT_KEY)).status).toBe(200)
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(2)
    expect(await stateOf()).toBe('ready')
    expect((await alertsOf(office)).filter(({ kind, resolved_at }) => kind === 'reconnect' && !resolved_at)).toEqual([])
  })

  it('does not take the key of another company', async () => {
    const other = { accountId: crypto.randomUUID(), applicationKey: NEXT_KEY }
    const { status, body } = await office.admin.ask('PUT', path('/credentials'), other)
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringMatching(/refused/i)])
    expect(await stateOf()).toBe('ready')
  })

  it('has its lists read again soon after Cin7 told of a change in them, and not at every event', async () => {
    await office.admin.call('POST', path('/webhooks'))
    await minute()
    await passTime(3_600_000)
    const listedAfter = async (sku: string): Promise<number> => {
      await office.world.deliveries()
      await office.world.forgetCalls()
      await inCin7(office, 'POST', '/product', {
        ...{
          SKU: sku,
          Name: sku,
          Category: 'Other',
          Type: 'Service',
          CostingMethod: 'FIFO',
          UOM: 'Item',
          Status: 'Active',
        },
      })
      await passTime(120_000)
      for (const webhook of await office.world.deliveries()) expect(await deliver(webhook)).toBe(200)
      await minute()
      return (await office.world.calls('cin7')).filter(({ path: at }) => at.endsWith('/ref/account')).length
    }
    expect(await listedAfter('ONE')).toBe(1)
    expect(await listedAfter('TWO')).toBe(0)
    await passTime(600_000)
    expect(await listedAfter('THREE')).toBe(1)
  })
})
