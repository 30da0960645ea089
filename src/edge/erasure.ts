import type { Env } from '../env'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { log } from '../lib/log'
import { trace } from '../lib/trace'
import { type Db, openDb } from '../store/config'
import { sharesGrant } from '../store/connections'
import { type Erasure, endErasure, eraseRows, grantsLeft, openErasures } from '../store/erasures'
import { grantOf } from './oauth/connect'
import { SERVICE_TENANT, tenantOf } from './tenants'

const ERASURES_AT_ONCE = 5
const ROWS_AT_ONCE = 5_000
/** Webhooks are let in for a minute by an isolate that has not heard of it, and may wait in a queue: what they bring goes, too. */
const SETTLED_MS = 15 * 60_000

/** Each minute: goes on with what a deleted tenant has left behind. */
export const continueErasures = async (env: Env): Promise<void> => {
  for (const erasure of await openErasures(openDb(env.DB), ERASURES_AT_ONCE))
    await eraseStep(env, erasure).catch((thrown: unknown) =>
      log('erasure_waits', { tenant: erasure.tenant, error: trace(thrown) }),
    )
}

/** A bounded number of rows; repeated until nothing is left. Answers whether that is so. */
export const eraseStep = async (env: Env, erasure: Erasure): Promise<boolean> => {
  const db = openDb(env.DB)
  const { tenant, at } = erasure
  await eraseObject(env, tenant)
  await giveBackGrants(env, db, erasure)
  const rows = await eraseRows(db, tenant, ROWS_AT_ONCE)
  if (rows > 0 || now() - at < SETTLED_MS) return false
  await noteEnd(env, tenant)
  await endErasure(db, tenant)
  return true
}

const ERASED = 'this tenant was erased'

/** The object stops itself with all that it has in memory, so its answer is that it is gone. */
const eraseObject = async (env: Env, tenant: string): Promise<void> => {
  try {
    await tenantOf(env, tenant).erase(ERASED)
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.message.includes(ERASED))) throw thrown
  }
}

/** Revoked at the vendor where that can be done, and their keys destroyed; not where another tenant lives by them. */
const giveBackGrants = async (env: Env, db: Db, { tenant, grants }: Erasure): Promise<void> => {
  if (grants.length === 0) return
  for (const grant of grants) if (!(await sharesGrant(db, { id: '', grant }))) await grantOf(env, grant).forget(true)
  await grantsLeft(db, tenant, [])
}

const noteEnd = (env: Env, tenant: string): Promise<void> => {
  const entry = {
    at: now(),
    kind: 'action',
    actor: { by: 'service' },
    outcome: 'tenant.erased',
    text: 'nothing is left of it',
    requests: [],
    correlation: newId('x', now()),
    details: { id: tenant },
  }
  return tenantOf(env, SERVICE_TENANT).note([{ id: `erased|${tenant}`, entry: JSON.stringify(entry) }])
}
