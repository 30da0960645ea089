import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../../src/edge/http'
import { document, type Route, routes } from './support'

let all: Route[]
let whole: Awaited<ReturnType<typeof document>>
beforeAll(async () => {
  whole = await document()
  all = await routes()
})

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`
/** Of all operations, those of which it is not so. */
const except = (holds: (route: Route) => boolean) => all.filter((route) => !holds(route)).map(nameOf)

/** Every object and array in it. */
const within = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(within)] : []

const refsOf = (value: unknown): string[] =>
  within(value).flatMap((each) =>
    typeof each === 'object' && each !== null && '$ref' in each && typeof each.$ref === 'string' ? [each.$ref] : [],
  )

const resolve = (ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === name)?.[1]
          : undefined,
      whole,
    )

describe('the document of the API', () => {
  it('is OpenAPI 3.1.0', () => {
    expect(whole.openapi).toBe('3.1.0')
    expect(whole).toMatchObject({ info: { title: 'ml-connector', version: expect.any(String) } })
  })

  it('has every route that is served under /v1, and no other', () => {
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
      .map(({ method, path }) => nameOf({ method, path: path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}') }))
    expect([...new Set(served)].sort()).toEqual(all.map(nameOf).sort())
    expect(all.length).toBeGreaterThan(30)
  })

  it('says of each what it does, in a sentence of its own', () => {
    expect(except(({ summary }) => (summary ?? '').length > 0)).toEqual([])
    expect(new Set(all.map(({ summary }) => summary)).size).toBe(all.length)
  })

  it('says of each what comes back, and all its refusals as problem+json', () => {
    expect(except(({ responses }) => Object.keys(responses).some((status) => status.startsWith('2')))).toEqual([])
    for (const status of ['401', '403', '404', '409', '422', '429', '503'])
      expect(
        except(({ responses }) => refsOf(responses[status]).length > 0 || isProblem(responses[status])),
        status,
      ).toEqual([])
  })

  const isProblem = (response: unknown): boolean => {
    const text = JSON.stringify(response) ?? ''
    return text.includes('application/problem+json') && text.includes('"code"') && text.includes('"problems"')
  }

  it('describes the body of whatever takes one', () => {
    const bodies = all.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method))
    const without = bodies.filter(({ requestBody }) => requestBody === undefined).map(nameOf)
    expect(without.map((name) => name.split('/').at(-1)).sort()).toEqual(
      ['confirm', 'pause', 'replay', 'resend', 'resume', 'resume', 'test', 'test', 'webhooks'].sort(),
    )
    for (const { requestBody } of bodies)
      if (requestBody)
        expect(Object.keys(requestBody.content['application/json']?.schema ?? {}).length).toBeGreaterThan(0)
  })

  it('asks for no body where there cannot be one', () => {
    expect(
      except(({ method, requestBody }) => !['GET', 'DELETE'].includes(method) || requestBody === undefined),
    ).toEqual([])
  })

  it('declares every parameter that stands in a path, and none that does not', () => {
    const differing = except(({ path, parameters }) => {
      const standing = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      return JSON.stringify(standing.sort()) === JSON.stringify(declared.sort())
    })
    expect(differing).toEqual([])
    expect(
      except(({ parameters }) =>
        parameters.every(({ required, ...parameter }) => parameter.in !== 'path' || required === true),
      ),
    ).toEqual([])
  })

  it('refers only to what it holds', () => {
    const refs = refsOf(whole)
    expect(refs.length).toBeGreaterThan(0)
    expect(refs.filter((ref) => resolve(ref) === undefined)).toEqual([])
  })

  it('names the key as the way in, and holds what it names', () => {
    expect(whole).toMatchObject({
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    })
  })

  it('gives examples that its own schemas would take: lists say where the next page is', () => {
    const paged = all.filter(
      ({ method, parameters }) => method === 'GET' && parameters.some(({ name }) => name === 'cursor'),
    )
    expect(paged.length).toBeGreaterThan(4)
    expect(paged.filter(({ responses }) => !JSON.stringify(responses['200']).includes('"next"')).map(nameOf)).toEqual(
      [],
    )
  })
})
