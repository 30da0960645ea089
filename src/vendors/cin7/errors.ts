import { z } from 'zod'
import type { Failure } from '../../core/failure'
import type { Answer, Call } from '../../core/vendor'

const Entry = z.lazy(() => z.object({ ErrorCode: z.union([z.number(), z.string()]), Exception: z.string() }))

/** An array as a rule, a bare object at times, and perhaps within HTTP 200 (sheet section 3.2). */
const ErrorModel = z.union([z.array(Entry).min(1), Entry.transform((entry) => [entry])])

/** Nearly every answer is a good one, and a schema that does not fit costs more than one that does. */
const entriesOf = ({ json }: Answer) => {
  const first: unknown = Array.isArray(json) ? json[0] : json
  const isOne = typeof first === 'object' && first !== null && 'ErrorCode' in first
  return isOne ? ErrorModel.safeParse(json).data : undefined
}

/** `named` = what the sentence names, for the remedy. */
type Known = (words: string, named: string) => Failure

/** `$1` in the remedy stands for what Cin7's sentence names. */
const rejected =
  (code: string, remedy: string): Known =>
  (message, named) => ({ kind: 'rejected', code, message, remedy: remedy.replace('$1', named) })

const closedPeriod: Known = (message) => ({
  kind: 'closed_period',
  code: 'cin7_closed_period',
  message,
  remedy:
    'Cin7 has closed this period (lock date). Re-open it there, or date the document later in the source; then replay.',
})

const nameTaken =
  (type: 'customer' | 'supplier'): Known =>
  (message) => ({
    kind: 'conflict',
    code: `cin7_${type}_name_taken`,
    message,
    remedy: `Link this ${type} with the one of that name in Cin7 (accept the match), or rename one of the two; then replay.`,
    facts: { cin7: message },
  })

const skuTaken: Known = (message) => ({
  kind: 'conflict',
  code: 'cin7_product_sku_taken',
  message,
  remedy:
    'If it is the same product, map the source product to this SKU in the mapping "product". If not, choose another prefix for SKUs in the settings. Then replay.',
  facts: { cin7: message },
})

const TAKEN = /already exist|must be unique|duplicate/i

/** Cin7's sentences (sheet section 3.2), most telling first. The first that fits decides. */
const KNOWN: { words: RegExp; path?: RegExp; failure: Known }[] = [
  { words: /lock(ing)? ?date|locked period|period is (locked|closed)/i, failure: closedPeriod },
  {
    words: /payment term with name (.*?) was not found/i,
    failure: rejected(
      'cin7_payment_term_unknown',
      'The Cin7 payment term "$1" does not exist or is inactive: activate it in Cin7, or choose another one in the setting paymentTerm; then replay.',
    ),
  },
  {
    words: /Location '(.*?)' was not found/i,
    failure: rejected(
      'cin7_location_unknown',
      'The Cin7 location "$1" does not exist: create it there, or choose another one in the setting location; then replay.',
    ),
  },
  {
    words: /account with specified id not found/i,
    failure: rejected(
      'cin7_account_unknown',
      'An account code of the settings or the account mapping does not exist in Cin7: correct it; then replay.',
    ),
  },
  {
    words: /tax ?rule/i,
    failure: rejected(
      'cin7_tax_rule_unknown',
      'A tax rule does not exist in Cin7, is inactive, or is not meant for this side (sales or purchases): correct it in Cin7, in the tax mapping or in the settings; then replay.',
    ),
  },
  {
    words: /attribute 'Total' doesn't match/i,
    failure: rejected(
      'cin7_line_total_refused',
      'Cin7 computes another line total than was sent. Report it with this record; replay once a fixed version is deployed.',
    ),
  },
  { words: TAKEN, path: /\/customer$/i, failure: nameTaken('customer') },
  { words: TAKEN, path: /\/supplier$/i, failure: nameTaken('supplier') },
  { words: TAKEN, path: /\/product$/i, failure: skuTaken },
  {
    words: /category not found/i,
    failure: rejected(
      'cin7_category_unknown',
      'The Cin7 product category does not exist: create it there, or choose another one in the setting products.category; then replay.',
    ),
  },
  {
    words: /not (be )?found|does not exist/i,
    failure: rejected(
      'cin7_not_found',
      'Look in Cin7 for what its words name. Create or correct it there or in the mapping; then replay.',
    ),
  },
]

const anyOther = rejected(
  'cin7_rejected',
  'Cin7 refused the content, see its words. It names some problems only: correct them there, in the mapping or in the settings; then replay.',
)

const LIMIT_WORDS = /calls per \d+ seconds/i

/** Cin7's own ways of saying no. Undefined = the plain meaning of the status holds. */
export const refusal = (answer: Answer, call: Call): Failure | undefined => {
  const { status, text } = answer
  if (status === 429 || ([400, 503].includes(status) && LIMIT_WORDS.test(text))) return throttled(answer)
  if (isAddOn(answer, call)) return noAddOn(text)
  if (status === 401 || status === 403) return credentials(text)
  if (status === 405) return verbRefused(text, call)
  const entries = entriesOf(answer)
  // A 500 with an error model is no proof that nothing happened: the plain meaning is the careful one.
  if (!entries || status >= 500) return undefined
  const words = entries.map(({ Exception }) => Exception).join('; ')
  if (LIMIT_WORDS.test(words)) return throttled(answer)
  const known = KNOWN.find((rule) => rule.words.test(words) && (rule.path?.test(call.path) ?? true))
  return (known?.failure ?? anyOther)(words.slice(0, 500), known?.words.exec(words)?.[1] ?? '')
}

/** Without the add-on /webhooks says no, as 403 or 400 (sheet section 11, unverified); the credentials are good all the same. */
const isAddOn = ({ status, text }: Answer, { path }: Call): boolean =>
  path.endsWith('/webhooks') && (status === 403 || status === 400) && !/incorrect credentials/i.test(text)

const noAddOn = (text: string): Failure => ({
  kind: 'rejected',
  code: 'cin7_no_webhooks',
  message: text.slice(0, 300),
  remedy: 'Webhooks need the Automation add-on of Cin7. Without it, polling finds everything, later.',
})

/** The same sentence comes as 429, 503 or 400; the request was not executed. `Retry-After` reads `60 Seconds` (sheet section 3.3). */
const throttled = ({ headers, text }: Answer): Failure => ({
  kind: 'throttled',
  code: 'cin7_rate_limit',
  message: text.slice(0, 200),
  remedy: 'Nothing to do: it goes on by itself.',
  waitMs: Number(/\d+/.exec(headers.get('retry-after') ?? '')?.[0] ?? 60) * 1000,
})

const credentials = (text: string): Failure => ({
  kind: 'unauthorised',
  code: 'cin7_credentials_refused',
  message: text.slice(0, 200),
  remedy:
    'Cin7 refused account id or application key: make a key in Cin7 (Integrations, API) and enter it again. Waiting records go on by themselves.',
})

const verbRefused = (text: string, call: Call): Failure => ({
  kind: 'malformed',
  code: 'cin7_verb_refused',
  message: `${call.method} ${call.path}: ${text.slice(0, 200)}`,
  remedy: 'Cin7 no longer offers this call. Report it; replay once a fixed version is deployed.',
})
