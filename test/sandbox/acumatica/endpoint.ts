import type { VendorRequest, VendorResponse } from '../vendor'
import { serveAction, serveStatus } from './actions'
import type { Call } from './call'
import { serveDelete } from './deletes'
import { type Entity, entityNamed } from './entities'
import { busy, noRights, Refusal, setupMissing, unpublished } from './errors'
import { attach, putFile, readFile } from './files'
import { JSON_TYPE, type Json, writeJson } from './json'
import { serveList } from './lists'
import { runningOn } from './operations'
import { servePut } from './puts'
import { recordAt, serveRead } from './reads'
import { refusalInForm } from './refusal-forms'

const json = (body: Json): VendorResponse => ({ status: 200, headers: JSON_TYPE, body: writeJson(body) })

/** One call below `/entity/{name}/{version}`. */
export const serveEndpoint = (call: Omit<Call, 'entity'>, segments: string[]): VendorResponse => {
  const { request, books } = call
  const [first = '', ...rest] = segments
  if (first === 'files' && request.method === 'PUT') return putFile(books, call.base, request, rest)
  if (first === 'files' && request.method === 'GET') return readFile(books, rest[0] ?? '')
  const entity = entityNamed(first)
  if (!entity) throw unpublished()
  return serveOne({ ...call, entity }, rest)
}

const serveOne = (call: Call, rest: string[]): VendorResponse => {
  const { request, entity } = call
  checkRights(call, entity)
  const [action = '', status, operation] = rest
  if (request.method === 'GET' && status === 'status' && operation !== undefined) return serveStatus(call, operation)
  if (runningOn(call.world, call.session.id, entity.name)) throw busy(entity.title)
  checkType(request)
  if (request.method === 'GET') return json(rest.length === 0 ? serveList(call) : serveRead(call, rest))
  return afterCommit(call, write(call, rest, action))
}

const write = (call: Call, rest: string[], action: string): VendorResponse => {
  const { request, books, entity } = call
  if (request.method === 'PUT' && rest.length === 0) return json(servePut(call))
  const files = rest.indexOf('files')
  if (request.method === 'PUT' && files > 0) {
    const row = recordAt(call, rest.slice(0, files))
    const name = rest.slice(files + 1).join('/')
    return attach(books, call.base, request, row, (changed) => books.of(entity.name).put(row.id, changed), name)
  }
  if (request.method === 'POST' && rest.length === 1) return serveAction(call, action)
  if (request.method === 'DELETE' && rest.length > 0) {
    serveDelete(call, rest)
    return { status: 204, body: null }
  }
  throw new Refusal({ status: 405, body: { message: `The requested resource does not support ${request.method}.` } })
}

/** Done, but told otherwise: the write stands. */
const afterCommit = ({ world }: Call, response: VendorResponse): VendorResponse => {
  const form = world.switched<string>('write.answer', 'normal')
  return form === 'normal' || response.status >= 400 ? response : refusalInForm(world, form)
}

/** Part of the Inventory feature. */
const STOCK_LISTS = new Set(['StockItem', 'Warehouse'])

const checkRights = ({ books, session }: Call, { name }: Entity): void => {
  const user = books.tenant.users.find((one) => one.name === session.user)
  const { subaccounts, inventory } = books.tenant.features
  const isOff = (name === 'Subaccount' && !subaccounts) || (STOCK_LISTS.has(name) && !inventory)
  if (isOff || user?.noAccess.includes(name)) throw noRights()
  if (books.tenant.withoutSetup.includes(name))
    throw setupMissing(name === 'PurchaseOrder' ? 'Purchase Orders' : 'Accounts Payable')
}

/** [U] A body of another type is not understood. Files are raw bytes. */
const checkType = ({ method, headers, path }: VendorRequest): void => {
  if ((method !== 'PUT' && method !== 'POST') || path.includes('/files/')) return
  if (!headers.get('content-type')?.includes('application/json'))
    throw new Refusal({ status: 415, body: { message: 'The request entity has an unsupported media type.' } })
}
