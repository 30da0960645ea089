import { GraphQLClient, type Variables } from 'graphql-request'
import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Call, ReadApi } from '../../core/vendor'
import { businessId } from './ids'

export const PATH = '/graphql/public'

/** Never reached over the network: the client below is only given the session's way out. */
const ENDPOINT = `https://session.invalid${PATH}`

const Document = z.lazy(() =>
  z.object({
    query: z.string(),
    variables: z.record(z.string(), z.unknown()).optional(),
    operationName: z.string().optional(),
  }),
)

/** A query document and nothing else; fails closed, so a mutation can never be sent as a read. */
export const isQuery = (call: Call): boolean => {
  const document = Document.safeParse(call.body).data?.query ?? ''
  return (
    call.method === 'POST' &&
    call.path === PATH &&
    /^\s*query\b/.test(document) &&
    !/\b(mutation|subscription)\b/.test(document)
  )
}

/** graphql-request with the session as its `fetch`: limiter, audit and refusals apply to each of its requests. */
const clientOf = (api: ReadApi, answer: z.ZodType): GraphQLClient =>
  new GraphQLClient(ENDPOINT, {
    fetch: async (_url, init) => {
      const body = Document.parse(JSON.parse(String(init?.body)))
      const call: Call = { method: 'POST', path: PATH, route: body.operationName ?? 'query', body }
      return Response.json(await api.read(call, answer))
    },
  })

/**
 * Asks Wave. `data` is the shape of the answer's `data`; strings go as variables, never inline (sheet section 2). It is parsed
 * by the session, which can say what was wrong, so shapes must accept their own output.
 */
export const ask = async <T>(api: ReadApi, document: string, variables: Variables, data: z.ZodType<T>): Promise<T> =>
  data.parse(await clientOf(api, z.object({ data })).request<unknown>(document, variables))

/** Asks below the connection's business. Null where Wave says that there is no such node, in either of its two ways. */
export const askBusiness = async <T>(
  api: ReadApi,
  document: string,
  variables: Record<string, unknown>,
  business: z.ZodType<T>,
): Promise<T | null> => {
  try {
    const shape = z.object({ business: business.nullable() })
    const answer = await ask(api, document, { businessId: businessId(api.account), ...variables }, shape)
    if (answer.business === null) throw businessMissing()
    return answer.business
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'wave_not_found') return null
    throw thrown
  }
}

/** A list is always there: if its business is, nothing in it can be missing. */
export const askList = async <T>(
  api: ReadApi,
  document: string,
  variables: Record<string, unknown>,
  business: z.ZodType<T>,
): Promise<T> => {
  const answer = await askBusiness(api, document, variables, business)
  if (answer === null) throw businessMissing()
  return answer
}

export const businessMissing = (): Failed =>
  rejected(
    'wave_business_not_found',
    'Wave shows no such business to this token',
    'Check in Wave that the business exists, is not archived, and that the user who gave access can open it; then reconnect.',
  )
