import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { deliver, receive } from '../support/deliver'
import { type Office, openOffice } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { alertsOf, carry, cin7Of, draftInvoice, only } from '../support/wave-cin7'

const DAY_MS = 24 * 3_600_000

interface Registered {
  how: string
  hooks: { event: string; url: string; state: string }[]
  problems: string[]
}
interface RemoteHook {
  ID: string
  Type: string
  IsActive: boolean
  ExternalURL: string
}

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await carry(office, await draftInvoice(office))
})

const connection = () => `/v1/tenants/${office.tenant}/connections/${office.cin7.connection}`

const register = () => office.admin.call<Registered>('POST', `${connection()}/webhooks`)

const remoteHooks = async (): Promise<RemoteHook[]> => {
  const { cin7 } = await office.world.dump<{ cin7: { companies: { webhooks: RemoteHook[] }[] } }>()
  return cin7.companies[0]?.webhooks ?? []
}

const voided = async (): Promise<Request[]> => {
  await office.world.deliveries()
  await office.world.act('cin7', 'void-sale', { sale: only((await cin7Of(office)).sales).ID })
  await passTime(120_000)
  return (await office.world.deliveries()).filter(({ url }) => url.includes('/webhooks/cin7/'))
}

describe('the webhooks of a Cin7 account', () => {
  it('are registered once for each event, under addresses of their own, and a second time changes nothing', async () => {
    const first = await register()
    expect(first).toMatchObject({ how: 'registered', problems: [] })
    expect(first.hooks.length).toBeGreaterThan(10)
    expect(first.hooks.every(({ state }) => state === 'active')).toBe(true)
    expect(new Set(first.hooks.map(({ url }) => url)).size).toBe(first.hooks.length)
    await register()
    expect(await remoteHooks()).toHaveLength(first.hooks.length)
  })

  it('open only with the secret that was given to Cin7', async () => {
    const [webhook] = await voided()
    if (!webhook) throw new Error('nothing was sent')
    const { response, messages } = await receive(webhook.clone())
    expect(response.status).toBe(200)
    expect(messages).toMatchObject([{ kind: 'change', vendor: 'cin7', change: { type: 'sale' } }])
    const body = await webhook.text()
    const other = (authorization: string) =>
      deliver(new Request(webhook.url, { method: 'POST', headers: { authorization }, body }))
    expect(await other('Bearer something-else')).toBe(401)
    expect(await other('')).toBe(401)
    const wrongHook = new Request(`${webhook.url}x`, { method: 'POST', headers: webhook.headers, body })
    expect(await deliver(wrongHook)).toBe(401)
  })

  it('are switched on again by the daily check, after Cin7 has switched them off', async () => {
    const [hook] = await remoteHooks()
    await office.world.act('cin7', 'fail-webhook', { id: hook?.ID })
    expect((await remoteHooks()).find(({ ID }) => ID === hook?.ID)?.IsActive).toBe(false)
    await passTime(DAY_MS)
    await tick(createScheduledController(), env)
    expect((await remoteHooks()).every(({ IsActive }) => IsActive)).toBe(true)
  })

  it('raise an alert with the remedy, where that is refused', async () => {
    await office.world.switches({ 'cin7.webhooks.noAddOn': 403 })
    await passTime(DAY_MS)
    await tick(createScheduledController(), env)
    await settle(office.tenant)
    const raised = () => alertsOf(office).then((all) => only(all.filter(({ kind }) => kind === 'webhooks')))
    expect(await raised()).toMatchObject({ resolved_at: null, text: expect.stringContaining('Automation') })
    await office.world.switches({ 'cin7.webhooks.noAddOn': false })
    await passTime(DAY_MS)
    await tick(createScheduledController(), env)
    await settle(office.tenant)
    expect((await raised()).resolved_at).not.toBeNull()
    expect((await office.admin.call<{ state: string }>('GET', connection())).state).toBe('ready')
    const answer = await register()
    expect(answer.problems).toEqual([])
  })
})

describe('the webhooks of Wave', () => {
  it('are made by hand: the answer says where, which, and in what order', async () => {
    const path = `/v1/tenants/${office.tenant}/connections/${office.wave.connection}/webhooks`
    const told = await office.admin.call<{ how: string; url: string; events: string[]; steps: string[] }>('POST', path)
    expect(told).toMatchObject({ how: 'by hand', url: 'https://connector.test/webhooks/wave/app/sandbox' })
    expect(told.events).toContain('invoice.paid')
    expect(told.steps.join('\n')).toContain(told.url)
  })
})
