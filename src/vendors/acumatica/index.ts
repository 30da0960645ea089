import { Failed } from '../../core/failure'
import type { Vendor } from '../../core/vendor'
import { account } from './account'
import { Credentials } from './credentials'
import { refusal, undone } from './errors'
import { oauth } from './oauth'
import { progressIn } from './operations'
import { references } from './references'
import { Settings, settingsOf } from './settings'
import { warnings } from './warnings'
import { webhook } from './webhook'

const perMinute = (calls: number) => [{ calls, perMs: 60_000 }]

/** Acumatica Cloud ERP, contract-based REST API, endpoint Default, contract version 4. Each customer has an instance of its own. */
export const acumatica: Vendor<Credentials> = {
  name: 'acumatica',
  credentials: Credentials,
  settings: Settings,
  limits: perMinute(40),
  limitsOf: (settings) => perMinute(settingsOf({ settings }).callsPerMinute),
  // Calls on one form fail while an action runs there, and the whole grant is one session (sheet 7).
  concurrency: 1,
  // From half of the licence's limit on, a call is delayed by up to a minute; what waits for ten in the queue is declined (sheet 8).
  // A write is looked up for twelve minutes more before it is sent again, by when the queue has given up what still was in it.
  timeout: 300_000,
  maxBytes: 20_000_000,
  baseUrl: ({ settings }) => settingsOf({ settings }).tenantUrl,
  instance: 'tenantUrl',
  authorise(headers, { kind }, token) {
    if (kind !== 'oauth') throw new Failed(notConnected)
    headers.set('authorization', `Bearer ${token}`)
  },
  oauth,
  reads: ({ method }) => method === 'GET',
  refusal,
  undone,
  content: progressIn,
  account,
  warnings,
  references,
  webhook,
}

const notConnected = {
  kind: 'unauthorised',
  code: 'acumatica_not_connected',
  message: 'nobody has consented to this connection yet',
  remedy: 'Connect it (GET …/authorize), or store a user and password with the app (PUT …/credentials).',
} as const
