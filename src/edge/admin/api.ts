import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { checkEnv, type Env } from '../../env'
import { invalid, issuesOf, Problem, type ProblemError, problem } from '../../lib/problem'
import { type Db, openDb } from '../../store/config'
import type { Scope } from '../../store/keys'

/** Who calls: the bootstrap token, or a key. */
export interface Caller {
  key: string
  principal: string
  scopes: Set<Scope>
  /** The only tenant it may see, if it is bound to one. */
  tenant: string | null
  bootstrap: boolean
}

export type AdminEnv = { Bindings: Env; Variables: { caller: Caller } }
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

const refusal = (description: string) => ({ content: { 'application/problem+json': { schema: Problem } }, description })

/** The same for every route, since the checks are. */
const refusals = {
  401: refusal('No key, or not a live one'),
  403: refusal('The key has too little scope'),
  404: refusal('No such thing, or not for this key'),
  409: refusal('It contradicts what is there'),
  422: refusal('Bad input, with the path of each problem'),
  503: refusal('Something that is needed cannot be reached; nothing was changed unless it says so'),
}

const id = z.string().min(1)
export const InKey = z.object({ id })
export const InTenant = z.object({ tenant: id })
export const InConnection = InTenant.extend({ connection: id })
export const InIntegration = InTenant.extend({ integration: id })
export const InRecord = InTenant.extend({ record: id })

export const notFound = (what: string): ProblemError => problem(404, 'not_found', `there is no such ${what}`)

/** Lists page by cursor. */
export const Paged = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
export const PageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
