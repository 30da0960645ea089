import type { Call } from '../../core/vendor'

type Ids = Record<string, string>
type More = Pick<Call, 'query' | 'body' | 'headers'>

/**
 * `route` below its version, with places for ids: `/profiles/{profile}/quotes`. The only place where versions become paths: the
 * calendar versions that Wise publishes since July 2026 have the same routes without a version of each (sheet 2).
 */
const call = (method: Call['method'], version: string, route: string, ids: Ids, more: More): Call => ({
  method,
  path: `/${version}${route.replace(/\{(\w+)\}/g, (_, name: string) => idOf(ids, name))}`,
  route: `/${version}${route}`,
  ...more,
})

const idOf = (ids: Ids, name: string): string => {
  const id = ids[name]
  if (!id) throw new Error(`a call without its ${name}`)
  return encodeURIComponent(id)
}

export const get = (version: string, route: string, ids: Ids = {}, query?: Record<string, string>): Call =>
  call('GET', version, route, ids, query ? { query } : {})

export const post = (version: string, route: string, ids: Ids, body: unknown, more: Omit<More, 'body'> = {}): Call =>
  call('POST', version, route, ids, { body, ...more })

export const put = (version: string, route: string, ids: Ids): Call => call('PUT', version, route, ids, {})

export const remove = (version: string, route: string, ids: Ids): Call => call('DELETE', version, route, ids, {})

/** Any other content type is answered 415 for quotes (sheet 5). */
export const patch = (version: string, route: string, ids: Ids, body: unknown, contentType?: string): Call =>
  call('PATCH', version, route, ids, { body, ...(contentType && { headers: { 'content-type': contentType } }) })

/** Below the version. They ask in a body and change nothing (sheet 3). */
const ASKING = [
  /^\/quotes$/,
  /^\/quotes\/[^/]+\/account-requirements$/,
  /^\/transfer-requirements$/,
  /^\/profiles\/\d+\/verification-status\/bank-transfer$/,
]

/** The sandbox's simulation moves transfers by GET (sheet 10). */
const SIMULATION = /^\/simulation\//

export const reads = ({ method, path }: Call): boolean => {
  const route = path.replace(/^\/[^/]+/, '')
  if (method === 'GET') return !SIMULATION.test(route)
  return method === 'POST' && ASKING.some((pattern) => pattern.test(route))
}
