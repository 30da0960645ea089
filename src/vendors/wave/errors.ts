import { z } from 'zod'
import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'
import { isQuery } from './client'

const GraphQLError = z.lazy(() =>
  z.object({
    message: z.string().catch('no message'),
    path: z.array(z.union([z.string(), z.number()])).nullish(),
    extensions: z.object({ code: z.string().nullish(), id: z.string().nullish() }).nullish(),
  }),
)
type GraphQLError = z.infer<typeof GraphQLError>

const Errors = z.lazy(() => z.object({ errors: z.array(GraphQLError).min(1) }))

const Refused = z.lazy(() =>
  z.object({
    didSucceed: z.literal(false),
    inputErrors: z.array(z.object({ path: z.array(z.string()).nullish(), message: z.string().nullish() })).nullish(),
  }),
)

/**
 * Wave says no with HTTP 200 and `errors`, or with another status and the same body: `extensions.code` decides first (sheet
 * section 2). Undefined = the plain meaning of the status holds.
 */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const { status, text } = answer
  const errors = errorsOf(answer)
  const scope = scopeMissing(errors?.[0]?.message ?? (status === 403 ? text : ''), call)
  if (scope) return scope
  return errors ? failureOf(gravest(errors), status, isQuery(call)) : mutationRefused(answer)
}

/** Nearly every answer is a good one, and a schema that does not fit costs more than one that does. */
const errorsOf = ({ json }: Answer): GraphQLError[] | undefined =>
  has(json, 'errors') ? Errors.safeParse(json).data?.errors : undefined

const has = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && name in value

/**
 * How Wave says that a scope is missing is not verified (sheet section 2): where a mutation is refused and the words name one, only that
 * mutation is closed to us, and not the connection.
 */
const scopeMissing = (words: string, call: Call): Failure | undefined =>
  isQuery(call) || !/\bscopes?\b/i.test(words)
    ? undefined
    : {
        kind: 'rejected',
        code: 'wave_scope_missing',
        message: words.slice(0, 300),
        remedy:
          'The consent does not let us write this: connect Wave again and allow everything that is asked for (GET …/authorize; payments of invoices need invoice:write, transactions transaction:write), then replay.',
      }

const ORDER = ['UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR']

const codeOf = (error: GraphQLError): string => error.extensions?.code ?? ''

/** Of several errors the one about the whole request; it explains the others. */
const gravest = (errors: GraphQLError[]): GraphQLError => {
  const rank = (error: GraphQLError) => (ORDER.indexOf(codeOf(error)) + ORDER.length + 1) % (ORDER.length + 1)
  return errors.reduce((worst, error) => (rank(error) < rank(worst) ? error : worst))
}

const said = (error: GraphQLError): string => {
  const reference = error.extensions?.id ? ` (Wave reference ${error.extensions.id})` : ''
  return `${error.message.slice(0, 300)}${reference}`
}

const failureOf = (error: GraphQLError, status: number, asked: boolean): Failure | undefined => {
  const message = said(error)
  switch (codeOf(error)) {
    case 'UNAUTHENTICATED':
      return {
        kind: 'unauthorised',
        code: 'wave_unauthenticated',
        message,
        remedy: 'Wave refused the token: connect Wave again. Waiting records go on by themselves.',
      }
    case 'NOT_FOUND':
      return notFound(error, message)
    case 'INTERNAL_SERVER_ERROR':
      return {
        kind: 'transient',
        code: 'wave_internal_error',
        message,
        remedy: 'Nothing to do: Wave has trouble, it is tried again.',
      }
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'BAD_USER_INPUT':
    case 'VARIABLE_VALUE':
      return {
        kind: 'malformed',
        code: 'wave_query_refused',
        message,
        remedy: 'Wave no longer understands what it is asked. Report it; replay once a fixed version is deployed.',
      }
    default:
      return status < 400 ? unnamed(message, asked) : undefined
  }
}

/** The business itself missing means that nothing can be said about its records: never take it for a deletion. */
const notFound = ({ path }: GraphQLError, message: string): Failure =>
  path && path.length > 1
    ? {
        kind: 'rejected',
        code: 'wave_not_found',
        message,
        remedy: 'Look in Wave whether the record was deleted.',
      }
    : {
        kind: 'rejected',
        code: 'wave_business_not_found',
        message,
        remedy: 'Check in Wave that the business exists and that the user who gave access can open it; then reconnect.',
      }

/** Wave publishes neither its rate limit nor all of its codes; the words are what is left. */
const unnamed = (message: string, asked: boolean): Failure => {
  if (/rate.?limit|too many requests|throttl/i.test(message))
    return {
      kind: 'throttled',
      code: 'wave_rate_limit',
      message,
      remedy: 'Nothing to do: it goes on by itself.',
      waitMs: 60_000,
    }
  return asked ? refusedBy(message) : unclear(message)
}

const refusedBy = (message: string): Failure => ({
  kind: 'rejected',
  code: 'wave_refused',
  message,
  remedy: 'See the words of Wave. Correct the record there, then replay it.',
})

/** A mutation that failed in a way that nobody knows of may have done its work before. */
const unclear = (message: string): Failure => ({
  kind: 'uncertain',
  code: 'wave_outcome_unknown',
  message,
  remedy: 'Nothing to do yet: it is looked up in Wave before anything is sent again.',
  waitMs: 0,
})

const Data = z.lazy(() => z.object({ data: z.record(z.string(), z.unknown()) }))

/** Mutations say no with 200 and without `errors`, and then they have done nothing. */
const mutationRefused = ({ json }: Answer): Failure | undefined => {
  const { data = {} } = Data.safeParse(json).data ?? {}
  const refused = Object.values(data)
    .filter((value) => has(value, 'didSucceed'))
    .map((value) => Refused.safeParse(value).data)
    .find((value) => value !== undefined)
  if (!refused) return undefined
  const words = (refused.inputErrors ?? []).map(
    ({ path, message }) => `${(path ?? []).join('.')}: ${message ?? 'refused'}`,
  )
  return {
    kind: 'rejected',
    code: 'wave_input_refused',
    message: words.join('; ').slice(0, 500) || 'refused without a reason',
    remedy: 'See the words of Wave. Correct the field it names, then replay the record.',
  }
}
