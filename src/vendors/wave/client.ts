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

/** What graphql-request is told: it has nothing more to do with the answer. */
const TAKEN = { data: {} }

/**
 * Asks Wave, by graphql-request with the session as its `fetch`: limiter, audit and refusals apply to each of its requests, and the
 * session parses the answer, since it can say what was wrong. Strings go as variables, never inline (sheet section 2).
 */
export const ask = async <T>(
  api: ReadApi,
  document: string,
  variables: Variables,
  shape: z.ZodType<{ data: T }>,
): Promise<T> => {
  const answers: T[] = []
  const client = new GraphQLClient(ENDPOINT, {
    fetch: async (_url, init) => {
      const body = Document.parse(JSON.parse(String(init?.body)))
      const call: Call = { method: 'POST', path: PATH, route: body.operationName ?? 'query', body }
      answers.push((await api.read(call, shape)).data)
      return Response.json(TAKEN)
    },
  })
  await client.request(document, variables)
  const [answer] = answers
  if (answer === undefined) throw new Error('graphql-request asked nothing')
  return answer
}

/** Made once for each query: zod looks at a shape that it has not seen before for longer than it takes to use it. */
export const below = <T>(business: () => z.ZodType<T>): z.ZodType<Below<T>> =>
  z.lazy(() => z.object({ data: z.object({ business: business().nullable() }) }))

type Below<T> = { data: { business: T | null } }

/** Asks below the connection's business. Null where Wave says that there is no such node, in either of its two ways. */
export const askBusiness = async <T>(
  api: ReadApi,
  document: string,
  variables: Record<string, unknown>,
  shape: z.ZodType<Below<T>>,
): Promise<T | null> => {
  try {
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
  shape: z.ZodType<Below<T>>,
): Promise<T> => {
  const answer = await askBusiness(api, document, variables, shape)
  if (answer === null) throw businessMissing()
  return answer
}

export const businessMissing = (): Failed =>
  rejected(
    'wave_business_not_found',
    'Wave shows no such business to this token',
    'Check in Wave that the business exists, is not archived, and that the user who gave access can open it; then reconnect.',
  )
