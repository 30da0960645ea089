import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index'

type Sent = { body: unknown }

/** Queues that keep what is sent to them, so that a test can hand it over itself instead of waiting for the local queue. */
const capturing = (sent: Sent[]) => {
  const queue = { send: async (body: unknown) => void sent.push({ body }) }
  return { WAVE_CIN7: queue, WAVE_WISE: queue, QUICKBOOKS_CIN7: queue, ACUMATICA_CIN7: queue, FRESHBOOKS_CIN7: queue }
}

/** A request through the front door; what it queues is returned, and nothing is consumed yet. `secrets` = more of the worker's. */
export const receive = async (
  request: Request,
  secrets: Record<string, string> = {},
): Promise<{ response: Response; messages: unknown[] }> => {
  const sent: Sent[] = []
  const response = await worker.fetch(request, { ...env, ...secrets, ...capturing(sent) }, createExecutionContext())
  return { response, messages: sent.map(({ body }) => body) }
}

/** What the queue's consumer does with messages. */
export const consume = async (queue: string, messages: unknown[]) => {
  const batch = createMessageBatch(
    queue,
    messages.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body })),
  )
  const context = createExecutionContext()
  await worker.queue(batch, env)
  return getQueueResult(batch, context)
}

/** A webhook all the way to the tenant's inbox. Answers the status that the vendor sees. */
export const deliver = async (request: Request, queue = 'wave-cin7'): Promise<number> => {
  const { response, messages } = await receive(request)
  if (messages.length > 0) await consume(queue, messages)
  return response.status
}
