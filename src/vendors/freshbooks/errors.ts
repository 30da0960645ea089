import { z } from 'zod'
import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'
import { hiddenProblemsOf, type Problem, problemsOf } from './envelopes'

/**
 * FreshBooks' own ways of saying no (sheet section 6). Undefined = the plain meaning of the status holds: always for 429, where
 * only `Retry-After` is known, and from 500 on, where even "There was an error accessing your account data" proves nothing.
 */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const { status, json } = answer
  if (status < 300) return failureOf(hiddenProblemsOf(json), status, call)
  if (status < 400 || status === 429 || status >= 500) return undefined
  return failureOf(problemsOf(json), status, call) ?? unnamed(answer, call)
}

/** A body in none of the known forms. The plain remedies speak of credentials that can be entered; these cannot. */
const unnamed = ({ status, text, json }: Answer, call: Call): Failure | undefined => {
  if (status === 403 && json === undefined && text !== '') return pageInstead
  const words = json === undefined ? `status ${status}` : text
  if (status === 401 || status === 403 || json !== undefined)
    return failureOf([{ code: '', field: '', words }], status, call)
  return undefined
}

const pageInstead: Failure = {
  kind: 'transient',
  code: 'freshbooks_page_instead',
  message: 'a page with status 403 instead of an answer of the API',
  remedy: 'Nothing to do: it is tried again. If it lasts, ask FreshBooks whether it blocks this service.',
}

interface Said {
  status: number
  codes: string[]
  words: string
  path: string
}

const failureOf = (problems: Problem[], status: number, call: Call): Failure | undefined => {
  if (problems.length === 0) return undefined
  const message = withoutSecrets(problems.map(sentence).join('; '), call).slice(0, 500)
  const said = { status, codes: problems.map(({ code }) => code), words: message, path: call.path }
  const rule = RULES.find(({ fits }) => fits(said)) ?? ANY_OTHER
  const { kind, code, remedy } = rule
  return kind === 'conflict'
    ? { kind, code, message, remedy, facts: { freshbooks: message } }
    : { kind, code, message, remedy }
}

/** Newer forms name the field beside the sentence only. */
const sentence = ({ code, field, words }: Problem): string => {
  const text = words || `error ${code}`
  const named = field === '' || text.startsWith(`${field}:`) || text.includes(`'${field}'`)
  return named ? text : `${field}: ${text}`
}

const Callback = z.lazy(() =>
  z.object({ callback: z.object({ verifier: z.string().min(1), uri: z.string().min(1) }).partial() }),
)

/** Refusals repeat the value that was sent; of a callback that is its signing secret, or its unguessable URL. */
const withoutSecrets = (words: string, { body }: Call): string => {
  const { verifier, uri } = Callback.safeParse(body).data?.callback ?? {}
  return [verifier, uri].reduce<string>((text, secret) => (secret ? text.replaceAll(secret, '…') : text), words)
}

interface Rule {
  fits(said: Said): boolean
  kind: 'unauthorised' | 'rejected' | 'malformed' | 'conflict'
  code: string
  remedy: string
}

const has = (said: Said, ...codes: string[]): boolean => codes.some((code) => said.codes.includes(code))

const isScope = ({ words }: Said): boolean => /insufficient_scope/.test(words)

/** Number, page, filter and syntax faults: only a program makes them. */
const CALL_FAULTS = ['1005', '1007', '1013', '1014', '1023', '1024', '1032', '1034']

const ANY_OTHER: Omit<Rule, 'fits'> = {
  kind: 'rejected',
  code: 'freshbooks_rejected',
  remedy: 'See the words of FreshBooks. Correct the record there, then replay it.',
}

/** The first that fits decides. */
const RULES: Rule[] = [
  {
    // Which scope the ledger needs is not public: what it lacks must not stop the connection.
    fits: (said) => isScope(said) && said.path.includes('/ledger_accounts/'),
    kind: 'rejected',
    code: 'freshbooks_no_ledger',
    remedy: 'The app may not read the ledger accounts of FreshBooks: archived accounts are then shown as usable.',
  },
  {
    fits: isScope,
    kind: 'unauthorised',
    code: 'freshbooks_scope_missing',
    remedy:
      'The consent is too narrow, and renewing it does not help: tick the scope in the app at FreshBooks and connect again (GET …/authorize). Waiting records go on by themselves.',
  },
  {
    // Its status is not recorded; assumed 403 with errno 1003 (sheet section 6).
    fits: ({ words }) => /\bdo(es)? not have access to\b/i.test(words),
    kind: 'rejected',
    code: 'freshbooks_feature_off',
    remedy:
      'The FreshBooks plan does not include this (bills and vendors need accounts payable). Choose a plan that does, or switch the flow off; then replay.',
  },
  {
    fits: (said) => has(said, '1042'),
    kind: 'unauthorised',
    code: 'freshbooks_account_inactive',
    remedy: 'The FreshBooks account is not active: renew its subscription. Waiting records go on by themselves.',
  },
  {
    fits: (said) => said.status === 401 || has(said, 'unauthenticated') || (said.status !== 403 && has(said, '1003')),
    kind: 'unauthorised',
    code: 'freshbooks_token_refused',
    remedy: 'FreshBooks refused the token: connect again (GET …/authorize). Waiting records go on by themselves.',
  },
  {
    fits: (said) => has(said, '1038'),
    kind: 'rejected',
    code: 'freshbooks_write_denied',
    remedy: 'FreshBooks does not let this be changed. Report it; replay once a fixed version is deployed.',
  },
  {
    fits: ({ status }) => status === 403,
    kind: 'rejected',
    code: 'freshbooks_access_denied',
    remedy:
      'The FreshBooks user who consented may not see this: give them the right in FreshBooks, or connect as an owner; then replay.',
  },
  {
    fits: (said) => said.status === 404 || has(said, '1012'),
    kind: 'rejected',
    code: 'freshbooks_not_found',
    remedy: 'Look in FreshBooks whether the record was deleted.',
  },
  {
    fits: (said) => has(said, '1011'),
    kind: 'rejected',
    code: 'freshbooks_deleted',
    remedy: 'The record was deleted in FreshBooks. Restore it there and replay, or ignore it here.',
  },
  {
    fits: (said) => said.status === 409 || has(said, '409'),
    kind: 'conflict',
    code: 'freshbooks_conflict',
    remedy: 'Something of that name or number is there already: rename one of the two in FreshBooks, then replay.',
  },
  {
    fits: (said) => has(said, ...CALL_FAULTS),
    kind: 'malformed',
    code: 'freshbooks_call_refused',
    remedy: 'FreshBooks no longer understands what it is asked. Report it; replay once a fixed version is deployed.',
  },
]
