import { z } from 'zod'
import { type Admin, adminWith } from '../support/admin'
import { type Apps, appSecrets, newApps, secret } from '../support/node/apps'
import { type LocalWorkers, startWorkers } from '../support/node/workers'
import { configure, updateCode } from './bundles'
import { again, until } from './waiting'

const Health = z.object({
  waiting: z.number(),
  failed: z.number(),
  oldestDue: z.number().nullable(),
  outbox: z.number(),
})
export type Health = z.infer<typeof Health>

/** The connector and the simulators, running, on one fast clock. */
export interface Stage {
  workers: LocalWorkers
  admin: Admin
  /** Of vendors that are connected by consent. */
  apps: Apps
  scale: number
  /** On the connector's clock. */
  now(): number
  /** Undefined while nobody answers. */
  health(tenant: string): Promise<Health | undefined>
  evict(tenant: string): Promise<void>
  /** D1 refuses for so long. Answers how often it has refused so far. */
  refuseD1(ms: number): Promise<number>
  /** Once the new code runs. */
  updateCode(): Promise<void>
}

const RELOAD_LIMIT_MS = 30_000

export const openStage = async (scale: number): Promise<Stage> => {
  const origin = Date.now()
  const adminToken = secret()
  const vars = { ENVIRONMENT: 'development', ALLOW_CUSTOM_BASE_URLS: 'true', DEV_CLOCK: `${scale}@${origin}` }
  const apps = newApps()
  const secrets = { MASTER_KEYS: `chaos:${secret()}`, ADMIN_TOKEN: adminToken, ...appSecrets(apps) }
  const workers = await startWorkers(secrets, configure(vars))
  const bootstrap = adminWith(adminToken, workers.connector, (request) => fetch(request))
  const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', {
    principal: 'chaos',
    scopes: ['admin', 'approve'],
  })
  const door = (path: string, method = 'POST') => fetch(`${workers.connector}/_chaos/${path}`, { method })
  const instance = (): Promise<string> => again(async () => (await door('instance', 'GET')).text())
  let version = 0
  return {
    workers,
    apps,
    scale,
    admin: adminWith(key, workers.connector, (request) => fetch(request)),
    now: () => origin + (Date.now() - origin) * scale,
    async health(tenant) {
      const answer = await door(`health/${tenant}`, 'GET').catch(() => undefined)
      return answer?.ok ? Health.parse(await answer.json()) : undefined
    },
    async evict(tenant) {
      await door(`evict/${tenant}`)
    },
    async refuseD1(ms) {
      return z.object({ refusals: z.number() }).parse(await (await door(`d1/${ms}`)).json()).refusals
    },
    async updateCode() {
      version += 1
      const before = await instance()
      await updateCode(workers.logs, version)
      const renewed = await until(async () => (await instance()) !== before, RELOAD_LIMIT_MS, 100)
      if (!renewed) throw new Error('wrangler did not start the new code')
    },
  }
}
