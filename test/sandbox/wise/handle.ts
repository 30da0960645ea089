import type { VendorRequest, VendorResponse } from '../vendor'
import { authorise, permit } from './auth'
import { consentPage } from './consent'
import { catchUp } from './effects'
import { gatewayRefusal, Refusal } from './errors'
import type { makeLimiter } from './limiter'
import type { Book } from './model'
import { tokenEndpoint } from './oauth'
import { type Found, routesOf } from './routes'

const JSON_TYPES = ['application/json', 'application/merge-patch+json']

const bodyOf = ({ method, headers, body }: VendorRequest): unknown => {
  if (method === 'GET' || method === 'DELETE' || body === '') return {}
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!JSON_TYPES.includes(type)) throw gatewayRefusal(415, `Content type '${type}' not supported`)
  try {
    return JSON.parse(body)
  } catch {
    throw gatewayRefusal(400, 'JSON parse error')
  }
}

const routeFor = ({ method, path }: VendorRequest): Found => {
  const found = routesOf(path)
  const fitting = found.find(({ route }) => route.method === method)
  if (fitting) return fitting
  throw found.length > 0
    ? gatewayRefusal(405, `Request method '${method}' not supported`)
    : gatewayRefusal(404, 'No message available')
}

type Limited = ReturnType<typeof makeLimiter>

const answer = (book: Book, limited: Limited, request: VendorRequest): VendorResponse | Promise<VendorResponse> => {
  if (/^\/oauth\/authorize\/?$/.test(request.path)) return consentPage(book, request)
  if (request.path === '/oauth/token' && request.method === 'POST') return tokenEndpoint(book, request)
  const { route, params } = routeFor(request)
  const caller = route.who === 'open' ? undefined : authorise(book, request.headers)
  const refused = limited(caller?.token ?? '')
  if (refused) return refused
  if (caller) permit(book, caller, route)
  return route.run({ book, request, params, query: request.query, body: bodyOf(request), caller })
}

/** A correlation id is echoed if it is one (at most 36 characters); each answer has a trace id (sheet 2). */
const traced = ({ headers }: VendorRequest): Record<string, string> => {
  const given = headers.get('x-external-correlation-id') ?? ''
  const echo = given !== '' && given.length <= 36 ? { 'X-External-Correlation-Id': given } : {}
  return { 'x-trace-id': crypto.randomUUID().replaceAll('-', ''), ...echo }
}

export const handle = async (book: Book, limited: Limited, request: VendorRequest): Promise<VendorResponse> => {
  catchUp(book)
  const settled = await settle(book, limited, request)
  // Effects without a delay follow the answer at once.
  catchUp(book)
  return { ...settled, headers: { ...settled.headers, ...traced(request) } }
}

const settle = async (book: Book, limited: Limited, request: VendorRequest): Promise<VendorResponse> => {
  try {
    return await answer(book, limited, request)
  } catch (error) {
    if (error instanceof Refusal) return error.answer(book.world.now(), request.path)
    throw error
  }
}
