import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { agree, open } from '../support/browser'
import { receive } from '../support/deliver'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { keepList, keptCodes, openWise, type WiseOffice } from '../support/wise'

const TOKEN = { kind: 'token', token: 'marker-secret-wise-token' }
const NEXT_TOKEN = { kind: 'token', token: 'marker-secret-wise-next-token' }
const APP = {
  clientId: 'wise-app',
  clientSecret: 'marker-secret-wise-app-secret',
  clientKey: 'c11e0000-7777-4777-8777-000000000009',
  redirectUris: ['https://connector.test/oauth/wise/callback'],
}
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** One company has one connection in a deployment, so each test has companies of its own. */
let profiles = 20_000_000
const nextProfile = (): number => {
  profiles += 1
  return profiles
}

const user = () => ({
  email: 'nora@field.example',
  name: 'Nora Field',
  tokens: [{ token: TOKEN.token }],
  profiles: [
    { id: nextProfile(), type: 'PERSONAL', name: 'Nora Field', country: 'US' },
    { id: nextProfile(), name: 'Field Trading LLC', balances: [{ currency: 'USD', amount: '25000' }] },
  ],
})

interface Tested {
  account: { id: string; name: string }
  warnings: string[]
}
interface Registered {
  hooks: { event: string; url: string; state: string }[]
  problems: string[]
}
interface Alert {
  kind: string
  text: string
  remedy: string
  resolvedAt: number | null
}

let office: WiseOffice

const stateOf = async () => (await office.admin.call<{ state: string }>('GET', office.path())).state
const test = () => office.admin.call<Tested>('POST', office.path('/test'))
const register = () => office.admin.call<Registered>('POST', office.path('/webhooks'))
const enter = (credentials: object) => office.admin.call<Tested>('PUT', office.path('/credentials'), credentials)

const alerts = async (kind: string): Promise<Alert[]> => {
  await settle(office.tenant)
  const { items } = await office.admin.call<{ items: Alert[] }>('GET', `/v1/tenants/${office.tenant}/alerts`)
  return items.filter((alert) => alert.kind === kind)
}

const nextDay = async () => {
  await passTime(DAY)
  await tick(createScheduledController(), env)
  await settle(office.tenant)
}

/** Deliveries with a good signature that were about nothing of ours. */
const ignored = async () => {
  await settle(office.tenant)
  const audit = `/v1/tenants/${office.tenant}/audit?limit=100`
  const { items } = await office.admin.call<{ items: { kind: string }[] }>('GET', audit)
  return items.filter(({ kind }) => kind === 'ignored')
}

const statusOf = async (request: Request | undefined): Promise<number> => {
  if (!request) throw new Error('nothing was sent')
  return (await receive(request, { WISE_WEBHOOK_SECRET_SANDBOX: office.publicKey })).response.status
}

const sent = (options?: { tampered?: boolean; reversed?: boolean }) => office.world.deliveries(options)

const topUp = (amount = '70') => office.world.act('wise', 'top-up', { currency: 'USD', amount })

const subscriptions = async () => {
  type Dump = { wise: { subscriptions: { id: string; event: string; url: string; scope: { domain: string } }[] } }
  return (await office.world.dump<Dump>()).wise.subscriptions
}

const tokenCalls = async () => (await office.world.calls('wise')).filter(({ path }) => path === '/oauth/token')

describe('a Wise account connected by a personal token', () => {
  beforeEach(async () => {
    office = await openWise({ users: [user()] })
  })

  it('goes through test, webhooks, a first delivery, a token that ends, and the next one', async () => {
    const reached = { id: office.business.id, name: 'Field Trading LLC' }
    expect(await enter(TOKEN)).toMatchObject({ account: reached, warnings: [] })
    expect(await test()).toMatchObject({ account: reached, warnings: [] })
    const { hooks, problems } = await register()
    expect(problems).toEqual([])
    expect(hooks.map(({ event, state }) => [event, state])).toEqual([
      ['balances#update', 'active'],
      ['transfers#active-cases', 'active'],
      ['transfers#payout-failure', 'active'],
      ['transfers#refund', 'active'],
      ['transfers#state-change', 'active'],
    ])
    await topUp()
    const [delivery] = await sent()
    expect(delivery?.url).toBe(hooks[0]?.url)
    expect(await statusOf(delivery)).toBe(200)
    await keepList(office, 'balance')

    await office.world.act('wise', 'revoke-token', { token: TOKEN.token })
    await office.world.act('wise', 'open-balance', { currency: 'EUR' })
    expect(await office.admin.ask('POST', office.path('/test'))).toMatchObject({ status: 422 })
    expect(await alerts('reconnect')).toMatchObject([{ remedy: expect.stringContaining('PUT …/credentials') }])
    expect(await stateOf()).toBe('reconnect')
    await nextDay()
    expect(await keptCodes(office, 'balance')).toEqual(['USD'])

    await office.world.act('wise', 'issue-token', { token: NEXT_TOKEN.token })
    expect(await enter(NEXT_TOKEN)).toMatchObject({ account: reached })
    expect(await stateOf()).toBe('ready')
    await nextDay()
    expect(await keptCodes(office, 'balance')).toEqual(['USD', 'EUR'])
    expect((await alerts('reconnect'))[0]?.resolvedAt).not.toBeNull()
  })

  it('opens its webhooks to nobody but Wise', async () => {
    await enter(TOKEN)
    await register()
    await topUp()
    expect(await statusOf((await sent({ tampered: true }))[0])).toBe(401)
    await office.world.switches({ 'wise.webhooks.signature': 'sha1' })
    await topUp()
    expect(await statusOf((await sent())[0])).toBe(401)
    await office.world.switches({ 'wise.webhooks.signature': 'both' })
    await topUp()
    const [good] = await sent()
    const elsewhere = new Request(`${good?.url}x`, good?.clone())
    expect(await statusOf(elsewhere)).toBe(401)
    expect(await statusOf(good)).toBe(200)
  })

  it('passes over what Wise sends of somebody else’s profile: all its customers have one key', async () => {
    await enter(TOKEN)
    const { hooks } = await register()
    const stranger = Number(office.business.id) - 1
    const body = {
      name: 'theirs',
      trigger_on: 'transfers#state-change',
      delivery: { version: '4.0.0', url: hooks[4]?.url },
    }
    await fetch(`${office.world.baseUrl('wise')}/v3/profiles/${stranger}/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const resource = { id: 47500002, profile_id: stranger, account_id: 1, type: 'transfer' }
    const data = {
      resource,
      current_state: 'processing',
      previous_state: null,
      occurred_at: '2026-03-02T15:00:00.000Z',
    }
    await office.world.act('wise', 'emit', { profile: stranger, event: 'transfers#state-change', data })
    expect(await statusOf((await sent())[0])).toBe(200)
    expect(await ignored()).toHaveLength(1)
  })

  it('answers what Wise sends to try a URL, and notes that it was passed over', async () => {
    await enter(TOKEN)
    const { hooks } = await register()
    await office.world.act('wise', 'test-notification')
    const tests = await sent()
    expect(tests).toHaveLength(hooks.length)
    for (const request of tests) expect(await statusOf(request)).toBe(200)
    await office.world.act('wise', 'web-form-probe', { url: hooks[0]?.url })
    expect(await statusOf((await sent())[0])).toBe(200)
    expect(await ignored()).toHaveLength(hooks.length)
  })

  it('has its subscriptions made again by the daily check, and twins of them taken away', async () => {
    await enter(TOKEN)
    const { hooks } = await register()
    const [lost, doubled] = await subscriptions()
    const auth = { authorization: `Bearer ${TOKEN.token}`, 'content-type': 'application/json' }
    const base = `${office.world.baseUrl('wise')}/v3/profiles/${office.business.id}/subscriptions`
    await fetch(`${base}/${lost?.id}`, { method: 'DELETE', headers: auth })
    const twin = { name: 'twin', trigger_on: doubled?.event, delivery: { version: '4.0.0', url: doubled?.url } }
    await fetch(base, { method: 'POST', headers: auth, body: JSON.stringify(twin) })
    const foreign = {
      ...twin,
      name: 'of another program',
      delivery: { version: '4.0.0', url: 'https://other.example/hook' },
    }
    await fetch(base, { method: 'POST', headers: auth, body: JSON.stringify(foreign) })
    await nextDay()
    const after = await subscriptions()
    const ours = after.filter(({ url }) => url.startsWith('https://connector.test/'))
    expect(ours.map(({ event }) => event).sort()).toEqual(hooks.map(({ event }) => event))
    expect(ours.map(({ id }) => id)).toContain(doubled?.id)
    expect(after.filter(({ url }) => url === 'https://other.example/hook')).toHaveLength(1)
    expect(await alerts('webhooks')).toEqual([])
  })

  it('says what a token that only reads cannot do', async () => {
    await office.world.act('wise', 'issue-token', { token: NEXT_TOKEN.token, readOnly: true })
    await enter(NEXT_TOKEN)
    const { problems } = await register()
    expect(problems[0]).toMatch(/full-access token/)
    expect(await stateOf()).toBe('ready')
  })

  it('says before the first payment that the profile is not verified, or has to be paid for by hand', async () => {
    await office.world.act('wise', 'set-country', { country: 'DE' })
    expect((await enter(TOKEN)).warnings).toEqual([expect.stringContaining('strong customer authentication')])
    await office.world.act('wise', 'verify-profile', { verified: false })
    expect((await test()).warnings).toEqual([
      expect.stringContaining('strong customer authentication'),
      expect.stringContaining('not verified the profile for payments from USD'),
    ])
  })

  it('stands for the profile that the setting names, and for no other', async () => {
    await office.world.seed({
      wise: {
        users: [
          {
            email: 'nora@field.example',
            name: 'Nora Field',
            profiles: [{ id: nextProfile(), name: 'Field Farming LLC' }],
          },
        ],
      },
    })
    const unnamed = await office.admin.ask('PUT', office.path('/credentials'), TOKEN)
    expect(unnamed).toMatchObject({ status: 422, body: { detail: expect.stringContaining('Field Farming LLC (') } })
    const settings = { baseUrl: office.world.baseUrl('wise'), webhookPublicKey: office.publicKey }
    await office.admin.call('PATCH', office.path(), { settings: { ...settings, profileId: office.business.id } })
    expect(await enter(TOKEN)).toMatchObject({ account: { id: office.business.id } })
  })
})

const connect = async () => {
  const { url } = await office.admin.call<{ url: string }>('GET', office.path('/authorize'))
  return { url: new URL(url), page: await open(await agree(url)) }
}

describe('a Wise account connected by a partner’s app', () => {
  beforeEach(async () => {
    office = await openWise({ users: [user()], clients: [APP] })
  })

  it('goes through consent, confirmation, webhooks, a delivery, rotation, revocation and reconnection', async () => {
    const { url, page } = await connect()
    expect(url.pathname).toMatch(/\/oauth\/authorize\/$/)
    expect(url.searchParams.has('scope')).toBe(false)
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Field Trading LLC') })
    expect(page.text).not.toContain('⚠')
    expect(await stateOf()).toBe('confirm')
    await office.admin.call('POST', office.path('/confirm'))
    expect(await test()).toMatchObject({ account: { id: office.business.id }, warnings: [] })

    const { hooks, problems } = await register()
    expect(problems).toEqual([])
    expect(hooks.filter(({ state }) => state === 'active')).toHaveLength(7)
    await topUp()
    const [delivery] = await sent()
    expect(delivery?.url).toContain(`/webhooks/wise/${office.connection}/`)
    expect(await statusOf(delivery)).toBe(200)
    await keepList(office, 'balance')

    await office.world.forgetCalls()
    await passTime(13 * HOUR)
    await Promise.all([test(), test(), test()])
    expect(await tokenCalls()).toHaveLength(1)

    await office.world.act('wise', 'revoke-app', { clientId: APP.clientId })
    await office.world.act('wise', 'open-balance', { currency: 'EUR' })
    expect(await office.admin.ask('POST', office.path('/test'))).toMatchObject({ status: 422 })
    expect(await alerts('reconnect')).toMatchObject([{ remedy: expect.stringContaining('GET …/authorize') }])
    expect(await stateOf()).toBe('reconnect')

    expect((await connect()).page).toMatchObject({ status: 200 })
    expect(await stateOf()).toBe('ready')
    await nextDay()
    expect(await keptCodes(office, 'balance')).toEqual(['USD', 'EUR'])
    expect((await alerts('reconnect'))[0]?.resolvedAt).not.toBeNull()
  })

  it('is told of its verification at the URL of the app, and shows the newest word on it', async () => {
    await connect()
    await office.admin.call('POST', office.path('/confirm'))
    await register()
    const app = (await subscriptions()).filter(({ scope }) => scope.domain === 'application')
    expect(app.map(({ event, url }) => [event, url])).toEqual([
      ['balances#account-state-change', 'https://connector.test/webhooks/wise/app/sandbox'],
      ['profiles#verification-state-change', 'https://connector.test/webhooks/wise/app/sandbox'],
    ])
    await office.world.act('wise', 'verify-profile', { verified: false })
    const [unverified] = await sent()
    await passTime(HOUR)
    await office.world.act('wise', 'verify-profile', { verified: true })
    const [verified] = await sent()
    expect(await statusOf(unverified?.clone())).toBe(200)
    expect(await alerts('account_notice')).toMatchObject([
      { text: expect.stringContaining('not verified'), resolvedAt: null },
    ])
    expect(await statusOf(verified)).toBe(200)
    expect(await statusOf(unverified)).toBe(200)
    const [notice] = await alerts('account_notice')
    expect(notice?.resolvedAt).not.toBeNull()
  })

  it('takes an event of a profile that is not connected without an error', async () => {
    await connect()
    await office.admin.call('POST', office.path('/confirm'))
    await register()
    const personal = Number(office.business.id) - 1
    await office.world.act('wise', 'verify-profile', { profile: personal })
    const [delivery] = await sent()
    expect(JSON.parse((await delivery?.clone().text()) ?? '')).toMatchObject({ data: { resource: { id: personal } } })
    expect(await statusOf(delivery)).toBe(200)
  })

  it('subscribes as the app, with a token of the app, once however often it is asked', async () => {
    await connect()
    await office.admin.call('POST', office.path('/confirm'))
    await register()
    await register()
    expect((await subscriptions()).filter(({ scope }) => scope.domain === 'application')).toHaveLength(2)
    const listed = (await office.world.calls('wise')).filter(({ path }) => path.startsWith('/v3/applications/'))
    expect(new Set(listed.map(({ path }) => path))).toEqual(
      new Set([`/v3/applications/${APP.clientKey}/subscriptions`]),
    )
  })

  it('is refused in plain words where consent is denied', async () => {
    await office.world.switches({ 'wise.oauth.consent': 'deny' })
    expect((await connect()).page).toMatchObject({ status: 400, text: expect.stringContaining('denied') })
    expect(await stateOf()).toBe('new')
  })
})
