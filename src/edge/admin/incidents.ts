import { createRoute, z } from '@hono/zod-openapi'
import { Message } from '../../core/job'
import type { Decision } from '../../core/tenant'
import { queueOf } from '../../env'
import { now } from '../../lib/clock'
import { parseJson } from '../../lib/json'
import { problem } from '../../lib/problem'
import { listAlerts } from '../../store/alerts'
import { deleteDeadLetter, findDeadLetter, isAnyDead, markReplayed } from '../../store/dead-letters'
import { noDeadLetters } from '../dead-letters'
import { SERVICE_TENANT, tenantOf } from '../tenants'
import {
  type AdminContext,
  answers,
  bodyOf,
  dbOf,
  InKey,
  InRecord,
  InTenant,
  makeApi,
  nextOf,
  notFound,
  Paged,
  PageQuery,
  settled,
} from './api'
import { needs, unbound, withinTenant } from './auth'
import { note } from './change'
import { theTenant } from './tenants'

const AlertView = z
  .object({
    cause: z.string(),
    kind: z.string(),
    integration: z.string(),
    text: z.string(),
    remedy: z.string(),
    firstAt: z.number(),
    lastAt: z.number(),
    count: z.number(),
    resolvedAt: z.number().nullable(),
  })
  .openapi('Alert')

const Queued = z.object({ queued: z.literal(true) })

/** What needs a person: alerts, decisions, stopped batches, dead letters, doubts about the audit. */
export const incidents = makeApi()

incidents.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}/alerts',
    summary: 'What needs a person, one entry per cause',
    middleware: [needs('read'), withinTenant],
    request: {
      params: InTenant,
      query: PageQuery.extend({ open: z.enum(['true', 'false']).default('true') }),
    },
    responses: answers(Paged(AlertView), 'Alerts with their remedies'),
  }),
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    const { open, cursor = '', limit } = c.req.valid('query')
    const rows = await listAlerts(dbOf(c), id, { open: open === 'true', cursor, limit })
    const items = rows.map(({ tenant: _, seq: __, ...alert }) => alert)
    return c.json({ items, next: nextOf(rows, limit, ({ cause }) => cause) }, 200)
  },
)

incidents.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}/audit/verify',
    summary: 'Whether the audit is what was written: nothing changed, missing, swapped or cut off',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant },
    responses: answers(
      z.union([
        z.object({ ok: z.literal(true), entries: z.number() }),
        z.object({ ok: z.literal(false), seq: z.number(), problem: z.string() }),
      ]),
      'The first entry that is not right, if there is one',
    ),
  }),
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    return c.json(await tenantOf(c.env, id).verify(), 200)
  },
)

incidents.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/batches/{batch}/resume',
    summary: 'Let the held records go on without the failed one',
    middleware: [needs('operate'), withinTenant],
    request: { params: InTenant.extend({ batch: z.string().min(1) }) },
    responses: answers(z.object({ resumed: z.number() }), 'So many records go on'),
  }),
  async (c) => {
    const { tenant, batch } = c.req.valid('param')
    await theTenant(c, tenant)
    const value = settled(await tenantOf(c.env, tenant).resume(batch))
    await note(c, { tenant, name: 'batch.resume', details: { batch, ...value } })
    return c.json(value, 200)
  },
)

incidents.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/records/{record}/adopt',
    summary: 'It happened: this is what the uncertain step made in the target',
    middleware: [needs('operate'), withinTenant],
    request: { params: InRecord, ...bodyOf(z.strictObject({ targetId: z.string().min(1).max(300) })) },
    responses: answers(Queued, 'It goes on from there'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    return c.json(await decide(c, tenant, record, { happened: true, targetId: c.req.valid('json').targetId }), 200)
  },
)

incidents.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/records/{record}/resend',
    summary: 'It did not happen: send the uncertain step again',
    middleware: [needs('operate'), withinTenant],
    request: { params: InRecord },
    responses: answers(Queued, 'It is sent again'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    return c.json(await decide(c, tenant, record, { happened: false }), 200)
  },
)

const decide = async (c: AdminContext, tenant: string, record: string, decision: Decision) => {
  await theTenant(c, tenant)
  const value = settled(await tenantOf(c.env, tenant).decide(record, decision, c.get('caller').key))
  await note(c, {
    tenant,
    name: decision.happened ? 'record.adopt' : 'record.resend',
    record,
    details: { ...decision },
  })
  return value
}

incidents.openapi(
  createRoute({
    method: 'delete',
    path: '/dead-letters/{id}',
    summary: 'Throw a message away that cannot be handed over',
    middleware: [needs('operate'), unbound],
    request: { params: InKey },
    responses: answers(z.object({ deleted: z.literal(true) }), 'It is gone; the audit keeps that it was there'),
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const letter = await findDeadLetter(dbOf(c), id)
    if (!letter) throw notFound('dead letter')
    const { queue, reason } = letter
    await note(c, { tenant: SERVICE_TENANT, name: 'dead-letter.delete', details: { id, queue, reason } })
    await deleteDeadLetter(dbOf(c), id)
    await settleDeadLetters(c)
    return c.json({ deleted: true as const }, 200)
  },
)

/** The alert is over once none waits for an operator. */
const settleDeadLetters = async (c: AdminContext): Promise<void> => {
  if (!(await isAnyDead(dbOf(c)))) await tenantOf(c.env, SERVICE_TENANT).alert(noDeadLetters())
}

incidents.openapi(
  createRoute({
    method: 'post',
    path: '/dead-letters/{id}/replay',
    summary: 'Put a message back into its queue',
    middleware: [needs('operate'), unbound],
    request: { params: InKey },
    responses: answers(Queued, 'It is handed over again'),
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const letter = await findDeadLetter(dbOf(c), id)
    if (!letter) throw notFound('dead letter')
    const message = Message.safeParse(parseJson(letter.body)).data
    if (!message) throw problem(409, 'makes_no_sense', `this message cannot be handed over: ${letter.reason}`)
    await queueOf(c.env, message.pair).send(message)
    await markReplayed(dbOf(c), id, now())
    await settleDeadLetters(c)
    await note(c, { tenant: SERVICE_TENANT, name: 'dead-letter.replay', details: { id, tenant: message.tenant } })
    return c.json({ queued: true as const }, 200)
  },
)
