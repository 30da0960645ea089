import { createRoute, z } from '@hono/zod-openapi'
import { checkEnv } from '../../env'
import { rewrapKey } from '../../lib/seal'
import { listConnections } from '../../store/connections'
import { listTenants, replaceKey, type TenantRow } from '../../store/tenants'
import { grantOf } from '../oauth/connect'
import { SERVICE_TENANT } from '../tenants'
import { type AdminContext, answers, dbOf, makeApi, nextOf, optionalBodyOf } from './api'
import { needs, unbound } from './auth'
import { note } from './change'

const TENANTS_AT_ONCE = 20

/** After a new key was put in front of MASTER_KEYS. */
export const keyring = makeApi()

keyring.openapi(
  createRoute({
    method: 'post',
    path: '/keyring/rotate',
    summary:
      'Wrap the data keys of some tenants and their grants with the newest master key; repeat until next is null',
    middleware: [needs('admin'), unbound],
    request: optionalBodyOf(z.strictObject({ cursor: z.string().optional() })),
    responses: answers(
      z.object({ rewrapped: z.number(), next: z.string().nullable() }),
      'So many keys were wrapped anew; the old master key may go once a whole round has answered 0',
    ),
  }),
  async (c) => {
    const { cursor = '' } = c.req.valid('json')
    const rows = await listTenants(dbOf(c), cursor, TENANTS_AT_ONCE)
    let rewrapped = 0
    for (const row of rows) rewrapped += await rotate(c, row)
    const next = nextOf(rows, TENANTS_AT_ONCE, ({ id }) => id)
    await note(c, { tenant: SERVICE_TENANT, name: 'keyring.rotate', details: { after: cursor, rewrapped, next } })
    return c.json({ rewrapped, next }, 200)
  },
)

/** The data key itself stays the same, so nothing that is sealed has to be touched, and nobody who uses it is disturbed. */
const rotate = async (c: AdminContext, { id, dataKey }: TenantRow): Promise<number> => {
  const fresh = await rewrapKey(checkEnv(c.env).keyring, id, dataKey)
  if (fresh) await replaceKey(dbOf(c), id, fresh)
  const grants = new Set((await listConnections(dbOf(c), id)).flatMap(({ grant }) => grant ?? []))
  const moved = await Promise.all([...grants].map((grant) => grantOf(c.env, grant).rewrap()))
  return (fresh ? 1 : 0) + moved.filter(Boolean).length
}
