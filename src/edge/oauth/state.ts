import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { Account, type VendorName } from '../../core/vendor'
import type { Env } from '../../env'
import { sha256 } from '../../lib/bytes'
import { now } from '../../lib/clock'
import { seal, unseal } from '../../lib/seal'
import { type ConnectionConfig, openDb } from '../../store/config'
import { dropExpired, insertConsent, takeConsent } from '../../store/consents'
import { tenantKey } from '../tenants'

const LIFE_MS = 10 * 60_000

/** What waits for the user to come back: from the vendor with a code, or with a choice of company. */
const Waiting = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('code'), verifier: z.string(), redirectUri: z.string() }),
  z.object({
    kind: z.literal('choice'),
    credentials: z.record(z.string(), z.unknown()),
    scope: z.string(),
    accounts: z.array(Account),
  }),
])
export type Waiting = z.infer<typeof Waiting>

/** A consent that is under way, with who asked for it. */
export interface UnderWay {
  tenant: string
  connection: string
  key: string
  principal: string
  waiting: Waiting
}

export const randomText = (): string => oauth.generateRandomState()

/** A PKCE verifier and what is sent of it beforehand. */
export const pkce = async (): Promise<{ verifier: string; challenge: string }> => {
  const verifier = oauth.generateRandomCodeVerifier()
  return { verifier, challenge: await oauth.calculatePKCECodeChallenge(verifier) }
}

/** Answers the text that brings it back, once, within ten minutes; only its hash is kept. */
export const leave = async (env: Env, vendor: VendorName, underWay: UnderWay): Promise<string> => {
  const { tenant, connection, key, principal, waiting } = underWay
  const state = randomText()
  const hash = await sha256(state)
  const sealed = await seal(await tenantKey(env, tenant), `consent/${hash}`, JSON.stringify(waiting))
  const db = openDb(env.DB)
  const row = { hash, tenant, connection, vendor, key, principal, sealed, expiresAt: now() + LIFE_MS }
  await db.batch([dropExpired(db, now()), insertConsent(db, row)])
  return state
}

/** Undefined where it was never left, was taken before, or is too old. */
export const take = async (env: Env, vendor: VendorName, state: string): Promise<UnderWay | undefined> => {
  const hash = await sha256(state)
  const row = await takeConsent(openDb(env.DB), hash, vendor)
  if (!row || row.expiresAt <= now()) return undefined
  const text = await unseal(await tenantKey(env, row.tenant), `consent/${hash}`, row.sealed)
  const { tenant, connection, key, principal } = row
  return { tenant, connection, key, principal, waiting: Waiting.parse(JSON.parse(text)) }
}

/** Seals credentials for their row. */
export const sealCredentials = async (
  env: Env,
  { id, tenant }: Pick<ConnectionConfig, 'id' | 'tenant'>,
  credentials: unknown,
): Promise<string> => seal(await tenantKey(env, tenant), `connection/${id}/credentials`, JSON.stringify(credentials))

export const openCredentials = async (
  env: Env,
  { id, tenant, credentials }: Pick<ConnectionConfig, 'id' | 'tenant' | 'credentials'>,
): Promise<unknown> =>
  credentials === null
    ? null
    : JSON.parse(await unseal(await tenantKey(env, tenant), `connection/${id}/credentials`, credentials))
