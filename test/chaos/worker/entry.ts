import { tenantOf } from '../../../src/edge/tenants'
import type { Env } from '../../../src/env'
import { Grant as ProductionGrant } from '../../../src/grant/grant'
import worker from '../../../src/index'
import { Tenant as ProductionTenant } from '../../../src/tenant/tenant'
import { letD1Refuse, refusals, shaken } from './shaky-d1'

/** The production Worker with three more doors, under `/_chaos/`. Nothing of this is in the production bundle. */
export class Tenant extends ProductionTenant {
  constructor(state: DurableObjectState, env: Env) {
    super(state, shaken(env))
  }

  /** The object is gone at this very moment, as when the platform moves or resets it. */
  override fetch(): Response {
    this.ctx.abort('evicted by chaos')
    return new Response()
  }
}

export class Grant extends ProductionGrant {
  constructor(state: DurableObjectState, env: Env) {
    super(state, shaken(env))
  }
}

const evict = async (env: Env, tenant: string): Promise<Response> => {
  const stub = env.TENANT.get(env.TENANT.idFromName(tenant))
  await stub.fetch('https://tenant/abort').catch(() => undefined)
  return Response.json({ evicted: tenant })
}

/** Asked of the object itself: works while D1 refuses, and wakes an object that was reset, as any event would. */
const health = async (env: Env, tenant: string): Promise<Response> => {
  try {
    return Response.json(await tenantOf(env, tenant).health())
  } catch (thrown) {
    return new Response(String(thrown), { status: 503 })
  }
}

let born = ''

/** Another one after each start of the runtime. */
const instance = (): Response => {
  born ||= crypto.randomUUID()
  return new Response(born)
}

/** `GET /_chaos/instance` · `GET /_chaos/health/{tenant}` · `POST /_chaos/evict/{tenant}` · `POST /_chaos/d1/{milliseconds}` */
const door = (path: string, env: Env): Promise<Response> | Response => {
  const [action, argument = ''] = path.split('/')
  if (action === 'instance') return instance()
  if (action === 'health') return health(env, argument)
  if (action === 'evict') return evict(env, argument)
  if (action !== 'd1') return new Response('no such door', { status: 404 })
  letD1Refuse(Number(argument))
  return Response.json({ refusals: refusals() })
}

const DOORS = '/_chaos/'

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(DOORS)) return door(pathname.slice(DOORS.length), env)
    return worker.fetch(request, shaken(env), context)
  },
  queue: (batch, env) => worker.queue(batch, shaken(env)),
  scheduled: (controller, env) => worker.scheduled(controller, shaken(env)),
} satisfies ExportedHandler<Env>
