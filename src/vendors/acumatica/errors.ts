import { z } from 'zod'
import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'
import { now } from '../../lib/clock'
import { retryAfter } from '../../lib/retry-after'
import { type Exception, exceptionOf, modelErrors } from './exceptions'
import { fieldErrors } from './field-errors'
import { refusedFields } from './refused-fields'

/**
 * Acumatica's own ways of saying no (sheet 9). Undefined = the plain meaning of the status holds: always for a 5xx whose exception
 * is not one of those that are known, which leaves open what happened.
 */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const { status } = answer
  if (isSignIn(answer)) return signInPage
  if (status < 300) return notStored(answer, call)
  if (status < 400) return undefined
  const exception = exceptionOf(answer)
  if (status === 429 || LOGIN_LIMIT.test(exception?.words ?? '')) return throttled(answer, exception)
  if (status >= 500) return exception && known(exception)
  if (status !== 401 && isPage(answer)) return pageInstead(answer)
  if (status === 422) return refusedFields(fieldErrors(answer.json), exception?.words ?? '')
  const words = modelErrors(answer) || exception?.words || ''
  return REFUSALS[status]?.(words, call) ?? anyOther(words || `status ${status}`)
}

/** Thrown before anything is saved; what other exceptions leave behind is not known. */
export const undone = (answer: Answer): boolean => {
  const exception = exceptionOf(answer)
  return exception !== undefined && Object.hasOwn(EXCEPTIONS, exception.type)
}

/** An HTML page or a redirect in place of an answer: whoever sees it is not signed in, so nothing was done. */
const isSignIn = ({ status, headers, text, json }: Answer): boolean =>
  status >= 300 && status < 400
    ? /login|signin|\/identity\//i.test(headers.get('location') ?? '')
    : status < 300 && json === undefined && /^\s*</.test(text) && /login|sign.?in|type="?password/i.test(text)

const isPage = ({ text, json }: Answer): boolean => json === undefined && /^\s*</.test(text)

/** Of a proxy, or of the server while it starts: it says nothing of the record. So may the page of a version that is not published. */
const pageInstead = ({ status }: Answer): Failure => ({
  kind: 'transient',
  code: 'acumatica_page',
  message: `an HTML page with status ${status} instead of an answer`,
  remedy:
    'Nothing to do: it is tried again. If it lasts, test the connection (POST …/test): it says whether the address and the version of the endpoint are right.',
})

const signInPage: Failure = {
  kind: 'unauthorised',
  code: 'acumatica_sign_in_page',
  message: 'Acumatica shows its sign-in page instead of an answer',
  remedy:
    'Check that the setting tenantUrl is the address of the instance with the name of its site; then connect again (GET …/authorize). Waiting records go on by themselves.',
}

const Numbered = z.object({ value: z.literal('<NEW>') })
const KEYS = ['ReferenceNbr', 'OrderNbr', 'VendorID']

/** 200 with a number that was not given yet is no stored record (sheet 5). */
const notStored = ({ json }: Answer, { method }: Call): Failure | undefined => {
  const record = method === 'PUT' ? (z.record(z.string(), z.unknown()).safeParse(json).data ?? {}) : {}
  if (!KEYS.some((key) => Numbered.safeParse(record[key]).success)) return undefined
  return rejected(
    'acumatica_not_stored',
    'Acumatica answered, but stored nothing: the record has no number',
    'Report it with this record; replay once a fixed version is deployed.',
  )
}

const LOGIN_LIMIT = /API Login Limit/i
const NO_SEAT_MS = 300_000
const DECLINED_MS = 30_000

/** Too many are queued, or all seats are taken; no `Retry-After` is known (sheet 8). A seat frees within the hour: no hammering. */
const throttled = ({ headers }: Answer, exception: Exception | undefined): Failure => {
  const noSeat = LOGIN_LIMIT.test(exception?.words ?? '')
  const asked = headers.get('retry-after')
  return {
    kind: 'throttled',
    code: noSeat ? 'acumatica_no_seat' : 'acumatica_rate_limit',
    message: noSeat
      ? 'all API users of the licence are signed in (API Login Limit)'
      : `declined by the limits of the licence${exception ? `: ${exception.words}` : ''}`,
    remedy: noSeat
      ? 'It goes on by itself once another program has signed out. If it lasts, look at the form License Monitoring Console (SM604000).'
      : 'Nothing to do: it goes on by itself. If it happens often, lower the setting callsPerMinute.',
    waitMs: asked === null ? (noSeat ? NO_SEAT_MS : DECLINED_MS) : retryAfter(asked, now()),
  }
}

const rejected = (code: string, message: string, remedy: string): Failure => ({
  kind: 'rejected',
  code,
  message,
  remedy,
})

const anyOther = (message: string): Failure =>
  rejected(
    'acumatica_rejected',
    message,
    'Acumatica refused it, see its words. Correct it there, in the source or in the mapping; then replay.',
  )

const malformed = (message: string): Failure => ({
  kind: 'malformed',
  code: 'acumatica_request_refused',
  message,
  remedy: 'Acumatica does not understand what it was sent. Report it; replay once a fixed version is deployed.',
})

/** `/entity/Default/24.200.001/Bill/{id}` → `Bill` */
export const entityOf = ({ route, path }: Call): string => (route ?? path).split('/')[4] ?? ''

const REFUSALS: Record<number, (words: string, call: Call) => Failure> = {
  400: (words) => malformed(words || 'the request is not valid'),

  401: (words) => ({
    kind: 'unauthorised',
    code: 'acumatica_token_refused',
    message: words || 'status 401',
    remedy:
      'Acumatica refused the access token: connect it again (GET …/authorize, or PUT …/credentials). Waiting records go on by themselves.',
  }),

  403: (words, call) =>
    rejected(
      'acumatica_no_rights',
      [entityOf(call), words || 'status 403'].filter(Boolean).join(': '),
      `The Acumatica user may not open the form behind ${entityOf(call) || 'this call'}, or the feature is switched off. Give its role access to that form, or enable the feature; then replay.`,
    ),

  404: (words, call) =>
    rejected(
      'acumatica_not_published',
      `${(call.route ?? call.path).slice(0, 200)}: ${words || 'status 404'}`,
      'The instance has no such endpoint. Test the connection (POST …/test): it says which versions there are, for the setting endpointVersion.',
    ),

  412: (_, call) => ({
    kind: 'conflict',
    code: 'acumatica_exists',
    message: `${entityOf(call)}: a record with this key is in Acumatica already`,
    remedy:
      'If it is the same one, link the two (accept the match); otherwise change one of the two keys. Then replay.',
    facts: { entity: entityOf(call) },
  }),
}

type Meaning = (words: string) => Failure

const EXCEPTIONS: Record<string, Meaning> = {
  NoEntitySatisfiesTheConditionException: (words) =>
    rejected('acumatica_not_found', words, 'Look in Acumatica whether the record was deleted.'),

  OutcomeEntityHasErrorsException: (words) =>
    rejected(
      'acumatica_save_refused',
      words,
      'A rule of Acumatica refused to save it and does not say which: often a vendor reference that is in use already. Try it on the form with the same values; then replay.',
    ),

  CannotOptimizeException: (words) =>
    rejected(
      'acumatica_not_optimizable',
      words,
      'This instance cannot list these fields, perhaps because of a customization. Report it with these words.',
    ),

  PXSetupNotEnteredException: (words) =>
    rejected('acumatica_not_set_up', words, 'Fill in that form in Acumatica; then replay.'),
}

/** The list's refusal is known by its sentence as well: the name of its exception is not certain (errors.json). */
const known = ({ type, words }: Exception): Failure | undefined => {
  const meaning = Object.hasOwn(EXCEPTIONS, type) ? EXCEPTIONS[type] : undefined
  if (meaning) return meaning(words)
  return /^Optimization cannot be performed/i.test(words) ? EXCEPTIONS.CannotOptimizeException?.(words) : undefined
}
