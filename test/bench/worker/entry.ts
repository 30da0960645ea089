import { tenantOf } from '../../../src/edge/tenants'
import type { Env } from '../../../src/env'
import { Grant as ProductionGrant } from '../../../src/grant/grant'
import worker from '../../../src/index'
import { vendors } from '../../../src/registry'
import { Tenant as ProductionTenant } from '../../../src/tenant/tenant'
import { count, countedEnv, countStorage, takeCounts } from './counting'
import { fill } from './fill'

/** `BENCH_COUNTS=off`: counting takes time of its own. */
const isCounted = (env: Env): boolean => Reflect.get(env, 'BENCH_COUNTS') !== 'off'

const storageOf = (state: DurableObjectState, env: Env) => (isCounted(env) ? countStorage(state) : state)

const envOf = (env: Env): Env => (isCounted(env) ? countedEnv(env) : env)

/** The production Worker, counted, with doors under `/_bench/`. Nothing of this is in the production bundle. */
export class Tenant extends ProductionTenant {
  constructor(state: DurableObjectState, env: Env) {
    super(storageOf(state, env), envOf(env))
  }

  override async alarm(): Promise<void> {
    count('objectRequests', 'tenant alarm', 1)
    const started = Date.now()
    await super.alarm()
    count('duration', 'tenant alarm', Date.now() - started)
  }

  /** `…/{integration}/{rows}`: as if so many records had been carried before. */
  override fetch(request: Request): Response {
    const [integration = '', rows = '0'] = new URL(request.url).pathname.split('/').slice(1)
    fill(this.ctx.storage.sql, integration, Number(rows))
    return new Response('filled')
  }
}

export class Grant extends ProductionGrant {
  constructor(state: DurableObjectState, env: Env) {
    super(storageOf(state, env), envOf(env))
  }
}

/** `BENCH_LIMITS=off`: nobody holds calls back, so that what is left is our own doing. */
const withoutLimits = (env: Env): void => {
  if (Reflect.get(env, 'BENCH_LIMITS') !== 'off') return
  for (const vendor of Object.values(vendors)) if (vendor) vendor.limits = []
}

/** `POST /_bench/counts` · `GET /_bench/health/{tenant}` · `POST /_bench/fill/{tenant}/{integration}/{rows}` */
const door = async (path: string, env: Env): Promise<Response> => {
  const [action, tenant = '', ...rest] = path.split('/')
  if (action === 'counts') return Response.json(takeCounts())
  if (action === 'health') return Response.json(await tenantOf(env, tenant).health())
  if (action !== 'fill') return new Response('no such door', { status: 404 })
  return env.TENANT.get(env.TENANT.idFromName(tenant)).fetch(`https://tenant/${rest.join('/')}`)
}

const DOORS = '/_bench/'

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    withoutLimits(env)
    if (pathname.startsWith(DOORS)) return door(pathname.slice(DOORS.length), env)
    if (pathname.startsWith('/webhooks/')) count('requests', 'webhook', 1)
    return worker.fetch(request, envOf(env), context)
  },
  async queue(batch, env) {
    count('requests', `consumer ${batch.queue}`, 1)
    count('queue', `read and delete ${batch.queue}`, 2 * batch.messages.length)
    await worker.queue(batch, envOf(env))
  },
  scheduled: (controller, env) => worker.scheduled(controller, envOf(env)),
} satisfies ExportedHandler<Env>
