import type { VendorResponse, WorldContext } from '../vendor'
import { forbidden, problem, Refusal, systemFailure, unauthenticated } from './refusals'
import { envelopeTime } from './stamps'

const throttleFault = new Refusal([problem('3001', 'The request limit was reached.')], 429, 'SERVICE')

/** As recorded in 2016, although JSON was asked for (sheet 4, shape C). */
const throttleXml = (now: number): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<IntuitResponse time="${envelopeTime(now)}" xmlns="http://schema.intuit.com/finance/v3">
  <Fault type="SERVICE">
    <Error code="3001">
      <Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message>
      <Detail>The request limit was reached.  Try again later</Detail>
    </Error>
  </Fault>
</IntuitResponse>`

/** JSON is known from test doubles only, XML from recordings; `Retry-After` from one aggregator's claim. */
const tooMany = (world: WorldContext, form: string): VendorResponse => {
  const now = world.now()
  if (form === 'xml') return { status: 429, headers: { 'content-type': 'application/xml' }, body: throttleXml(now) }
  const answer = { ...throttleFault.answer(now), body: throttleFault.fault() }
  return form === 'retry-after' ? { ...answer, headers: { 'retry-after': '30' } } : answer
}

/**
 * Refusals that a test can put before any call. `429` (as switched), `429-json`, `429-xml`, `429-retry-after`; and, for the
 * other ways of failing without doing anything: `401`, `403`, `500`, `200-fault`, `200-empty`.
 */
export const refusalInForm = (world: WorldContext, form: string): VendorResponse => {
  const now = world.now()
  if (form === '401') return unauthenticated(now, 'Token expired: spent')
  if (form === '403') return forbidden
  if (form === '500') return systemFailure(500).answer(now)
  if (form === '200-fault') return systemFailure(200).answer(now)
  if (form === '200-empty') return { status: 200, body: { BatchItemResponse: [], time: envelopeTime(now) } }
  return tooMany(world, form === '429' ? world.switched('throttle.form', 'json') : form.replace('429-', ''))
}

export interface Ask {
  realmId: string
  clientId: string
  isBatch: boolean
  /** Reads, queries, CDC and batch are metered; creates and updates are not (sheet 5). */
  isMetered: boolean
}

export interface Limiter {
  /** A refusal, or undefined when the call may go on (and then counts). */
  refuse(ask: Ask): VendorResponse | undefined
  started(ask: Ask): void
  ended(ask: Ask): void
}

const keyOf = ({ realmId, clientId }: Ask): string => `${realmId}/${clientId}`

/** 10 a second and 10 at once per company and app, 500 a minute per company, 40 batches a minute per company and app, 120 per company. */
export const makeLimiter = (world: WorldContext): Limiter => {
  const times = new Map<string, number[]>()
  const running = new Map<string, number>()
  const inWindow = (key: string, ms: number): number[] => {
    const recent = (times.get(key) ?? []).filter((at) => at > world.now() - ms)
    times.set(key, recent)
    return recent
  }
  const rules = (ask: Ask): [key: string, ms: number, most: number][] => [
    [`second ${keyOf(ask)}`, 1000, world.switched('throttle.perSecond', 10)],
    [`minute ${ask.realmId}`, 60_000, world.switched('throttle.perMinute', 500)],
    ...(ask.isBatch ? batchRules(ask) : []),
  ]
  return {
    refuse(ask) {
      if (world.switched('throttle.off', false)) return undefined
      const isFull = rules(ask).some(([key, ms, most]) => inWindow(key, ms).length >= most)
      const atOnce = (running.get(keyOf(ask)) ?? 0) >= world.switched('throttle.atOnce', 10)
      if (isFull || atOnce || overQuota(world, ask)) return refusalInForm(world, '429')
      for (const [key] of rules(ask)) times.get(key)?.push(world.now())
      return undefined
    },
    started: (ask) => void running.set(keyOf(ask), (running.get(keyOf(ask)) ?? 0) + 1),
    ended: (ask) => void running.set(keyOf(ask), (running.get(keyOf(ask)) ?? 1) - 1),
  }
}

const batchRules = (ask: Ask): [string, number, number][] => [
  [`batch ${keyOf(ask)}`, 60_000, 40],
  [`batch ${ask.realmId}`, 60_000, 120],
]

export interface Meter {
  clientId: string
  month: string
  calls: number
}

export const meters = (world: WorldContext) => world.store.collection<Meter>('corePlus')

/** CorePlus: counted per developer workspace (here: per app) and month; off unless a limit is set. */
const overQuota = (world: WorldContext, { clientId, isMetered }: Ask): boolean => {
  if (!isMetered) return false
  const month = new Date(world.now()).toISOString().slice(0, 7)
  const key = `${clientId}/${month}`
  const calls = meters(world).get(key)?.calls ?? 0
  const most = world.switched('corePlus.limit', 500_000)
  if (calls >= most) return true
  meters(world).put(key, { clientId, month, calls: calls + 1 })
  return false
}
