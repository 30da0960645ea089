import type { VendorResponse, WorldContext } from '../vendor'

export interface Problem {
  ErrorCode: number
  Exception: string
}

/** The vendor says no. Several problems may travel together, with codes that differ from the HTTP status (sheet 3.2). */
export class Refusal extends Error {
  readonly problems: Problem[]
  readonly status: number

  constructor(problems: Problem[], status = 400) {
    super(problems.map((problem) => problem.Exception).join('; '))
    this.problems = problems
    this.status = status
  }
}

export const problem = (Exception: string, ErrorCode = 400): Problem => ({ ErrorCode, Exception })

export const refusal = (Exception: string, status = 400): Refusal => new Refusal([problem(Exception, status)], status)

/** One round of validation: what it finds is answered together, and the next round is not reached (sheet 3.2). */
export const round = (...found: (Problem | undefined | false)[]): void => {
  const problems = found.filter((each) => typeof each === 'object')
  if (problems.length > 0) throw new Refusal(problems)
}

export const answerRefusal = (world: WorldContext, { problems, status }: Refusal): VendorResponse => ({
  status: world.switched('errors.in200', false) ? 200 : status,
  body: world.switched('errors.bare', false) ? problems[0] : problems,
})

/** Anything the vendor does not serve is a page for people (sheet 3.2). */
export const pageNotFound = (world: WorldContext): VendorResponse => ({
  status: world.switched('html.status', 404),
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>',
})

export const wrongVerb = (method: string): Refusal =>
  refusal(`The requested resource does not support http method '${method}'.`, 405)

export const incorrectCredentials: VendorResponse = {
  status: 403,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Incorrect credentials!',
}
