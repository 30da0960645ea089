import type { Failure } from '../../core/failure'
import type { Call } from '../../core/vendor'
import { isFunding } from './funding-call'
import type { Problem } from './problems'

/** Webhooks tell of it; where they are lost, it is read so often. */
export const FUNDING_CHECK_MS = 3_600_000

interface Told {
  status: number
  problems: Problem[]
  /** Everything that Wise said, for people. */
  words: string
  call: Call
}

interface Rule {
  fits(told: Told): boolean
  kind: 'unauthorised' | 'rejected' | 'malformed' | 'uncertain' | 'waits'
  code: string
  remedy: string
}

/** `code` is not unique to one meaning, so words and call count as well (sheet 12). */
export const meaningOf = (told: Told): Failure => {
  const { kind, code, remedy } = RULES.find(({ fits }) => fits(told)) ?? ANY_OTHER
  const said = { code, message: told.words, remedy }
  if (kind === 'waits') return { kind, reason: 'funding', ...said, waitMs: FUNDING_CHECK_MS }
  return kind === 'uncertain' ? { kind, ...said, waitMs: 0 } : { kind, ...said }
}

const says =
  (...codes: string[]) =>
  ({ problems }: Told): boolean =>
    problems.some(({ code }) => codes.includes(code))

/** The documents differ in how no money is said (sheet 9): three codes, in three forms. */
const NO_MONEY = ['balance.insufficient-funds', 'balance.payment-option-unavailable', 'transfer.insufficient_funds']
const NO_BALANCE = [
  'balance.no-balance-for-currency',
  'balance.account-not-found',
  'balance.account-inactive',
  'balance.currency-unsupported',
]
const NO_RIGHT = ['balance.unauthorised.missing-security-role', 'transfer.not-accessible-for-user']
const AMOUNT = /^error\.(greaterThanZero|quote\.amount\.)/

const ANY_OTHER: Omit<Rule, 'fits'> = {
  kind: 'rejected',
  code: 'wise_rejected',
  remedy: 'Wise refused it, see its words. Correct it there or here, then replay the record.',
}

/** The first that fits decides. */
const RULES: Rule[] = [
  {
    fits: ({ status }) => status === 401,
    kind: 'unauthorised',
    code: 'wise_token_refused',
    remedy:
      'Wise refused the token (it was deleted, has ended, or does not come from an allowed address): enter a new one (PUT …/credentials), or connect again where it was connected by consent (GET …/authorize). Waiting records go on by themselves.',
  },
  {
    // Funding has no key of its own against repeats: a transfer that has its money says so in these two ways (sheet 9).
    fits: (told) => isFunding(told.call) && says('payment.exists', 'transfer.invalid-state')(told),
    kind: 'uncertain',
    code: 'wise_funded_before',
    remedy: 'Nothing to do: the transfer is read to see whether it has its money.',
  },
  {
    fits: says(...NO_MONEY),
    kind: 'waits',
    code: 'wise_insufficient_funds',
    remedy:
      'The Wise balance does not hold enough for this transfer and its fee: top it up, or fund it on wise.com. The transfer waits there for up to 14 days, and goes on by itself.',
  },
  {
    fits: says(...NO_BALANCE),
    kind: 'rejected',
    code: 'wise_no_balance',
    remedy:
      'There is no open Wise balance in the currency that pays: open it on wise.com or choose another; then replay.',
  },
  {
    fits: says(...NO_RIGHT),
    kind: 'rejected',
    code: 'wise_role_missing',
    remedy:
      'The Wise user behind this connection may not do this for the business: give them the role on wise.com, or connect as somebody who has it; then replay.',
  },
  {
    fits: says('transfer.cancellation.not.allowed'),
    kind: 'rejected',
    code: 'wise_cancel_refused',
    remedy: 'It is too late: the money is converted or on its way. Ask the recipient, or Wise, to send it back.',
  },
  {
    fits: ({ words }) => /missing approval/i.test(words),
    kind: 'rejected',
    code: 'wise_approval_missing',
    remedy:
      'This Wise business has payments approved by its own people on wise.com, and takes none by API: switch that off there for this connection’s user, or pay on wise.com.',
  },
  {
    fits: says('INVALID_RECIPIENT'),
    kind: 'rejected',
    code: 'wise_recipient_incomplete',
    remedy:
      'Wise wants more of the recipient for this route (an address, as a rule): complete the recipient profile; a new recipient is made of it.',
  },
  {
    fits: says('INVALID_CALLBACK_URL'),
    kind: 'rejected',
    code: 'wise_callback_unreachable',
    remedy:
      'Wise calls the webhook’s URL before it takes it, and got no good answer: the deployment has to be reachable on https, port 443, by a host name with a public certificate.',
  },
  {
    fits: says('error.route.not.supported'),
    kind: 'rejected',
    code: 'wise_route_unsupported',
    remedy: 'Wise does not send money from this currency to that one: choose another balance or pay in another way.',
  },
  {
    fits: says('CurrencyCode'),
    kind: 'rejected',
    code: 'wise_currency_unknown',
    remedy: 'Wise does not know this currency: correct it in the document or in the settings, then replay.',
  },
  {
    fits: ({ problems }) => problems.some(({ code }) => AMOUNT.test(code)),
    kind: 'rejected',
    code: 'wise_amount_refused',
    remedy: 'Wise does not take this amount, see its words. Correct it, then replay.',
  },
  {
    fits: says('NOT_VALID'),
    kind: 'rejected',
    code: 'wise_field_refused',
    remedy: 'Correct the field that Wise names (in the recipient profile, as a rule), then replay.',
  },
  {
    // Without the header of strong authentication it is a matter of rights (sheet 4), and no reason to shut the connection.
    fits: ({ status }) => status === 403,
    kind: 'rejected',
    code: 'wise_forbidden',
    remedy:
      'The token may not do this: it is read-only, or the business is not its user’s. Make a full-access token on wise.com (or connect again), then replay.',
  },
  {
    fits: (told) => told.status === 404 || says('transfer.not-found', 'payment.not-found')(told),
    kind: 'rejected',
    code: 'wise_not_found',
    remedy: 'Look on wise.com whether it is still there, and whether it belongs to this business.',
  },
  {
    fits: ({ status }) => status === 405 || status === 415,
    kind: 'malformed',
    code: 'wise_request_refused',
    remedy: 'Wise does not understand what it was sent. Report it; replay once a fixed version is deployed.',
  },
  {
    fits: ({ status }) => status === 409,
    kind: 'rejected',
    code: 'wise_conflict',
    remedy: 'Wise says that this was done, or used, before. Look at it on wise.com, then replay.',
  },
]
