import { createRoute, z } from '@hono/zod-openapi'
import type { ByHand, Vendor } from '../../core/vendor'
import { now } from '../../lib/clock'
import { problem } from '../../lib/problem'
import { seal } from '../../lib/seal'
import type { ConnectionConfig } from '../../store/config'
import { type HookRow, hooksOf, insertHook } from '../../store/hooks'
import { randomText } from '../oauth/state'
import { tenantKey, tenantOf } from '../tenants'
import { type AdminContext, answers, dbOf, InConnection, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
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
    if (!webhook.registry) return c.json(byHand(known, vendor, origin, webhook.byHand), 200)
    await want(c, known, webhook.registry.events, origin)
    const checked = await tenantOf(c.env, tenant).hooks(connection)
    const problems = checked.ok ? checked.value.problems : [`${checked.failure.message} — ${checked.failure.remedy}`]
    const rows = await hooksOf(dbOf(c), connection)
    return c.json({ how: 'registered' as const, hooks: rows.map(viewOf), problems }, 200)
  },
)

/** Stored before they are registered: the vendor may call back before its answer has come. */
const want = async (c: AdminContext, known: ConnectionConfig, events: string[], origin: string): Promise<void> => {
  const have = new Set((await hooksOf(dbOf(c), known.id)).map(({ event }) => event))
  const missing = events.filter((event) => !have.has(event))
  if (missing.length === 0) return
  const rows = await Promise.all(missing.map((event) => newHook(c, known, event, origin)))
  const details = { id: known.id, events: missing }
  const action = { tenant: known.tenant, name: 'connection.webhooks', details }
  await change(
    c,
    action,
    rows.map((row) => insertHook(dbOf(c), row)),
  )
}

const newHook = async (
  c: AdminContext,
  { id: connection, tenant, vendor }: ConnectionConfig,
  event: string,
  origin: string,
): Promise<HookRow> => {
  const id = randomText()
  const key = await tenantKey(c.env, tenant)
  const bringsItsOwn = vendorOf(vendor).webhook?.handshake !== undefined
  const secret = bringsItsOwn ? null : await seal(key, `hook/${id}/secret`, randomText())
  const url = `${origin}/webhooks/${vendor}/${connection}/${id}`
  return { id, tenant, connection, event, url, remoteId: null, secret, previousSecret: null, state: 'new', at: now() }
}

const viewOf = ({ event, url, state }: HookRow) => ({ event, url, state })

/** The URL of the app where the vendor has one for all companies; else the connection's own. */
const byHand = (known: ConnectionConfig, { webhook }: Vendor, origin: string, how: ByHand | undefined) => {
  const app = known.environment === 'sandbox' ? `${known.vendor}/app/sandbox` : known.vendor
  const url = `${origin}/webhooks/${webhook?.scope === 'app' ? app : `${known.vendor}/${known.id}`}`
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
