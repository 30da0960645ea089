import { createRoute, z } from '@hono/zod-openapi'
import { AuditEntry, RecordState } from '../../core/audit'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { parseJson } from '../../lib/json'
import { invalid, problem } from '../../lib/problem'
import { findRecord, listRecords, type RecordRow, timelineOf } from '../../store/records'
import { tenantOf } from '../tenants'
import {
  type AdminContext,
  answers,
  bodyOf,
  dbOf,
  InIntegration,
  InRecord,
  InTenant,
  makeApi,
  notFound,
  Paged,
  PageQuery,
} from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integrations'

const RecordView = RecordState.openapi('Record')
const Timeline = RecordState.extend({ timeline: z.array(AuditEntry.extend({ seq: z.number() })) })

const Filter = PageQuery.extend({
  integration: z.string().optional(),
  flow: z.string().optional(),
  status: z.string().optional(),
  from: z.coerce.number().optional().openapi({ description: 'Milliseconds since 1970' }),
  to: z.coerce.number().optional(),
  q: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .openapi({ description: 'Source number (exact or its beginning), or source id' }),
})

const viewOf = ({ tenant: _, seq: __, ...record }: RecordRow) => record

const theRecord = async (c: AdminContext, tenant: string, id: string): Promise<RecordRow> => {
  const record = await findRecord(dbOf(c), tenant, id)
  if (!record) throw notFound('record')
  return record
}

const BASE = '/tenants/{tenant}/records'
const Queued = z.object({ queued: z.literal(true) })

export const records = makeApi()

records.openapi(
  createRoute({
    method: 'get',
    path: BASE,
    summary: 'What happened to which record',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant, query: Filter },
    responses: answers(Paged(RecordView), 'Records, newest first'),
  }),
  async (c) => {
    const filter = c.req.valid('query')
    const rows = await listRecords(dbOf(c), c.req.valid('param').tenant, filter)
    const next = rows.length === filter.limit ? (rows.at(-1)?.id ?? null) : null
    return c.json({ items: rows.map(viewOf), next }, 200)
  },
)

records.openapi(
  createRoute({
    method: 'get',
    path: `${BASE}/{record}`,
    summary: 'One record, with everything that was done for it',
    middleware: [needs('read'), withinTenant],
    request: { params: InRecord },
    responses: answers(Timeline, 'The record and its timeline, oldest first'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    const found = viewOf(await theRecord(c, tenant, record))
    const timeline = (await timelineOf(dbOf(c), tenant, record)).map(({ seq, entry }) => ({ ...entry, seq }))
    return c.json({ ...found, timeline }, 200)
  },
)

records.openapi(
  createRoute({
    method: 'get',
    path: `${BASE}/{record}/source`,
    summary: 'The source record as it was read; that it was shown stands in the audit',
    middleware: [needs('source'), withinTenant],
    request: { params: InRecord },
    responses: answers(z.object({ sourceId: z.string(), readAt: z.number(), body: z.unknown() }), 'The stored record'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    await theRecord(c, tenant, record)
    const answered = await tenantOf(c.env, tenant).source(record)
    if (!answered.ok) throw notFound('stored source record')
    await note(c, { tenant, name: 'record.source', record, details: {} })
    const { sourceId, readAt, body } = answered.value
    return c.json({ sourceId, readAt, body: parseJson(body) }, 200)
  },
)

records.openapi(
  createRoute({
    method: 'post',
    path: `${BASE}/{record}/replay`,
    summary: 'Do what is not done yet, from the stored source record',
    middleware: [needs('operate'), withinTenant],
    request: {
      params: InRecord,
      ...bodyOf(
        z.strictObject({
          reread: z.boolean().default(false).openapi({ description: 'Ask the source again' }),
          remap: z
            .boolean()
            .default(false)
            .openapi({ description: 'Apply changed mappings to what is posted already' }),
        }),
      ),
    },
    responses: answers(Queued, 'It runs now; see the record for what comes of it'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    const options = c.req.valid('json')
    await theRecord(c, tenant, record)
    const answered = await tenantOf(c.env, tenant).replay(record, options, c.get('caller').key)
    if (!answered.ok) throw problem(409, answered.failure.code, answered.failure.message)
    await note(c, { tenant, name: 'record.replay', record, details: { ...options } })
    return c.json({ queued: true as const }, 200)
  },
)

records.openapi(
  createRoute({
    method: 'post',
    path: '/tenants/{tenant}/integrations/{integration}/records',
    summary: 'Carry this record now',
    middleware: [needs('operate'), withinTenant],
    request: {
      params: InIntegration,
      ...bodyOf(z.strictObject({ flow: z.string(), sourceId: z.string().min(1).max(300) })),
    },
    responses: answers(Queued, 'It is read and carried now'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { flow, sourceId } = c.req.valid('json')
    const known = await theIntegration(c, tenant, integration)
    if (!known.flows[flow]?.enabled)
      throw invalid([{ path: 'flow', message: 'not a flow of this integration that is on' }])
    const { key } = c.get('caller')
    const job = { kind: 'carry', integration, flow, sourceId, variants: [], actor: { by: 'key', id: key } } as const
    await tenantOf(c.env, tenant).accept([{ ...job, variants: [], correlation: newId('x', now()) }])
    await note(c, { tenant, name: 'record.carry', integration, details: { flow, sourceId } })
    return c.json({ queued: true as const }, 200)
  },
)
