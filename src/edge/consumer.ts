import { z } from 'zod'
import { leadOf } from '../core/flow'
import { Message, type NewJob } from '../core/job'
import { checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { pairs } from '../registry'
import { openDb } from '../store/config'
import { storeDeadLetter } from '../store/dead-letters'
import { deadLetters } from './dead-letters'
import { SERVICE_TENANT, tenantOf } from './tenants'

/** In each environment its name goes on otherwise (wrangler.toml). */
const DEAD_LETTERS = 'ml-connector-dead'
const LONGEST_DELAY_S = 1_800

/** Grows with each attempt: a hundred of them last two days. */
const delayOf = (attempts: number): number => Math.min(LONGEST_DELAY_S, 2 ** Math.min(attempts, 11))

/** What a message of another deployment looks like: known shape, unknown kind or version. */
const Foreign = z.object({ v: z.number(), kind: z.string() })

/** Hands over to the tenants what the queue of a pair carries; does none of the work (design section 2). */
export const consume = async (batch: MessageBatch, env: Env): Promise<void> => {
  checkEnv(env)
  if (batch.queue.startsWith(DEAD_LETTERS)) return keepDead(batch, env)
  const byTenant = new Map<string, { queued: QueueMessage[]; jobs: NewJob[] }>()
  for (const queued of batch.messages) {
    const message = Message.safeParse(queued.body).data
    if (!message) {
      await setAside(batch.queue, queued, env)
      continue
    }
    const group = byTenant.get(message.tenant) ?? { queued: [], jobs: [] }
    group.queued.push(queued)
    group.jobs.push(...jobsOf(message))
    byTenant.set(message.tenant, group)
  }
  await Promise.all([...byTenant].map(([tenant, group]) => handOver(env, tenant, group)))
}

type QueueMessage = MessageBatch['messages'][number]

const handOver = async (
  env: Env,
  tenant: string,
  { queued, jobs }: { queued: QueueMessage[]; jobs: NewJob[] },
): Promise<void> => {
  try {
    await tenantOf(env, tenant).accept(jobs)
    for (const message of queued) message.ack()
  } catch {
    for (const message of queued) message.retry({ delaySeconds: delayOf(message.attempts) })
  }
}

/** Which flows a message concerns. The tenant knows which of them are switched on, and which others follow them. */
const jobsOf = (message: Message): NewJob[] => {
  const { integration, correlation } = message
  if (message.kind === 'poll')
    return message.flows.map((flow) => ({ kind: 'poll', integration, flow, actor: { by: 'poll' }, correlation }))
  const { change, vendor } = message
  const polled = pollsOf(message)
  const all = pairs[message.pair]?.flows ?? []
  const flows = all.filter(
    (flow) => flow.source.vendor === vendor && flow.source.type === change.type && !leadOf(all, flow),
  )
  const carried = flows.map(
    (flow): NewJob => ({
      kind: 'carry',
      integration,
      flow: flow.name,
      sourceId: change.id,
      actor: { by: 'webhook', ...(change.eventId && { id: change.eventId }) },
      correlation,
      ...(change.eventId && { delivery: change.eventId }),
      ...(change.tidings && { tidings: change.tidings }),
    }),
  )
  return [...carried, ...polled]
}

/** What changed in the target may be what others waited for, or a document of ours: the flows that write there look again. */
const pollsOf = ({ integration, correlation, pair, vendor, change }: Extract<Message, { kind: 'change' }>): NewJob[] =>
  (pairs[pair]?.flows ?? [])
    .filter(({ target }) => target.vendor === vendor && target.type === change.type)
    .flatMap(({ name }): NewJob[] => {
      const job = { integration, flow: name, actor: { by: 'webhook' as const }, correlation }
      return [
        { kind: 'poll', ...job },
        { kind: 'told', ...job, targetId: change.id, event: change.event },
      ]
    })

/** A message that makes no sense goes to the dead letters with its reason; one of an older or newer deployment waits for it. */
const setAside = async (queue: string, queued: QueueMessage, env: Env): Promise<void> => {
  if (Foreign.safeParse(queued.body).success) return queued.retry({ delaySeconds: delayOf(queued.attempts) })
  const reason = z.prettifyError(Message.safeParse(queued.body).error ?? new z.ZodError([]))
  await keep(env, queue, queued, reason)
}

const keepDead = async (batch: MessageBatch, env: Env): Promise<void> => {
  for (const queued of batch.messages) await keep(env, batch.queue, queued, 'could not be handed over for two days')
}

/** While D1 does not take it, it waits in the queue, longer each time. */
const keep = async (env: Env, queue: string, queued: QueueMessage, reason: string): Promise<void> => {
  const letter = { id: queued.id, queue, reason, body: JSON.stringify(queued.body), at: now(), replayedAt: null }
  try {
    await storeDeadLetter(openDb(env.DB), letter)
    await tenantOf(env, SERVICE_TENANT).alert(deadLetters(queue, reason))
    queued.ack()
  } catch {
    queued.retry({ delaySeconds: delayOf(queued.attempts) })
  }
}
