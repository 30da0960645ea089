import type { VendorResponse } from '../vendor'
import type { Books } from './books'
import { listJournalAccounts } from './chart'
import { crash, refusal } from './errors'
import type { Body } from './fields'
import { listDetails } from './journal-details'
import { readQuery } from './lists'
import { createEntry } from './manual-entries'
import { bodyOf, type Resource } from './resource'
import { RESOURCES } from './resources'

export interface AccountingCall {
  books: Books
  method: string
  id: string | undefined
  query: URLSearchParams
  body: Body
}

/** One path of an account: the object of its scope, and how it answers. */
export interface Route {
  scope: string
  serve(call: AccountingCall): VendorResponse
}

const wrongVerb = (method: string) => refusal(405, 405, `The method ${method} is not allowed for the requested URL.`)

const result = (inside: object): VendorResponse => ({ status: 200, body: { response: { result: inside } } })

const answer = (resource: Resource, call: AccountingCall): VendorResponse => {
  const { books, method, id, body } = call
  resource.admit(books)
  const query = readQuery(call.query)
  const single = (view: object) => result({ [resource.single]: view })
  if (method === 'GET')
    return id === undefined ? result(resource.list(books, query)) : single(resource.get(books, id, query.include))
  if (!resource.writes) throw wrongVerb(method)
  if (method === 'POST' && id === undefined)
    return single(resource.create(books, bodyOf(resource.single, body), query.include))
  if (method === 'PUT' && id !== undefined)
    return single(resource.update(books, id, bodyOf(resource.single, body), query.include))
  if (method === 'DELETE' && id !== undefined && resource.erase(books, id))
    return { status: 200, body: { response: {} } }
  throw wrongVerb(method)
}

const routeFor = (resource: Resource): Route => ({
  scope: resource.scope,
  serve(call) {
    if (call.books.world.switched<string[]>('crash.resources', []).includes(resource.plural)) throw crash()
    return answer(resource, call)
  },
})

/** Lists that can only be read, and entries that can only be made (sheet 3). */
const journal = (method: string, run: (call: AccountingCall) => object): Route => ({
  scope: 'journal_entries',
  serve(call) {
    if (call.method !== method || call.id !== undefined) throw wrongVerb(call.method)
    return result(run(call))
  },
})

const ROUTES: Record<string, Route> = {
  ...Object.fromEntries(Object.entries(RESOURCES).map(([path, resource]) => [path, routeFor(resource)])),
  'journal_entries/journal_entries': journal('POST', ({ books, body }) => ({
    journal_entry: createEntry(books, bodyOf('journal_entry', body)),
  })),
  'journal_entries/journal_entry_details': journal('GET', ({ books, query }) => listDetails(books, readQuery(query))),
  'journal_entry_accounts/journal_entry_accounts': journal('GET', ({ books, query }) =>
    listJournalAccounts(books, readQuery(query)),
  ),
}

export const accountingRoute = (path: string): Route | undefined => ROUTES[path]
