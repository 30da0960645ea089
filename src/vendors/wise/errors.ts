import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'
import { now } from '../../lib/clock'
import { retryAfter } from '../../lib/retry-after'
import { isFunding } from './funding-call'
import { meaningOf } from './meanings'
import { isRejected, type Problem, problemsOf } from './problems'
import { scaRequired } from './sca'

/**
 * Wise's own ways of saying no (sheet 9 and 12). What is `transient` here is uncertain for a write (tenant/session.ts). Undefined =
 * the plain meaning of the status holds: from 500 on, nothing that a body says is proof.
 */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const { status, json, text, headers } = answer
  if (status < 300) return isFunding(call) && isRejected(json) ? meant(answer, call) : undefined
  if (status < 400 || status >= 500) return undefined
  if (status === 429) return throttled(answer)
  if (status === 408) return tooSlow(answer)
  if (status === 403 && headers.has('x-2fa-approval')) return scaRequired(call, traceOf(answer))
  const problems = problemsOf(answer)
  return problems.length === 0 && json === undefined && text !== ''
    ? pageInstead(status)
    : meant(answer, call, problems)
}

const meant = (answer: Answer, call: Call, problems: Problem[] = problemsOf(answer)): Failure => {
  const said = problems.map(sentence).join('; ') || `status ${answer.status}`
  const words = [said.slice(0, 500), traceOf(answer)].filter(Boolean).join(' ')
  return meaningOf({ status: answer.status, problems, words, call })
}

const sentence = ({ path, words }: Problem): string => (path === '' ? words : `${path}: ${words}`)

/** What Wise's support asks for (sheet 2). */
const traceOf = ({ headers }: Answer): string => {
  const trace = headers.get('x-trace-id')
  return trace ? `(Wise trace ${trace.slice(0, 64)})` : ''
}

const throttled = ({ headers }: Answer): Failure => ({
  kind: 'throttled',
  code: 'wise_rate_limit',
  message: `rate limit (${headers.get('x-rate-limited-by')?.slice(0, 60) ?? 'Wise'})`,
  remedy: 'Nothing to do: it goes on by itself.',
  waitMs: retryAfter(headers.get('retry-after'), now()),
})

const tooSlow = (answer: Answer): Failure => ({
  kind: 'transient',
  code: 'wise_timeout',
  message: ['Wise gave up on the call (status 408)', traceOf(answer)].filter(Boolean).join(' '),
  remedy: 'Nothing to do: it is tried again.',
})

const pageInstead = (status: number): Failure => ({
  kind: 'transient',
  code: 'wise_page_instead',
  message: `a page with status ${status} instead of an answer of the API`,
  remedy: 'Nothing to do: it is tried again. If it lasts, ask Wise whether it blocks this service.',
})
