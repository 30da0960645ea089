import { expect } from 'vitest'
import { z } from 'zod'
import { memoryStore } from '../memory-store'
import type { Delivery, Simulator, VendorResponse } from '../vendor'
import { makeAcumatica } from '.'
import { ACCESS_TOKEN } from './seed-defaults'

export const START = Date.parse('2026-03-04T14:15:27.420Z')
export const BASE = 'https://world.test/w/acumatica'
export const ENTITY = '/entity/Default/24.200.001'
export const MINUTE = 60_000
export const DAY = 86_400_000

type Headers = Record<string, string>

/** As much of a field as tests look at: `{}` has neither. */
const Cell = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  error: z.string().optional(),
})
/** A record as the API answers it. */
export const Answered = z.looseObject({ id: z.string().default('') })
export type Answered = z.infer<typeof Answered>

/** The value of a field, at a path as `Details.0.Account`; undefined when the field is empty. */
export const at = (record: unknown, path: string): string | number | boolean | undefined =>
  Cell.parse(inside(record, path)).value
export const errorAt = (record: unknown, path: string): string | undefined => Cell.parse(inside(record, path)).error

const inside = (record: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => {
    if (Array.isArray(part)) return part[Number(name)]
    return z.record(z.string(), z.unknown()).parse(part)[name]
  }, record)

/** `{VendorID: 'A', Details: [{…}]}` → each value in an object of its own. */
export const wrapped = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (name === 'id' || name === 'delete' || name === 'custom') return [name, value]
      if (Array.isArray(value)) return [name, value.map((one: object) => wrapped(one))]
      return [name, typeof value === 'object' && value !== null ? wrapped(value) : { value }]
    }),
  )

const readBody = (body: unknown): unknown => {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** One simulator in memory, with a clock and switches in the hand of the test. */
export const rig = (seeded: unknown = {}) => {
  const clock = { now: START }
  const switches: Record<string, unknown> = {}
  const sent: Delivery[] = []
  const simulator: Simulator = makeAcumatica({
    store: memoryStore(),
    now: () => clock.now,
    switched: <T>(name: string, otherwise: T) => (switches[name] as T | undefined) ?? otherwise,
    deliver: (delivery) => void sent.push({ ...delivery, id: String(sent.length), vendor: 'acumatica' }),
  })
  const made = simulator.seed(seeded)

  /** Bodies come back parsed. */
  const raw = async (method: string, target: string, body = '', headers: Headers = {}): Promise<VendorResponse> => {
    const url = new URL(`${BASE}${target}`)
    const path = url.pathname.slice(new URL(BASE).pathname.length)
    const request = { method, path, query: url.searchParams, headers: new Headers(headers), body, baseUrl: BASE }
    const answer = await simulator.handle(request)
    return { ...answer, body: readBody(answer.body) }
  }
  const call = (method: string, target: string, body?: unknown, headers: Headers = {}, token = ACCESS_TOKEN) =>
    raw(
      method,
      `${target.startsWith('/entity') ? '' : ENTITY}${target}`,
      body === undefined ? '' : JSON.stringify(body),
      {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    )
  const expected = async (status: number, method: string, target: string, body?: unknown, headers?: Headers) => {
    const answer = await call(method, target, body, headers)
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    return answer
  }
  const put = async (target: string, fields: object, headers?: Headers): Promise<Answered> =>
    Answered.parse((await expected(200, 'PUT', `/${target}`, wrapped(fields), headers)).body)
  /** A 422 and the record in it. */
  const refused = async (target: string, fields: object): Promise<Answered> =>
    Answered.parse((await expected(422, 'PUT', `/${target}`, wrapped(fields))).body)
  const get = async (target: string): Promise<Answered> =>
    Answered.parse((await expected(200, 'GET', `/${target}`)).body)
  const list = async (entity: string, query: Record<string, string> = {}): Promise<Answered[]> => {
    const search = new URLSearchParams(query).toString().replaceAll('+', '%20')
    return z.array(Answered).parse((await expected(200, 'GET', `/${entity}?${search}`)).body)
  }
  /** exceptionType of a 500, without its namespace. */
  const failure = async (method: string, target: string, body?: unknown): Promise<string> => {
    const answer = await expected(500, method, target, body)
    return z.object({ exceptionType: z.string() }).parse(answer.body).exceptionType.split('.').at(-1) ?? ''
  }
  const filtered = async (entity: string, filter: string): Promise<Answered[]> => list(entity, { $filter: filter })
  const act = (action: string, input: unknown = {}) => simulator.act(action, input)
  return {
    clock,
    switches,
    sent,
    simulator,
    made,
    raw,
    call,
    expected,
    put,
    refused,
    get,
    list,
    filtered,
    failure,
    act,
  }
}
export type Rig = ReturnType<typeof rig>

/** A tenant with one vendor, for documents. */
export const withVendor = (tenant: object = {}, more: object = {}): Rig =>
  rig({ tenants: [{ vendors: [{ VendorID: 'ACME01', VendorName: 'Acme Widgets' }], ...tenant }], ...more })

/** A bill for freight. */
export const freight = (extra: object = {}, line: object = {}) => ({
  Vendor: 'ACME01',
  VendorRef: 'INV-1',
  Date: '2026-03-04',
  Hold: false,
  Details: [{ Qty: 1, UnitCost: 42.5, Account: '61000', TransactionDescription: 'Freight', ...line }],
  ...extra,
})

/** An order for bricks. */
export const bricks = (extra: object = {}, line: object = {}) => ({
  VendorID: 'ACME01',
  VendorRef: 'PO-1',
  Date: '2026-03-04',
  Hold: false,
  Details: [{ InventoryID: 'BRICKS', OrderQty: 10, UnitCost: 12.35, ...line }],
  ...extra,
})
