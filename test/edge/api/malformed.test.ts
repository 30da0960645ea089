import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/problem'
import { receive } from '../../support/deliver'
import { adminKey, type Office, openOffice, recordsOf } from '../../support/office'
import { carry, draftInvoice } from '../../support/wave-cin7'
import { ORIGIN, type Route, routes } from './support'

const REQUESTS = 300

/** The same numbers for the same seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = ReturnType<typeof randomFrom>

const pick = <T>(random: Random, list: readonly T[], otherwise: T): T =>
  list[Math.floor(random() * list.length)] ?? otherwise

const IDS = ['', '%20', '%00', '%ff', '..', 'constructor', '__proto__', 'null', "';--", '%F0%9F%92%A9', 'x'.repeat(900)]
const SCALARS = [
  null,
  true,
  0,
  -1,
  1e308,
  1.5,
  '',
  ' ',
  'constructor',
  '\u0000',
  '\ud800',
  '💩',
  "';--",
  '9'.repeat(400),
]
const BROKEN = ['', '{', '[1,', 'nul', '{"a":01}', '\ufeff{}', '"', '{"__proto__":{"x":1}}', '['.repeat(5_000)]

interface Schema {
  [key: string]: unknown
}
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null
const partOf = (schema: unknown, key: string): unknown => (isSchema(schema) ? schema[key] : undefined)

/** A value for a schema that is right in most places: so that it comes past the first check. */
const valueFor = (random: Random, schema: unknown, known: string[]): unknown => {
  if (random() < 0.12) return pick<unknown>(random, [...SCALARS, [], {}, [[]], { a: { b: 1 } }], null)
  const options = partOf(schema, 'enum')
  if (Array.isArray(options)) return pick<unknown>(random, options, 'x')
  const properties = partOf(schema, 'properties')
  if (isSchema(properties))
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, part]) =>
        random() < 0.12 ? [] : [[random() < 0.05 ? 'constructor' : name, valueFor(random, part, known)]],
      ),
    )
  switch (partOf(schema, 'type')) {
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, () => valueFor(random, partOf(schema, 'items'), known))
    case 'object':
      return { [pick(random, known, 'x')]: valueFor(random, partOf(schema, 'additionalProperties'), known) }
    case 'boolean':
      return random() < 0.5
    case 'number':
    case 'integer':
      return Math.floor(random() * 100)
    default:
      return pick(random, [...known, '2026-01-01', '3600', 'admin', 'target', 'x'], 'x')
  }
}

const bodyFor = (random: Random, { requestBody }: Route, known: string[]): string | undefined => {
  if (!requestBody) return random() < 0.3 ? pick(random, BROKEN, '') : undefined
  if (random() < 0.2) return pick(random, BROKEN, '')
  return JSON.stringify(valueFor(random, requestBody.content['application/json']?.schema, known))
}

/** Real ids as a rule, so that a request comes past the first look; never where that would take the tenant apart. */
const pathFor = (random: Random, { method, path }: Route, real: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    method !== 'DELETE' && random() < 0.85 ? encodeURIComponent(real[name] ?? 'account') : pick(random, IDS, 'x'),
  )

const queryFor = (random: Random, { parameters }: Route): string => {
  const given = parameters.filter((parameter) => parameter.in === 'query' && random() < 0.5)
  return given
    .map(({ name }) => `${name}=${pick(random, [...IDS, '1', '-1', '1e15', '8640000000000000'], '')}`)
    .join('&')
}

interface Made {
  route: string
  request: Request
}

const requestsFrom = (seed: number, all: Route[], real: Record<string, string>, key: string): Made[] => {
  const random = randomFrom(seed)
  const known = Object.values(real)
  return Array.from({ length: REQUESTS }, (_, n) => {
    const route = all[n % all.length] ?? pick(random, all, { method: 'GET', path: '/', parameters: [], responses: {} })
    const { method } = route
    const body = method === 'GET' ? undefined : bodyFor(random, route, known)
    const url = `${ORIGIN}${pathFor(random, route, real)}?${queryFor(random, route)}`
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const init = { method, headers, ...(body !== undefined && { body }) }
    return {
      route: `${method} ${url.slice(ORIGIN.length)} ${body?.slice(0, 200) ?? ''}`,
      request: new Request(url, init),
    }
  })
}

let office: Office
let real: Record<string, string>
beforeAll(async () => {
  office = await openOffice()
  await carry(office, await draftInvoice(office))
  real = {
    tenant: office.tenant,
    connection: office.wave.connection,
    integration: office.integration,
    record: (await recordsOf(office))[0]?.id ?? '',
    kind: 'account',
    side: 'source',
    id: 'k_none',
    batch: 'b_none',
  }
})

describe('requests that make no sense, with a key that may do everything', () => {
  it.each([1, 2, 3])('are answered, and never as a fault of ours (seed %i)', async (seed) => {
    const statuses = new Map<number, number>()
    const faults: string[] = []
    for (const { route, request } of requestsFrom(seed, await routes(), real, await adminKey())) {
      const { response } = await receive(request)
      const { status } = response
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const text = await response.text()
      if (status >= 500 && status !== 503) faults.push(`${status} ${route}`)
      if (status >= 400) expect([route, Problem.safeParse(JSON.parse(text)).success]).toEqual([route, true])
    }
    expect(faults).toEqual([])
    // It is no proof where all of it is turned away at the door.
    for (const status of [200, 400, 404, 422]) expect([status, (statuses.get(status) ?? 0) > 5]).toEqual([status, true])
  })

  it('leave the tenant working', async () => {
    expect((await office.admin.ask('GET', `/v1/tenants/${office.tenant}/records`)).status).toBe(200)
    expect((await office.admin.ask('GET', `/v1/tenants/${office.tenant}/audit/verify`)).status).toBe(200)
    expect((await office.admin.ask('GET', '/v1/health')).status).toBe(200)
  })
})
