import type { VendorResponse, WorldContext } from '../vendor'
import { gatewayBody } from './errors'
import { MINUTE, SECOND } from './stamps'

/**
 * `429`: the documented headers and no body (the real body is unknown, sheet 14); `429-bare`: without `Retry-After`;
 * `429-json`: with a gateway body.
 */
export const throttled = (world: WorldContext, form: string): VendorResponse => {
  const retry = form === '429-bare' ? {} : { 'Retry-After': String(world.switched('rateLimit.retryAfter', 5)) }
  const headers = { ...retry, 'X-Rate-Limited-By': 'wise-public-api' }
  const body = form === '429-json' ? gatewayBody(world.now(), '', 429, 'Too many requests') : null
  return { status: 429, headers, body }
}

/** Served calls of the last second and minute, per token, on the world's clock (sheet 13.11). */
export const makeLimiter = (world: WorldContext) => {
  const served = new Map<string, number[]>()
  return (token: string): VendorResponse | undefined => {
    if (world.switched('rateLimit.off', false)) return undefined
    const now = world.now()
    const recent = (served.get(token) ?? []).filter((at) => at > now - MINUTE)
    served.set(token, recent)
    const inSecond = recent.filter((at) => at > now - SECOND).length
    const over =
      inSecond >= world.switched('rateLimit.perSecond', 100) ||
      recent.length >= world.switched('rateLimit.perMinute', 1000)
    if (over) return throttled(world, world.switched('rateLimit.form', '429'))
    recent.push(now)
    return undefined
  }
}
