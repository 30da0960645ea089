import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { companies, openBooks } from './books'
import type { Verbs } from './call'
import { answerRefusal, incorrectCredentials, pageNotFound, Refusal, refusal, wrongVerb } from './errors'
import { Body } from './fields'
import type { makeLimiter } from './limiter'
import { readQuery } from './lists'
import type { Company } from './model'
import { routeOf } from './routes'

interface Caller {
  company: Company
  applicationKey: string
}

const callerOf = (world: WorldContext, headers: Headers): Caller | undefined => {
  const header = (name: string) => headers.get(name)?.trim().toLowerCase() ?? ''
  const company = companies(world).get(header('api-auth-accountid'))
  const applicationKey = header('api-auth-applicationkey')
  return company?.applicationKeys.includes(applicationKey) ? { company, applicationKey } : undefined
}

const unreadable = (why: string): Refusal => refusal(`Request body could not be parsed: ${why}`, 500)

/** A body that is no JSON is an unexpected failure to the vendor (500); JSON of a wrong shape is a 400 (sheet 15.2). */
const bodyOf = ({ method, headers, body }: VendorRequest): Body => {
  if (method === 'GET' || method === 'DELETE') return {}
  if (!headers.get('content-type')?.toLowerCase().includes('application/json')) throw unreadable('not application/json')
  const parsed = Body.safeParse(parseJson(body))
  if (!parsed.success) throw refusal('Request body is invalid')
  return parsed.data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('not JSON')
  }
}

const answer = (world: WorldContext, verbs: Verbs, request: VendorRequest, { company }: Caller): VendorResponse => {
  const run = verbs[request.method]
  try {
    if (!run) throw wrongVerb(request.method)
    const books = openBooks(world, company.accountId)
    return { status: 200, body: run({ books, query: readQuery(request.query), body: bodyOf(request) }) }
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(world, error)
    throw error
  }
}

export const handle = (
  world: WorldContext,
  limited: ReturnType<typeof makeLimiter>,
  request: VendorRequest,
): VendorResponse => {
  const verbs = routeOf(request.path)
  if (!verbs) return pageNotFound(world)
  const caller = callerOf(world, request.headers)
  if (!caller) return incorrectCredentials
  return limited(caller.company.accountId, caller.applicationKey) ?? answer(world, verbs, request, caller)
}
