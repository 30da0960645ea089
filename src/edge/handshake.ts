import type { Delivery, WebhookDoor } from '../core/vendor'
import type { Env } from '../env'
import { sha256 } from '../lib/bytes'
import { now } from '../lib/clock'
import { seal, unseal } from '../lib/seal'
import { openDb } from '../store/config'
import { findHook, hookProven, hookSecret } from '../store/hooks'
import type { OpenDoor } from './doors'
import { tenantKey, tenantOf } from './tenants'

/**
 * A vendor proves that the URL is ours and brings the secret that it will sign with. It is believed only at the unguessable URL
 * of a hook that we have registered or asked for it, and that it names; one that is repeated changes nothing. The answer to the
 * vendor is the tenant's work.
 */
export const shakeHands = async (
  env: Env,
  webhook: WebhookDoor,
  door: OpenDoor,
  id: string,
  delivery: Delivery,
  later: (work: Promise<unknown>) => void,
): Promise<boolean> => {
  const brought = webhook.handshake?.(delivery)
  const hook = await findHook(openDb(env.DB), door.connection, id)
  if (!brought || !hook || (hook.remoteId !== null && hook.remoteId !== brought.remoteId)) return false
  const key = await tenantKey(env, door.tenant)
  if (hook.state !== 'new')
    return hook.secret !== null && isSame(await unseal(key, rowOf(id), hook.secret), brought.secret)
  await hookSecret(openDb(env.DB), id, brought.remoteId, await seal(key, rowOf(id), brought.secret), now())
  later(tenantOf(env, door.tenant).hooks(door.connection))
  return true
}

/** Digests are compared, so the time taken tells nothing. */
const isSame = async (a: string, b: string): Promise<boolean> => (await sha256(a)) === (await sha256(b))

/** Whether the vendor signed it for this hook: with the newest secret, or with the one before until the newest was seen in use. */
export const isForHook = async (
  env: Env,
  webhook: WebhookDoor,
  door: OpenDoor,
  id: string,
  delivery: Delivery,
): Promise<boolean> => {
  const db = openDb(env.DB)
  const hook = await findHook(db, door.connection, id)
  if (!hook) return false
  const published = webhook.publicKey?.(door)
  if (published !== undefined) return webhook.verify(delivery, published, now())
  const key = await tenantKey(env, door.tenant)
  const { secret, previousSecret } = hook
  for (const sealed of [secret, previousSecret]) {
    if (sealed === null || !(await webhook.verify(delivery, await unseal(key, rowOf(id), sealed), now()))) continue
    if (sealed === secret && previousSecret !== null) await hookProven(db, id, secret)
    return true
  }
  return false
}

const rowOf = (hook: string): string => `hook/${hook}/secret`
