import { createRoute, z } from '@hono/zod-openapi'
import { AuditEntry, RecordState } from '../../core/audit'
import { CarryJob } from '../../core/job'
import { parseJson } from '../../lib/json'
import { invalid, problem } from '../../lib/problem'
import { timelineOf } from '../../store/audit'
import { findRecord, listRecords, type RecordRow, toCursor } from '../../store/records'
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
  optionalBodyOf,
  Paged,
  PageQuery,
} from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integration-checks'
import { theTenant } from './tenants'

const RecordView = RecordState.extend({
  since: z.number().openapi({ description: 'When it came into this state, with this code' }),
}).openapi('CarriedRecord')
const Timeline = RecordView.extend({ timeline: z.array(AuditEntry.extend({ seq: z.number() })) })

/** Ids hold 48 bits of milliseconds, and `to` needs the moment after it. */
const LATEST = 2 ** 48 - 2
const Moment = z.coerce.number().int().min(0).max(LATEST)

const Filter = PageQuery.extend({
  integration: z.string().optional(),
  flow: z.string().optional(),
  status: z.string().optional(),
  code: z.string().min(1).optional().openapi({ description: 'Of the failure, or of what it waits for' }),
  from: Moment.optional().openapi({ description: 'First seen then or later; milliseconds since 1970' }),
  to: Moment.optional().openapi({ description: 'First seen then or earlier' }),
  q: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .openapi({ description: 'Source number (exact or its beginning), or source id' }),
})

const viewOf = ({ tenant: _, seq: __, first: ___, ...record }: RecordRow) => record

const theRecord = async (c: AdminContext, tenant: string, id: string): Promise<RecordRow> => {
  const record = await findRecord(dbOf(c), tenant, id)
  if (!record) throw notFound('record')
  return record
}

const BASE = '/tenants/{tenant}/records'
const Replay = z.strictObject({
  reread: z.boolean().optional().openapi({ description: 'Ask the source again' }),
  remap: z.boolean().optional().openapi({ description: 'Apply changed mappings to what is posted already' }),
  newGeneration: z.boolean().optional().openapi({ description: 'The target was deleted on purpose: post it again' }),
})
const Queued = z.object({ queued: z.literal(true) })

export const records = makeApi()

records.openapi(
  createRoute({
    method: 'get',
    path: BASE,
    summary: 'What happened to which record',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant, query: Filter },
    responses: answers(
      Paged(RecordView),
      'Records, newest first; with `q` by number. With several filters a page may be short: `next` tells whether it is the last',
    ),
  }),
  async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const begin = cursor === undefined ? undefined : toCursor(cursor)
    if (cursor !== undefined && !begin) throw invalid([{ path: 'query.cursor', message: 'not a cursor of this list' }])
    const { rows, next } = await listRecords(dbOf(c), tenant, filter, limit, begin)
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
      ...optionalBodyOf(Replay),
    },
    responses: answers(Queued, 'It runs now; see the record for what comes of it'),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    const { reread = false, remap = false, newGeneration = false } = c.req.valid('json')
    const options = { reread, remap, newGeneration }
    await theRecord(c, tenant, record)
    const answered = await tenantOf(c.env, tenant).replay(record, options, c.get('caller').key)
    if (!answered.ok) throw problem(409, answered.failure.code, answered.failure.message)
    await note(c, { tenant, name: 'record.replay', record, details: options })
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
    const actor = { by: 'key' as const, id: c.get('caller').key }
    const job = CarryJob.parse({ kind: 'carry', integration, flow, sourceId, actor, correlation: c.get('request') })
    await tenantOf(c.env, tenant).accept([job])
    await note(c, { tenant, name: 'record.carry', integration, details: { flow, sourceId } })
    return c.json({ queued: true as const }, 200)
  },
)
