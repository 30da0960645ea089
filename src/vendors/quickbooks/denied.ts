import type { Failure } from '../../core/failure'
import type { Answer } from '../../core/vendor'
import { type Fault, reference } from './faults'

/** Token, rights, subscription: nothing about this record. They come with 401 and 403, and 6190 with 400 or 200 (sheet 4). */
const CODES = new Set(['3200', '3100', '120', '6190'])

export const isDenied = ({ status }: Answer, fault: Fault | undefined): boolean =>
  status === 401 || status === 403 || CODES.has(fault?.code ?? '')

/**
 * All `unauthorised`: the session renews the token once, then the connection waits for a person and its records with it. Only the
 * message is told: the detail may hold the token [R].
 */
export const denied = (answer: Answer, fault: Fault | undefined): Failure => {
  const { code, remedy } = reasonOf(answer, fault)
  const words = fault?.message || `status ${answer.status}`
  return {
    kind: 'unauthorised',
    code,
    message: [words.slice(0, 300), reference(answer)].filter(Boolean).join(' '),
    remedy: `${remedy} Waiting records go on by themselves.`,
  }
}

const reasonOf = ({ status, headers }: Answer, fault: Fault | undefined): { code: string; remedy: string } => {
  if (fault?.code === '6190')
    return {
      code: 'quickbooks_subscription_ended',
      remedy:
        'The QuickBooks subscription of this company has ended or is not paid, so it can only be read: renew it in QuickBooks.',
    }
  if (fault?.code === '120')
    return {
      code: 'quickbooks_no_longer_admin',
      remedy:
        'The person who connected QuickBooks is no longer an administrator of the company: give the role back, or connect again as somebody who has it.',
    }
  if (/insufficient_scope/.test(headers.get('www-authenticate') ?? ''))
    return {
      code: 'quickbooks_scope_missing',
      remedy: 'Connect QuickBooks again and allow access to the company’s accounting data.',
    }
  if (fault?.code === '3100' || (status === 403 && fault?.code !== '3200'))
    return {
      code: 'quickbooks_not_authorised',
      remedy:
        'This company does not, or no longer, let the app in: connect QuickBooks again and choose the same company. Keys for development do not open live companies.',
    }
  return { code: 'quickbooks_token_refused', remedy: 'QuickBooks refused the access token: connect QuickBooks again.' }
}
