import { rejected } from '../../core/failure'
import type { Call, ReadApi } from '../../core/vendor'

/** The company of a connection: its `account` is the realm id, also before it is pinned (from the consent). */
export type Company = Pick<ReadApi, 'account'>

/** Lower ones are served as 75 since August 2025 [D] (sheet 1). */
const MINOR_VERSION = '75'

/** Up to 19 digits, beyond 2^53: always text (sheet 1). It came in a redirect, so it is looked at before it becomes a path. */
const REALM = /^\d{1,19}$/

/** One object by its id. `entity` in lower case, e.g. `purchaseorder`. */
export const read = (company: Company, entity: string, id: string): Call => call('GET', company, `/${entity}/{id}`, id)

/** A list or a switch of the company that has no id, e.g. `/preferences`. */
export const get = (company: Company, route: string, query: Record<string, string> = {}): Call =>
  call('GET', company, route, '', query)

/** `statement` in QuickBooks' query language (sheet 7); values in it by `quoted`. */
export const query = (company: Company, statement: string): Call => get(company, '/query', { query: statement })

/**
 * Creates, updates or deletes. `requestid` (1 to 50 characters) makes QuickBooks answer a repetition of the same call without doing
 * it again [D]; it does not protect name lists [T] (sheet 3). `more` e.g. `operation: 'delete'`.
 */
export const post = (
  company: Company,
  entity: string,
  body: unknown,
  requestid: string,
  more: Record<string, string> = {},
): Call => ({ ...call('POST', company, `/${entity}`, '', { ...more, requestid }), body })

/** Text as a value in a query: an apostrophe left alone is a syntax error [R] (sheet 7). */
export const quoted = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`

const call = (
  method: Call['method'],
  { account }: Company,
  route: string,
  id = '',
  more: Record<string, string> = {},
): Call => {
  if (!REALM.test(account)) throw noCompany(account)
  return {
    method,
    path: `/v3/company/${account}${route.replace('{id}', encodeURIComponent(id))}`,
    route: `/v3/company/{realm}${route}`,
    query: { ...more, minorversion: MINOR_VERSION },
  }
}

const noCompany = (account: string) =>
  rejected(
    'quickbooks_no_company',
    account === '' ? 'the consent named no company' : 'the id of the company is not a number',
    'Connect QuickBooks again (GET …/authorize) and choose the company in Intuit’s window.',
  )
