import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { now } from '../../src/lib/clock'
import { openDb } from '../../src/store/config'
import { storedReferences, storeReferences } from '../../src/store/references'
import { newTenant, problemsOf, raw } from '../edge/api/support'
import {
  ACUMATICA_APP,
  ACUMATICA_PUSH,
  ACUMATICA_USER,
  type Instance,
  idOf,
  newConnection,
  openInstance,
} from '../support/acumatica'
import { agree, open } from '../support/browser'
import { receive } from '../support/deliver'
import { settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TOKEN_PATH = '/Prod/identity/connect/token'

let instance: Instance
beforeEach(async () => {
  instance = await openInstance({ vendors: [{ VendorID: 'ACME01', VendorName: 'Acme Widgets' }] })
})

interface Shown {
  state: string
  account: { id: string; name: string } | null
}

const api = () => instance.admin
const shown = (path: string) => api().call<Shown>('GET', path)
const authorize = async (path: string) => (await api().call<{ url: string }>('GET', `${path}/authorize`)).url
const consent = async (path: string) => open(await agree(await authorize(path)))
const storeApp = (path: string) => api().call('PUT', `${path}/credentials`, { kind: 'app', ...ACUMATICA_APP })
const references = (path: string, kind: string) => apiOf(instance.tenant).references(idOf(path), kind)
const callsTo = async (path: string) =>
  (await instance.world.calls('acumatica')).filter(({ path: at }) => at === path).length
const alerts = async () =>
  (await api().call<{ items: { kind: string; remedy: string }[] }>('GET', `/v1/tenants/${instance.tenant}/alerts`))
    .items

const connected = async (settings: object = {}): Promise<string> => {
  const path = await newConnection(instance, settings)
  await storeApp(path)
  await consent(path)
  await api().call('POST', `${path}/confirm`)
  return path
}

describe('an Acumatica instance connected by consent', () => {
  it('goes from consent over confirmation, pushes and rotation to revocation, and back', async () => {
    const path = await newConnection(instance)
    expect(await api().ask('GET', `${path}/authorize`)).toMatchObject({ status: 409, body: { code: 'no_app' } })
    expect(await storeApp(path)).toEqual({ stored: 'app' })

    const page = await consent(path)
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('has to confirm') })
    expect(page.text).toContain('MyTenant')
    expect(await shown(path)).toMatchObject({ state: 'confirm' })
    expect(await references(path, 'account')).toMatchObject({ ok: false, failure: { code: 'not_confirmed' } })
    expect(await api().call('POST', `${path}/confirm`)).toMatchObject({ state: 'ready' })
    const tested = await api().call<{ warnings: string[] }>('POST', `${path}/test`)
    expect(tested).toMatchObject({ account: { baseCurrency: 'USD', timeZone: null }, warnings: [] })

    await pushesByHand(path)

    await passTime(2 * HOUR)
    await instance.world.forgetCalls()
    const read = await references(path, 'account')
    if (!read.ok) throw new Error(read.failure.message)
    expect(read.value.map(({ code }) => code)).toContain('61000')
    await references(path, 'vendor')
    expect(await callsTo(TOKEN_PATH)).toBe(1)
    const old = { kind: 'account', code: '1', name: 'of yesterday', active: true, uses: [] }
    await storeReferences(openDb(env.DB), idOf(path), 'account', [old], now())

    await instance.world.act('acumatica', 'revoke')
    await passTime(2 * HOUR)
    expect(await references(path, 'account')).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorised', remedy: expect.stringContaining('authorize') },
    })
    await settle(instance.tenant)
    expect((await shown(path)).state).toBe('reconnect')
    expect(await alerts()).toContainEqual(
      expect.objectContaining({ kind: 'reconnect', remedy: expect.stringContaining('authorize') }),
    )
    await passTime(DAY)
    await tick(createScheduledController(), env)
    expect((await storedReferences(openDb(env.DB), idOf(path), 'account')).entries).toEqual([old])

    expect(await consent(path)).toMatchObject({ status: 200, text: expect.stringContaining('go on by themselves') })
    expect((await shown(path)).state).toBe('ready')
    await tick(createScheduledController(), env)
    const { entries } = await storedReferences(openDb(env.DB), idOf(path), 'account')
    expect(entries).not.toContainEqual(old)
    expect(entries).toContainEqual({
      kind: 'account',
      code: '61000',
      name: '61000 Freight and cartage',
      active: true,
      uses: ['expense'],
    })
  })

  const pushesByHand = async (path: string): Promise<void> => {
    await api().call('PUT', `${path}/webhook-secret`, { secret: ACUMATICA_PUSH })
    const told = await api().call<{ how: string; url: string; events: string[]; header: string; steps: string[] }>(
      'POST',
      `${path}/webhooks`,
    )
    expect(told).toMatchObject({ how: 'by hand', url: `https://connector.test/webhooks/acumatica/${idOf(path)}` })
    expect(told.steps.join('\n')).toContain(told.url)
    const [header = ''] = told.header.split(':')
    const query = { name: 'Connector Vendors', entity: 'Vendor', columns: { NoteID: 'id', VendorID: 'VendorID' } }
    const push = { url: told.url, header: { name: header, value: ACUMATICA_PUSH }, queries: [query] }
    await instance.world.act('acumatica', 'settings', { push: [push] })
    await instance.world.act('acumatica', 'rename-vendor', { key: 'ACME01', to: 'ACME02' })
    const [sent] = await instance.world.deliveries()
    if (!sent) throw new Error('nothing was pushed')
    expect((await receive(sent)).response.status).toBe(200)
    await instance.world.act('acumatica', 'rename-vendor', { key: 'ACME02', to: 'ACME03' })
    const [spoiled] = await instance.world.deliveries({ tampered: true })
    if (!spoiled) throw new Error('nothing was pushed')
    expect((await receive(spoiled)).response.status).toBe(401)
  }

  it('is asked at the address of a base URL in development, and is still the instance that it is', async () => {
    const tenantUrl = 'https://my.acumatica.com/Prod'
    const path = await connected({ tenantUrl, baseUrl: instance.tenantUrl })
    expect((await shown(path)).account?.id).toBe('my.acumatica.com/prod@mytenant')
  })

  it('is the tenant of its client id, and never another one', async () => {
    const path = await connected()
    const client = `${ACUMATICA_APP.clientId.split('@')[0]}@OtherTenant`
    const app = {
      ...ACUMATICA_APP,
      clientId: client,
      redirectUris: ['https://connector.test/oauth/acumatica/callback'],
    }
    const { username: name, password } = ACUMATICA_USER
    await instance.world.seed({
      acumatica: {
        instance: { site: 'Prod' },
        apps: [app],
        tenants: [{ name: 'OtherTenant', users: [{ name, password }] }],
        grants: [],
      },
    })
    await api().call('PUT', `${path}/credentials`, { kind: 'app', clientId: client, clientSecret: app.clientSecret })
    expect(await consent(path)).toMatchObject({ status: 400, text: expect.stringContaining('OtherTenant') })
    expect((await shown(path)).account?.name).toContain('MyTenant')
  })

  it('tells what was not granted, and what stands in the way', async () => {
    await instance.world.act('acumatica', 'settings', { noAccess: ['Bill'] })
    const path = await newConnection(instance)
    await storeApp(path)
    expect((await consent(path)).text).toContain('AP301000')
  })

  it('is not connected where nobody agrees', async () => {
    const path = await newConnection(instance)
    await storeApp(path)
    const denied = await agree(`${await authorize(path)}&decision=deny`)
    expect(await open(denied)).toMatchObject({ status: 400, text: expect.stringContaining('denied') })
    expect(await shown(path)).toMatchObject({ state: 'new', account: null })
  })
})

describe('a user and password for unattended set-up', () => {
  const signIn = (path: string, over: object = {}) =>
    api().ask('PUT', `${path}/credentials`, { kind: 'password', ...ACUMATICA_APP, ...ACUMATICA_USER, ...over })

  it('are redeemed at once, and again when the chain of tokens has ended', async () => {
    const path = await newConnection(instance)
    expect(await signIn(path)).toMatchObject({
      status: 200,
      body: { account: { name: expect.stringContaining('MyTenant') } },
    })
    expect((await shown(path)).state).toBe('ready')
    await passTime(31 * DAY)
    expect(await references(path, 'vendor-class')).toMatchObject({ ok: true })
  })

  it.each([
    ['password', { password: 'marker-secret-other' }],
    ['secret of the app', { clientSecret: 'marker-secret-other' }],
  ])('are refused with a wrong %s, and nothing is stored', async (_, over) => {
    const path = await newConnection(instance)
    expect(await signIn(path, over)).toMatchObject({ status: 422, body: { code: 'credentials_refused' } })
    expect(await api().call('GET', path)).toMatchObject({ state: 'new', credentials: 'missing' })
  })
})

describe('the end of a consent after thirty days', () => {
  const day = async (days: number) => {
    await passTime(days * DAY)
    await tick(createScheduledController(), env)
    await settle(instance.tenant)
  }
  const told = async () => (await alerts()).filter(({ kind }) => kind === 'consent_ends')

  it('is told of a week before, until somebody has connected it again', async () => {
    const path = await connected()
    await day(20)
    expect(await told()).toEqual([])
    await day(4)
    expect(await told()).toMatchObject([{ remedy: expect.stringContaining('authorize') }])
    await consent(path)
    await day(1)
    expect(await told()).toEqual([])
  })

  it('is none where a new chain begins by itself', async () => {
    const path = await newConnection(instance)
    await api().call('PUT', `${path}/credentials`, { kind: 'password', ...ACUMATICA_APP, ...ACUMATICA_USER })
    await day(29)
    expect(await told()).toEqual([])
  })
})

describe('the version of the endpoint', () => {
  it.each(['22.200.001', '23.200.001', '24.200.001'])('may be %s', async (endpointVersion) => {
    const path = await connected({ endpointVersion })
    expect(await references(path, 'account')).toMatchObject({ ok: true })
  })

  it('is refused where it is contract version 5', async () => {
    const settings = { tenantUrl: instance.tenantUrl, endpointVersion: '26.200.001' }
    const given = { vendor: 'acumatica', name: 'x', settings }
    const refused = await api().ask('POST', `/v1/tenants/${instance.tenant}/connections`, given)
    expect(problemsOf(refused)['settings.endpointVersion']).toContain('another contract (version 5)')
  })

  it('is refused by the list of those that there are, where the instance has only newer ones', async () => {
    instance = await openInstance({}, { instance: { site: 'Prod', endpoints: [] } })
    await instance.world.switches({ 'acumatica.root.lists26': true })
    const path = await newConnection(instance)
    await storeApp(path)
    const page = await consent(path)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('it publishes Default/26.200.001') })
    expect(page.text).toContain('contract version 4')
    expect(await shown(path)).toMatchObject({ state: 'new', account: null })
  })
})

describe('the address of the instance', () => {
  const refusedFor = async (tenantUrl: string) => {
    const body = JSON.stringify({ vendor: 'acumatica', name: 'x', settings: { tenantUrl } })
    const path = `/v1/tenants/${await newTenant()}/connections`
    const init = { headers: { 'content-type': 'application/json' }, body }
    const answer = await raw('POST', path, init, { ALLOW_CUSTOM_BASE_URLS: 'false' })
    return { status: answer.status, body: await answer.json() }
  }

  it.each([
    ['http://acme.acumatica.com', 'https only'],
    ['https://acme.acumatica.com:8443', '443'],
    ['https://10.1.2.3/Prod', 'public host name'],
    ['https://localhost/Prod', 'public host name'],
    ['https://connector.test/Prod', 'own address'],
  ])('is public: %s is refused', async (tenantUrl, why) => {
    expect(problemsOf(await refusedFor(tenantUrl))['settings.tenantUrl']).toContain(why)
  })

  it('may be any in public', async () => {
    expect((await refusedFor('https://acme.acumatica.com')).status).toBe(201)
  })

  it('is https in development too, where http would only be found out after the consent', async () => {
    const settings = { tenantUrl: 'http://127.0.0.1:8788/Prod' }
    const wanted = { vendor: 'acumatica', name: 'x', settings }
    const answer = await api().ask('POST', `/v1/tenants/${await newTenant()}/connections`, wanted)
    expect(problemsOf(answer)['settings.tenantUrl']).toContain('baseUrl')
  })

  it('is never ours, in development neither, and not when it is changed', async () => {
    const path = await newConnection(instance)
    const changed = await api().ask('PATCH', path, { settings: { tenantUrl: 'https://connector.test/Prod' } })
    expect(problemsOf(changed)['settings.tenantUrl']).toContain('own address')
  })

  it('is pinned with the company: another one is not asked with its tokens', async () => {
    const path = await connected()
    await api().call('PATCH', path, { settings: { tenantUrl: 'https://vendor.test/elsewhere/acumatica/Prod' } })
    expect(await references(path, 'account')).toMatchObject({
      ok: false,
      failure: { code: 'acumatica_other_instance' },
    })
  })
})
