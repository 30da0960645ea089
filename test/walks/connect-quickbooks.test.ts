import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { forgetDoors } from '../../src/edge/doors'
import { now } from '../../src/lib/clock'
import { openDb } from '../../src/store/config'
import { storedReferences, storeReferences } from '../../src/store/references'
import { open } from '../support/browser'
import { receive } from '../support/deliver'
import {
  addClient,
  addCompany,
  authorize,
  type Client,
  connect,
  connectionOf,
  consent,
  newRealm,
  openClient,
  pathOf,
} from '../support/quickbooks'
import { companyButton, NO_THANKS, press } from '../support/quickbooks-consent'
import { settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'
import { alertsOf } from '../support/wave-cin7'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TOKEN_PATH = '/oauth2/v1/tokens/bearer'
const REVOKE_PATH = '/v2/oauth2/tokens/revoke'

interface Registered {
  how: string
  url: string
  events: string[]
  steps: string[]
}
interface Reached {
  account: Record<string, unknown>
  ms: number
  warnings: string[]
}
interface Entry {
  kind: string
  text: string
  details?: { account: string; connection?: string }
}

let client: Client
beforeEach(async () => {
  forgetDoors()
  client = await openClient({ multicurrency: true, bookCloseDate: '2026-06-30' })
})

const test = (of = client) => of.admin.call<Reached>('POST', pathOf(of, '/test'))

const requests = async (path: string) => (await client.world.calls('quickbooks')).filter((call) => call.path === path)

const refreshToken = async (): Promise<string | undefined> => {
  const { quickbooks } = await client.world.dump<{ quickbooks: { families: { refreshToken: string }[] } }>()
  return quickbooks.families.at(-1)?.refreshToken
}

/** What people map to, as it is kept for them. */
const keptAccounts = async (): Promise<string[]> =>
  (await storedReferences(openDb(env.DB), client.connection, 'account')).entries.map(({ name }) => name)

const keepAccounts = async (): Promise<void> => {
  const answered = await apiOf(client.tenant).references(client.connection, 'account')
  if (!answered.ok) throw new Error(answered.failure.message)
  await storeReferences(openDb(env.DB), client.connection, 'account', answered.value, now())
}

const addAccount = (Name: string) =>
  client.world.act('quickbooks', 'create', {
    entity: 'Account',
    realmId: client.realm,
    fields: { Name, AccountType: 'Expense', AccountSubType: 'OfficeGeneralAdministrativeExpenses' },
  })

/** One minute of cron, and what comes of it. */
const minute = async (): Promise<void> => {
  await tick(createScheduledController(), env)
  await settle(client.tenant)
}

const auditOf = async (tenant: string): Promise<Entry[]> => {
  await settle(tenant)
  return (await client.admin.call<{ items: Entry[] }>('GET', `/v1/tenants/${tenant}/audit?limit=100`)).items
}

const ignoredIn = async (tenant: string) => (await auditOf(tenant)).filter(({ kind }) => kind === 'ignored')

const stored = () =>
  env.DB.prepare('select credentials, grant_name, account_id, state from connections where id = ?')
    .bind(client.connection)
    .first()

describe('a QuickBooks company connected by consent', () => {
  it('goes through connect, confirmation, rotation, revocation and reconnection, and its lists are read again', async () => {
    const page = await consent(client)
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Harbour Lane Supplies') })
    expect(page.text).toContain('has to confirm')
    expect(await connectionOf(client)).toMatchObject({ state: 'confirm', account: { id: client.realm } })
    expect(await apiOf(client.tenant).references(client.connection, 'account')).toMatchObject({
      ok: false,
      failure: { code: 'not_confirmed' },
    })
    expect(await client.admin.call('POST', pathOf(client, '/confirm'))).toMatchObject({ state: 'ready' })
    expect(await test()).toEqual({
      account: {
        id: client.realm,
        name: 'Harbour Lane Supplies',
        baseCurrency: 'USD',
        timeZone: 'America/Los_Angeles',
        lockDate: '2026-06-30',
      },
      ms: expect.any(Number),
      warnings: [],
    })

    await keepAccounts()
    const first = await refreshToken()
    await passTime(DAY + HOUR)
    await addAccount('Postage')
    await minute()
    expect(await keptAccounts()).toContain('Postage')
    expect(await refreshToken()).not.toBe(first)
    await passTime(2 * HOUR)
    expect(await test()).toMatchObject({ warnings: [] })
    expect((await requests(TOKEN_PATH)).map(({ status }) => status)).toEqual([200, 200, 200])

    await client.world.act('quickbooks', 'disconnect')
    await addAccount('Couriers')
    await passTime(DAY)
    await minute()
    expect(await keptAccounts()).not.toContain('Couriers')
    expect((await connectionOf(client)).state).toBe('reconnect')
    const { items } = await client.admin.call<{ items: object[] }>('GET', `/v1/tenants/${client.tenant}/alerts`)
    expect(items).toMatchObject([
      { kind: 'reconnect', text: 'invalid_grant', remedy: expect.stringContaining('GET …/authorize') },
    ])

    expect(await consent(client)).toMatchObject({ status: 200, text: expect.stringContaining('go on by themselves') })
    expect((await connectionOf(client)).state).toBe('ready')
    await passTime(60_000)
    await minute()
    expect(await keptAccounts()).toContain('Couriers')
    expect((await connectionOf(client)).state).toBe('ready')
    expect((await alertsOf(client)).every(({ resolved_at }) => resolved_at !== null)).toBe(true)
  })

  it('says what the plan and the switches of the company leave out', async () => {
    const small = { plan: 'essentials', trackDepartments: false, classTracking: 'off', multicurrency: false }
    await client.world.act('quickbooks', 'settings', { realmId: client.realm, changes: small })
    const page = await consent(client)
    expect(page.text).toContain('has no purchase orders')
    const { warnings } = await test()
    expect(warnings.map((warning) => warning.split(/[ :]/, 1)[0])).toEqual([
      'The',
      'Departments',
      'Classes',
      'Multicurrency',
    ])
  })

  it('stays connected where the user connects again although nothing was wrong', async () => {
    await connect(client)
    expect(await consent(client)).toMatchObject({ status: 200 })
    expect(await requests(REVOKE_PATH)).toEqual([])
    await passTime(2 * HOUR)
    expect(await test()).toMatchObject({ account: { id: client.realm } })
  })

  it('is disconnected at Intuit when the connection is deleted', async () => {
    await connect(client)
    await client.admin.call('DELETE', pathOf(client))
    expect(await requests(REVOKE_PATH)).toMatchObject([{ method: 'POST', status: 200 }])
  })

  it('whose subscription has ended waits for it, and goes on by itself', async () => {
    await connect(client)
    await client.world.switches({ 'quickbooks.suspended.readsToo': true })
    await client.world.act('quickbooks', 'settings', { realmId: client.realm, changes: { status: 'suspended' } })
    expect(await client.admin.ask('POST', pathOf(client, '/test'))).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('renew it in QuickBooks') },
    })
    await settle(client.tenant)
    expect((await connectionOf(client)).state).toBe('reconnect')
    await client.world.act('quickbooks', 'settings', { realmId: client.realm, changes: { status: 'active' } })
    await passTime(HOUR)
    expect(await test()).toMatchObject({ warnings: [] })
    expect((await connectionOf(client)).state).toBe('ready')
  })
})

describe('the webhooks of QuickBooks', () => {
  const url = 'https://connector.test/webhooks/quickbooks/app/sandbox'
  const hook = (more: object = {}) => client.world.act('quickbooks', 'hook', { hook: { url, ...more } })
  const emit = (realmId: string, entity: string, id: string) =>
    client.world.act('quickbooks', 'emit', { realmId, entity, id })

  const statuses = async (options?: { tampered: boolean }): Promise<number[]> => {
    const sent = await client.world.deliveries(options)
    return Promise.all(sent.map(async (request) => (await receive(request)).response.status))
  }

  it('are entered by hand in Intuit’s portal: the answer says where, which and in what order', async () => {
    await connect(client)
    const told = await client.admin.call<Registered>('POST', pathOf(client, '/webhooks'))
    expect(told).toMatchObject({ how: 'by hand', url })
    expect(told.events).toEqual(
      expect.arrayContaining(['Vendor', 'Bill', 'PurchaseOrder', 'VendorCredit', 'Account', 'Department', 'Term']),
    )
    expect(told.steps.join('\n')).toContain(url)
    expect(told.steps.join('\n')).toContain('verifier token')
  })

  it.each([
    ['CloudEvents', { format: 'cloudevents', contentType: 'application/json' }],
    ['CloudEvents', { format: 'cloudevents', contentType: 'application/cloudevents+json' }],
    ['the older format', { format: 'legacy', contentType: 'application/json; charset=utf-8' }],
    ['the older format', { format: 'legacy', contentType: 'application/cloudevents+json' }],
  ])('are accepted in %s, and nothing of them is ignored: %j', async (_, form) => {
    await connect(client)
    await hook(form)
    await addAccount('Postage')
    expect(await statuses()).toEqual([200])
    expect(await ignoredIn(client.tenant)).toEqual([])
    await addAccount('Couriers')
    expect(await statuses({ tampered: true })).toEqual([401])
  })

  it.each(['cloudevents', 'legacy'])(
    'of several companies in one delivery reach each its own tenant, and a strange one nobody: %s',
    async (format) => {
      const [other, strange] = [newRealm(), newRealm()]
      await addCompany(client.world, { realmId: other, companyName: 'Second Company' })
      const second = await addClient(client.world, other)
      await connect(client)
      await connect(second)
      await hook({ format })
      await client.world.act('quickbooks', 'connect', { realmId: strange })
      await client.world.switches({ 'quickbooks.webhook.hold': true })
      // Events that no flow can want leave a line in the audit of whoever gets them.
      await emit(client.realm, 'TimeActivity', '11')
      await emit(other, 'TimeActivity', '12')
      await emit(strange, 'Bill', '13')
      await client.world.act('quickbooks', 'flush-webhooks')
      expect(await statuses()).toEqual([200])
      for (const { tenant, connection, realm } of [client, second])
        expect(await ignoredIn(tenant)).toMatchObject([
          { text: 'quickbooks event that is not carried', details: { account: realm, connection } },
        ])
      const unknown = (await ignoredIn('service')).filter(({ details }) => details?.account === strange)
      expect(unknown).toMatchObject([{ text: 'quickbooks event for an account that is not connected' }])
    },
  )

  it('in a form that nobody knows yet are acknowledged all the same, because Intuit would hold back what follows', async () => {
    await connect(client)
    await hook()
    for (const body of ['{"hello":1}', 'hello', '[]', '']) await client.world.act('quickbooks', 'emit-raw', { body })
    expect(await statuses()).toEqual([200, 200, 200, 200])
  })

  it('are not taken at the address for live companies: that has a verifier token of its own', async () => {
    await connect(client)
    await hook({ url: 'https://connector.test/webhooks/quickbooks' })
    await addAccount('Postage')
    expect(await statuses()).toEqual([401])
  })
})

describe('what goes wrong on the way is a plain page, and nothing is stored', () => {
  const without = (location: string, change: (query: URLSearchParams) => void): string => {
    const url = new URL(location)
    change(url.searchParams)
    return url.href
  }
  const agreed = async (realm = client.realm) => press(await authorize(client), companyButton(realm))

  it('a consent that is denied', async () => {
    const known = await stored()
    const location = await press(await authorize(client), NO_THANKS)
    expect(await open(location)).toMatchObject({ status: 400, text: expect.stringContaining('denied') })
    expect(await stored()).toEqual(known)
  })

  it('a scope that the app does not have', async () => {
    const known = await stored()
    const url = without(await authorize(client), (query) => query.set('scope', 'com.intuit.quickbooks.other'))
    const page = await open(await press(url, companyButton(client.realm)))
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('invalid_scope') })
    expect(page.text).toContain('scopes')
    expect(await stored()).toEqual(known)
  })

  it('a state that is wrong or used, and a code that is used', async () => {
    const location = await agreed()
    const strange = without(location, (query) => query.set('state', 'x'.repeat(43)))
    expect(await open(strange)).toMatchObject({ status: 400, text: expect.stringContaining('works once') })
    expect(await open(location)).toMatchObject({ status: 200 })
    expect(await open(location)).toMatchObject({ status: 400, text: expect.stringContaining('works once') })
    const code = new URL(location).searchParams.get('code') ?? ''
    const again = without(await agreed(), (query) => query.set('code', code))
    expect(await open(again)).toMatchObject({ status: 400, text: expect.stringContaining('invalid_grant') })
  })

  it('a consent that names no company, or one that it does not open', async () => {
    const known = await stored()
    const nameless = without(await agreed(), (query) => query.delete('realmId'))
    expect(await open(nameless)).toMatchObject({ status: 400, text: expect.stringContaining('named no company') })
    const other = newRealm()
    await addCompany(client.world, { realmId: other, companyName: 'Wrong Company' })
    const forged = without(await agreed(), (query) => query.set('realmId', other))
    const page = await open(forged)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('ApplicationAuthorizationFailed') })
    expect(page.text).not.toContain('Wrong Company')
    expect(await open(without(await agreed(), (query) => query.set('realmId', '../77')))).toMatchObject({ status: 400 })
    expect(await stored()).toEqual(known)
  })

  it('another company than the one that is pinned; the one that is connected goes on', async () => {
    await connect(client)
    const known = await stored()
    const other = newRealm()
    await addCompany(client.world, { realmId: other, companyName: 'Wrong Company' })
    const page = await consent(client, other)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('Wrong Company') })
    expect(page.text).toContain('Harbour Lane Supplies')
    expect(await stored()).toEqual(known)
    await passTime(2 * HOUR)
    expect(await test()).toMatchObject({ account: { id: client.realm } })
  })

  it('a company that has a connection already, whose tokens stay as they are', async () => {
    await connect(client)
    const second = await addClient(client.world, client.realm)
    const page = await consent(second)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('already has a connection') })
    expect(await requests(REVOKE_PATH)).toEqual([])
    await passTime(2 * HOUR)
    expect(await test()).toMatchObject({ account: { id: client.realm } })
  })

  it('credentials entered by hand, which QuickBooks has none of', async () => {
    const answer = await client.admin.ask('PUT', pathOf(client, '/credentials'), { kind: 'oauth', grant: 'g_1' })
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ message: 'made by consent: GET …/authorize' }] } })
  })
})
