import type { VendorResponse } from '../vendor'
import { fineStamp, gatewayStamp } from './stamps'

/** Wise says no, in one of its four shapes (sheet 12); some carry the time and the path of the call. */
export class Refusal extends Error {
  readonly answer: (at: number, path: string) => VendorResponse

  constructor(answer: (at: number, path: string) => VendorResponse) {
    super(JSON.stringify(answer(0, '')))
    this.answer = answer
  }
}

export interface Problem {
  code: string
  message: string
  path?: string
  arguments?: string[]
}

const listed = (problems: Problem[]) => problems.map((problem) => ({ ...problem, arguments: problem.arguments ?? [] }))

/** Shape 1: quotes, transfers. */
export const refusal = (status: number, ...problems: Problem[]): Refusal =>
  new Refusal(() => ({ status, body: { errors: listed(problems) } }))

/** Shape 1 with a stamp: recipients. */
export const recipientRefusal = (status: number, problems: Problem[]): Refusal =>
  new Refusal((at) => ({ status, body: { timestamp: fineStamp(at), errors: listed(problems) } }))

/** Shape 2: tokens. */
export const authRefusal = (status: number, error: string, error_description: string): Refusal =>
  new Refusal(() => ({ status, body: { error, error_description } }))

/** A field that cannot be read; code and text are ours. */
export const unreadable = (path: string, message: string): Refusal => refusal(400, { code: 'NOT_VALID', message, path })

const WORDS: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
}

export const gatewayBody = (at: number, path: string, status: number, message: string) => ({
  timestamp: gatewayStamp(at),
  status,
  error: WORDS[status] ?? 'Error',
  message,
  path,
})

/** Shape 3: what the gateway refuses. */
export const gatewayRefusal = (status: number, message: string): Refusal =>
  new Refusal((at, path) => ({ status, body: gatewayBody(at, path, status, message) }))

/** Shape 4: nothing but the code. */
export const textRefusal = (status: number, code: string): Refusal =>
  new Refusal(() => ({ status, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: code }))

export const forbidden = (): Refusal => gatewayRefusal(403, 'You are forbidden to send this request')

export const notFound = (what: string): Refusal =>
  refusal(404, { code: 'NOT_FOUND', message: `${what} could not be found.` })
