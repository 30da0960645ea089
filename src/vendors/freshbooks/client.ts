import type { Call, ReadApi } from '../../core/vendor'

/** Below `https://api.freshbooks.com`. `{…}` in `route` stands for an id, so that it is fit for audit. */
export const get = (path: string, route: string, query?: Record<string, string>): Call => ({
  method: 'GET',
  path,
  route,
  ...(query && { query }),
})

export const post = (path: string, route: string, body: unknown): Call => ({ method: 'POST', path, route, body })

export const put = (path: string, route: string, body: unknown): Call => ({ method: 'PUT', path, route, body })

export const remove = (path: string, route: string): Call => ({ method: 'DELETE', path, route })

/** The path of a list of the pinned account, e.g. `accounting`, `invoices/invoices`. */
export const accountPath = (api: ReadApi, family: 'accounting' | 'events', rest: string): string =>
  `/${family}/account/${encodeURIComponent(api.account)}/${rest}`

export const accountRoute = (family: 'accounting' | 'events', rest: string): string =>
  `/${family}/account/{account}/${rest}`
