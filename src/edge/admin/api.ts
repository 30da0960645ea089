import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Answered } from '../../core/tenant'
import { checkEnv, type Env } from '../../env'
import { invalid, issuesOf, Problem, type ProblemError, problem } from '../../lib/problem'
import { type Db, openDb } from '../../store/config'
import type { Scope } from '../../store/keys'

/** Who calls: the bootstrap token, or a key. */
export interface Caller {
  key: string
  principal: string
  /** Principal of whoever made the key. */
  madeBy: string
  scopes: Set<Scope>
  /** The only tenant it may see, if it is bound to one. */
  tenant: string | null
  bootstrap: boolean
}

/** `request` is the correlation of everything that this request causes. */
export type AdminEnv = { Bindings: Env; Variables: { caller: Caller; request: string } }
export type AdminContext = Context<AdminEnv>

/** Routes of one resource: bad input is 422 with the path of each problem. */
export const makeApi = (): OpenAPIHono<AdminEnv> =>
  new OpenAPIHono<AdminEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(issuesOf(result.error, result.target === 'json' ? '' : result.target))
    },
  })

export const dbOf = (c: AdminContext): Db => {
  checkEnv(c.env)
  return openDb(c.env.DB)
}

export const answers = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { content: { 'application/json': { schema } }, description },
  ...refusals,
})

export const made = <T extends z.ZodType>(schema: T, description: string) => ({
  201: { content: { 'application/json': { schema } }, description },
  ...refusals,
})

export const bodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { content: { 'application/json': { schema } }, required: true },
})

/** Many clients say `application/json` also where they send nothing. */
export const emptyIsNoBody = createMiddleware<AdminEnv>(async (c, next) => {
  const { raw } = c.req
  if (raw.body === null || raw.headers.get('content-length') === '0') {
    const headers = new Headers(raw.headers)
    headers.delete('content-type')
    c.req.raw = new Request(raw.url, { method: raw.method, headers })
  }
  await next()
})

/** Otherwise a body of another type would count as none, and its options as left out. */
export const onlyJson = createMiddleware<AdminEnv>(async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (c.req.raw.body !== null && !/^application\/([\w.-]+\+)?json(;|$)/i.test(type))
    throw problem(415, 'not_json', 'send JSON, with the header content-type: application/json')
  await next()
})

/** Where everything in it can be left out, so can the body. */
export const optionalBodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { content: { 'application/json': { schema } } },
})

const refusal = (description: string) => ({ content: { 'application/problem+json': { schema: Problem } }, description })

/** The same for every route, since the checks are. */
const refusals = {
  401: refusal('No key, or not a live one'),
  403: refusal('The key has too little scope'),
  404: refusal('No such thing, or not for this key'),
  409: refusal('It contradicts what is there'),
  422: refusal('Bad input, with the path of each problem'),
  429: {
    ...refusal('Too many requests with this key, or without a good one from this address'),
    headers: { 'Retry-After': { schema: { type: 'integer' as const }, description: 'Seconds to wait' } },
  },
  503: refusal('Something that is needed cannot be reached; nothing was changed unless it says so'),
}

const id = z.string().min(1)
export const InKey = z.object({ id })
export const InTenant = z.object({ tenant: id })
export const InConnection = InTenant.extend({ connection: id })
export const InIntegration = InTenant.extend({ integration: id })
export const InRecord = InTenant.extend({ record: id })

export const notFound = (what: string): ProblemError => problem(404, 'not_found', `there is no such ${what}`)

/** A refusal of the tenant is a contradiction to what is there: 409, or 404 where there is no such thing. */
export const settled = <T>(answered: Answered<T>): T => {
  if (answered.ok) return answered.value
  const { code, message, remedy } = answered.failure
  throw code.startsWith('no_') ? notFound(code.slice(3)) : problem(409, code, `${message}. ${remedy}`)
}

/** Lists page by cursor: `next` is the cursor of the page after this one, null at the end. */
export const Paged = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** A full page may have another after it. */
export const nextOf = <T>(rows: T[], limit: number, cursorOf: (last: T) => string): string | null => {
  const last = rows.at(-1)
  return last !== undefined && rows.length === limit ? cursorOf(last) : null
}

export const wantsCsv = (c: AdminContext): boolean => /\btext\/csv\b/i.test(c.req.header('accept') ?? '')
