import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import worker from '../../src/index'
import { Api } from '../client/api.generated'
import { adminKey, CIN7_KEY, settings, WAVE_TOKEN, type WaveBusiness } from '../support/office'
import { settle } from '../support/settle'
import { joinTime } from '../support/time'
import { openWorld, type TestWorld } from '../support/world'

const SALE = 'wave-cin7/invoice-to-sale'
const CUSTOMER = 'wave-cin7/customer-to-customer'

/** The client that the document describes; it knows nothing of this repository. */
const clientFor = async () => {
  const key = await adminKey()
  const { v1 } = new Api({
    baseUrl: 'https://connector.test',
    customFetch: async (input, init) => {
      const { method = 'GET', headers = {}, body = null } = init ?? {}
      const request = new Request(String(input), { method, headers, body })
      return worker.fetch(request, env, createExecutionContext())
    },
    baseApiParams: { headers: { authorization: `Bearer ${key}` } },
  })
  return v1
}
type Client = Awaited<ReturnType<typeof clientFor>>

const seed = async (world: TestWorld): Promise<WaveBusiness> => {
  const { wave } = await world.seed<{ wave: { businesses: WaveBusiness[] } }>({
    wave: { tokens: [{ token: WAVE_TOKEN }], businesses: [{ id: crypto.randomUUID(), customers: [{ name: 'Acme' }] }] },
    cin7: { applicationKeys: [CIN7_KEY], accountId: crypto.randomUUID(), customers: [{ Name: 'Acme' }] },
  })
  const [business] = wave.businesses
  if (!business) throw new Error('no business was seeded')
  return business
}

const connect = async (
  api: Client,
  tenant: string,
  vendor: 'wave' | 'cin7',
  options: Record<string, unknown>,
  credentials: Record<string, unknown>,
): Promise<string> => {
  const { id } = await api.tenantsConnectionsCreate(tenant, {
    vendor,
    environment: 'sandbox',
    name: vendor,
    settings: options,
  })
  await api.tenantsConnectionsCredentialsUpdate(tenant, id, credentials)
  expect((await api.tenantsConnectionsTestCreate(tenant, id)).account).toMatchObject({ id: expect.any(String) })
  return id
}

const accountIdOf = async (world: TestWorld): Promise<string> => {
  const { cin7 } = await world.dump<{ cin7: { companies: { accountId: string }[] } }>()
  return cin7.companies[0]?.accountId ?? ''
}

it('a client made from the document sets up, matches, previews, sees a failure, repairs, replays, reconciles and exports', async () => {
  const api = await clientFor()
  const world = openWorld(`generated-${crypto.randomUUID().slice(0, 8)}`)
  const { id: tenant } = await api.tenantsCreate({ name: 'Harbour Lane' })
  await joinTime(world)
  const business = await seed(world)
  const wave = await connect(
    api,
    tenant,
    'wave',
    { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    { kind: 'token', token: WAVE_TOKEN },
  )
  const cin7 = await connect(
    api,
    tenant,
    'cin7',
    { baseUrl: world.baseUrl('cin7') },
    { accountId: await accountIdOf(world), applicationKey: CIN7_KEY },
  )
  const { id: integration } = await api.tenantsIntegrationsCreate(tenant, {
    pair: 'wave-cin7',
    sourceConnection: wave,
    targetConnection: cin7,
    settings: settings(),
    startDate: '2020-01-01',
    state: 'paused',
  })

  // Match: who stands on both sides is linked, not made again.
  await api.tenantsIntegrationsMatchCreate(tenant, integration, {})
  await settle(tenant)
  const { items: matches } = await api.tenantsIntegrationsMatchesList(tenant, integration, { flow: CUSTOMER })
  expect(matches.map(({ sure }) => sure)).toEqual(['likely'])
  expect(await api.tenantsIntegrationsMatchesAcceptCreate(tenant, integration, { sure: 'likely' })).toMatchObject({
    linked: 1,
  })

  // Preview: it says beforehand what is missing.
  const { graphId: invoice } = await world.act<{ graphId: string }>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: business.products[0]?.bareId, quantity: '2', unitPrice: '40', taxes: [] }],
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
    status: 'SAVED',
  })
  const asked = { flow: SALE, sourceId: invoice }
  const foreseen = await api.tenantsIntegrationsPreviewCreate(tenant, integration, asked)
  expect(foreseen.items.map(({ outcome, code }) => [outcome, code])).toEqual([['failed', 'unmapped']])

  // Fail: as foreseen, with what to do.
  await api.tenantsIntegrationsResumeCreate(tenant, integration)
  await api.tenantsIntegrationsRecordsCreate(tenant, integration, asked)
  await settle(tenant)
  const { items: causes } = await api.tenantsFailuresList(tenant)
  expect(causes.map(({ code, count }) => [code, count])).toEqual([['unmapped', 1]])
  expect(causes[0]?.remedy).toContain('Map the Wave account')

  // Fix and replay.
  const entries = business.accounts.map(({ graphId }) => ({ code: graphId, target: '200' }))
  expect(await api.tenantsIntegrationsMappingsUpdate(tenant, integration, 'account', { entries })).toMatchObject({
    waiting: 1,
    replayed: 0,
  })
  expect(await api.tenantsReplaysCreate(tenant, { code: 'unmapped' })).toEqual({ queued: 1, left: 0 })
  await settle(tenant)
  const { items: records } = await api.tenantsRecordsList(tenant, { flow: SALE })
  expect(records.map(({ state, reason }) => [state, reason])).toEqual([['done', 'created']])
  expect((await api.tenantsFailuresList(tenant)).items).toEqual([])

  // Reconcile.
  await api.tenantsIntegrationsReconciliationCreate(tenant, integration, {})
  await settle(tenant)
  const { flows } = await api.tenantsIntegrationsReconciliationList(tenant, integration)
  expect(flows.filter(({ flow }) => flow === SALE)).toMatchObject([{ agrees: true, counts: { matched: 1 } }])

  // Export: every line is JSON, and the audit holds.
  const exported: unknown = await api.tenantsExportList(tenant, { format: 'text' })
  const lines = String(exported).trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line)).length).toBeGreaterThan(10)
  expect(lines.join()).not.toContain(WAVE_TOKEN)
  expect(await api.tenantsAuditVerifyList(tenant)).toMatchObject({ ok: true })
})

it('the client’s types are those of the document: what it does not describe is not there', async () => {
  const api = await clientFor()
  const made = api.tenantsCreate({ name: 'Typed' })
  // @ts-expect-error the answer has no such field
  expect((await made).nickname).toBeUndefined()
  // @ts-expect-error a tenant needs its name
  await expect(api.tenantsCreate({})).rejects.toMatchObject({ status: 422 })
})
