import type { VendorResponse } from '../vendor'
import { type Books, nextId, save } from './books'
import type { Token } from './directory'
import { insufficientScope, notFound, refusal } from './errors'
import { shakeHands } from './events'
import { Body } from './fields'
import { type Callback, hears, isEvent, scopeOfEvent } from './hooks'
import { paged, readQuery } from './lists'
import { eastern, zulu } from './stamps'

export interface EventCall {
  books: Books
  token: Token
  method: string
  id: string | undefined
  query: URLSearchParams
  body: Body
}

const ok = (result: object): VendorResponse => ({ status: 200, body: { response: { result } } })

/** Both ways of writing the stamp were seen (sheet 4). */
const view = ({ world }: Books, { id, verified, uri, event, updatedAt }: Callback) => ({
  callbackid: id,
  verified,
  uri,
  event,
  updated_at: world.switched('webhook.sqlStamps', false) ? eastern(updatedAt) : zulu(updatedAt),
})

export const serveCallbacks = (call: EventCall): VendorResponse => {
  const { books, method, id } = call
  if (id === undefined && method === 'GET') return list(call)
  if (id === undefined && method === 'POST') return ok({ callback: view(books, register(call)) })
  if (id === undefined) throw refusal(405, 405, 'Method not allowed.')
  const callback = ownOf(call, id)
  if (method === 'GET') return ok({ callback: view(books, callback) })
  if (method === 'PUT') return ok({ callback: view(books, change(call, callback)) })
  if (method !== 'DELETE') throw refusal(405, 405, 'Method not allowed.')
  books.callbacks.delete(id)
  return { status: books.world.switched('webhook.deleteStatus', 204), body: null }
}

const ownOf = ({ books, token }: EventCall, id: string): Callback => {
  const callback = books.callbacks.get(id)
  if (callback?.clientId !== token.clientId) throw refusal(404, 404, 'Requested resource could not be found.')
  return callback
}

const list = ({ books, token, query }: EventCall): VendorResponse => {
  const asked = readQuery(query)
  const [event] = asked.search.get('event') ?? []
  const [uri] = asked.search.get('uri') ?? []
  const all = books.callbacks.all().filter((one) => one.clientId === token.clientId)
  const wanted = all.filter((one) => (uri ?? one.uri) === one.uri && (event === undefined || named(one, event)))
  const { rows, ...page } = paged(wanted.reverse(), asked)
  return ok({ callbacks: rows.map((one) => view(books, one)), ...page })
}

/** The noun finds its verbs as well. */
const named = (callback: Callback, event: string): boolean =>
  hears(callback, event) || callback.event.split('.')[0] === event

const callbackOf = (body: Body): Body => {
  const inner = Body.safeParse(body.callback).data
  if (!inner) throw refusal(400, 400, 'This field is required.', { field: 'callback' })
  return inner
}

const register = ({ books, token, body }: EventCall): Callback => {
  const { event, uri } = callbackOf(body)
  if (typeof event !== 'string' || !isEvent(event))
    throw refusal(400, 400, event === undefined ? 'This field is required.' : 'Unrecognized event.', { field: 'event' })
  if (typeof uri !== 'string' || !/^https?:\/\/[^/\s]+/.test(uri))
    throw refusal(400, 400, uri === undefined ? 'This field is required.' : 'Not a valid URL.', { field: 'uri' })
  const scope = `user:${scopeOfEvent(event)}:read`
  if (!token.scopes.includes(scope)) throw insufficientScope(token.scopes, scope)
  const { clientId } = token
  const made = { id: nextId(books, 'callback'), clientId, event, uri, verified: false, verifier: newVerifier() }
  const callback = save(books.callbacks, { ...made, updatedAt: books.world.now(), failingSince: null })
  shakeHands(books, callback)
  return callback
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz23456789'

const newVerifier = (): string =>
  [...crypto.getRandomValues(new Uint8Array(33))].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')

/** `callback_id` in the body, as one vendor example has it, is let pass (sheet 5). */
const change = (call: EventCall, callback: Callback): Callback => {
  const { verifier, resend } = callbackOf(call.body)
  if (resend === true) return sendAgain(call.books, callback)
  if (typeof verifier !== 'string') throw refusal(400, 400, 'This field is required.', { field: 'verifier' })
  if (verifier !== callback.verifier)
    throw refusal(call.books.world.switched('webhook.wrongVerifier', 400), 400, 'Incorrect verifier.', {
      field: 'verifier',
    })
  return save(call.books.callbacks, {
    ...callback,
    verified: true,
    failingSince: null,
    updatedAt: call.books.world.now(),
  })
}

export const sendAgain = (books: Books, callback: Callback): Callback => {
  const renewed = books.world.switched('webhook.resendNewCode', false)
  const saved = save(books.callbacks, { ...callback, verifier: renewed ? newVerifier() : callback.verifier })
  shakeHands(books, saved)
  return saved
}

export const callbackById = (books: Books, id: number): Callback => {
  const callback = books.callbacks.get(String(id))
  if (!callback) throw notFound('callback', 'callbackid', String(id))
  return callback
}
