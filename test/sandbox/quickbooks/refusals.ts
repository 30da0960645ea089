import type { VendorResponse } from '../vendor'
import { envelopeTime } from './stamps'

/** One entry of `Fault.Error` (sheet 4, shape A). */
export interface Problem {
  Message: string
  Detail?: string | undefined
  code: string
  element?: string | undefined
}

const MESSAGES = {
  '120': 'Authorization Failure',
  '500': 'Unsupported Operation',
  '610': 'Object Not Found',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing, need to supply the required value for the API',
  '2030': 'Invalid ID',
  '2050': 'String length is either shorter or longer than supported by specification',
  '2170': 'Invalid Enumeration',
  '2500': 'Invalid Reference Id',
  '3001': 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '5010': 'Stale Object Error',
  '6000': 'A business validation error has occurred while processing your request',
  '6070': 'Amount calculation incorrect in the request',
  '6140': 'Duplicate Document Number Error',
  '6190': 'Invalid Company Status',
  '6210': 'Account Period Closed',
  '6240': 'Duplicate Name Exists Error',
  '10000': 'An application error has occurred while processing your request',
} as const
export type Code = keyof typeof MESSAGES

export const problem = (code: Code, detail?: string, element?: string): Problem => ({
  Message: MESSAGES[code],
  ...(detail === undefined ? {} : { Detail: detail }),
  code,
  ...(element === undefined ? {} : { element }),
})

/** The service says no: shape A. */
export class Refusal extends Error {
  readonly problems: Problem[]
  readonly status: number
  readonly type: string

  constructor(problems: Problem[], status = 400, type = 'ValidationFault') {
    super(problems.map(({ code, Detail }) => `${code} ${Detail}`).join('; '))
    this.problems = problems
    this.status = status
    this.type = type
  }

  fault() {
    return { Fault: { Error: this.problems, type: this.type } }
  }

  answer(now: number): VendorResponse {
    return { status: this.status, body: { ...this.fault(), time: envelopeTime(now) } }
  }
}

export const refusal = (code: Code, detail?: string, element?: string): Refusal =>
  new Refusal([problem(code, detail, element)])

export const missing = (name: string): Refusal =>
  refusal('2020', `Required parameter ${name} is missing in the request`, name)

export const lengthText = (most: number, length: number): string =>
  `String length specified does not match the supported length. Min:0 Max:${most} supported. Supplied length:${length}`

export const lengthRefusal = (element: string, most: number, length: number): Refusal =>
  refusal('2050', lengthText(most, length), element)

export const unsupported = (what: string): Refusal => refusal('500', `Operation ${what} is not supported.`)

export const businessRule = (text: string): Refusal => refusal('6000', `Business Validation Error: ${text}`, '')

export const systemFailure = (status: number): Refusal =>
  new Refusal([problem('10000', 'System Failure Error: the request could not be completed.')], status, 'SystemFault')

export const INACTIVE =
  "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees."

export const notFound = (): Refusal => refusal('610', INACTIVE, '')

export const deletedMeanwhile = (): Refusal =>
  refusal('610', 'Object Not Found : Another user has deleted this transaction.', '')

const gatewayError = (message: string, code: string, detail: string | null) => ({
  message,
  detail,
  code,
  element: null,
})

/** Shape B: the gateway's own spelling, time in milliseconds, and the token in the detail (sheet 4). */
export const unauthenticated = (now: number, detail: string): VendorResponse => ({
  status: 401,
  headers: { 'www-authenticate': 'Bearer realm="Intuit", error="invalid_token"' },
  body: {
    warnings: null,
    intuitObject: null,
    fault: {
      error: [gatewayError('message=AuthenticationFailed; errorCode=003200; statusCode=401', '3200', detail)],
      type: 'AUTHENTICATION',
    },
    report: null,
    queryResponse: null,
    batchItemResponse: [],
    attachableResponse: [],
    syncErrorResponse: null,
    requestId: null,
    time: now,
    status: null,
    cdcresponse: [],
  },
})

/** The short variant of shape B: wrong realm, wrong keys, or app disconnected. */
export const forbidden: VendorResponse = {
  status: 403,
  body: {
    fault: {
      error: [gatewayError('message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403', '3100', null)],
      type: 'SERVICE',
    },
  },
}
