import { ORIGIN, type Route } from './support'

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

export interface Made {
  route: string
  request: Request
}

/** So many requests of this seed, over all routes in turn. `ids` = real ones, of several tenants if need be. */
export const oddRequests = (
  seed: number,
  count: number,
  all: Route[],
  ids: Record<string, string>[],
  key: string,
): Made[] => {
  const random = randomFrom(seed)
  const known = ids.flatMap((real) => Object.values(real))
  return Array.from({ length: count }, (_, n) => {
    const route = all[n % all.length] ?? pick(random, all, { method: 'GET', path: '/', parameters: [], responses: {} })
    const real = pick(random, ids, {})
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
