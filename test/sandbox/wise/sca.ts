import { type Call, callerOf, ok, userOf } from './call'
import { gatewayBody, notFound, Refusal } from './errors'
import { verify } from './keys'
import { type Book, must, type Profile } from './model'
import type { OneTimeToken, Token } from './people'
import { SECOND } from './stamps'

/** Accounts held here let a personal token fund and read statements (sheet 4). */
const WITHOUT = ['US', 'CA', 'AU', 'NZ', 'SG', 'MY']
const LIFE = 3600 * SECOND

const asked = (book: Book, token: Token, profile: Profile): boolean => {
  if (WITHOUT.includes(profile.country)) return false
  return token.kind === 'personal' || book.world.switched('sca.userTokens', false)
}

const callName = ({ request }: Call): string => `${request.method} ${request.path}`

/** Headers of the answer when the call may pass; otherwise 403 with a fresh one-time token. */
export const protect = async (call: Call, profile: Profile): Promise<Record<string, string>> => {
  if (!asked(call.book, callerOf(call), profile)) return {}
  if (await passes(call)) return { 'x-2fa-approval-result': 'APPROVED' }
  throw challenge(call)
}

const challenge = (call: Call): Refusal => {
  const { book } = call
  const token = crypto.randomUUID()
  const expiresAt = book.world.now() + LIFE
  const made = { token, user: userOf(call).id, call: callName(call), expiresAt, approved: false, used: false }
  book.oneTimeTokens.put(token, made)
  const headers = { 'x-2fa-approval': token, 'x-2fa-approval-result': 'REJECTED' }
  const guide = { error: 'unauthorized', message: 'Unauthorized', path: null }
  const likeGuide = book.world.switched<string>('sca.body', 'gateway') === 'guide'
  return new Refusal((at, path) => {
    const body = likeGuide ? guide : gatewayBody(at, path, 403, 'You are forbidden to send this request')
    return { status: 403, headers, body }
  })
}

const passes = async (call: Call): Promise<boolean> => {
  const { book, request } = call
  const id = request.headers.get('x-2fa-approval') ?? ''
  const token = book.oneTimeTokens.get(id)
  if (!token || token.call !== callName(call) || token.user !== userOf(call).id) return false
  if (!(token.approved || (await signedBy(call, token)))) return false
  // Looked at again after the wait: two calls may have brought the same token.
  const now = must(book.oneTimeTokens.get(id), 'one-time token')
  if (now.used || now.expiresAt <= book.world.now()) return false
  book.oneTimeTokens.put(id, { ...now, used: true })
  return true
}

/** The old way, "no longer supported" in the docs and yet seen at work in 2026 (sheet 4): off by default. */
const signedBy = async (call: Call, { token }: OneTimeToken): Promise<boolean> => {
  const signature = call.request.headers.get('x-signature')
  if (!signature || !call.book.world.switched('sca.personalSignature', false)) return false
  const checks = await Promise.all(userOf(call).scaKeys.map((pem) => verify(pem, token, signature)))
  return checks.includes(true)
}

/** The partner's way asks here what is still to be proven; the factors themselves are the act `approve-one-time-token`. */
export const oneTimeTokenStatus = (call: Call) => {
  const token = call.book.oneTimeTokens.get(call.request.headers.get('one-time-token') ?? '')
  if (!token || token.user !== userOf(call).id) throw notFound('One time token')
  const challenges = [
    { primaryChallenge: { type: 'PIN', viewData: {} }, alternatives: [], required: true, passed: token.approved },
    { primaryChallenge: { type: 'SMS', viewData: {} }, alternatives: [], required: true, passed: token.approved },
  ]
  const validity = Math.max(0, Math.floor((token.expiresAt - call.book.world.now()) / SECOND))
  return ok({ oneTimeTokenProperties: { oneTimeToken: token.token, challenges, validity, userId: token.user } })
}
