import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')
// Started as a script of this Node: its own shebang would find the machine's Node, which may be too old.
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const QUIET = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1' }
const START_LIMIT_MS = 90_000

/** The config files that wrangler starts from. */
export interface Configs {
  connector: string
  sandbox: string
}

const CONFIGS: Configs = { connector: join(ROOT, 'wrangler.toml'), sandbox: join(ROOT, 'test/sandbox/wrangler.toml') }

export interface LocalWorkers {
  connector: string
  sandbox: string
  /** Where the workers write what they log. */
  logs: string
  /** SIGKILL to the connector and all that belongs to it; the simulators live on. */
  killConnector(): Promise<void>
  /** Starts it again: same port, same state. */
  reviveConnector(): Promise<void>
  /** Once it answers. */
  connectorAnswers(): Promise<void>
  stop(): Promise<void>
}

/**
 * The connector and the vendors' simulators as two processes on this machine, with state in a folder that goes afterwards.
 * `configure` may put other config files into that folder.
 */
export const startWorkers = async (
  vars: Record<string, string>,
  configure: (state: string) => Promise<Configs> = async () => CONFIGS,
): Promise<LocalWorkers> => {
  const state = mkdtempSync(join(tmpdir(), 'ml-connector-'))
  const [connectorPort, sandboxPort] = [await freePort(), await freePort()]
  // Beside required secrets, wrangler reads no others from a file; these live as long as the run.
  const named = Object.entries(vars).flatMap(([key, value]) => ['--var', `${key}:${value}`])
  const running = new Map<keyof Configs, ChildProcess>()
  const stop = async () => {
    await Promise.all([...running.values()].map(killGroup))
    rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const connectorAnswers = () => answers(connectorPort, '/openapi.json')
  const startConnector = (config: string) =>
    running.set('connector', start('connector', state, connectorPort, ['-c', config, ...named]))
  let configs = CONFIGS
  try {
    migrate(state)
    configs = await configure(state)
    running.set('sandbox', start('sandbox', state, sandboxPort, ['-c', configs.sandbox]))
    startConnector(configs.connector)
    await Promise.all([answers(sandboxPort, '/'), connectorAnswers()])
  } catch (error) {
    const said = Object.keys(configs).map((name) => lastWords(join(state, `${name}.log`)))
    await stop()
    throw new Error(said.join('\n'), { cause: error })
  }
  return {
    connector: `http://127.0.0.1:${connectorPort}`,
    sandbox: `http://127.0.0.1:${sandboxPort}`,
    logs: state,
    async killConnector() {
      const child = running.get('connector')
      if (child) await killGroup(child)
    },
    async reviveConnector() {
      startConnector(configs.connector)
      await connectorAnswers()
    },
    connectorAnswers,
    stop,
  }
}

const lastWords = (log: string): string => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2_000) : '')

const migrate = (state: string): void => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      WRANGLER,
      'd1',
      'migrations',
      'apply',
      'ml-connector',
      '--local',
      '--persist-to',
      join(state, 'connector'),
      '-c',
      join(ROOT, 'wrangler.toml'),
    ],
    { cwd: ROOT, env: { ...process.env, ...QUIET }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`migrations failed\n${stdout}\n${stderr}`)
}

const start = (name: string, state: string, port: number, options: string[]): ChildProcess => {
  const log = openSync(join(state, `${name}.log`), 'a')
  // A folder for each: on a common one the second runtime may find its database locked, and dies of it.
  const persist = join(state, name)
  const local = [
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--inspector-port',
    '0',
    '--persist-to',
    persist,
  ]
  return spawn(process.execPath, [WRANGLER, 'dev', ...options, ...local, '--show-interactive-dev-session=false'], {
    cwd: ROOT,
    // A registry of its own: others may run workers of the same names on this machine.
    env: { ...process.env, ...QUIET, WRANGLER_REGISTRY_PATH: join(state, 'registry') },
    stdio: ['ignore', log, log],
    // A group of its own: killing wrangler alone leaves the runtime serving the port.
    detached: true,
  })
}

const killGroup = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    process.kill(-child.pid, 'SIGKILL')
  })

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

const answers = async (port: number, path: string): Promise<void> => {
  const limit = Date.now() + START_LIMIT_MS
  while (Date.now() < limit) {
    const status = await fetch(`http://127.0.0.1:${port}${path}`).then(
      (response) => response.status,
      () => 0,
    )
    if (status > 0 && status < 500) return
    await new Promise((wait) => setTimeout(wait, 250))
  }
  throw new Error(`nothing answers on port ${port}`)
}
