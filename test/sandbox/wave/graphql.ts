import type { DocumentNode, GraphQLFieldResolver, OperationDefinitionNode, ValidationRule } from 'graphql'
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  GraphQLError,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isEnumType,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { z } from 'zod'
import type { VendorRequest, VendorResponse } from '../vendor'
import type { Access } from './access'
import { tokenAccess } from './access'
import { checkScope, checkToken, liveToken } from './auth'
import { failure, onWire } from './errors'
import type { Token } from './grants'
import type { Book } from './model'
import { mutations, queries } from './resolvers'
import { withScalars } from './scalars'
import { sdl } from './schema'

const schema = withScalars(buildSchema(sdl))
const currencyType = schema.getType('CurrencyCode')
const currencies = isEnumType(currencyType) ? currencyType.getValues().map(({ name }) => name) : []

const Body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})
type Body = z.infer<typeof Body>

/** Parse, validate, coerce variables, and only then ask who it is (sheet 2). */
export const serveGraphql = async (book: Book, request: VendorRequest): Promise<VendorResponse> => {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: 'Method Not Allowed' }
  const body = bodyOf(request.body)
  if (!body) return refused(book, [new GraphQLError('Must provide query string.')], 'BAD_USER_INPUT')
  const document = documentOf(book, body)
  if (!('kind' in document)) return refused(book, document, 'GRAPHQL_VALIDATION_FAILED')
  const operation = getOperationAST(document, body.operationName)
  if (!operation) return refused(book, [new GraphQLError('Unknown operation.')], 'GRAPHQL_VALIDATION_FAILED')
  const wrong = variableErrors(operation, body)
  if (wrong) return refused(book, wrong, book.world.switched('variables.code', 'BAD_USER_INPUT'))
  return executed(book, liveToken(book, request.headers), document, body)
}

const bodyOf = (text: string): Body | undefined => {
  try {
    return Body.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const refused = (book: Book, errors: readonly GraphQLError[], code: string): VendorResponse => ({
  status: book.world.switched('validation.status', 400),
  body: { errors: errors.map((error) => onWire(error, code)) },
})

const documentOf = (book: Book, { query }: Body): DocumentNode | readonly GraphQLError[] => {
  try {
    const document = parse(query)
    const strict = book.world.switched<string>('strings.inline', 'accept') === 'refuse'
    const rules = strict ? [...specifiedRules, NoInlineStrings] : specifiedRules
    const errors = validate(schema, document, rules, { hideSuggestions: true })
    return errors.length > 0 ? errors : document
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError(String(error))]
  }
}

/** `String` arguments have to be variables (sheet 2); what Wave says to a literal is unknown. */
const NoInlineStrings: ValidationRule = (context) => ({
  StringValue(node) {
    const type = context.getInputType()
    if (type && getNamedType(type).name === 'String')
      context.reportError(new GraphQLError('String arguments must be passed as variables.', { nodes: [node] }))
  },
})

const variableErrors = (operation: OperationDefinitionNode, body: Body) =>
  getVariableValues(schema, operation.variableDefinitions ?? [], body.variables ?? {}, { hideSuggestions: true }).errors

const NOBODY: Access = { find: () => undefined, businesses: () => [] }

const executed = async (
  book: Book,
  token: Token | undefined,
  document: DocumentNode,
  body: Body,
): Promise<VendorResponse> => {
  const scope = { book, access: token ? tokenAccess(book, token) : NOBODY }
  const { data, errors = [] } = await execute({
    schema,
    document,
    rootValue: { ...queries(scope, currencies), ...mutations(scope) },
    variableValues: body.variables ?? {},
    ...(body.operationName ? { operationName: body.operationName } : {}),
    fieldResolver: guarded(book, token),
  })
  const shown = errors.map((error) => onWire(error, 'INTERNAL_SERVER_ERROR'))
  const status = statusFor(book, token, errors)
  return { status, body: shown.length > 0 ? { errors: shown, data } : { data } }
}

const statusFor = (book: Book, token: Token | undefined, errors: readonly GraphQLError[]): number => {
  if (errors.length === 0) return 200
  if (!token) return book.world.switched('auth.status', 200)
  const forbidden = book.world.switched('forbidden.code', 'UNAUTHENTICATED')
  return errors.some(({ extensions }) => extensions.code === forbidden)
    ? book.world.switched('forbidden.status', 200)
    : 200
}

/** Before each field: token, scope, and the fault that a test has asked for at this field. */
const guarded =
  (book: Book, token: Token | undefined): GraphQLFieldResolver<unknown, unknown> =>
  (source, args, context, info) => {
    checkToken(token, info)
    if (token) checkScope(book, token, info)
    const field = `${info.parentType.name}.${info.fieldName}`
    const faulty = book.world.switched<string[]>('internalError.fields', []).includes(field)
    const late = book.world.switched('internalError.afterCommit', false)
    if (faulty && !late) throw failure('INTERNAL_SERVER_ERROR', 'Internal server error.')
    const value: unknown = defaultFieldResolver(source, args, context, info)
    if (faulty) throw failure('INTERNAL_SERVER_ERROR', 'Internal server error.')
    return value
  }
