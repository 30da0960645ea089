import { createRoute, z } from '@hono/zod-openapi'
import type { Failure } from '../../core/failure'
import type { Tested, Trial } from '../../core/tenant'
import type { Vendor } from '../../core/vendor'
import { checkEnv } from '../../env'
import { invalid, issuesOf, type ProblemError, problem } from '../../lib/problem'
import { seal, unwrapKey } from '../../lib/seal'
import type { ConnectionConfig } from '../../store/config'
import { connectAccount, holderOf, setWebhookSecret, storeCredentials } from '../../store/connections'
import { forgetDoors } from '../doors'
import { grantOf, obtain, settle } from '../oauth/connect'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InConnection, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change, whoOf } from './change'
import { ConnectionView, changed, Reached, theConnection, vendorOf, viewOf } from './connection-shapes'
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
    responses: answers(
      z.union([Reached, z.object({ stored: z.literal('app') })]),
      'They work, and this company was reached; or an app’s own id and secret, which a consent will show to work',
    ),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const vendor = vendorOf(known.vendor)
    const parsed = vendor.credentials.safeParse(c.req.valid('json'))
    if (!parsed.success) throw invalid(issuesOf(parsed.error))
    const kind = Kind.safeParse(parsed.data).data?.kind
    if (kind === 'oauth') throw invalid([{ path: 'kind', message: 'made by consent: GET …/authorize' }])
    if (kind === 'app') return c.json(await storeApp(c, known, parsed.data), 200)
    if (kind === 'password') return c.json(await signIn(c, known, vendor, parsed.data), 200)
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
    const action = { tenant, name: 'connection.webhook-secret', details: changed(known, { webhookSecret: 'set' }) }
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

const Kind = z.object({ kind: z.string() })

/** The app of a connection can only be tried by a consent. */
const storeApp = async (c: AdminContext, known: ConnectionConfig, app: unknown): Promise<{ stored: 'app' }> => {
  const sealed = await sealFor(c, known, 'credentials', JSON.stringify(app))
  const action = { tenant: known.tenant, name: 'connection.app', details: changed(known, { credentials: 'set' }) }
  await change(c, action, [storeCredentials(dbOf(c), known.id, sealed)])
  return { stored: 'app' }
}

const User = z.object({ username: z.string(), password: z.string() })

/** User and password are redeemed for tokens at once; who enters them is an admin, so nobody has to confirm. */
const signIn = async (c: AdminContext, known: ConnectionConfig, vendor: Vendor, given: unknown): Promise<Tested> => {
  const sealed = await sealFor(c, known, 'credentials', JSON.stringify(given))
  const asGiven = { ...known, credentials: sealed }
  const obtained = await obtain(c.env, vendor, asGiven, { kind: 'password', ...User.parse(given) }, undefined)
  if ('title' in obtained) throw problem(422, 'credentials_refused', `${obtained.title} — ${obtained.remedy}`)
  const [account] = obtained.accounts
  if (!account) throw problem(422, 'credentials_refused', 'they reach no company')
  const settled = await settle(whoOf(c), known, obtained, account, 'ready')
  if ('title' in settled) throw problem(409, 'other_account', `${settled.title} — ${settled.remedy}`)
  return { account, ms: 0, warnings: settled.warnings }
}

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
  const trial = sealed === undefined ? await grantedTo(c, known) : { sealed }
  const answered = await tenantOf(c.env, known.tenant).reach(known.id, trial)
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

/** What the consent in use covers: less than is needed is said by the vendor's warnings. */
const grantedTo = async (c: AdminContext, { grant }: ConnectionConfig): Promise<Trial> =>
  grant === null ? {} : { scope: (await grantOf(c.env, grant).state()).scope }

const pin = async (
  c: AdminContext,
  name: string,
  known: ConnectionConfig,
  { account }: Tested,
  sealed?: string,
): Promise<void> => {
  const state = known.state === 'confirm' ? known.state : 'ready'
  const credentials = sealed === undefined ? viewOf(known).credentials : 'set'
  try {
    await change(c, { tenant: known.tenant, name, details: changed(known, { account, state, credentials }) }, [
      connectAccount(dbOf(c), known.id, { account, credentials: sealed, state }),
    ])
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
