import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { adminWith } from '../support/admin'
import { startWorkers } from '../support/node/workers'
import { scenarios } from './scenarios'
import { makeScreen } from './screen'
import type { CarriedFlow, Stage } from './stage'

/**
 * `npm run demo`: everything on this machine, no account anywhere. `--pair NAME` shows that pair alone, `--once` ends by itself,
 * `--json` adds a line for machines.
 */
const { values: options } = parseArgs({
  options: { pair: { type: 'string' }, once: { type: 'boolean' }, json: { type: 'boolean' } },
})
const screen = makeScreen(options.json === true)

const secret = (): string => randomBytes(32).toString('base64url')

const waitForCtrlC = (): Promise<void> =>
  new Promise((stop) => {
    const alive = setInterval(() => {}, 1_000)
    process.once('SIGINT', () => {
      clearInterval(alive)
      stop()
    })
  })

/** The apps that the deployment has at vendors which are connected by consent; the simulators are told of them. */
const apps = Object.fromEntries(
  ['quickbooks', 'freshbooks'].map((vendor) => [
    vendor,
    { clientId: `demo-${vendor}`, clientSecret: secret(), webhookSecret: secret() },
  ]),
)

const appSecrets = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(apps).flatMap(([vendor, { clientId, clientSecret, webhookSecret }]) => [
      [`${vendor.toUpperCase()}_CLIENT_ID_SANDBOX`, clientId],
      [`${vendor.toUpperCase()}_CLIENT_SECRET_SANDBOX`, clientSecret],
      [`${vendor.toUpperCase()}_WEBHOOK_SECRET_SANDBOX`, webhookSecret],
    ]),
  )

const chosen = () => {
  const all = Object.entries(scenarios)
  const wanted = all.filter(([pair]) => options.pair === undefined || pair === options.pair)
  if (wanted.length > 0) return wanted
  throw new Error(`there is no pair ${options.pair}; choose one of ${all.map(([pair]) => pair).join(', ')}`)
}

const showAll = async (stage: Stage): Promise<CarriedFlow[]> => {
  const flows: CarriedFlow[] = []
  for (const [pair, show] of chosen()) {
    screen.step(`— ${pair} —`)
    flows.push(...(await show(stage)))
  }
  return flows
}

const main = async (): Promise<boolean> => {
  const adminToken = secret()
  chosen()
  screen.step('Starting the connector and the simulators of the vendors on this machine (a few seconds) …')
  const workers = await startWorkers({
    MASTER_KEYS: `demo:${secret()}`,
    ADMIN_TOKEN: adminToken,
    ENVIRONMENT: 'development',
    ALLOW_CUSTOM_BASE_URLS: 'true',
    ...appSecrets(),
  })
  try {
    const bootstrap = adminWith(adminToken, workers.connector, (request) => fetch(request))
    const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', { principal: 'demo', scopes: ['admin'] })
    const admin = adminWith(key, workers.connector, (request) => fetch(request))
    const flows = await showAll({ ...workers, admin, apps, screen })
    const ok = flows.length > 0 && flows.every(({ status }) => status === 'done')
    if (!options.once) {
      screen.note(
        `The connector answers at ${workers.connector} (reference: ${workers.connector}/openapi.json); Ctrl-C ends it.`,
      )
      await waitForCtrlC()
    }
    if (options.json) process.stdout.write(`${JSON.stringify({ ok, flows })}\n`)
    return ok
  } finally {
    await workers.stop()
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, flows: [] })}\n`)
    process.exit(1)
  },
)
