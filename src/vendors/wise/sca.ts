import type { Failure } from '../../core/failure'
import type { Call } from '../../core/vendor'
import { isFunding } from './funding-call'
import { FUNDING_CHECK_MS } from './meanings'

/** Accounts held elsewhere are asked for strong customer authentication where a personal token funds or reads statements (sheet 4). */
const WITHOUT = new Set(['US', 'CA', 'AU', 'NZ', 'SG', 'MY'])

/** `country` = ISO 3166, two letters. Wise names where the profile lives, not where its account is held: as good as it gets. */
export const asksForSca = (country: string): boolean => country !== '' && !WITHOUT.has(country.toUpperCase())

/** Neither the token's fault nor worth a repetition: what was asked can only be done on wise.com (sheet 4). */
export const scaRequired = (call: Call, trace: string): Failure => {
  const said = {
    code: 'wise_sca_required',
    message: ['Wise asks for strong customer authentication', trace].filter(Boolean).join(' '),
    remedy: remedyOf(call),
  }
  return isFunding(call)
    ? { kind: 'waits', reason: 'funding', ...said, waitMs: FUNDING_CHECK_MS }
    : { kind: 'rejected', ...said }
}

const remedyOf = (call: Call): string => {
  if (isFunding(call))
    return 'The transfer is made and waits for its money: fund it on wise.com within 14 days. It goes on by itself once Wise says that the money has moved.'
  if (call.path.includes('/balance-statements/'))
    return 'Wise shows the statements of this account on wise.com only: download them there. The balance events tell the same, without payment references.'
  return 'Do it on wise.com: Wise does not take it from a personal token for accounts of this country.'
}
