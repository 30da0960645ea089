import { createRoute, z } from '@hono/zod-openapi'
import type { ExportedTable } from '../../core/tenant'
import type { Env } from '../../env'
import { now } from '../../lib/clock'
import { log } from '../../lib/log'
import { problem } from '../../lib/problem'
import { trace } from '../../lib/trace'
import { openDb } from '../../store/config'
import { listConnections } from '../../store/connections'
import { beginErasure } from '../../store/erasures'
import { exportRows } from '../../store/export'
import { forgetDoors } from '../doors'
import { eraseStep } from '../erasure'
import { SERVICE_TENANT, tenantOf } from '../tenants'
import { answers, dbOf, InTenant, makeApi } from './api'
import { needs, unbound, withinTenant } from './auth'
import { change, note } from './change'
import { unhooked } from './connections'
import { streamOf } from './stream'
import { theTenant } from './tenants'

/** When a business leaves: its data, and its end. */
export const leaving = makeApi()

/** Not as a literal: by its last four letters the library's types would take the answer for JSON. */
const NDJSON: string = 'application/x-ndjson'

const { 200: _, ...refusals } = answers(z.string(), '')

leaving.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}/export',
    summary: 'All data of a business, a JSON object per line, without secrets',
    middleware: [needs('admin'), withinTenant],
    request: { params: InTenant },
    responses: {
      200: {
        content: { [NDJSON]: { schema: z.string() } },
        description:
          'Lines {kind, row}; the last is {kind: "end"} with how many there were: without it, it was cut off',
      },
      ...refusals,
    },
  }),
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    await note(c, { tenant: id, name: 'tenant.export', details: {} })
    return c.body(streamOf(linesOf(c.env, id)), 200, { 'content-type': NDJSON })
  },
)

const TABLES: ExportedTable[] = ['links', 'writes', 'documents', 'tidings']

async function* linesOf(env: Env, tenant: string): AsyncGenerator<string> {
  let lines = 0
  for await (const row of exportRows(openDb(env.DB), tenant)) {
    lines += 1
    yield `${JSON.stringify(row)}\n`
  }
  for (const table of TABLES)
    for await (const row of objectRows(env, tenant, table)) {
      lines += 1
      yield `{"kind":"${table}","row":${row}}\n`
    }
  yield `${JSON.stringify({ kind: 'end', row: { lines } })}\n`
}

async function* objectRows(env: Env, tenant: string, table: ExportedTable): AsyncGenerator<string> {
  let after: string | null = null
  do {
    const page: { rows: string[]; next: string | null } = await tenantOf(env, tenant).exported(table, after)
    yield* page.rows
    after = page.next
  } while (after !== null)
}

leaving.openapi(
  createRoute({
    method: 'delete',
    path: '/tenants/{tenant}',
    summary: 'Erase a business: its key, its credentials and all of its data, for good',
    middleware: [needs('admin'), withinTenant, unbound],
    request: {
      params: InTenant,
      query: z.object({ name: z.string().openapi({ description: 'Its name, so that it is the right one' }) }),
    },
    responses: answers(
      z.object({
        id: z.string(),
        problems: z.array(z.string()).openapi({ description: 'What is left at the vendors, to be removed there' }),
      }),
      'Nothing sealed can be opened any more; the rest of its rows goes within minutes',
    ),
  }),
  async (c) => {
    const { id, name } = await theTenant(c, c.req.valid('param').tenant)
    if (c.req.valid('query').name !== name) throw problem(409, 'other_name', 'this business has another name')
    const connections = await listConnections(dbOf(c), id)
    const problems: string[] = []
    for (const connection of connections) problems.push(...(await unhooked(c, connection)))
    const erasure = { tenant: id, grants: [...new Set(connections.flatMap(({ grant }) => grant ?? []))], at: now() }
    const details = { id, name, connections: connections.length }
    await change(c, { tenant: SERVICE_TENANT, name: 'tenant.erase', details }, beginErasure(dbOf(c), erasure))
    forgetDoors()
    // Where it fails, cron goes on.
    await eraseStep(c.env, erasure).catch((thrown: unknown) =>
      log('erasure_waits', { tenant: id, error: trace(thrown) }),
    )
    return c.json({ id, problems }, 200)
  },
)
