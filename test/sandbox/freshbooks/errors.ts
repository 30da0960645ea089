export interface Problem {
  errno: number
  message: string
  field: string | null
  object: string | null
  value: string | null
}

/** FreshBooks says no; the shape depends on the family of the path and on the API version (render.ts). */
export class Refusal extends Error {
  readonly status: number
  readonly problems: Problem[]

  constructor(status: number, problems: Problem[]) {
    super(problems.map(({ errno, message }) => `${status} ${errno}: ${message}`).join(' '))
    this.status = status
    this.problems = problems
  }
}

export const problem = (errno: number, message: string, rest: Partial<Problem> = {}): Problem => ({
  errno,
  message,
  field: null,
  object: null,
  value: null,
  ...rest,
})

export const refusal = (status: number, errno: number, message: string, rest: Partial<Problem> = {}): Refusal =>
  new Refusal(status, [problem(errno, message, rest)])

export const invalid = (object: string, field: string, value: unknown): Refusal =>
  refusal(422, 1004, `Invalid value '${String(value)}' for field '${field}'.`, { object, field, value: String(value) })

export const notFound = (object: string, field: string, value: string): Refusal => {
  const words = object.replaceAll('_', ' ')
  const message = `${words.charAt(0).toUpperCase()}${words.slice(1)} not found.`
  return refusal(404, 1012, message, { object, field, value })
}

export const deleted = (object: string, field: string, value: unknown): Refusal =>
  refusal(422, 1011, `The ${object.replaceAll('_', ' ')} has been deleted.`, { object, field, value: String(value) })

export const readOnly = (object: string, field: string, value: unknown): Refusal =>
  refusal(403, 1038, `Write access denied for field '${field}'.`, { object, field, value: String(value) })

export const accessDenied = (message: string): Refusal => refusal(403, 1003, message)

/** What bad input that nobody checked comes to (sheet 6). */
export const crash = (): Refusal => refusal(500, 500, 'There was an error accessing your account data.')

/** A call for a token's own trouble: the body is not one of the families' (sheet 6). */
export class RawRefusal extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(JSON.stringify(body))
    this.status = status
    this.body = body
  }
}

/** The scopes of the token stand in one pair of quotes, as the real sentence has them. */
export const insufficientScope = (provided: string[], required: string): RawRefusal =>
  new RawRefusal(403, {
    message: `insufficient_scope: The request requires higher privileges than provided by the access token. Provided: ['${provided.join(' ')}']. Required: ['${required}'].`,
  })
