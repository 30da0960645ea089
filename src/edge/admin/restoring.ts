import { createRoute, z } from '@hono/zod-openapi'
import type { Env } from '../../env'
import { now } from '../../lib/clock'
import { log } from '../../lib/log'
import { invalid, problem } from '../../lib/problem'
import { trace } from '../../lib/trace'
import { SERVICE_TENANT, tenantOf } from '../tenants'
import { answers, bodyOf, InTenant, makeApi } from './api'
import { needs, unbound, withinTenant } from './auth'
import { note } from './change'
import { theTenant } from './tenants'

/** The platform keeps so long what an object was. */
const KEPT_MS = 30 * 24 * 3_600_000

const Wanted = z
  .strictObject({ at: z.number().int().openapi({ description: 'Milliseconds since 1970, within the last 30 days' }) })
  .openapi({ example: { at: 1_772_452_800_000 } })

export const restoring = makeApi()

restoring.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/restore',
    summary:
      'Put the ledger, links and work of a business back to a point in time; nothing is posted again because of it',
    middleware: [needs('admin'), withinTenant, unbound],
    request: { params: InTenant, ...bodyOf(Wanted) },
    responses: answers(
      z.object({ id: z.string(), at: z.number() }),
      'It is as it was then; what it does not know of any more is looked up in the target before anything is written',
    ),
  }),
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    const { at } = c.req.valid('json')
    if (at > now() || at < now() - KEPT_MS) throw invalid([{ path: 'at', message: 'within the last 30 days' }])
    // Into the chain of the service: the tenant’s own forgets it.
    await note(c, { tenant: SERVICE_TENANT, name: 'tenant.restore', details: { id, at } })
    await restore(c.env, id, at)
    return c.json({ id, at }, 200)
  },
)

const RESTORED = 'this tenant was put back'

/** The object stops itself, so its answer is that it is gone. The next call starts it as it was. */
const restore = async (env: Env, tenant: string, at: number): Promise<void> => {
  try {
    await tenantOf(env, tenant).restore(at, RESTORED)
  } catch (thrown) {
    if (thrown instanceof Error && thrown.message.includes(RESTORED)) return
    log('not_restored', { tenant, error: trace(thrown) })
    throw problem(
      503,
      'not_restored',
      'the platform did not put it back (locally it keeps no earlier times), and nothing was changed: try again, or another time',
    )
  }
}
