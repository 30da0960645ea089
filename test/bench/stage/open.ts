import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { z } from 'zod'
import type { Stage } from '../../demo/stage'
import { adminWith } from '../../support/admin'
import { appSecrets, newApps, secret } from '../../support/node/apps'
import { bundle, ROOT } from './bundle'
import { type Counts, countsAt } from './counts'
import { databaseOf, queryIn } from './database'
import { type Runtime, startRuntime, type Worker } from './runtime'

export interface Setting {
  /** The entry of the connector: the production one, or the one that counts. */
  entry?: 'src/index.ts' | 'test/bench/worker/entry.ts'
  vars?: Record<string, string>
  /** Without, what is sent to a queue goes nowhere: the consumer runs on another machine. */
  consumers?: boolean
  /** Its heap can be looked at, which takes time of its own. */
  inspected?: boolean
}

/** The built worker and the simulators, each in a process of its own. */
export interface Lab extends Stage {
  runtime: Runtime
  simulators: Runtime
  /** What the platform would bill, since the last time it was asked. Only with the entry that counts. */
  counts(): Promise<Counts>
  /** Of the connector's database, at no cost to it. */
  query: ReturnType<typeof queryIn>
}

const silent = { step: () => {}, note: () => {}, good: () => {}, bad: () => {} }

export const openLab = async (setting: Setting = {}): Promise<{ lab: Lab; close(): Promise<void> }> => {
  const apps = newApps()
  const adminToken = secret()
  const bindings = {
    ENVIRONMENT: 'development',
    ALLOW_CUSTOM_BASE_URLS: 'true',
    MASTER_KEYS: `bench:${secret()}`,
    ADMIN_TOKEN: adminToken,
    ...appSecrets(apps),
    ...setting.vars,
  }
  const simulators = await startRuntime('simulators', await bundle('test/sandbox/index.ts'), {
    compatibilityDate: '2026-10-20',
    durableObjects: { WORLD: { className: 'World', useSQLite: true } },
  })
  const runtime = await startConnector(setting, bindings)
  const close = async () => {
    await Promise.all([runtime.stop(), simulators.stop()])
  }
  const connector = runtime.origin
  const bootstrap = adminWith(adminToken, connector, (request) => fetch(request))
  const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', {
    principal: 'bench',
    scopes: ['admin', 'approve'],
  })
  const admin = adminWith(key, connector, (request) => fetch(request))
  const counts = () => countsAt(connector)
  const query = queryIn(runtime.miniflare)
  return {
    lab: { connector, sandbox: simulators.origin, admin, apps, screen: silent, runtime, simulators, counts, query },
    close,
  }
}

/** Queues, database and objects as they will be deployed. */
const startConnector = async (
  { entry = 'test/bench/worker/entry.ts', consumers = true, inspected }: Setting,
  bindings: Record<string, string>,
): Promise<Runtime> => {
  const code = await bundle(entry)
  const { queueConsumers, ...deployed } = deployedAs(bindings)
  const worker = { ...deployed, bindings, ...(consumers && queueConsumers && { queueConsumers }) }
  const beside = [await databaseOf(worker)]
  const runtime = await startRuntime('connector', code, worker, { beside, ...(inspected && { inspected }) })
  const query = queryIn(runtime.miniflare)
  for (const file of readdirSync(join(ROOT, 'migrations')).filter((name) => name.endsWith('.sql')))
    for (const statement of readFileSync(join(ROOT, 'migrations', file), 'utf8').split('--> statement-breakpoint'))
      await query(z.unknown(), statement)
  return runtime
}

/** wrangler.toml as the runtime understands it; a thousand firms are set up with one key, which no operator does in a minute. */
const deployedAs = (bindings: Record<string, string>): Worker => {
  // Where wrangler looks for secrets; otherwise it warns.
  Object.assign(process.env, bindings, { WRANGLER_LOG: 'none' })
  const { modulesRules: _, ...worker } = unstable_getMiniflareWorkerOptions(join(ROOT, 'wrangler.toml')).workerOptions
  const ratelimits = Object.entries(worker.ratelimits ?? {}).map(([name, { namespace_id }]) => {
    return [name, { namespace_id, simple: { limit: 1e9, period: 60 as const } }]
  })
  return { ...worker, ratelimits: Object.fromEntries(ratelimits) }
}
