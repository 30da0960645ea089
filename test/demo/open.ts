import { randomBytes } from 'node:crypto'
import { adminWith } from '../support/admin'
import { startWorkers } from '../support/node/workers'
import type { Screen } from './screen'
import type { Stage } from './stage'

const secret = (): string => randomBytes(32).toString('base64url')

/** The apps that the deployment has at vendors which are connected by consent; the simulators are told of them. */
const newApps = (): Stage['apps'] =>
  Object.fromEntries(
    ['quickbooks', 'freshbooks'].map((vendor) => [
      vendor,
      { clientId: `demo-${vendor}`, clientSecret: secret(), webhookSecret: secret() },
    ]),
  )

const appSecrets = (apps: Stage['apps']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(apps).flatMap(([vendor, { clientId, clientSecret, webhookSecret }]) => [
      [`${vendor.toUpperCase()}_CLIENT_ID_SANDBOX`, clientId],
      [`${vendor.toUpperCase()}_CLIENT_SECRET_SANDBOX`, clientSecret],
      [`${vendor.toUpperCase()}_WEBHOOK_SECRET_SANDBOX`, webhookSecret],
    ]),
  )

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
  const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', { principal: 'demo', scopes: ['admin'] })
  const admin = adminWith(key, workers.connector, (request) => fetch(request))
  const { connector, sandbox } = workers
  return { stage: { connector, sandbox, admin, apps, screen }, stop: () => workers.stop() }
}
