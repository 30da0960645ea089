import { createRoute, z } from '@hono/zod-openapi'
import { canReconcile } from '../../core/flow'
import { ALL_TIME, Compared, ReconciledFlow, type Reconciliation, Status } from '../../core/reconciliation'
import { csv } from '../../lib/csv'
import { isCalendarDate } from '../../lib/dates'
import { subtract } from '../../lib/money'
import { problem } from '../../lib/problem'
import { pairs } from '../../registry'
import type { IntegrationConfig } from '../../store/config'
import { tenantOf } from '../tenants'
import { answers, InIntegration, makeApi, optionalBodyOf, Paged, PageQuery, wantsCsv } from './api'
import { needs, withinTenant } from './auth'
import { note } from './change'
import { theIntegration } from './integration-checks'

const PATH = '/tenants/{tenant}/integrations/{integration}/reconciliation'
/** Rows of CSV that are read from the tenant at a time. */
const CSV_PAGE = 1000

const Day = z.string().refine(isCalendarDate, { error: 'a business date, e.g. 2026-03-31' })
const Asked = z.strictObject({
  from: Day.optional().openapi({ description: 'First business date; from the beginning, if left out' }),
  to: Day.optional().openapi({ description: 'Last business date' }),
})
const Query = PageQuery.extend(Asked.shape).extend({
  status: Status.optional(),
  about: z
    .string()
    .min(1)
    .optional()
    .openapi({ description: 'Id or number of a document on either side, e.g. of a transfer: only what has it' }),
})

/** Made anew: what pairs load before this library knows nothing of it. */
const Answer = Paged(z.object(Compared.shape).openapi('ReconciledDocument')).extend({
  flows: z.array(z.object(ReconciledFlow.shape).openapi('ReconciledFlow')),
})

export const reconciliation = makeApi()

reconciliation.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    summary:
      'Whether both sides agree, as of the last comparison: what is missing where and why, what differs by how much',
    middleware: [needs('read'), withinTenant],
    request: { params: InIntegration, query: Query },
    responses: {
      ...answers(Answer, 'Sums of both sides, and the documents one by one'),
      200: {
        content: { 'application/json': { schema: Answer }, 'text/csv': { schema: z.string() } },
        description: 'Sums of both sides, and the documents one by one; as text/csv all documents of the window',
      },
    },
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const { id } = await theIntegration(c, tenant, integration)
    const { from = ALL_TIME.from, to = ALL_TIME.to, status, about, cursor, limit } = c.req.valid('query')
    const page = (after: string | undefined, most: number): Promise<Reconciliation> =>
      tenantOf(c.env, tenant).reconciliation(id, { from, to, status, about, cursor: after, limit: most })
    if (!wantsCsv(c)) return c.json(await page(cursor, limit), 200)
    const rows: Compared[] = []
    for (let after: string | undefined | null; after !== null; ) {
      const { items, next } = await page(after, CSV_PAGE)
      rows.push(...items)
      after = next
    }
    return c.text(csv([HEAD, ...rows.map(cellsOf)]), 200, { 'content-type': 'text/csv; charset=utf-8' })
  },
)

const HEAD = [
  'flow',
  'status',
  'date',
  'source number',
  'target number',
  'customer',
  'currency',
  'source total',
  'target total',
  'difference',
  'code',
  'reason',
  'source id',
  'target id',
]

const cellsOf = (row: Compared): string[] => {
  const { source, target } = row
  const either = source ?? target
  return [
    row.flow,
    row.status,
    row.date,
    row.sourceNumber,
    row.targetNumber,
    either?.customer.name ?? '',
    either?.currency ?? '',
    source?.total ?? '',
    target?.total ?? '',
    either ? subtract(target?.total ?? '0', source?.total ?? '0') : '',
    row.code,
    [row.reason, ...row.differences.map(({ what, source: a, target: b }) => `${what}: ${a} / ${b}`)]
      .filter(Boolean)
      .join('; '),
    row.sourceId,
    row.targetId,
  ]
}

reconciliation.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    summary: 'Compare both sides now, behind live work; the same path tells what came of it',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...optionalBodyOf(Asked) },
    responses: answers(z.object({ flows: z.array(z.string()) }), 'These flows are compared'),
  }),
  async (c) => {
    const { tenant, integration } = c.req.valid('param')
    const window = c.req.valid('json')
    const flows = comparable(await theIntegration(c, tenant, integration))
    if (flows.length === 0)
      throw problem(409, 'not_comparable', 'no flow of this integration that is on can be compared')
    const actor = { by: 'key' as const, id: c.get('caller').key }
    const job = { kind: 'reconcile', integration, actor, correlation: c.get('request'), ...window } as const
    await tenantOf(c.env, tenant).accept(flows.map((flow) => ({ ...job, flow })))
    await note(c, { tenant, name: 'integration.reconcile', integration, details: { flows, ...window } })
    return c.json({ flows }, 200)
  },
)

const comparable = ({ pair, flows }: IntegrationConfig): string[] =>
  (pairs[pair]?.flows ?? []).filter((flow) => flows[flow.name]?.enabled && canReconcile(flow)).map(({ name }) => name)
