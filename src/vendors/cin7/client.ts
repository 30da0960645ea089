import type { Call } from '../../core/vendor'

const BASE = '/ExternalApi/v2'

/** Below `https://inventory.dearsystems.com`. Ids are always in the query, so the path is fit for audit. */
export const get = (path: string, query?: Record<string, string>): Call => call('GET', path, query)

export const post = (path: string, body: unknown): Call => ({ ...call('POST', path), body })

export const put = (path: string, body: unknown): Call => ({ ...call('PUT', path), body })

/** `Void` = `true` voids, `false` steps one stage back (sheet section 4). */
export const remove = (path: string, query: Record<string, string>): Call => call('DELETE', path, query)

const call = (method: Call['method'], path: string, query?: Record<string, string>): Call => ({
  method,
  path: `${BASE}${path}`,
  route: `${BASE}${path}`,
  ...(query && { query }),
})
