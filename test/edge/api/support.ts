import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { z } from 'zod'
import worker from '../../../src/index'
import { Problem } from '../../../src/lib/problem'
import { type Admin, adminWith } from '../../support/admin'
import { admin, adminKey } from '../../support/office'

export const ORIGIN = 'https://connector.test'

/** A request through the front door, as a deployment with other bindings would take it. */
export const send = async (request: Request, bindings: object = {}): Promise<Response> =>
  worker.fetch(request, { ...env, ...bindings }, createExecutionContext())

export const as = (key: string, bindings?: object): Admin =>
  adminWith(key, ORIGIN, (request) => send(request, bindings))

/** With the first admin key, but not through the client: a body of any kind. */
export const raw = async (method: string, path: string, init: RequestInit = {}, bindings?: object) => {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${await adminKey()}`)
  return send(new Request(`${ORIGIN}${path}`, { ...init, method, headers }), bindings)
}

export interface KeyMade {
  id: string
  key: string
}

export const makeKey = async (scopes: string[], tenant?: string): Promise<KeyMade> =>
  (await admin()).call('POST', '/v1/keys', { principal: 'helper', scopes, ...(tenant !== undefined && { tenant }) })

export const keyWith = async (scopes: string[], tenant?: string): Promise<Admin> =>
  as((await makeKey(scopes, tenant)).key)

export const newTenant = async (name = 'Harbour Lane'): Promise<string> =>
  (await (await admin()).call<{ id: string }>('POST', '/v1/tenants', { name })).id

type Answer = Awaited<ReturnType<Admin['ask']>>

export const refusedAs = (status: number, code: string) => ({ status, body: expect.objectContaining({ status, code }) })

/** The problems of a 422, as path → sentence. */
export const problemsOf = ({ status, body }: Answer): Record<string, string> => {
  expect(status).toBe(422)
  const { code, problems = [] } = Problem.parse(body)
  expect(code).toBe('invalid')
  return Object.fromEntries(problems.map(({ path, message }) => [path, message]))
}

export const rowsOf = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results

const Operation = z.looseObject({
  summary: z.string().optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  requestBody: z
    .looseObject({ required: z.boolean().optional(), content: z.record(z.string(), z.looseObject({})) })
    .optional(),
  responses: z.record(z.string(), z.looseObject({})),
})
const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), Operation)) })

export interface Route extends z.infer<typeof Operation> {
  method: string
  path: string
}

export const document = async (): Promise<z.infer<typeof Document>> =>
  Document.parse(await (await send(new Request(`${ORIGIN}/openapi.json`))).json())

/** Every operation that the API describes of itself. */
export const routes = async (): Promise<Route[]> =>
  Object.entries((await document()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )

/** The path with its parameters put in; what is not named becomes `none`. */
export const filled = (path: string, values: Record<string, string> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'none')
