import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')
// Started as a script of this Node: its own shebang would find the machine's Node, which may be too old.
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const QUIET = { CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1' }
const START_LIMIT_MS = 90_000

export interface LocalWorkers {
  connector: string
  sandbox: string
  /** Where the workers write what they log. */
  logs: string
  stop(): Promise<void>
}

/** The connector and the vendors' simulators as two processes on this machine, with state in a folder that goes afterwards. */
export const startWorkers = async (vars: Record<string, string>): Promise<LocalWorkers> => {
  const state = mkdtempSync(join(tmpdir(), 'ml-connector-'))
  const [connectorPort, sandboxPort] = [await freePort(), await freePort()]
  const envFile = join(state, 'secrets.env')
  writeFileSync(
    envFile,
    Object.entries(vars)
      .map(([key, value]) => `${key}="${value}"`)
      .join('\n'),
  )
  const running: ChildProcess[] = []
  const stop = async () => {
    await Promise.all(running.map(killGroup))
    rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  try {
    migrate(state)
    running.push(start('sandbox', state, sandboxPort, ['-c', join(ROOT, 'test/sandbox/wrangler.toml')]))
    running.push(start('connector', state, connectorPort, ['-c', join(ROOT, 'wrangler.toml'), '--env-file', envFile]))
    await Promise.all([answers(sandboxPort, '/'), answers(connectorPort, '/openapi.json')])
  } catch (error) {
    await stop()
    throw error
  }
  return {
    connector: `http://127.0.0.1:${connectorPort}`,
    sandbox: `http://127.0.0.1:${sandboxPort}`,
    logs: state,
    stop,
  }
}

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
      state,
      '-c',
      join(ROOT, 'wrangler.toml'),
    ],
    { cwd: ROOT, env: { ...process.env, ...QUIET }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`migrations failed\n${stdout}\n${stderr}`)
}

const start = (name: string, state: string, port: number, options: string[]): ChildProcess => {
  const log = openSync(join(state, `${name}.log`), 'w')
  const local = ['--local', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0', '--persist-to', state]
  return spawn(process.execPath, [WRANGLER, 'dev', ...options, ...local, '--show-interactive-dev-session=false'], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET },
    stdio: ['ignore', log, log],
    // A group of its own: killing wrangler alone leaves the runtime serving the port.
    detached: true,
  })
}

const killGroup = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.pid === undefined || child.exitCode !== null) return done()
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
