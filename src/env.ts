import type { PairName } from './core/pair'
import { type Environment, type OAuth, OAuthApp, type VendorName } from './core/vendor'
import { setClock } from './lib/clock'
import { type Keyring, parseKeyring } from './lib/seal'

/** Optional vars and secrets, beside the generated bindings (env.generated.d.ts). */
interface Optional {
  /** Fast clock for development, `scale@origin` (lib/clock.ts). Refused in production. */
  DEV_CLOCK?: string
}

export type Env = Cloudflare.Env & Optional

export interface Checked {
  keyring: Keyring
  customBaseUrls: boolean
}

const checked = new WeakMap<object, Checked>()

/** Looks once per isolate at what was deployed, so that a mistake shows on the first request and not on the first invoice. */
export const checkEnv = (env: Env): Checked => {
  const known = checked.get(env)
  if (known) return known
  const customBaseUrls = env.ALLOW_CUSTOM_BASE_URLS === 'true'
  const production = env.ENVIRONMENT === 'production'
  if (production && customBaseUrls) throw new Error('ALLOW_CUSTOM_BASE_URLS must not be true in production')
  if (production && env.DEV_CLOCK) throw new Error('DEV_CLOCK must not be set in production')
  setClock(env.DEV_CLOCK)
  const made = { keyring: parseKeyring(env.MASTER_KEYS), customBaseUrls }
  checked.set(env, made)
  return made
}

const inEnvironment = (name: string, environment: Environment): string =>
  environment === 'sandbox' ? `${name}_SANDBOX` : name

/** `WAVE_CLIENT_ID`, and `WAVE_CLIENT_ID_SANDBOX` for the vendor's sandbox: one secret per app, vendor and environment. */
const secretOf = (env: Env, vendor: VendorName, environment: Environment, what: string): string | undefined => {
  const value: unknown = Reflect.get(env, inEnvironment(`${vendor.toUpperCase()}_${what}`, environment))
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The deployment's app at a vendor; undefined where none is set up. */
export const oauthApp = (env: Env, vendor: VendorName, environment: Environment): OAuthApp | undefined =>
  OAuthApp.safeParse({
    clientId: secretOf(env, vendor, environment, 'CLIENT_ID'),
    clientSecret: secretOf(env, vendor, environment, 'CLIENT_SECRET'),
  }).data

/** What the vendor calls the app where it is not the client id, e.g. `WISE_CLIENT_KEY`. */
export const appKey = (env: Env, vendor: VendorName, environment: Environment): string | undefined =>
  secretOf(env, vendor, environment, 'CLIENT_KEY')

const isFetcher = (value: unknown): value is Pick<Fetcher, 'fetch'> =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'fetch') === 'function'

/** The client certificate that a vendor's token endpoint wants, where wrangler.toml binds one. */
export const certificateOf = (
  env: Env,
  { mtls }: OAuth,
  environment: Environment,
): Pick<Fetcher, 'fetch'> | undefined => {
  const bound: unknown = mtls && Reflect.get(env, inEnvironment(mtls.binding, environment))
  return isFetcher(bound) ? bound : undefined
}

/** For vendors with one webhook URL and one secret per app. */
export const appWebhookSecret = (env: Env, vendor: VendorName, environment: Environment): string | undefined =>
  secretOf(env, vendor, environment, 'WEBHOOK_SECRET')

/** The queue of a pair. */
export const queueOf = (env: Env, pair: PairName): Queue => {
  switch (pair) {
    case 'wave-cin7':
      return env.WAVE_CIN7
    case 'wave-wise':
      return env.WAVE_WISE
    case 'quickbooks-cin7':
      return env.QUICKBOOKS_CIN7
    case 'acumatica-cin7':
      return env.ACUMATICA_CIN7
    case 'freshbooks-cin7':
      return env.FRESHBOOKS_CIN7
  }
}
