import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Admin } from '../../support/admin'
import { admin, CIN7_KEY, type Office, openOffice, WAVE_TOKEN } from '../../support/office'
import { newTenant, problemsOf, raw, refusedAs, rowsOf } from './support'

let office: Office
let api: Admin
let tenant: string
let base: string
let accountId: string
beforeAll(async () => {
  office = await openOffice()
  api = await admin()
})

/** Each test has a tenant of its own, and a company in Cin7 that nobody is connected to. */
beforeEach(async () => {
  tenant = await newTenant()
  base = `/v1/tenants/${tenant}/connections`
  accountId = crypto.randomUUID()
  await office.world.clearFaults()
  await office.world.seed({ cin7: { accountId, applicationKeys: [CIN7_KEY], me: { Company: 'Second Hand Co' } } })
})

const add = async (vendor = 'cin7', settings: Record<string, unknown> = {}): Promise<string> => {
  const body = {
    vendor,
    environment: 'sandbox',
    name: vendor,
    settings: { baseUrl: office.world.baseUrl(vendor), ...settings },
  }
  return (await api.call<{ id: string }>('POST', base, body)).id
}

const credentials = (over: Record<string, unknown> = {}) => ({ accountId, applicationKey: CIN7_KEY, ...over })
const put = (id: string, body: unknown) => api.ask('PUT', `${base}/${id}/credentials`, body)
const stored = async (id: string) => (await rowsOf('select * from connections where id = ?', id))[0]
const NOTHING = { credentials: null, account_id: null, account: null, state: 'new' }

describe('credentials', () => {
  it('that work are stored, and pin the company that was reached', async () => {
    const id = await add()
    expect(await put(id, credentials())).toMatchObject({
      status: 200,
      body: { account: { id: accountId, name: 'Second Hand Co', baseCurrency: 'USD' }, ms: expect.any(Number) },
    })
    expect(await api.call('GET', `${base}/${id}`)).toMatchObject({
      state: 'ready',
      credentials: 'set',
      account: { name: 'Second Hand Co' },
    })
  })

  it.each([
    ['cin7', { accountId: 'a' }, ['applicationKey']],
    ['cin7', { accountId: '', applicationKey: 7 }, ['accountId', 'applicationKey']],
    ['wave', { kind: 'password', token: 'x' }, ['kind']],
    ['wave', {}, ['kind']],
    ['wave', { kind: 'token' }, ['token']],
  ])(
    'of %s that are not of the right form are 422 with each path, and nobody is called: %j',
    async (vendor, body, paths) => {
      const id = await add(vendor)
      await office.world.forgetCalls()
      expect(Object.keys(problemsOf(await put(id, body)))).toEqual(paths)
      expect(await office.world.calls()).toEqual([])
    },
  )

  it('that Cin7 refuses are 422 with its words, and nothing is stored', async () => {
    const id = await add()
    const answer = await put(id, credentials({ applicationKey: crypto.randomUUID() }))
    expect(answer).toEqual(refusedAs(422, 'credentials_refused'))
    expect(JSON.stringify(answer.body)).toContain('Incorrect credentials!')
    expect(await stored(id)).toMatchObject(NOTHING)
  })

  it('that Wave refuses are 422, and nothing is stored', async () => {
    const id = await add('wave', { businessId: office.wave.business.graphId })
    expect(await put(id, { kind: 'token', token: 'wrong' })).toEqual(refusedAs(422, 'credentials_refused'))
    expect(await stored(id)).toMatchObject(NOTHING)
  })

  it('of Wave that reach several businesses are 422 with their names, until one is chosen', async () => {
    const made = await office.world.seed<{ wave: { businesses: { graphId: string }[] } }>({
      wave: { tokens: [{ token: WAVE_TOKEN }], businesses: [{ id: crypto.randomUUID(), name: 'Second Hand Co' }] },
    })
    const id = await add('wave')
    const answer = await put(id, { kind: 'token', token: WAVE_TOKEN })
    expect(answer).toEqual(refusedAs(422, 'credentials_refused'))
    expect(JSON.stringify(answer.body)).toContain('Second Hand Co')
    const settings = { baseUrl: office.world.baseUrl('wave'), businessId: made.wave.businesses[0]?.graphId }
    await api.call('PATCH', `${base}/${id}`, { settings })
    expect((await put(id, { kind: 'token', token: WAVE_TOKEN })).status).toBe(200)
  })

  it.each([
    ['cannot be reached', { kind: 'drop-before' }],
    ['answers an HTML page with 500', { kind: 'html', status: 500 }],
    ['answers an HTML page with 200', { kind: 'html', status: 200 }],
    ['asks for patience', { kind: 'throttled' }],
    ['breaks off in the middle', { kind: 'cut-body' }],
  ])('are not believed while Cin7 %s: 503, and nothing is stored', async (_, fault) => {
    const id = await add()
    await office.world.fault({ vendor: 'cin7', path: '/me', times: 5, ...fault })
    expect(await put(id, credentials())).toEqual(refusedAs(503, 'vendor_unreachable'))
    expect(await stored(id)).toMatchObject(NOTHING)
  })

  it('that reach another company are 409; the old ones stay and go on working', async () => {
    const id = await add()
    await put(id, credentials())
    const before = await stored(id)
    const other = crypto.randomUUID()
    await office.world.seed({ cin7: { accountId: other, applicationKeys: [CIN7_KEY], me: { Company: 'Elsewhere' } } })
    const answer = await put(id, credentials({ accountId: other }))
    expect(answer).toEqual(refusedAs(409, 'other_account'))
    expect(JSON.stringify(answer.body)).toContain('Elsewhere')
    expect(await stored(id)).toEqual(before)
    expect(await api.call('POST', `${base}/${id}/test`)).toMatchObject({ account: { name: 'Second Hand Co' } })
  })

  it('of a company that has a connection already are 409, also for another tenant', async () => {
    await put(await add(), credentials())
    const [twin, elsewhere] = [await add(), await newTenant()]
    expect(await put(twin, credentials())).toEqual(refusedAs(409, 'account_taken'))
    expect(await stored(twin)).toMatchObject(NOTHING)
    base = `/v1/tenants/${elsewhere}/connections`
    const foreign = await add()
    const answer = await put(foreign, credentials({ accountId: accountId.toUpperCase() }))
    expect(answer).toEqual(refusedAs(409, 'account_taken'))
    expect(JSON.stringify(answer.body)).not.toContain(tenant)
  })

  it('can be replaced by newer ones of the same company', async () => {
    const id = await add()
    await put(id, credentials())
    const applicationKey = crypto.randomUUID()
    await office.world.act('cin7', 'set-keys', { accountId, applicationKeys: [applicationKey] })
    expect(await api.ask('POST', `${base}/${id}/test`)).toEqual(refusedAs(422, 'credentials_refused'))
    expect((await put(id, credentials({ applicationKey }))).status).toBe(200)
    expect((await api.ask('POST', `${base}/${id}/test`)).status).toBe(200)
  })
})

describe('a base URL of one’s own', () => {
  const body = (): RequestInit => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vendor: 'cin7', name: 'x', settings: { baseUrl: 'https://elsewhere.test' } }),
  })
  const FORBIDDEN = { ALLOW_CUSTOM_BASE_URLS: 'false' }

  it('is refused where the deployment does not allow it, when it is made and when it is changed', async () => {
    const made = await raw('POST', base, body(), FORBIDDEN)
    expect([made.status, await made.json()]).toEqual([
      422,
      expect.objectContaining({ problems: [{ path: 'settings.baseUrl', message: expect.any(String) }] }),
    ])
    const id = await add()
    const patch = { ...body(), body: JSON.stringify({ settings: { baseUrl: 'https://elsewhere.test' } }) }
    expect((await raw('PATCH', `${base}/${id}`, patch, FORBIDDEN)).status).toBe(422)
    expect(await rowsOf('select * from connections where settings like ?', '%elsewhere%')).toEqual([])
  })

  it('is taken where the deployment allows it, if it is a URL', async () => {
    expect((await raw('POST', base, body())).status).toBe(201)
    const answer = await api.ask('POST', base, { vendor: 'cin7', name: 'x', settings: { baseUrl: 'elsewhere' } })
    expect(Object.keys(problemsOf(answer))).toEqual(['settings.baseUrl'])
  })
})

describe('a setting', () => {
  it.each(['buisnessId', 'toString', 'constructor'])('that the vendor does not have is refused: %s', async (name) => {
    const answer = await api.ask('POST', base, { vendor: 'wave', name: 'x', settings: { [name]: 'x' } })
    expect(Object.keys(problemsOf(answer))).toEqual([`settings.${name}`])
  })
})

describe('a connection', () => {
  it('is deleted with its credentials only when no integration uses it', async () => {
    const at = `/v1/tenants/${office.tenant}/connections`
    for (const id of [office.wave.connection, office.cin7.connection])
      expect(await api.ask('DELETE', `${at}/${id}`)).toEqual(refusedAs(409, 'in_use'))
    const id = await add()
    await put(id, credentials())
    await api.call('DELETE', `${base}/${id}`)
    expect(await stored(id)).toBeUndefined()
    expect(await api.ask('GET', `${base}/${id}`)).toEqual(refusedAs(404, 'not_found'))
  })

  it('leaves its company free for another connection', async () => {
    const id = await add()
    await put(id, credentials())
    await api.call('DELETE', `${base}/${id}`)
    expect((await put(await add(), credentials())).status).toBe(200)
  })
})
