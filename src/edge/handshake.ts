import type { Delivery, WebhookDoor } from '../core/vendor'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { seal, unseal } from '../lib/seal'
import { openDb } from '../store/config'
import { findHook, hookSecret } from '../store/hooks'
import type { OpenDoor } from './doors'
import { tenantKey, tenantOf } from './tenants'

/**
 * A vendor proves that the URL is ours and brings the secret that it will sign with. It is believed only at the unguessable URL
 * of a hook that we have just registered, or whose id at the vendor it names. The answer to the vendor is the tenant's work.
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
  const sealed = await seal(await tenantKey(env, door.tenant), rowOf(id), brought.secret)
  await hookSecret(openDb(env.DB), id, brought.remoteId, sealed, now())
  later(tenantOf(env, door.tenant).hooks(door.connection))
  return true
}

/** Null where there is no such hook, or no secret yet. */
export const hookSecretOf = async (env: Env, door: OpenDoor, id: string): Promise<string | null> => {
  const hook = await findHook(openDb(env.DB), door.connection, id)
  return hook?.secret ? unseal(await tenantKey(env, door.tenant), rowOf(id), hook.secret) : null
}

const rowOf = (hook: string): string => `hook/${hook}/secret`
