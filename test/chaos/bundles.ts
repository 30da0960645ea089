import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import type { Configs } from '../support/node/workers'

const ROOT = resolve(import.meta.dirname, '../..')

/** One file, so that nobody who edits the repository meanwhile changes what is being tested. */
const bundle = (entry: string, outfile: string) =>
  build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    keepNames: true,
    logLevel: 'error',
  })

/**
 * The repository's own config, with the bundle as its entry: queues, database and objects are as they will be deployed. Only the
 * rate limits are lifted, because one key asks for all firms at once.
 */
const config = async (path: string, main: string, vars: Record<string, string>): Promise<string> => {
  const text = await readFile(join(ROOT, path), 'utf8')
  const named = Object.entries(vars).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  return text
    .replace(/^main = .*$/m, `main = ${JSON.stringify(main)}`)
    .replace(/^migrations_dir = .*$/m, `migrations_dir = ${JSON.stringify(join(ROOT, 'migrations'))}`)
    .replace(/^simple = \{ limit = \d+/gm, 'simple = { limit = 1000000000')
    .replace(/^\[vars\](\n\S.*)*$/m, ['[vars]', ...named].join('\n'))
}

export const connectorFile = (state: string): string => join(state, 'connector.js')

/** The chaos entry and the simulators, bundled into the state folder, each with its config beside it. */
export const configure =
  (vars: Record<string, string>) =>
  async (state: string): Promise<Configs> => {
    const [connector, sandbox] = [join(state, 'connector.toml'), join(state, 'sandbox.toml')]
    const simulators = join(state, 'sandbox.js')
    await Promise.all([
      bundle('test/chaos/worker/entry.ts', connectorFile(state)),
      bundle('test/sandbox/index.ts', simulators),
      writeFile(connector, await config('wrangler.toml', connectorFile(state), vars)),
      writeFile(sandbox, await config('test/sandbox/wrangler.toml', simulators, {})),
    ])
    return { connector, sandbox }
  }

/** What a deployment looks like to wrangler: the code has changed. */
export const updateCode = (state: string, version: number): Promise<void> =>
  appendFile(connectorFile(state), `\n// version ${version}`)
