import { checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { unseal, unwrapKey } from '../lib/seal'
import { openDb } from '../store/config'
import { type Door, type DoorKey, findDoor } from '../store/doors'

export interface OpenDoor extends Omit<Door, 'webhookSecret' | 'dataKey'> {
  secret: string | null
}

const KNOWN_MS = 60_000
/** A connection that was just made must not be refused for long. */
const UNKNOWN_MS = 5_000
const MOST = 2_000

const seen = new Map<string, { until: number; door: OpenDoor | undefined }>()

/** The door of a connection, from this isolate's memory where it was used within the last minute: the hot path reads no D1. */
export const doorOf = async (env: Env, key: DoorKey): Promise<OpenDoor | undefined> => {
  const name = JSON.stringify(key)
  const known = seen.get(name)
  if (known && known.until > now()) return known.door
  const found = await findDoor(openDb(env.DB), key)
  const door = found && (await open(env, found))
  if (seen.size >= MOST) seen.clear()
  seen.set(name, { until: now() + (door ? KNOWN_MS : UNKNOWN_MS), door })
  return door
}

const open = async (env: Env, { webhookSecret, dataKey, ...door }: Door): Promise<OpenDoor> => {
  if (webhookSecret === null) return { ...door, secret: null }
  const key = await unwrapKey(checkEnv(env).keyring, door.tenant, dataKey)
  return { ...door, secret: await unseal(key, `connection/${door.connection}/webhook-secret`, webhookSecret) }
}

/** For tests, and after a secret was replaced. */
export const forgetDoors = (): void => seen.clear()
