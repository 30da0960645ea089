import { randomBytes } from 'node:crypto'
import { startWorkers } from '../support/node/workers'
import { runScenario } from './scenario'
import { makeScreen } from './screen'

/** `npm run demo`: everything on this machine, no account anywhere. `--once` ends by itself, `--json` adds a line for machines. */
const options = new Set(process.argv.slice(2))
const screen = makeScreen(options.has('--json'))

const secret = (): string => randomBytes(32).toString('base64url')

const waitForCtrlC = (): Promise<void> =>
  new Promise((stop) => {
    const alive = setInterval(() => {}, 1_000)
    process.once('SIGINT', () => {
      clearInterval(alive)
      stop()
    })
  })

const main = async (): Promise<boolean> => {
  const adminToken = secret()
  screen.step('Starting the connector and the simulators of Wave and Cin7 on this machine (a few seconds) …')
  const workers = await startWorkers({
    MASTER_KEYS: `demo:${secret()}`,
    ADMIN_TOKEN: adminToken,
    ENVIRONMENT: 'development',
    ALLOW_CUSTOM_BASE_URLS: 'true',
  })
  try {
    const flows = await runScenario({ ...workers, adminToken, screen })
    const ok = flows.length > 0 && flows.every(({ status }) => status === 'done')
    if (!options.has('--once')) {
      screen.note(
        `The connector answers at ${workers.connector} (reference: ${workers.connector}/openapi.json); Ctrl-C ends it.`,
      )
      await waitForCtrlC()
    }
    if (options.has('--json')) process.stdout.write(`${JSON.stringify({ ok, flows })}\n`)
    return ok
  } finally {
    await workers.stop()
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    if (options.has('--json')) process.stdout.write(`${JSON.stringify({ ok: false, flows: [] })}\n`)
    process.exit(1)
  },
)
