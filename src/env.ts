import type { PairName } from './core/pair'
import { setClock } from './lib/clock'
import { type Keyring, parseKeyring } from './lib/seal'

/** Optional vars and secrets, beside the generated bindings (env.generated.d.ts). */
interface Optional {
  /** Fast clock for development, `scale@origin` (lib/clock.ts). Refused in production. */
  DEV_CLOCK?: string
  /** One secret per app for vendors with one webhook URL per app, e.g. `WAVE_WEBHOOK_SECRET`. */
  WAVE_WEBHOOK_SECRET?: string
  WAVE_WEBHOOK_SECRET_SANDBOX?: string
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
