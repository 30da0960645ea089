import type { VendorRequest } from '../vendor'
import { runBatch } from './batch'
import type { Books } from './books'
import { changesSince } from './cdc'
import { companyInfo, preferences } from './company-views'
import { ENTITY_NAMES } from './entities'
import { recordOf } from './identity'
import type { EntityName } from './model'
import { runQuery } from './query'
import { asBody, type Body, parseJson } from './read-body'
import { notFound, type Refusal, unsupported } from './refusals'
import { replayed, requestIdOf } from './replays'
import { viewOf } from './views'
import { operationOf, write } from './writes'

/** One call below `/v3/company/{realmId}`; answers the content of a 200 without its `time`. */
type Handler = (books: Books, request: VendorRequest) => object

export interface Route {
  run: Handler
  kind: 'read' | 'write' | 'batch'
}

/** Recorded for an unknown path: 400, not 404 (sheet 17.3). */
export const unknownPath = ({ path }: VendorRequest): Refusal =>
  unsupported(`Could not find resource for relative : ${path} of full path: https://quickbooks.example${path}`)

const jsonBody = ({ headers, body }: VendorRequest): Body => {
  const type = headers.get('content-type') ?? ''
  if (!type.includes('application/json')) throw unsupported(`Content-Type ${type || 'none'}`)
  return asBody(parseJson(body))
}

const statementOf = ({ method, headers, query, body }: VendorRequest): string => {
  if (method === 'GET') return query.get('query') ?? ''
  const type = headers.get('content-type') ?? ''
  if (!type.includes('application/text')) throw unsupported(`Content-Type ${type || 'none'}`)
  return body
}

const query: Route = {
  kind: 'read',
  run: (books, request) => ({ QueryResponse: runQuery(books, statementOf(request)) }),
}

const cdc: Route = { kind: 'read', run: (books, request) => ({ CDCResponse: changesSince(books, request.query) }) }

const batch: Route = {
  kind: 'batch',
  run: (books, request) => {
    const requestId = requestIdOf(request.query, true)
    return { BatchItemResponse: runBatch(books, jsonBody(request), requestId) }
  },
}

const company = (id: string): Route => ({
  kind: 'read',
  run: (books) => {
    if (id !== books.realm().realmId) throw notFound()
    return { CompanyInfo: companyInfo(books.realm()) }
  },
})

const settings: Route = { kind: 'read', run: (books) => ({ Preferences: preferences(books.realm()) }) }

const read = (entity: EntityName, id: string): Route => ({
  kind: 'read',
  run: (books) => ({ [entity]: viewOf(books, entity, recordOf(books, entity, id)) }),
})

/** `requestid` does not help name lists when `requestId.nameLists` is off (reported in 2017, sheet 3). */
const post = (entity: EntityName): Route => ({
  kind: 'write',
  run: (books, request) => {
    const id = requestIdOf(request.query, false)
    const counts = entity !== 'Vendor' || books.world.switched('requestId.nameLists', true)
    const allows = (request.query.get('include') ?? '').toLowerCase() === 'allowduplicatedocnum'
    return replayed(books, counts ? id : null, () => {
      const body = jsonBody(request)
      return write(books, entity, operationOf(request.query.get('operation'), body), body, allows)
    })
  },
})

export const routeOf = (method: string, segments: string[]): Route | undefined => {
  const [first = '', id, ...more] = segments
  if (more.length > 0) return undefined
  const isRead = method === 'GET'
  if (method !== 'GET' && method !== 'POST') return undefined
  if (first === 'query' && id === undefined) return query
  if (first === 'cdc' && id === undefined && isRead) return cdc
  if (first === 'batch' && id === undefined && !isRead) return batch
  if (first === 'companyinfo' && id !== undefined && isRead) return company(id)
  if (first === 'preferences' && id === undefined && isRead) return settings
  // Entity names in paths are lower case (sheet 6).
  const entity = ENTITY_NAMES.find((name) => name.toLowerCase() === first)
  if (!entity) return undefined
  if (id === undefined) return isRead ? undefined : post(entity)
  return isRead ? read(entity, id) : undefined
}
