import { Webhook } from 'standardwebhooks'
import type { Alert } from '../core/audit'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { within } from '../lib/patience'
import { unseal } from '../lib/seal'
import { trace } from '../lib/trace'
import {
  type AlertTarget,
  dropNotice,
  dueNotices,
  dueTargets,
  type Notice,
  putOff,
  targetFails,
  targetIsAway,
  targetIsBack,
} from '../store/alert-targets'
import { type Db, openDb } from '../store/config'
import { SERVICE_TENANT, tenantKey, tenantOf } from './tenants'

const TARGETS_AT_ONCE = 10
const NOTICES_AT_ONCE = 10
const PATIENCE_MS = 10_000
const MINUTE_MS = 60_000
/** Growing, then every hour for as long as it takes: there is one notice per cause, so they do not pile up. */
const DELAYS_MS = [1, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)
const LAST_DELAY_MS = 60 * MINUTE_MS
/** A target that has taken nothing for so long is shown by an alert of its own. */
const AWAY_MS = 60 * MINUTE_MS

const delayAfter = (tries: number): number => DELAYS_MS[tries] ?? LAST_DELAY_MS

/** Each minute: tells the targets what they have not heard of yet, a bounded number at a time. */
export const deliverAlerts = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const targets = await dueTargets(db, now(), TARGETS_AT_ONCE)
  await Promise.all(
    targets.map((target) =>
      deliverTo(env, db, target).catch((thrown: unknown) =>
        log('alerts_not_delivered', { target: target.id, error: trace(thrown) }),
      ),
    ),
  )
}

/** One that does not take a notice is left alone until the next minute; then another notice may be the first. */
const deliverTo = async (env: Env, db: Db, target: AlertTarget): Promise<void> => {
  const signer = await signerOf(env, target)
  let failing = target.failingSince !== null
  for (const notice of await dueNotices(db, target.id, now(), NOTICES_AT_ONCE)) {
    await putOff(db, notice, now() + delayAfter(notice.tries))
    const problem = await post(target.url, signer, messageOf(notice))
    if (problem !== undefined) return fails(env, db, target, problem)
    await dropNotice(db, notice)
    if (failing) await isBack(env, db, target)
    failing = false
  }
}

const fails = async (env: Env, db: Db, target: AlertTarget, problem: string): Promise<void> => {
  await targetFails(db, target.id, now(), problem)
  if (target.away || now() - (target.failingSince ?? now()) < AWAY_MS) return
  await tenantOf(env, SERVICE_TENANT).alert(awayAlert(target, problem))
  await targetIsAway(db, target.id)
}

const isBack = async (env: Env, db: Db, target: AlertTarget): Promise<void> => {
  await settleAway(env, target)
  await targetIsBack(db, target.id, now())
}

/** It is back, or no target any more. */
export const settleAway = async (env: Env, target: AlertTarget): Promise<void> => {
  if (target.away) await tenantOf(env, SERVICE_TENANT).alert({ ...awayAlert(target, ''), resolved: true })
}

const awayAlert = ({ id, url, failingSince }: AlertTarget, problem: string): Alert => ({
  cause: `alert-target/${id}`,
  kind: 'alert_target_away',
  integration: '',
  text: `nothing has reached alert target ${id} (${new URL(url).host}) since ${new Date(failingSince ?? now()).toISOString()}: ${problem}`,
  remedy:
    'Repair the receiver, or give another address (PUT /v1/alert-targets). What it missed is kept, the newest state of each cause.',
  at: now(),
  resolved: false,
})

export interface Message {
  /** The same for every try, so that a receiver can tell a repetition. */
  id: string
  body: string
}

const messageOf = ({ target, tenant, seq, alert }: Notice): Message => {
  const { cause, kind, integration, text, remedy, firstAt, lastAt, count, resolvedAt } = alert
  return {
    id: `msg_${target}_${tenant}_${seq}`,
    body: JSON.stringify({
      type: resolvedAt === null ? 'alert.raised' : 'alert.resolved',
      timestamp: new Date(resolvedAt ?? lastAt).toISOString(),
      data: { tenant, cause, kind, integration, text, remedy, firstAt, lastAt, count, resolvedAt },
    }),
  }
}

export const signerOf = async (env: Env, { id, secret }: Pick<AlertTarget, 'id' | 'secret'>): Promise<Webhook> =>
  new Webhook(await unseal(await tenantKey(env, SERVICE_TENANT), secretRow(id), secret))

/** Where the secret of a target is kept, for its seal. */
export const secretRow = (id: string): string => `alert-target/${id}/secret`

/** Sends one message by the Standard Webhooks scheme. Answers why it was not taken, in words; undefined = it was. */
export const post = async (url: string, signer: Webhook, { id, body }: Message): Promise<string | undefined> => {
  // On the real clock, as receivers are.
  const at = new Date()
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signer.sign(id, at, body),
  }
  try {
    const response = await within(PATIENCE_MS, (signal) =>
      fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal }),
    )
    await response.body?.cancel()
    return response.ok ? undefined : refusalOf(response.status)
  } catch {
    return 'it does not answer'
  }
}

const refusalOf = (status: number): string =>
  status >= 300 && status < 400
    ? `it answered ${status}: redirects are not followed, enter the final address`
    : `it answered ${status}`
