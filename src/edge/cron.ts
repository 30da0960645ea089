import type { Message } from '../core/job'
import { PairName } from '../core/pair'
import { checkEnv, type Env, queueOf } from '../env'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { log } from '../lib/log'
import { nextDue } from '../lib/schedule'
import { trace } from '../lib/trace'
import { openDb } from '../store/config'
import { type DueFlow, dueFlows, moveDue } from '../store/schedules'
import { deliverAlerts } from './alert-delivery'
import { doChores } from './chores'
import { checkConnections } from './daily'
import { continueErasures } from './erasure'
import { handOnPending } from './pending'
import { pokeTenants } from './poke'

const AT_ONCE = 500

/** Each minute: which flows are due for a poll, which saved actions a tenant has not heard of yet, who is late with its work. */
export const tick = async (_: ScheduledController, env: Env): Promise<void> => {
  checkEnv(env)
  await Promise.all([
    pollDue(env),
    handOnPending(env),
    pokeTenants(env),
    checkConnections(env),
    deliverAlerts(env),
    doChores(env),
    continueErasures(env),
  ])
}

/** Sent before the due time moves: a crash in between polls twice, never not at all. */
const pollDue = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const due = await dueFlows(db, now(), AT_ONCE)
  const byIntegration = [...Map.groupBy(due, ({ integration }) => integration).values()]
  const sent = await Promise.all(byIntegration.map((flows) => sendPoll(env, flows)))
  await moveDue(
    db,
    sent.flat().map(({ integration, flow, schedule }) => ({ integration, flow, dueAt: nextDue(schedule, now()) })),
  )
}

/** Answers what was sent: a queue that cannot take it does not hold up the others. */
const sendPoll = async (env: Env, flows: DueFlow[]): Promise<DueFlow[]> => {
  const [first] = flows
  if (!first) return []
  const pair = PairName.parse(first.pair)
  const message: Message = {
    v: 1,
    kind: 'poll',
    tenant: first.tenant,
    integration: first.integration,
    pair,
    flows: flows.map(({ flow }) => flow),
    correlation: newId('x', now()),
  }
  try {
    await queueOf(env, pair).send(message)
    return flows
  } catch (thrown) {
    log('poll_not_sent', { pair, error: trace(thrown) })
    return []
  }
}
