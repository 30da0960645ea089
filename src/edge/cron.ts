import type { Message } from '../core/job'
import { PairName } from '../core/pair'
import { checkEnv, type Env, queueOf } from '../env'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { nextDue } from '../lib/schedule'
import { openDb } from '../store/config'
import { type DueFlow, dueFlows, moveDue } from '../store/schedules'
import { handOnPending } from './pending'

const AT_ONCE = 500

/** Each minute: which flows are due for a poll, and which saved actions a tenant has not heard of yet. */
export const tick = async (_: ScheduledController, env: Env): Promise<void> => {
  checkEnv(env)
  await Promise.all([pollDue(env), handOnPending(env)])
}

/** Sent before the due time moves: a crash in between polls twice, never not at all. */
const pollDue = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const due = await dueFlows(db, now(), AT_ONCE)
  const byIntegration = Map.groupBy(due, ({ integration }) => integration)
  for (const flows of byIntegration.values()) await sendPoll(env, flows)
  await moveDue(
    db,
    due.map(({ integration, flow, schedule }) => ({ integration, flow, dueAt: nextDue(schedule, now()) })),
  )
}

const sendPoll = async (env: Env, flows: DueFlow[]): Promise<void> => {
  const [first] = flows
  if (!first) return
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
  await queueOf(env, pair).send(message)
}
