import { createRoute, z } from '@hono/zod-openapi'
import type { Failure } from '../../core/failure'
import type { Tested } from '../../core/tenant'
import { checkEnv } from '../../env'
import { invalid, issuesOf, type ProblemError, problem } from '../../lib/problem'
import { seal, unwrapKey } from '../../lib/seal'
import type { ConnectionConfig } from '../../store/config'
import { connectAccount, holderOf, setWebhookSecret } from '../../store/connections'
import { forgetDoors } from '../doors'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InConnection, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import { ConnectionView, Reached, theConnection, vendorOf, viewOf } from './connection-shapes'
import { theTenant } from './tenants'

const ONE = '/tenants/{tenant}/connections/{connection}'

/** What opens a vendor's door: sealed before it is stored, tried before it is believed, never shown. */
export const credentials = makeApi()

credentials.openapi(
  createRoute({
    method: 'put',
    path: `${ONE}/credentials`,
    summary: 'Store credentials, after they were tried at the vendor',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection, ...bodyOf(z.record(z.string(), z.unknown())) },
    responses: answers(Reached, 'They work; this company was reached'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const parsed = vendorOf(known.vendor).credentials.safeParse(c.req.valid('json'))
    if (!parsed.success) throw invalid(issuesOf(parsed.error))
    const sealed = await sealFor(c, known, 'credentials', JSON.stringify(parsed.data))
    const reached = await reach(c, known, sealed)
    await pin(c, 'connection.credentials', known, reached, sealed)
    return c.json(reached, 200)
  },
)

credentials.openapi(
  createRoute({
    method: 'put',
    path: `${ONE}/webhook-secret`,
    summary: 'Store the secret that the vendor signs its webhooks with',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection, ...bodyOf(z.strictObject({ secret: z.string().min(1).max(1000) })) },
    responses: answers(ConnectionView, 'The connection'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const sealed = await sealFor(c, known, 'webhook-secret', c.req.valid('json').secret)
    const action = { tenant, name: 'connection.webhook-secret', details: { id: known.id } }
    await change(c, action, [setWebhookSecret(dbOf(c), known.id, sealed)])
    forgetDoors()
    return c.json(viewOf(await theConnection(c, tenant, connection)), 200)
  },
)

credentials.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/test`,
    summary: 'Call the real system with the stored credentials',
    middleware: [needs('operate'), withinTenant],
    request: { params: InConnection },
    responses: answers(Reached, 'This company was reached'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const reached = await reach(c, known)
    await pin(c, 'connection.test', known, reached)
    return c.json(reached, 200)
  },
)

const sealFor = async (
  c: AdminContext,
  { id, tenant }: ConnectionConfig,
  what: string,
  text: string,
): Promise<string> => {
  const { dataKey } = await theTenant(c, tenant)
  const key = await unwrapKey(checkEnv(c.env).keyring, tenant, dataKey)
  return seal(key, `connection/${id}/${what}`, text)
}

/** Who answers. A connection stands for one company for good, and a company has one connection in a deployment. */
const reach = async (c: AdminContext, known: ConnectionConfig, sealed?: string): Promise<Tested> => {
  const answered = await tenantOf(c.env, known.tenant).reach(known.id, sealed === undefined ? {} : { sealed })
  if (!answered.ok) throw refused(answered.failure)
  const { account } = answered.value
  if (known.account && known.account.id !== account.id)
    throw problem(
      409,
      'other_account',
      `these credentials reach ${account.name}; this connection stands for ${known.account.name}. Make a new connection for another company`,
    )
  if (await holderOf(dbOf(c), known, account.id)) throw taken(account.name)
  return answered.value
}

const pin = async (
  c: AdminContext,
  name: string,
  known: ConnectionConfig,
  { account }: Tested,
  sealed?: string,
): Promise<void> => {
  const action = { tenant: known.tenant, name, details: { id: known.id, account } }
  try {
    await change(c, action, [connectAccount(dbOf(c), known.id, account, sealed)])
  } catch (thrown) {
    // Two connections of one company at the same time: the unique index let one through.
    if (await holderOf(dbOf(c), known, account.id)) throw taken(account.name)
    throw thrown
  }
  forgetDoors()
}

const taken = (account: string): ProblemError =>
  problem(409, 'account_taken', `${account} already has a connection in this deployment; limits are per account`)

/** The vendor's own words where it refused; where it could not be asked, nobody knows. */
const refused = ({ kind, message, remedy }: Failure): ProblemError =>
  ['unauthorised', 'rejected', 'malformed'].includes(kind)
    ? problem(422, 'credentials_refused', `${message} — ${remedy}`)
    : problem(503, 'vendor_unreachable', `${message} — nothing was stored; try again`)
