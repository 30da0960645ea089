import { createRoute, z } from '@hono/zod-openapi'
import { invalid } from '../../lib/problem'
import { type Cause, listCauses, placeOf, toPlace } from '../../store/failures'
import { tenantOf } from '../tenants'
import {
  answers,
  bodyOf,
  dbOf,
  InRecord,
  InTenant,
  makeApi,
  nextOf,
  optionalBodyOf,
  Paged,
  PageQuery,
  settled,
} from './api'
import { needs, withinTenant } from './auth'
import { note, pendingOf } from './change'
import { theTenant } from './tenants'

/** Of one call. */
const MOST_REPLAYED = 500

const EXAMPLE: Cause = {
  flow: 'wave-cin7/invoice-to-sale',
  code: 'unmapped',
  remedy: 'Map the Wave account "Consulting income" (QWNjb3VudDox) in the mapping "account". Then replay.',
  integration: 'i_01J9ZJ5T3N6WQ2',
  count: 12,
  firstAt: 1_767_225_600_000,
  lastAt: 1_767_312_000_000,
  example: 'r_01J9ZJ5T3N6WQ2',
}

const Failure = z
  .object({
    flow: z.string(),
    code: z.string(),
    remedy: z.string().openapi({ description: 'What to do about all of them' }),
    integration: z.string(),
    count: z.number(),
    firstAt: z.number().openapi({ description: 'Since when the first of them stands so; milliseconds since 1970' }),
    lastAt: z.number().openapi({ description: 'When one of them was last tried' }),
    example: z.string().openapi({ description: 'One of the records, for the vendor’s own words and its timeline' }),
  })
  .openapi('Failure', { example: EXAMPLE })

const Filter = PageQuery.extend({
  status: z.enum(['failed', 'waiting', 'uncertain']).default('failed').openapi({
    description: 'failed = a person has to act, then replay; waiting and uncertain mostly go on by themselves',
  }),
  integration: z.string().optional(),
  flow: z.string().optional(),
  code: z.string().optional(),
})

const Replay = z
  .strictObject({
    integration: z.string().optional(),
    flow: z.string().optional(),
    code: z.string().optional(),
    remedy: z.string().optional().openapi({ description: 'As the list of failures shows it' }),
    limit: z.number().int().min(1).max(MOST_REPLAYED).optional(),
    reread: z.boolean().optional().openapi({ description: 'Ask the source again' }),
    remap: z.boolean().optional().openapi({ description: 'Apply changed mappings to what is posted already' }),
  })
  .openapi({
    description: 'What is left out does not matter; without any, all that failed',
    example: { flow: 'wave-cin7/invoice-to-sale', code: 'unmapped' },
  })
const Replayed = z
  .object({
    queued: z.number().openapi({ description: 'So many run now, the longest known first' }),
    left: z.number().openapi({ description: 'So many more are meant by the filter: repeat the call' }),
  })
  .openapi('Replayed', { example: { queued: 500, left: 40 } })

const Reason = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .openapi({ example: { reason: 'entered in Cin7 by hand on 3 March' } })
const Resolve = z
  .strictObject({
    holds: z.enum(['source', 'target']).openapi({
      description:
        'target: it stays as it is, nothing is written. source: what somebody edited in the target is written over; what was built on it (payments, shipments, credit notes) is not, and is a conflict again that names it',
    }),
  })
  .openapi({ example: { holds: 'source' } })

const BASE = '/tenants/{tenant}'

/** What did not go through, by cause, and what a person does about it. */
export const failures = makeApi()

failures.openapi(
  createRoute({
    method: 'get',
    path: `${BASE}/failures`,
    summary: 'What did not go through, grouped by what is to be done about it',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant, query: Filter },
    responses: answers(Paged(Failure), 'Causes with their remedies, per flow'),
  }),
  async (c) => {
    const { status: state, cursor, ...filter } = c.req.valid('query')
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    const after = cursor === undefined ? undefined : toPlace(cursor)
    if (cursor !== undefined && !after) throw invalid([{ path: 'query.cursor', message: 'not a cursor of this list' }])
    const items = await listCauses(dbOf(c), id, { ...filter, state, after })
    return c.json({ items, next: nextOf(items, filter.limit, placeOf) }, 200)
  },
)

failures.openapi(
  createRoute({
    method: 'post',
    path: `${BASE}/replays`,
    summary: 'Replay failed records by what they have in common, from their stored source records',
    middleware: [needs('operate'), withinTenant],
    request: { params: InTenant, ...optionalBodyOf(Replay) },
    responses: answers(Replayed, 'How many run now, and how many more there are'),
  }),
  async (c) => {
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const { limit = MOST_REPLAYED, reread = false, remap = false, ...filter } = c.req.valid('json')
    const options = { reread, remap }
    const answer = await tenantOf(c.env, tenant).replayFailed(filter, limit, options, c.get('caller').key)
    await note(c, { tenant, name: 'records.replay', details: { ...filter, ...options, ...answer } })
    return c.json(answer, 200)
  },
)

failures.openapi(
  createRoute({
    method: 'post',
    path: `${BASE}/records/{record}/ignore`,
    summary: 'Set a failed or waiting record aside, with a reason; its batch goes on',
    middleware: [needs('operate'), withinTenant],
    request: { params: InRecord, ...bodyOf(Reason) },
    responses: answers(
      z.object({ ignored: z.literal(true) }),
      'It is skipped until the source record changes, or until somebody replays it',
    ),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    await theTenant(c, tenant)
    const action = pendingOf(c, { tenant, name: 'record.ignore', record, details: { reason } })
    return c.json(settled(await tenantOf(c.env, tenant).ignore(record, reason, action)), 200)
  },
)

failures.openapi(
  createRoute({
    method: 'post',
    path: `${BASE}/records/{record}/resolve`,
    summary: 'Settle a conflict: say what holds',
    middleware: [needs('operate'), withinTenant],
    request: { params: InRecord, ...bodyOf(Resolve) },
    responses: answers(
      z.object({ queued: z.literal(true) }),
      'The target agrees with the source as it is now, or is brought to agree; a later change is carried, or a conflict again',
    ),
  }),
  async (c) => {
    const { tenant, record } = c.req.valid('param')
    const { holds } = c.req.valid('json')
    await theTenant(c, tenant)
    const action = pendingOf(c, { tenant, name: 'record.resolve', record, details: { holds } })
    const object = tenantOf(c.env, tenant)
    const keep = holds === 'source' ? object.keepSource(record, action) : object.keepTarget(record, action)
    return c.json(settled(await keep), 200)
  },
)
