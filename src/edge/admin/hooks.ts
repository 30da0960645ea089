import { createRoute, z } from '@hono/zod-openapi'
import type { ByHand, HookRegistry, Vendor } from '../../core/vendor'
import { appKey } from '../../env'
import { now } from '../../lib/clock'
import { problem } from '../../lib/problem'
import { seal } from '../../lib/seal'
import type { ConnectionConfig } from '../../store/config'
import { type HookRow, hooksOf, insertHook } from '../../store/hooks'
import { randomText } from '../oauth/state'
import { tenantKey, tenantOf } from '../tenants'
import { type AdminContext, answers, dbOf, InConnection, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change, note } from './change'
import { theConnection, vendorOf } from './connection-shapes'

const HookView = z.object({ event: z.string(), url: z.string(), state: z.string() })

const Registered = z
  .object({
    how: z.enum(['registered', 'by hand']),
    hooks: z.array(HookView).openapi({ description: 'What was registered by API' }),
    problems: z.array(z.string()),
    url: z.string().optional(),
    events: z.array(z.string()).optional(),
    header: z.string().optional(),
    steps: z.array(z.string()).optional().openapi({ description: 'What to do in the vendor’s own screens, in order' }),
  })
  .openapi('Webhooks')

/** Webhooks: registered where the vendor has an API for it, else described so that a person can do it. */
export const hooks = makeApi()

hooks.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/connections/{connection}/webhooks',
    summary: 'Register the vendor’s webhooks, or tell how it is done by hand; repeating it repairs',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection },
    responses: answers(Registered, 'How they stand'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const vendor = vendorOf(known.vendor)
    const { webhook } = vendor
    if (!webhook) throw problem(409, 'no_webhooks', `${vendor.name} sends no webhooks: it is polled`)
    const origin = new URL(c.req.url).origin
    if (!webhook.registry) {
      await note(c, { tenant, name: 'connection.webhooks', details: { id: known.id, how: 'by hand' } })
      return c.json(byHand(known, vendor, origin, webhook.byHand), 200)
    }
    const { events, untold } = eventsFor(c, known, webhook.registry)
    await want(c, known, events, origin)
    const checked = await tenantOf(c.env, tenant).hooks(connection)
    const problems = checked.ok ? checked.value.problems : [`${checked.failure.message} — ${checked.failure.remedy}`]
    const rows = await hooksOf(dbOf(c), connection)
    return c.json({ how: 'registered' as const, hooks: rows.map(viewOf), problems: [...problems, ...untold] }, 200)
  },
)

interface Wanted {
  event: string
  /** Told to the URL of the app. */
  ofApp: boolean
}

const eventsFor = (
  c: AdminContext,
  { vendor, environment, grant }: ConnectionConfig,
  { events, appEvents = [] }: HookRegistry,
): { events: Wanted[]; untold: string[] } => {
  const own = events.map((event) => ({ event, ofApp: false }))
  if (grant === null || appEvents.length === 0) return { events: own, untold: [] }
  if (appKey(c.env, vendor, environment) === undefined) return { events: own, untold: [noAppKey(vendor, appEvents)] }
  return { events: [...own, ...appEvents.map((event) => ({ event, ofApp: true }))], untold: [] }
}

const noAppKey = (vendor: string, events: string[]): string =>
  `${events.join(', ')}: only an app is told of these, and the deployment does not know its key — store it as the worker secret ${vendor.toUpperCase()}_CLIENT_KEY (…_SANDBOX for the vendor’s sandbox) and repeat this call.`

/** Stored before they are registered: the vendor may call back before its answer has come. */
const want = async (c: AdminContext, known: ConnectionConfig, events: Wanted[], origin: string): Promise<void> => {
  const before = (await hooksOf(dbOf(c), known.id)).map(({ event }) => event)
  const missing = events.filter(({ event }) => !before.includes(event))
  const rows = await Promise.all(missing.map((wanted) => newHook(c, known, wanted, origin)))
  const details = { id: known.id, before, after: [...before, ...missing.map(({ event }) => event)] }
  const action = { tenant: known.tenant, name: 'connection.webhooks', details }
  // Also where all are there: what the vendor has lost is registered anew.
  if (rows.length === 0) return note(c, action)
  await change(
    c,
    action,
    rows.map((row) => insertHook(dbOf(c), row)),
  )
}

const newHook = async (
  c: AdminContext,
  { id: connection, tenant, vendor, environment }: ConnectionConfig,
  { event, ofApp }: Wanted,
  origin: string,
): Promise<HookRow> => {
  const id = randomText()
  const key = await tenantKey(c.env, tenant)
  const bringsItsOwn = vendorOf(vendor).webhook?.handshake !== undefined
  const secret = bringsItsOwn ? null : await seal(key, `hook/${id}/secret`, randomText())
  const url = `${origin}/webhooks/${ofApp ? appPath({ vendor, environment }) : `${vendor}/${connection}/${id}`}`
  return { id, tenant, connection, event, url, remoteId: null, secret, previousSecret: null, state: 'new', at: now() }
}

const viewOf = ({ event, url, state }: HookRow) => ({ event, url, state })

const appPath = ({ vendor, environment }: Pick<ConnectionConfig, 'vendor' | 'environment'>): string =>
  environment === 'sandbox' ? `${vendor}/app/sandbox` : vendor

/** The URL of the app where the vendor has one for all companies; else the connection's own. */
const byHand = (known: ConnectionConfig, { webhook }: Vendor, origin: string, how: ByHand | undefined) => {
  const url = `${origin}/webhooks/${webhook?.scope === 'app' ? appPath(known) : `${known.vendor}/${known.id}`}`
  return {
    how: 'by hand' as const,
    hooks: [],
    problems: [],
    url,
    events: how?.events ?? [],
    ...(how?.header && { header: how.header }),
    steps: (how?.steps ?? []).map((step) => step.replaceAll('{url}', url)),
  }
}
