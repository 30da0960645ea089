import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { moveClock } from '../../../src/lib/clock'
import { LISTS, newConnection, newTenant, type Office, openOffice, openStage, SETTINGS, type Stage } from './support'

const CUSTOMERS = 'wave-cin7/customer-to-customer'
const INVOICES = 'wave-cin7/invoice-to-sale'
const FLOWS = [
  CUSTOMERS,
  'wave-cin7/customer-to-supplier',
  INVOICES,
  'wave-cin7/payment-to-payment',
  'wave-cin7/product-to-product',
]
const flowsWith = (flows: (name: string) => object) => Object.fromEntries(FLOWS.map((name) => [name, flows(name)]))
const only = (wanted: string) => flowsWith((name) => ({ enabled: name === wanted }))

let stage: Stage
let office: Office
let base: string
beforeEach(async () => {
  stage = await openStage()
  office = await openOffice(stage)
  base = `/v1/tenants/${office.tenant}/integrations`
})

const add = async (over: Record<string, unknown> = {}) =>
  (await stage.root.call<{ id: string }>('POST', base, { ...office.wanted, ...over })).id

const dueFlows = async (id: string) => {
  const rows = env.DB.prepare('select flow, schedule from schedules where integration = ? order by flow').bind(id)
  return (await rows.all<{ flow: string; schedule: string }>()).results
}

const problemsOf = async (body: unknown): Promise<{ path: string; message: string }[]> => {
  const answer = await stage.root.ask('POST', base, body)
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
  return (answer.body as { problems: { path: string; message: string }[] }).problems
}

describe('a new integration', () => {
  it('has all flows on, the settings filled in, and is due at once', async () => {
    const id = await add()
    expect(await stage.root.call('GET', `${base}/${id}`)).toMatchObject({
      ...office.wanted,
      id,
      settings: { ...SETTINGS, lines: 'service', deleted: 'leave' },
      flows: flowsWith(() => ({ enabled: true })),
      schedule: '*/15 * * * *',
      state: 'active',
    })
    expect(await dueFlows(id)).toEqual(FLOWS.map((flow) => ({ flow, schedule: '*/15 * * * *' })))
  })

  it('keeps a cadence per flow, and does not poll what is off', async () => {
    const id = await add({ flows: { ...only(''), [INVOICES]: { enabled: true, schedule: '300' } } })
    expect(await dueFlows(id)).toEqual([{ flow: INVOICES, schedule: '300' }])
  })

  it('is refused where it would carry everything twice', async () => {
    await add()
    expect(await stage.root.ask('POST', base, office.wanted)).toMatchObject({
      status: 409,
      body: { code: 'integration_exists' },
    })
  })

  it.each([
    [{ pair: 'wave-xero' }, 'pair'],
    [{ startDate: '2026-02-30' }, 'startDate'],
    [{ startDate: undefined }, 'startDate'],
    [{ schedule: 'often' }, 'schedule'],
    [{ schedule: '5' }, 'schedule'],
    [{ flows: { 'wave-cin7/nothing': { enabled: true } } }, 'flows.wave-cin7/nothing'],
    [{ flows: { [INVOICES]: { enabled: true, schedule: '61 * * * *' } } }, `flows.${INVOICES}.schedule`],
    [{ sourceConnection: 'c_none' }, 'sourceConnection'],
    [{ settings: { ...SETTINGS, paymentTerm: undefined } }, 'settings.paymentTerm'],
    [{ settings: { ...SETTINGS, paymentTerms: '30 days' } }, 'settings'],
  ])('is 422 for %j', async (over, path) => {
    expect((await problemsOf({ ...office.wanted, ...over })).map((each) => each.path)).toEqual([path])
  })

  it('names all problems at once', async () => {
    const problems = await problemsOf({ ...office.wanted, settings: {}, sourceConnection: office.cin7 })
    const paths = problems.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining(['settings.accountReceivable', 'settings.location', 'sourceConnection']),
    )
  })

  it('needs connections that are connected, of this tenant', async () => {
    const bare = `/v1/tenants/${office.tenant}/connections`
    const { id } = await stage.root.call<{ id: string }>('POST', bare, { vendor: 'cin7', name: 'new' })
    expect(await problemsOf({ ...office.wanted, targetConnection: id })).toEqual([
      { path: 'targetConnection', message: 'has no credentials yet' },
    ])
    const foreign = await newConnection(stage, await newTenant(stage), 'cin7')
    expect(await problemsOf({ ...office.wanted, targetConnection: foreign })).toEqual([
      { path: 'targetConnection', message: 'there is no such connection' },
    ])
  })
})

describe('settings that point at nothing in Cin7', () => {
  const withSetting = (over: Record<string, string>) => ({ ...office.wanted, settings: { ...SETTINGS, ...over } })

  it.each([
    [{ accountReceivable: '4999' }, 'settings.accountReceivable', 'Cin7 has no account 4999'],
    [{ paymentTerm: '7 days' }, 'settings.paymentTerm', 'Cin7 has no term "7 days"'],
    [{ revenueAccount: '201' }, 'settings.revenueAccount', 'Cin7 account 201 is inactive'],
    [
      { accountReceivable: '200' },
      'settings.accountReceivable',
      'Cin7 account 200 (Sales) cannot be used for: receivable',
    ],
    [{ taxRule: 'w-gst' }, 'settings.taxRule', 'Cin7 tax w-gst (w-gst name) cannot be used for: sale'],
  ])('%j are refused when they are saved', async (over, path, message) => {
    expect(await problemsOf(withSetting(over))).toEqual([{ path, message }])
    const rows = env.DB.prepare('select * from integrations where tenant = ?').bind(office.tenant)
    expect((await rows.all()).results).toEqual([])
  })

  it('are refused in a change as well, and the old ones stay', async () => {
    const id = await add()
    const answer = await stage.root.ask('PATCH', `${base}/${id}`, { settings: { ...SETTINGS, revenueAccount: '4999' } })
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ path: 'settings.revenueAccount' }] } })
    expect(await stage.root.call('GET', `${base}/${id}`)).toMatchObject({ settings: SETTINGS })
  })

  it('are looked for once more in a list older than a minute', async () => {
    await problemsOf(withSetting({ accountReceivable: '611' }))
    const reads = () => stage.asked.filter(({ call, args }) => call === 'references' && args[1] === 'account').length
    await problemsOf(withSetting({ accountReceivable: '611' }))
    expect(reads()).toBe(1)
    moveClock(61_000)
    const added = { kind: 'account', code: '611', name: 'AR', active: true, uses: ['receivable'] }
    stage.answer({ references: async (_, kind) => ({ ok: true, value: [...(LISTS[kind] ?? []), added] }) })
    expect((await stage.root.ask('POST', base, withSetting({ accountReceivable: '611' }))).status).toBe(201)
    expect(reads()).toBe(2)
  })

  it('cannot be checked while Cin7 is away: 503, nothing saved', async () => {
    const failure = { kind: 'transient', code: 'cin7_outage', message: 'status 502', remedy: 'Wait.' } as const
    stage.answer({ references: async () => ({ ok: false, failure }) })
    expect(await stage.root.ask('POST', base, office.wanted)).toMatchObject({
      status: 503,
      body: { code: 'cin7_outage' },
    })
  })
})

describe('an integration', () => {
  it('pauses and goes on; while paused nothing is due', async () => {
    const id = await add()
    expect(await stage.root.call('POST', `${base}/${id}/pause`)).toMatchObject({ state: 'paused' })
    expect(await dueFlows(id)).toEqual([])
    expect(stage.asked.at(-1)).toMatchObject({ tenant: office.tenant, call: 'configure' })
    expect(await stage.root.call('POST', `${base}/${id}/resume`)).toMatchObject({ state: 'active' })
    expect(await dueFlows(id)).toHaveLength(FLOWS.length)
  })

  it('changes one flow and leaves the other; the audit holds before and after', async () => {
    const id = await add()
    await stage.root.call('PATCH', `${base}/${id}`, { flows: { [CUSTOMERS]: { enabled: false } }, schedule: '600' })
    expect(await dueFlows(id)).toEqual(FLOWS.slice(1).map((flow) => ({ flow, schedule: '600' })))
    const told = JSON.stringify(stage.asked.at(-1)?.args)
    expect(told).toContain('integration.update')
    expect(told).toMatch(/before.*after/)
  })

  it('is polled through the queue of its pair, for the flows that are on', async () => {
    const id = await add({ flows: only(INVOICES) })
    expect(await stage.root.call('POST', `${base}/${id}/poll`)).toEqual({ flows: [INVOICES] })
    expect(stage.sent).toMatchObject([
      { v: 1, kind: 'poll', tenant: office.tenant, integration: id, pair: 'wave-cin7', flows: [INVOICES] },
    ])
    expect(await stage.root.ask('POST', `${base}/${id}/poll`, { flows: [CUSTOMERS] })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'flows.0' }] },
    })
    expect(stage.sent).toHaveLength(1)
  })

  it('is deleted with its mappings and schedules', async () => {
    const id = await add()
    await stage.root.call('PUT', `${base}/${id}/mappings/tax`, { entries: [{ code: 'w-gst', target: 'Tax on Sales' }] })
    await stage.root.call('DELETE', `${base}/${id}`)
    expect(await dueFlows(id)).toEqual([])
    expect((await stage.root.ask('GET', `${base}/${id}`)).status).toBe(404)
    const left = env.DB.prepare('select * from mappings where integration = ?').bind(id)
    expect((await left.all()).results).toEqual([])
  })
})

describe('an integration of another tenant', () => {
  let elsewhere: string
  beforeAll(async () => {
    const other = await openStage()
    elsewhere = `/v1/tenants/${await newTenant(other)}/integrations`
  })

  it.each([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/poll'],
    ['GET', '/mappings/tax'],
    ['GET', '/references/target/account'],
  ])('is 404: %s %s', async (method, path) => {
    const id = await add()
    const body = method === 'PATCH' ? {} : undefined
    expect((await stage.root.ask(method, `${elsewhere}/${id}${path}`, body)).status).toBe(404)
  })
})
