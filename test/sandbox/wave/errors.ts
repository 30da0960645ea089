import { GraphQLError, type GraphQLFormattedError } from 'graphql'

export interface InputError {
  path: string[]
  message: string
  code: string
}

/** A mutation that the vendor understood and will not do: `didSucceed: false` with `inputErrors` (sheet 2). */
export class Refused extends Error {
  readonly problems: InputError[]

  constructor(path: (string | number)[], message: string, code = 'INVALID') {
    super(message)
    this.problems = [{ path: ['input', ...path.map(String)], message, code }]
  }
}

/** A top-level error of the sheet's first channel. */
export const failure = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } })

export const notFound = (kind: string, ref: string): GraphQLError =>
  failure('NOT_FOUND', `${kind} '${ref}' could not be found.`)

/** As on the wire: each error carries a fresh support reference and a code. */
export const onWire = (error: GraphQLError, otherwise: string): GraphQLFormattedError => {
  const { code = otherwise } = error.extensions
  const unexpected = error.originalError && !(error.originalError instanceof GraphQLError)
  const shown = unexpected ? 'Internal server error.' : error.message
  return {
    extensions: { id: crypto.randomUUID(), code },
    message: shown,
    ...(error.locations ? { locations: error.locations } : {}),
    ...(error.path ? { path: error.path } : {}),
  }
}
