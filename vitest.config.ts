import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { build } from 'esbuild'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  })
  return outputFiles[0]?.text ?? ''
}

/** Every secret of the tests carries the word `marker-secret`; no output may contain it. */
const secrets = {
  MASTER_KEYS: `k1:${Buffer.from('marker-secret-master-key-32bytes').toString('base64url')}`,
  ADMIN_TOKEN: 'marker-secret-admin-token',
  WAVE_CLIENT_ID_SANDBOX: 'wave-app',
  WAVE_CLIENT_SECRET_SANDBOX: 'marker-secret-wave-app-secret',
  QUICKBOOKS_CLIENT_ID_SANDBOX: 'quickbooks-app',
  QUICKBOOKS_CLIENT_SECRET_SANDBOX: 'marker-secret-quickbooks-app-secret',
  QUICKBOOKS_WEBHOOK_SECRET_SANDBOX: 'marker-secret-quickbooks-verifier',
  FRESHBOOKS_CLIENT_ID_SANDBOX: 'freshbooks-app',
  FRESHBOOKS_CLIENT_SECRET_SANDBOX: 'marker-secret-freshbooks-app-secret',
  WISE_CLIENT_ID_SANDBOX: 'wise-app',
  WISE_CLIENT_SECRET_SANDBOX: 'marker-secret-wise-app-secret',
  WISE_CLIENT_KEY_SANDBOX: 'c11e0000-7777-4777-8777-000000000009',
  WAVE_WEBHOOK_SECRET: 'marker-secret-wave-app',
  WAVE_WEBHOOK_SECRET_SANDBOX: 'marker-secret-wave-sandbox-app',
}

// Where wrangler looks for them; otherwise it warns once per test file.
Object.assign(process.env, secrets)

/** A whole test run asks in a minute what nobody asks; the limits themselves are tried with `TIGHT_RATE`. */
const rate = (namespace_id: string, limit: number) => ({ namespace_id, simple: { limit, period: 60 as const } })

const workers = cloudflareTest(async () => ({
  verbose: false,
  wrangler: { configPath: here('./wrangler.toml') },
  miniflare: {
    bindings: {
      ...secrets,
      ENVIRONMENT: 'test',
      PROPERTY_SEED: process.env.PROPERTY_SEED ?? '',
      ALLOW_CUSTOM_BASE_URLS: 'true',
      TEST_MIGRATIONS: await readD1Migrations(here('./migrations')),
    },
    ratelimits: { KEY_RATE: rate('1', 1e9), REFUSED_RATE: rate('2', 1e9), TIGHT_RATE: rate('3', 3) },
    // Every call of the connector that leaves the worker goes to the simulators.
    outboundService: 'vendor-sandbox',
    workers: [
      {
        name: 'vendor-sandbox',
        modules: true,
        compatibilityDate: '2026-10-20',
        script: await bundle(here('./test/sandbox/index.ts')),
        durableObjects: { WORLD: { className: 'World', useSQLite: true } },
      },
    ],
  },
}))

/** Nothing in them outlives a test: one runtime serves all files, which saves a start for each. */
const STATELESS = ['lib', 'pairs', 'sandbox', 'sync', 'vendors'].map((folder) => `test/${folder}/**/*.test.ts`)

const WALKS = readdirSync(here('./test/walks')).map((file) => `test/walks/${file}`)
/** Cron is of the whole deployment: a walk that runs it has one for itself. The others share a runtime, each with its own tenant. */
const SHARED = WALKS.filter((file) => !/\btick\(/.test(readFileSync(here(`./${file}`), 'utf8')))

const SETUP = ['migrate', 'quiet'].map((name) => here(`./test/support/${name}.ts`))

export default defineConfig({
  test: {
    // The tests' runtimes are processes of their own, which mostly wait; the default leaves one core of two idle.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [workers],
        test: {
          name: 'workerd',
          include: ['test/**/*.test.ts'],
          exclude: ['test/repository/**', ...STATELESS, ...SHARED],
          setupFiles: SETUP,
          testTimeout: 30_000,
        },
      },
      {
        plugins: [workers],
        test: { name: 'walks', include: SHARED, setupFiles: SETUP, isolate: false, testTimeout: 30_000 },
      },
      {
        plugins: [workers],
        test: { name: 'stateless', include: STATELESS, isolate: false, testTimeout: 30_000 },
      },
      { test: { name: 'repository', environment: 'node', include: ['test/repository/**/*.test.ts'] } },
    ],
  },
})
