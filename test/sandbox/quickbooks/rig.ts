import { expect } from 'vitest'
import { z } from 'zod'
import { memoryStore } from '../memory-store'
import type { Delivery, Simulator, VendorResponse } from '../vendor'
import { makeQuickbooks } from '.'
import { ACCESS_TOKEN, REALM_ID } from './seed-defaults'

const START = Date.parse('2026-03-02T18:00:00.250Z')
const BASE = 'https://world.test/w/quickbooks'

interface Extra {
  headers?: Record<string, string>
  token?: string
}

const Answer = z.looseObject({})
const Refused = z.object({
  Fault: z.object({
    Error: z.array(
      z.object({
        Message: z.string(),
        Detail: z.string().optional(),
        code: z.string(),
        element: z.string().optional(),
      }),
    ),
    type: z.string(),
  }),
})

/** As much of a record as tests walk through; the rest is compared as it is. */
export const Made = z.looseObject({
  Id: z.string(),
  SyncToken: z.string(),
  TotalAmt: z.number().default(0),
  Line: z.array(z.looseObject({ Id: z.string(), Amount: z.number() })).default([]),
})
export type Made = z.infer<typeof Made>

/** One simulator in memory, with a clock and switches in the hand of the test. */
export const rig = (seeded: unknown = {}) => {
  const clock = { now: START }
  const switches: { [name: string]: unknown } = { 'throttle.off': true, 'oauth.refreshMs': 0 }
  const sent: Delivery[] = []
  const simulator: Simulator = makeQuickbooks({
    store: memoryStore(),
    now: () => clock.now,
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: (delivery) => void sent.push({ ...delivery, id: String(sent.length), vendor: 'quickbooks' }),
  })
  const made = simulator.seed(seeded)

  const raw = async (method: string, target: string, body = '', headers: { [name: string]: string } = {}) => {
    const url = new URL(`${BASE}${target}`)
    const path = url.pathname.slice(new URL(BASE).pathname.length)
    return simulator.handle({
      method,
      path,
      query: url.searchParams,
      headers: new Headers(headers),
      body,
      baseUrl: BASE,
    })
  }
  const call = (method: string, target: string, body?: unknown, extra: Extra = {}): Promise<VendorResponse> =>
    raw(method, `/v3/company/${REALM_ID}${target}`, typeof body === 'string' ? body : JSON.stringify(body ?? ''), {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${extra.token ?? ACCESS_TOKEN}`,
      ...extra.headers,
    })
  const ok = async (method: string, target: string, body?: unknown, extra?: Extra) => {
    const answer = await call(method, target, body, extra)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    const content = Answer.parse(answer.body)
    expect(content).not.toHaveProperty('Fault')
    return content
  }
  const faults = async (method: string, target: string, body?: unknown, extra?: Extra) => {
    const answer = await call(method, target, body, extra)
    expect(answer.status, JSON.stringify(answer.body)).toBe(400)
    return Refused.parse(answer.body).Fault.Error
  }
  /** `6240 The name …`: code and detail of the first error. */
  const refused = async (method: string, target: string, body?: unknown, extra?: Extra) => {
    const [first] = await faults(method, target, body, extra)
    return `${first?.code} ${first?.Detail}`
  }
  const write = async (entity: string, body: unknown, query = ''): Promise<Made> =>
    Made.parse((await ok('POST', `/${entity.toLowerCase()}${query}`, body))[entity])
  const read = async (entity: string, id: string): Promise<Made> =>
    Made.parse((await ok('GET', `/${entity.toLowerCase()}/${id}`))[entity])
  const query = async (statement: string) =>
    z.looseObject({}).parse((await ok('GET', `/query?query=${encodeURIComponent(statement)}`)).QueryResponse)
  const act = (action: string, input: unknown = {}) => simulator.act(action, input)
  return { clock, switches, sent, simulator, made, raw, call, ok, faults, refused, write, read, query, act }
}
export type Rig = ReturnType<typeof rig>

export const MINUTE = 60_000
export const DAY = 86_400_000

/** A line on an expense account. */
export const expense = (Amount: number, extra: object = {}, account = '7') => ({
  DetailType: 'AccountBasedExpenseLineDetail',
  Amount,
  AccountBasedExpenseLineDetail: { AccountRef: { value: account } },
  ...extra,
})

export const widgets = (Qty: number, UnitPrice: number, extra: object = {}) => ({
  DetailType: 'ItemBasedExpenseLineDetail',
  Amount: Math.round(Qty * UnitPrice * 100) / 100,
  ItemBasedExpenseLineDetail: { ItemRef: { value: '19' }, Qty, UnitPrice },
  ...extra,
})
