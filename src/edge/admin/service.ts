import { createRoute, z } from '@hono/zod-openapi'
import { AuditEntry } from '../../core/audit'
import { listAudit } from '../../store/audit'
import { listDeadLetters } from '../../store/dead-letters'
import { answers, dbOf, InTenant, makeApi, nextOf, Paged, PageQuery, wantsCsv } from './api'
import { auditTable } from './audit-csv'
import { needs, unbound, withinTenant } from './auth'
import { streamOf } from './stream'
import { theTenant } from './tenants'

const AuditQuery = PageQuery.extend({
  cursor: z.coerce.number().int().min(0).default(0).openapi({ description: 'Entries after this sequence' }),
  record: z.string().optional().openapi({ description: 'Only what was done for this record' }),
})

const Entries = Paged(AuditEntry.extend({ seq: z.number() }).openapi('AuditEntry'))

export const service = makeApi()

service.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}/audit',
    summary: 'Every attempt and every action of an operator, in order',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant, query: AuditQuery },
    responses: {
      ...answers(Entries, 'Entries, oldest first'),
      200: {
        content: { 'application/json': { schema: Entries }, 'text/csv': { schema: z.string() } },
        description: 'Entries, oldest first; as text/csv all that come after the cursor',
      },
    },
  }),
  async (c) => {
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const filter = c.req.valid('query')
    if (wantsCsv(c))
      return c.body(streamOf(auditTable(dbOf(c), tenant, filter)), 200, { 'content-type': 'text/csv; charset=utf-8' })
    const rows = await listAudit(dbOf(c), tenant, filter)
    const next = nextOf(rows, filter.limit, ({ seq }) => String(seq))
    return c.json({ items: rows.map(({ seq, entry }) => ({ ...entry, seq })), next }, 200)
  },
)

const Letter = z.object({ id: z.string(), queue: z.string(), reason: z.string(), body: z.string(), at: z.number() })

service.openapi(
  createRoute({
    method: 'get',
    path: '/dead-letters',
    summary: 'Queue messages that could not be handed over',
    middleware: [needs('read'), unbound],
    request: { query: PageQuery },
    responses: answers(Paged(Letter), 'Messages, each with its reason'),
  }),
  async (c) => {
    const { cursor = '', limit } = c.req.valid('query')
    const rows = await listDeadLetters(dbOf(c), cursor, limit)
    return c.json({ items: rows, next: nextOf(rows, limit, ({ id }) => id) }, 200)
  },
)
