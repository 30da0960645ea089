import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'
import { now } from '../../lib/clock'
import { retryAfter } from '../../lib/retry-after'
import { denied, isDenied } from './denied'
import { MEANINGS } from './fault-meanings'
import { type Fault, faultsOf, said } from './faults'

/**
 * QuickBooks' own ways of saying no: by the code of the fault, whatever the status, since HTTP 200 can carry one (sheet 4). What is
 * `transient` here is uncertain for a write (tenant/session.ts). Undefined = the plain meaning of the status holds.
 */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const faults = faultsOf(answer)
  const fault = telling(faults)
  const words = said(answer, faults)
  if (answer.status === 429 || fault?.code === '3001') return throttled(answer, words)
  if (isDenied(answer, fault)) return denied(answer, fault)
  if (!fault) return answer.status === 404 ? gatewayMiss() : undefined
  if (answer.status >= 500 || fault.code === '10000') return systemFailure(words)
  return (MEANINGS.get(fault.code) ?? anyOther)({ fault, words, call })
}

/** Of several, one whose code says something. */
const telling = (faults: Fault[] | undefined): Fault | undefined =>
  faults?.find(({ code }) => MEANINGS.has(code)) ?? faults?.[0]

/** As JSON, as XML, and with 403 in old times; there is no `Retry-After` as a rule: a minute then (sheet 5). */
const throttled = ({ headers }: Answer, words: string): Failure => ({
  kind: 'throttled',
  code: 'quickbooks_rate_limit',
  message: `rate limit: ${words}`,
  remedy: 'Nothing to do: it goes on by itself.',
  waitMs: retryAfter(headers.get('retry-after'), now()),
})

/** A missing object is 400 with code 610, never 404: this is the gateway, and says nothing about any record (sheet 4). */
const gatewayMiss = (): Failure => ({
  kind: 'transient',
  code: 'quickbooks_gateway',
  message: 'status 404 without a reason',
  remedy: 'Nothing to do: it is tried again. If it stays, the address of QuickBooks is wrong (setting baseUrl).',
})

const systemFailure = (message: string): Failure => ({
  kind: 'transient',
  code: 'quickbooks_system_failure',
  message,
  remedy: 'Nothing to do: QuickBooks has trouble, it is tried again.',
})

const anyOther = ({ words }: { words: string }): Failure => ({
  kind: 'rejected',
  code: 'quickbooks_rejected',
  message: words,
  remedy: 'QuickBooks refused it, see its words. Correct it there, in the source or in the mapping; then replay.',
})
