import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { getPath } from 'hono/utils/url'
import type { Env } from '../env'
import { log } from '../lib/log'
import { ProblemError, problem } from '../lib/problem'
import { trace } from '../lib/trace'
import { alertTargets } from './admin/alert-targets'
import { emptyIsNoBody, makeApi, onlyJson } from './admin/api'
import { approvals } from './admin/approvals'
import { authenticated } from './admin/auth'
import { connections } from './admin/connections'
import { consents } from './admin/consents'
import { credentials } from './admin/credentials'
import { failures } from './admin/failures'
import { health } from './admin/health'
import { holdings } from './admin/holdings'
import { hooks } from './admin/hooks'
import { incidents } from './admin/incidents'
import { runs } from './admin/integration-runs'
import { integrations } from './admin/integrations'
import { keyring } from './admin/keyring'
import { keys } from './admin/keys'
import { leaving } from './admin/leaving'
import { mappings } from './admin/mappings'
import { matches } from './admin/matches'
import { previews } from './admin/previews'
import { reconciliation } from './admin/reconciliation'
import { records } from './admin/records'
import { restoring } from './admin/restoring'
import { service } from './admin/service'
import { tenants } from './admin/tenants'
import { transfers } from './admin/transfers'
import { docs } from './docs'
import { oauth } from './oauth/routes'
import { RETRY_AFTER_S } from './rate-limits'
import { webhooks } from './webhooks'

const LARGEST = 1_048_576
const tooLarge = () => toResponse(problem(413, 'too_large', 'a body may have 1 MiB'))

/** The admin API with its own description. */
export const app = makeApi()

// No CORS header anywhere: no page of another origin may read an answer.
app.use(secureHeaders())

app.route('/oauth', oauth)
app.route('/docs', docs)

app.use('/v1/*', authenticated, bodyLimit({ maxSize: LARGEST, onError: tooLarge }), emptyIsNoBody, onlyJson)
for (const api of [
  keys,
  keyring,
  tenants,
  connections,
  credentials,
  consents,
  hooks,
  integrations,
  runs,
  reconciliation,
  holdings,
  matches,
  transfers,
  approvals,
  previews,
  mappings,
  records,
  failures,
  incidents,
  alertTargets,
  leaving,
  restoring,
  health,
  service,
])
  app.route('/v1', api)

app.doc31('/openapi.json', {
  openapi: '3.1.0',
  info: { title: 'ml-connector', version: '1', description: 'See what happened, fix a mapping, replay.' },
  security: [{ key: [] }],
})
app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })

const notFound = (c: Context) =>
  toResponse(problem(404, 'no_such_route', `${c.req.method} ${c.req.path} does not exist`))

/** The text of an unknown error stays out: Drizzle's and GraphQL's carry parameters (platform sheet 7). */
const failed = (error: Error, c: Context) => {
  if (error instanceof ProblemError) return toResponse(error)
  if (error instanceof HTTPException)
    return toResponse(problem(error.status, 'bad_request', 'the body is not valid JSON'))
  log('request_failed', { path: c.req.path, error: trace(error) })
  return toResponse(problem(500, 'internal', 'something went wrong here; it is in the log'))
}

const toResponse = ({ problem: body }: ProblemError): Response =>
  Response.json(body, {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(body.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(body.status === 429 && { 'retry-after': RETRY_AFTER_S }),
    },
  })

app.notFound(notFound)
app.onError(failed)

/**
 * Apart from the API, among whose hundreds of routes each delivery would have to be looked for (bench `ack`). Machines ask here: headers
 * for browsers are left out.
 */
const doors = new Hono<{ Bindings: Env }>().route('/webhooks', webhooks)
doors.notFound(notFound)
doors.onError(failed)

/** Everything that comes in by HTTP: vendors' webhooks, and all that people ask. Told apart by the path as the routers see it. */
export const answerHttp: typeof app.fetch = (request, ...place) =>
  getPath(request).startsWith('/webhooks/') ? doors.fetch(request, ...place) : app.fetch(request, ...place)
