import { expect } from 'vitest'
import { z } from 'zod'
import { memoryStore } from '../memory-store'
import type { Delivery, Simulator, VendorResponse } from '../vendor'
import { makeCin7 } from './index'
import { ACCOUNT_ID, APPLICATION_KEY } from './seed-defaults'

const START = Date.parse('2026-03-02T10:00:00.123Z')
const AUTH = { 'api-auth-accountid': ACCOUNT_ID, 'api-auth-applicationkey': APPLICATION_KEY }

const Problems = z.array(z.object({ ErrorCode: z.number(), Exception: z.string() }))

const Parent = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())])

/** What stands in an answer at a path of keys and places. */
export const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => Object.entries(Parent.parse(inner)).find(([name]) => name === String(key))?.[1],
    value,
  )

/** An ID or number that stands there. */
export const idAt = (value: unknown, ...path: (string | number)[]): string => z.string().parse(at(value, ...path))

/** One Cin7 by itself, without a world around it: a clock to move, switches to set, webhooks to look at. */
export interface Rig {
  vendor: Simulator
  switches: Record<string, unknown>
  sent: Omit<Delivery, 'id' | 'vendor'>[]
  advance(ms: number): void
  call(method: string, target: string, body?: unknown): VendorResponse
  /** The body of a 200. */
  ok(method: string, target: string, body?: unknown): unknown
  /** The texts of a 400. */
  refused(method: string, target: string, body?: unknown): string
  act(action: string, input?: unknown): unknown
  /** Payloads of the events of one type so far. */
  told(event: string): unknown[]
}

export const openRig = (seed: object = {}): Rig => {
  let now = START
  const switches: Record<string, unknown> = { 'rateLimit.off': true }
  const sent: Rig['sent'] = []
  const vendor = makeCin7({
    store: memoryStore(),
    now: () => now,
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: (delivery) => {
      sent.push(delivery)
    },
  })
  vendor.seed({ customers: [{ Name: 'Rock Star' }], suppliers: [{ Name: 'Bayside' }], ...seed })
  const call = (method: string, target: string, body?: unknown): VendorResponse => {
    const url = new URL(`https://cin7.test/ExternalApi/v2${target}`)
    const headers = new Headers({ 'content-type': 'application/json', ...AUTH })
    const text = JSON.stringify(body ?? {})
    const query = url.searchParams
    const answer = vendor.handle({
      method,
      path: url.pathname,
      query,
      headers,
      body: text,
      baseUrl: 'https://cin7.test',
    })
    if (answer instanceof Promise) throw new Error('unexpected promise')
    return answer
  }
  return {
    vendor,
    switches,
    sent,
    advance: (ms) => {
      now += ms
    },
    call,
    ok(method, target, body) {
      const answer = call(method, target, body)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return JSON.parse(JSON.stringify(answer.body))
    },
    refused(method, target, body) {
      const answer = call(method, target, body)
      expect(answer.status, JSON.stringify(answer.body)).toBe(400)
      return Problems.parse(answer.body)
        .map(({ Exception }) => Exception)
        .join(' | ')
    },
    act: (action, input) => vendor.act(action, input ?? {}),
    told: (event) => sent.filter((delivery) => delivery.event === event).map(({ body }) => JSON.parse(body)),
  }
}
