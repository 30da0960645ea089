import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '../../support/admin'
import { adminKey } from '../../support/office'
import { as, filled, type KeyMade, keyWith, newTenant, ORIGIN, type Route, routes, send } from './support'

const OPERATES = [
  '/test',
  '/pause',
  '/resume',
  '/poll',
  '/backfill',
  '/sweep',
  '/reconciliation',
  '/match',
  '/preview',
  '/matches/accept',
  '/dead-letters/{id}',
  '/refresh',
  '/replay',
  '/replays',
  '/ignore',
  '/resolve',
  '/adopt',
  '/resend',
  '/mappings/{kind}',
  '/integrations/{integration}/records',
  '/transfers',
  '/transfers/withdraw',
  '/recipients',
]

/** What a route needs, told from what it does. */
const scopeOf = ({ method, path }: Route): string => {
  if (path.startsWith('/v1/keys')) return 'admin'
  if (path.endsWith('/source')) return 'source'
  // It leaves a state behind, and leads to credentials.
  if (path.endsWith('/authorize')) return 'admin'
  // Everything at once, source records among it.
  if (path.endsWith('/export')) return 'admin'
  if (method === 'GET') return 'read'
  // Money that is asked for by one is approved by another: no other scope is enough, admin neither.
  if (path.endsWith('/approvals')) return 'approve'
  return OPERATES.some((end) => path.endsWith(end)) ? 'operate' : 'admin'
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`

const KEY = { principal: 'x', scopes: ['read'] }
const isMakingKeys = (route: Route) => nameOf(route) === 'POST /v1/keys'

let all: Route[]
let approver: Admin
beforeAll(async () => {
  const wanted = { principal: 'approver', scopes: ['approve'] }
  approver = as((await as(env.ADMIN_TOKEN).call<KeyMade>('POST', '/v1/keys', wanted)).key)
  await adminKey()
  all = await routes()
})

const refusedTo = async (api: Admin): Promise<string[]> => {
  const refused: string[] = []
  for (const route of all) {
    const body = isMakingKeys(route) ? KEY : undefined
    if ((await api.ask(route.method, filled(route.path), body)).status === 403) refused.push(nameOf(route))
  }
  return refused
}

describe('a request without a key that is known', () => {
  it.each(['', 'Bearer', 'Bearer wrong', `Bearer mlc_${'A'.repeat(43)}`])(
    'is 401 on every route: %j',
    async (authorization) => {
      const answers: [string, number, string | null][] = []
      for (const route of all) {
        const init = { method: route.method, headers: { authorization } }
        const response = await send(new Request(`${ORIGIN}${filled(route.path)}`, init))
        answers.push([nameOf(route), response.status, response.headers.get('content-type')])
      }
      expect(answers).toEqual(all.map((route) => [nameOf(route), 401, 'application/problem+json']))
    },
  )
})

describe('a scope', () => {
  it.each(['read', 'source', 'operate'])('opens its own routes and no others: %s', async (scope) => {
    const others = all.filter((route) => scopeOf(route) !== scope)
    expect(await refusedTo(await keyWith([scope]))).toEqual(others.map(nameOf))
  })

  it('admin opens all of them but approvals', async () => {
    const approvals = all.filter((route) => scopeOf(route) === 'approve')
    expect(approvals.length).toBe(1)
    expect(await refusedTo(await keyWith(['admin']))).toEqual(approvals.map(nameOf))
  })

  it('approve opens approvals alone', async () => {
    const others = all.filter((route) => scopeOf(route) !== 'approve')
    expect(await refusedTo(approver)).toEqual(others.map(nameOf))
  })
})

describe('the bootstrap token', () => {
  it('is refused on every route, once it is spent', async () => {
    expect(await refusedTo(as(env.ADMIN_TOKEN))).toEqual(all.map(nameOf))
  })
})

describe('a key that is bound to a tenant', () => {
  it('gets 404 for every route of another tenant, and 403 for those of the deployment', async () => {
    const key = await keyWith(['admin'], await newTenant())
    const other = await newTenant()
    const statuses: [string, number][] = []
    for (const route of all) {
      const path = filled(route.path, { tenant: other })
      const { status } = await key.ask(route.method, path, isMakingKeys(route) ? KEY : undefined)
      statuses.push([nameOf(route), status])
    }
    const isTenants = (name: string) => name.includes('{tenant}')
    const isApproval = (name: string) => name.startsWith('POST') && name.endsWith('/approvals')
    expect(statuses).toEqual(statuses.map(([name]) => [name, isTenants(name) && !isApproval(name) ? 404 : 403]))
  })
})
