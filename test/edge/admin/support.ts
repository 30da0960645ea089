import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { TenantApi } from '../../../src/core/tenant'
import type { Account, Reference } from '../../../src/core/vendor'
import { app } from '../../../src/edge/http'
import { type Admin, adminWith } from '../../support/admin'

const ORIGIN = 'https://connector.test'

/** What the API asked of a tenant's object, in order. */
export interface Asked {
  tenant: string
  call: string
  args: unknown[]
}

/** The admin API before tenants that answer as told: no vendor, no alarm, no clock. */
export interface Stage {
  root: Admin
  as(key: string): Admin
  keyWith(scopes: string[], tenant?: string): Promise<Admin>
  raw(path: string, init?: RequestInit, over?: Record<string, unknown>): Promise<Response>
  asked: Asked[]
  /** Replaces what tenants answer. */
  answer(over: Partial<TenantApi>): void
  /** What was put into queues. */
  sent: unknown[]
}

export const ACCOUNT: Account = {
  id: 'acc-1',
  name: 'Harbour Lane Trading',
  baseCurrency: 'AUD',
  timeZone: null,
  lockDate: null,
}

const reference = (kind: string, code: string, uses: string[] = [], over: Partial<Reference> = {}): Reference => ({
  kind,
  code,
  name: `${code} name`,
  active: true,
  uses,
  ...over,
})

export const LISTS: Record<string, Reference[]> = {
  account: [
    reference('account', '610', ['receivable']),
    reference('account', '200', ['revenue'], { name: 'Sales' }),
    reference('account', '201', ['revenue'], { active: false }),
    reference('account', 'w-sales', ['income'], { name: 'sales' }),
  ],
  tax: [
    reference('tax', 'Tax on Sales', ['sale']),
    reference('tax', 'Tax Exempt', ['sale']),
    reference('tax', 'w-gst'),
  ],
  term: [reference('term', '30 days')],
  location: [reference('location', 'Main Warehouse')],
  service: [reference('service', 'Service', ['service'])],
}

export const SETTINGS = {
  accountReceivable: '610',
  revenueAccount: '200',
  taxRule: 'Tax on Sales',
  noTaxRule: 'Tax Exempt',
  paymentTerm: '30 days',
  location: 'Main Warehouse',
  chargeProduct: 'Service',
}

const OBLIGING: Partial<TenantApi> = {
  accept: async (jobs) => jobs.length,
  configure: async () => {},
  note: async () => {},
  replay: async () => ({ ok: true, value: { queued: true } }),
  source: async () => ({ ok: true, value: { sourceId: 's-1', readAt: 5, body: '{"total":"12.50"}' } }),
  reach: async (connection) => ({
    ok: true,
    value: { account: { ...ACCOUNT, id: `of-${connection}` }, ms: 3, warnings: [] },
  }),
  references: async (_, kind) => ({ ok: true, value: LISTS[kind] ?? [] }),
  replayFailed: async () => ({ queued: 0, left: 0 }),
  health: async () => ({ waiting: 0, failed: 0, oldestDue: null, outbox: 0, integrations: [], metered: [] }),
}

let rootKey: string | undefined

export const openStage = async (): Promise<Stage> => {
  const asked: Asked[] = []
  const sent: unknown[] = []
  let answers = OBLIGING
  const stub = (tenant: string) =>
    new Proxy(
      {},
      {
        get: (_, call: keyof TenantApi) => {
          const member: ((...given: never[]) => unknown) | undefined = answers[call]
          if (!member) return undefined
          return (...args: never[]) => {
            asked.push({ tenant, call, args })
            return member(...args)
          }
        },
      },
    )
  const bindings = {
    ...env,
    TENANT: { idFromName: (name: string) => name, get: stub },
    WAVE_CIN7: { send: async (message: unknown) => void sent.push(message) },
  }
  const fetcher = async (request: Request, over = {}): Promise<Response> =>
    app.fetch(request, { ...bindings, ...over }, createExecutionContext())
  const as = (key: string) => adminWith(key, ORIGIN, fetcher)
  rootKey ??= (
    await as(env.ADMIN_TOKEN).call<{ key: string }>('POST', '/v1/keys', {
      principal: 'root',
      scopes: ['admin', 'approve'],
    })
  ).key
  const root = as(rootKey)
  const authorization = `Bearer ${rootKey}`
  return {
    root,
    as,
    asked,
    sent,
    keyWith: async (scopes, tenant) => {
      const body = { principal: 'helper', scopes, ...(tenant && { tenant }) }
      return as((await root.call<{ key: string }>('POST', '/v1/keys', body)).key)
    },
    raw: (path, init = {}, over = {}) =>
      fetcher(new Request(`${ORIGIN}${path}`, { headers: { authorization }, ...init }), over),
    answer: (over) => {
      answers = { ...answers, ...over }
    },
  }
}

export const newTenant = async ({ root }: Stage): Promise<string> =>
  (await root.call<{ id: string }>('POST', '/v1/tenants', { name: 'Harbour Lane' })).id

const CREDENTIALS: Record<string, unknown> = {
  wave: { kind: 'token', token: 'marker-secret-token' },
  cin7: { accountId: 'a-1', applicationKey: 'marker-secret-key' },
}

export const newConnection = async ({ root }: Stage, tenant: string, vendor: string): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const { id } = await root.call<{ id: string }>('POST', base, { vendor, name: vendor })
  await root.call('PUT', `${base}/${id}/credentials`, CREDENTIALS[vendor])
  return id
}

export interface Office {
  tenant: string
  wave: string
  cin7: string
  /** A good body for a new integration. */
  wanted: Record<string, unknown> & { settings: Record<string, unknown> }
}

export const openOffice = async (stage: Stage): Promise<Office> => {
  const tenant = await newTenant(stage)
  const wave = await newConnection(stage, tenant, 'wave')
  const cin7 = await newConnection(stage, tenant, 'cin7')
  const wanted = {
    pair: 'wave-cin7',
    sourceConnection: wave,
    targetConnection: cin7,
    settings: SETTINGS,
    startDate: '2026-01-01',
  }
  return { tenant, wave, cin7, wanted }
}
