import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { app } from '../../../src/edge/http'
import { openStage } from './support'

const Operation = z.object({
  summary: z.string().min(1),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: z.unknown() })).optional(),
  responses: z.record(
    z.string().regex(/^\d{3}$/),
    z.object({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() }),
  ),
})
const Document = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(z.string().startsWith('/v1/'), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
})

let text: string
let document: z.infer<typeof Document>
beforeAll(async () => {
  const response = await (await openStage()).raw('/openapi.json', { headers: {} })
  expect(response.status).toBe(200)
  text = await response.text()
  document = Document.parse(JSON.parse(text))
})

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

describe('the OpenAPI document', () => {
  it('is there without a key, and describes every route of the admin API', () => {
    const routes = app.routes
      .filter(({ path, method }) => path.startsWith('/v1/') && !path.endsWith('*') && METHODS.has(method))
      .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect([...new Set(routes)].sort()).toEqual(described.sort())
    expect(described.length).toBeGreaterThan(25)
  })

  it('gives each operation a good answer, and the refusals as problem+json', () => {
    for (const methods of Object.values(document.paths))
      for (const { responses } of Object.values(methods)) {
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '404', '422']))
        expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
        expect(JSON.stringify(responses['422'])).toContain('application/problem+json')
      }
  })

  it('names every parameter of a path, and refers only to what it holds', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(methods)) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        expect(named.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
      }
    const refs = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(refs))
    const schemes = document.security.flatMap((each) => Object.keys(each))
    expect(Object.keys(document.components.securitySchemes)).toEqual(schemes)
  })
})
