import { createRoute, z } from '@hono/zod-openapi'
import { problem } from '../../lib/problem'
import { setState } from '../../store/connections'
import { appOf } from '../oauth/connect'
import { leave, pkce } from '../oauth/state'
import { answers, dbOf, InConnection, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import { ConnectionView, changed, theConnection, vendorOf, viewOf } from './connection-shapes'

const ONE = '/tenants/{tenant}/connections/{connection}'

/** Connecting by consent: a link for the person who may open the company's books, and an admin who confirms what it reached. */
export const consents = makeApi()

consents.openapi(
  createRoute({
    method: 'get',
    path: `${ONE}/authorize`,
    summary: 'A link to the vendor’s consent page; it works once, within ten minutes',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection },
    responses: answers(z.object({ url: z.string(), redirectUri: z.string() }), 'Open it in a browser'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const vendor = vendorOf(known.vendor)
    const { oauth } = vendor
    if (!oauth) throw problem(409, 'no_consent', `${vendor.name} is connected by keys: PUT …/credentials`)
    const found = await appOf(c.env, known, vendor)
    if (!found) throw problem(409, 'no_app', noApp(vendor.name, oauth.app))
    const redirectUri = `${new URL(c.req.url).origin}/oauth/${vendor.name}/callback`
    const { verifier, challenge } = await pkce()
    const { key, principal } = c.get('caller')
    const waiting = { kind: 'code' as const, verifier, redirectUri }
    const state = await leave(c.env, vendor.name, { tenant, connection, key, principal, waiting })
    const custom = z.string().optional().parse(known.settings.baseUrl)
    const url = new URL(`${custom ?? oauth.authorize.host(known)}${oauth.authorize.path}`)
    const query = {
      response_type: 'code',
      client_id: found.app.clientId,
      redirect_uri: redirectUri,
      scope: oauth.scopes.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...oauth.extra,
    }
    // A vendor without scopes does not want an empty one.
    for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value)
    return c.json({ url: url.href, redirectUri }, 200)
  },
)

consents.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/confirm`,
    summary: 'The company that a first consent reached is the right one: work may begin',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection },
    responses: answers(ConnectionView, 'The connection, ready'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    if (known.state !== 'confirm') throw problem(409, 'nothing_to_confirm', `the connection is ${known.state}`)
    const details = { ...changed(known, { state: 'ready' }), account: known.account }
    const action = { tenant, name: 'connection.confirm', details }
    await change(c, action, [setState(dbOf(c), known.id, 'ready')])
    return c.json(viewOf(await theConnection(c, tenant, connection)), 200)
  },
)

const noApp = (vendor: string, whose: 'deployment' | 'connection'): string =>
  whose === 'connection'
    ? 'store the client id and secret of the app first: PUT …/credentials'
    : `this deployment has no app for ${vendor}: store its client id and secret as worker secrets (see the README)`
