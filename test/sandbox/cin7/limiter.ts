import type { VendorResponse, WorldContext } from '../vendor'
import { problem } from './errors'

const SENTENCE = 'You have reached 60 calls per 60 seconds API limit.'

/** The refusal in the forms that were seen (sheet 3.3): `429`, `429-bare`, `503`, `400`. */
export const throttled = (form: string): VendorResponse => {
  if (form === '400') return { status: 400, body: [problem(SENTENCE)] }
  const plain = { 'content-type': 'text/plain; charset=utf-8' }
  if (form === '503') return { status: 503, headers: plain, body: SENTENCE }
  const headers = {
    ...plain,
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '60',
    'Retry-After': form === '429-bare' ? '30' : '60 Seconds',
  }
  return { status: 429, headers, body: SENTENCE }
}

/** Counts served calls of the last minute on the world's clock; a refused call is not counted. */
export const makeLimiter = (world: WorldContext) => {
  const served = new Map<string, number[]>()
  return (accountId: string, applicationKey: string): VendorResponse | undefined => {
    if (world.switched('rateLimit.off', false)) return undefined
    const key = world.switched('rateLimit.shared', false) ? accountId : applicationKey
    const now = world.now()
    const recent = (served.get(key) ?? []).filter((at) => at > now - world.switched('rateLimit.windowMs', 60_000))
    served.set(key, recent)
    if (recent.length >= world.switched('rateLimit.limit', 60))
      return throttled(world.switched('rateLimit.form', '429'))
    recent.push(now)
    return undefined
  }
}
