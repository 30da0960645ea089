import { createRoute, z } from '@hono/zod-openapi'
import type { TenantHealth } from '../../core/tenant'
import { failingTargets } from '../../store/alert-targets'
import { isAnyDead } from '../../store/dead-letters'
import { type IntegrationStanding, standingsOf } from '../../store/integrations'
import { listTenants } from '../../store/tenants'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, dbOf, makeApi, nextOf, PageQuery } from './api'
import { needs, unbound } from './auth'

const Side = z.object({
  id: z.string(),
  vendor: z.string(),
  state: z.string(),
  calls: z.object({ day: z.string(), reads: z.number(), writes: z.number() }).nullable().openapi({
    description:
      'What went out since midnight (UTC); Intuit meters the reads by month. Null = none yet, or a vendor that caps no minute (Wave)',
  }),
})

const Integration = z
  .object({
    id: z.string(),
    pair: z.string(),
    state: z.string(),
    lastSuccess: z
      .number()
      .nullable()
      .openapi({ description: 'When a record or a list last went through, to the minute' }),
    lag: z.number().openapi({ description: 'For how long the oldest live work has been due, in milliseconds' }),
    backlog: z.number().openapi({ description: 'Jobs that wait for their turn; counted up to 10,000' }),
    failed: z.number().openapi({ description: 'Records that need a person; counted up to 10,000' }),
    connections: z.array(Side),
  })
  .openapi('IntegrationHealth')

const Health = z.object({
  ok: z.boolean(),
  tenants: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      reachable: z.boolean(),
      waiting: z.number(),
      failed: z.number(),
      oldestDue: z.number().nullable(),
      outbox: z.number().openapi({ description: 'Entries that people do not see yet' }),
      integrations: z.array(Integration),
    }),
  ),
  deadLetters: z.boolean().openapi({ description: 'Whether a message waits that nobody could take' }),
  alertTargets: z.array(z.object({ id: z.string(), failingSince: z.number().nullable(), lastError: z.string() })),
  next: z.string().nullable(),
})

export const health = makeApi()

health.openapi(
  createRoute({
    method: 'get',
    path: '/health',
    summary: 'Is everything going through',
    middleware: [needs('read'), unbound],
    request: { query: PageQuery },
    responses: answers(Health, 'Per business and integration: what waits, what failed, what is not connected'),
  }),
  async (c) => {
    const { cursor = '', limit } = c.req.valid('query')
    const rows = await listTenants(dbOf(c), cursor, limit)
    const [standings, deadLetters, failing] = await Promise.all([
      standingsOf(
        dbOf(c),
        rows.map(({ id }) => id),
      ),
      isAnyDead(dbOf(c)),
      failingTargets(dbOf(c)),
    ])
    const tenants = await Promise.all(
      rows.map(async ({ id, name }) => ({ id, name, ...(await healthOf(c, id, standings.get(id) ?? [])) })),
    )
    const alertTargets = failing.map(({ id, failingSince, lastError }) => ({ id, failingSince, lastError }))
    const ok = tenants.every(isWell) && !deadLetters && alertTargets.length === 0
    return c.json({ ok, tenants, deadLetters, alertTargets, next: nextOf(rows, limit, ({ id }) => id) }, 200)
  },
)

type Shown = z.infer<typeof Health>['tenants'][number]

const isWell = ({ reachable, failed, integrations }: Shown): boolean =>
  reachable &&
  failed === 0 &&
  integrations.every(({ connections }) => connections.every(({ state }) => state === 'ready'))

const healthOf = async (
  c: AdminContext,
  tenant: string,
  standings: IntegrationStanding[],
): Promise<Omit<Shown, 'id' | 'name'>> => {
  const found = await askTenant(c, tenant, standings)
  const known = new Map(found?.integrations.map((one) => [one.integration, one]))
  const calls = new Map(found?.metered.map(({ connection, ...counted }) => [connection, counted]))
  return {
    reachable: found !== undefined,
    waiting: found?.waiting ?? 0,
    failed: found?.failed ?? 0,
    oldestDue: found?.oldestDue ?? null,
    outbox: found?.outbox ?? 0,
    integrations: standings.map(({ tenant: _, ...standing }) => {
      const { lastSuccess = null, lag = 0, backlog = 0, failed = 0 } = known.get(standing.id) ?? {}
      const connections = standing.connections.map((side) => ({ ...side, calls: calls.get(side.id) ?? null }))
      return { ...standing, connections, lastSuccess, lag, backlog, failed }
    }),
  }
}

const askTenant = async (
  c: AdminContext,
  tenant: string,
  standings: IntegrationStanding[],
): Promise<TenantHealth | undefined> => {
  try {
    return await tenantOf(c.env, tenant).health(standings.map(({ id }) => id))
  } catch {
    return undefined
  }
}
