import { adminWith } from '../support/admin'
import { appSecrets, newApps, secret } from '../support/node/apps'
import { startWorkers } from '../support/node/workers'
import type { Screen } from './screen'
import type { Stage } from './stage'

/** Connector and simulators, started on this machine, with the first key of the admin API. */
export const openStage = async (screen: Screen): Promise<{ stage: Stage; stop(): Promise<void> }> => {
  const apps = newApps()
  const adminToken = secret()
  const workers = await startWorkers({
    MASTER_KEYS: `demo:${secret()}`,
    ADMIN_TOKEN: adminToken,
    ENVIRONMENT: 'development',
    ALLOW_CUSTOM_BASE_URLS: 'true',
    ...appSecrets(apps),
  })
  const bootstrap = adminWith(adminToken, workers.connector, (request) => fetch(request))
  const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', {
    principal: 'demo',
    scopes: ['admin', 'approve'],
  })
  const admin = adminWith(key, workers.connector, (request) => fetch(request))
  const { connector, sandbox } = workers
  return { stage: { connector, sandbox, admin, apps, screen }, stop: () => workers.stop() }
}
