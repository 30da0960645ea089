import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { VENDORS } from '../../../src/core/vendor'
import { checkEnv } from '../../../src/env'
import { unseal, unwrapKey } from '../../../src/lib/seal'
import { vendors } from '../../../src/registry'
import { ACCOUNT, newConnection, newTenant, openOffice, openStage, type Stage } from './support'

let stage: Stage
let tenant: string
let base: string
beforeEach(async () => {
  stage = await openStage()
  tenant = await newTenant(stage)
  base = `/v1/tenants/${tenant}/connections`
})

const add = async (vendor = 'wave') =>
  (await stage.root.call<{ id: string }>('POST', base, { vendor, name: vendor })).id

const TOKEN = { kind: 'token', token: 'marker-secret-token' }
const rowOf = (id: string) => env.DB.prepare('select * from connections where id = ?').bind(id).first()

const keyOf = async (): Promise<Uint8Array> => {
  const wrapped = await env.DB.prepare('select data_key from tenants where id = ?')
    .bind(tenant)
    .first<string>('data_key')
  return unwrapKey(checkEnv(env).keyring, tenant, wrapped ?? '')
}

describe('a connection', () => {
  it('starts without credentials and says where its webhooks arrive', async () => {
    const id = await add()
    expect(await stage.root.call('GET', `${base}/${id}`)).toEqual({
      id,
      vendor: 'wave',
      environment: 'production',
      name: 'wave',
      account: null,
      settings: {},
      state: 'new',
      credentials: 'missing',
      webhookSecret: 'missing',
      webhookPath: `/webhooks/wave/${id}`,
      clientCertificate: false,
      consent: null,
    })
  })

  it('is removed with its reference lists unless an integration uses it', async () => {
    const office = await openOffice(stage)
    const at = `/v1/tenants/${office.tenant}`
    const { id } = await stage.root.call<{ id: string }>('POST', `${at}/integrations`, office.wanted)
    expect(await stage.root.ask('DELETE', `${at}/connections/${office.cin7}`)).toMatchObject({
      status: 409,
      body: { code: 'in_use' },
    })
    await stage.root.call('DELETE', `${at}/integrations/${id}`)
    await stage.root.call('DELETE', `${at}/connections/${office.cin7}`)
    expect((await stage.root.ask('GET', `${at}/connections/${office.cin7}`)).status).toBe(404)
    const left = env.DB.prepare('select * from reference_entries where connection = ?').bind(office.cin7)
    expect((await left.all()).results).toEqual([])
  })

  it('of another tenant is 404 in every call', async () => {
    const id = await add()
    const elsewhere = `/v1/tenants/${await newTenant(stage)}/connections/${id}`
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['PUT', '/credentials', TOKEN],
      ['PUT', '/webhook-secret', { secret: 'x' }],
      ['POST', '/test', undefined],
    ] as const)
      expect((await stage.root.ask(method, `${elsewhere}${path}`, body)).status).toBe(404)
  })

  it.each([
    [{ name: 'x' }, 'vendor'],
    [{ vendor: 'xero', name: 'x' }, 'vendor'],
    [{ vendor: 'wave', name: '' }, 'name'],
    [{ vendor: 'wave', name: 'x', environment: 'test' }, 'environment'],
    [{ vendor: 'wave', name: 'x', settings: { businessId: 7 } }, 'settings.businessId'],
    [{ vendor: 'wave', name: 'x', settings: { buisnessId: 'b' } }, 'settings.buisnessId'],
    [{ vendor: 'wave', name: 'x', credentials: TOKEN }, ''],
  ])('is 422 for %j', async (body, path) => {
    expect(await stage.root.ask('POST', base, body)).toMatchObject({ status: 422, body: { problems: [{ path }] } })
  })

  it.each(VENDORS.filter((vendor) => !vendors[vendor]))('is 422 for %s, which is not there yet', async (vendor) => {
    const refused = await stage.root.ask('POST', base, { vendor, name: 'x' })
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ path: 'vendor' }] } })
  })

  it('takes a base URL of one’s own only where the deployment allows it', async () => {
    const body = JSON.stringify({ vendor: 'wave', name: 'x', settings: { baseUrl: 'https://elsewhere.test' } })
    const { key } = await stage.root.call<{ key: string }>('POST', '/v1/keys', { principal: 'x', scopes: ['admin'] })
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const ask = (over = {}) => stage.raw(base, { method: 'POST', headers, body }, over)
    expect((await ask()).status).toBe(201)
    const refused = await ask({ ALLOW_CUSTOM_BASE_URLS: 'false' })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ problems: [{ path: 'settings.baseUrl' }] })
  })
})

describe('credentials', () => {
  it('are tried before they are stored, sealed for their row, and pin the company', async () => {
    const id = await add()
    stage.answer({ reach: async () => ({ ok: true, value: { account: ACCOUNT, ms: 3, warnings: [] } }) })
    expect(await stage.root.call('PUT', `${base}/${id}/credentials`, TOKEN)).toEqual({
      account: ACCOUNT,
      ms: 3,
      warnings: [],
    })
    const tried = stage.asked.find(({ call }) => call === 'reach')
    expect(tried).toMatchObject({ tenant, args: [id, { sealed: expect.stringMatching(/^eyJ/) }] })
    const row = await rowOf(id)
    expect(row).toMatchObject({ account_id: ACCOUNT.id, state: 'ready' })
    const opened = await unseal(await keyOf(), `connection/${id}/credentials`, String(row?.credentials))
    expect(JSON.parse(opened)).toEqual(TOKEN)
    await expect(unseal(await keyOf(), 'connection/c_other/credentials', String(row?.credentials))).rejects.toThrow()
    await stage.root.call('DELETE', `${base}/${id}`)
  })

  it('are never shown: not by any answer, not in the audit', async () => {
    const id = await newConnection(stage, tenant, 'wave')
    await stage.root.call('PUT', `${base}/${id}/webhook-secret`, { secret: 'marker-secret-hook' })
    const shown = [
      await stage.root.call('GET', base),
      await stage.root.call('GET', `${base}/${id}`),
      await stage.root.call('PATCH', `${base}/${id}`, { name: 'renamed' }),
      await stage.root.call('POST', `${base}/${id}/test`),
      stage.asked,
    ]
    expect(shown[1]).toMatchObject({ credentials: 'set', webhookSecret: 'set', state: 'ready' })
    expect(JSON.stringify(shown)).not.toContain('marker-secret')
    expect(JSON.stringify(shown.slice(0, 4))).not.toContain('eyJ')
  })

  it('that the vendor refuses are 422 with its words, and nothing is stored', async () => {
    const id = await add()
    const failure = {
      kind: 'unauthorised',
      code: 'wave_credentials_refused',
      message: 'token is expired',
      remedy: 'Enter them again.',
    } as const
    stage.answer({ reach: async () => ({ ok: false, failure }) })
    const answer = await stage.root.ask('PUT', `${base}/${id}/credentials`, TOKEN)
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'credentials_refused', detail: expect.stringContaining('token is expired') },
    })
    expect(await rowOf(id)).toMatchObject({ credentials: null, state: 'new', account_id: null })
  })

  it('that cannot be tried are 503, and nothing is stored', async () => {
    const id = await add()
    const failure = { kind: 'transient', code: 'wave_outage', message: 'status 502', remedy: 'Wait.' } as const
    stage.answer({ reach: async () => ({ ok: false, failure }) })
    expect(await stage.root.ask('PUT', `${base}/${id}/credentials`, TOKEN)).toMatchObject({
      status: 503,
      body: { code: 'vendor_unreachable' },
    })
    expect(await rowOf(id)).toMatchObject({ credentials: null, state: 'new' })
  })

  it.each([
    ['wave', { kind: 'token' }, 'token'],
    ['wave', {}, 'kind'],
    ['cin7', { accountId: 'a' }, 'applicationKey'],
  ])('of %s are 422 for %j, before anybody is called', async (vendor, body, path) => {
    const id = await add(vendor)
    const answer = await stage.root.ask('PUT', `${base}/${id}/credentials`, body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
    expect(JSON.stringify(answer.body)).toContain(`"path":"${path}"`)
    expect(stage.asked.some(({ call }) => call === 'reach')).toBe(false)
  })

  it('that reach another company than the pinned one are 409, and the old ones stay', async () => {
    const id = await newConnection(stage, tenant, 'wave')
    const before = await rowOf(id)
    stage.answer({ reach: async () => ({ ok: true, value: { account: ACCOUNT, ms: 1, warnings: [] } }) })
    const answer = await stage.root.ask('PUT', `${base}/${id}/credentials`, TOKEN)
    expect(answer).toMatchObject({ status: 409, body: { code: 'other_account' } })
    expect(await rowOf(id)).toEqual(before)
    expect(await stage.root.ask('POST', `${base}/${id}/test`)).toMatchObject({ body: { code: 'other_account' } })
  })

  it('of a company that another connection stands for are 409, without a word about whose it is', async () => {
    const other = await openStage()
    const first = await newTenant(other)
    const account = { ...ACCOUNT, id: 'taken' }
    for (const each of [stage, other])
      each.answer({ reach: async () => ({ ok: true, value: { account, ms: 1, warnings: [] } }) })
    await newConnection(other, first, 'cin7')
    const id = await add('cin7')
    const credentials = { accountId: 'a', applicationKey: 'k' }
    const answer = await stage.root.ask('PUT', `${base}/${id}/credentials`, credentials)
    expect(answer).toMatchObject({ status: 409, body: { code: 'account_taken' } })
    expect(JSON.stringify(answer.body)).not.toContain('c_')
    expect(await rowOf(id)).toMatchObject({ credentials: null, state: 'new' })
  })

  it('of one company for two connections at the same moment: one is 409', async () => {
    const account = { ...ACCOUNT, id: 'raced' }
    stage.answer({ reach: async () => ({ ok: true, value: { account, ms: 1, warnings: [] } }) })
    const ids = [await add('cin7'), await add('cin7')]
    const answers = await Promise.all(
      ids.map((id) => stage.root.ask('PUT', `${base}/${id}/credentials`, { accountId: 'a', applicationKey: 'k' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('a webhook secret', () => {
  it('is sealed for its row', async () => {
    const id = await add()
    await stage.root.call('PUT', `${base}/${id}/webhook-secret`, { secret: 'hook' })
    const row = await rowOf(id)
    expect(await unseal(await keyOf(), `connection/${id}/webhook-secret`, String(row?.webhook_secret))).toBe('hook')
  })
})
