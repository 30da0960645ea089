import { z } from 'zod'
import type { VendorRequest, VendorResponse } from '../vendor'
import { authRefusal, forbidden, unreadable } from './errors'
import type { Book, Profile } from './model'
import type { Client, Token, User } from './people'

/** One call on its way to a handler; `caller` is missing only where a route is open to all. */
export interface Call {
  book: Book
  request: VendorRequest
  params: Record<string, string>
  query: URLSearchParams
  /** Parsed JSON; `{}` where nothing was sent. */
  body: unknown
  caller: Token | undefined
}

export type Handler = (call: Call) => VendorResponse | Promise<VendorResponse>

export const ok = (body: unknown, status = 200): VendorResponse => ({ status, body })

export const callerOf = ({ caller }: Call): Token => {
  if (!caller) throw authRefusal(401, 'missing_token', 'Access token is missing')
  return caller
}

export const userOf = (call: Call): User => {
  const { user } = callerOf(call)
  const found = user === null ? undefined : call.book.users.get(String(user))
  if (!found) throw forbidden()
  return found
}

export const ownProfile = (book: Book, user: User, id: string | number): Profile => {
  const profile = book.profiles.get(String(id))
  if (profile?.user !== user.id) throw forbidden()
  return profile
}

/** The profile in the path, which must be the caller's own; the refusal of others is ours. */
export const profileOf = (call: Call): Profile => ownProfile(call.book, userOf(call), call.params.profile ?? '')

/** The application in the path, reached only by its own client credentials. */
export const clientOf = (call: Call): Client => {
  const client = call.book.clients.get(callerOf(call).client ?? '')
  if (!client || client.key !== call.params.client) throw forbidden()
  return client
}

/** Unknown fields are ignored, as new ones come at any time; the switch `strict.fields` finds misspelt ones. */
export const readBody = <S extends z.ZodRawShape>(call: Pick<Call, 'book' | 'body'>, schema: z.ZodObject<S>) => {
  if (call.book.world.switched('strict.fields', false)) refuseUnknown(call.body, schema)
  const parsed = schema.safeParse(call.body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unreadable(issue?.path.join('.') ?? '', issue?.message ?? 'Request body is invalid')
}

const refuseUnknown = <S extends z.ZodRawShape>(body: unknown, schema: z.ZodObject<S>): void => {
  const known = Object.keys(schema.shape)
  const unknown = Object.keys(z.looseObject({}).parse(body)).find((name) => !known.includes(name))
  if (unknown !== undefined) throw unreadable(unknown, `Unrecognized field "${unknown}"`)
}
