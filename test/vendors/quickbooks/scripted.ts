import type { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { Answer, Call, ReadApi } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'
import { quickbooks } from '../../../src/vendors/quickbooks'

export const REALM = '9341453908111222333'

/** An answer as the session sees it; text that is not JSON stays text. */
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: new Headers(headers), text, json: parseJson(text) }
}

/** `handle` is QuickBooks. Reads only, and refuses as the session does. */
export const scripted = (handle: (call: Call) => Answer, account = REALM) => {
  const calls: Call[] = []
  const api: ReadApi = {
    account,
    settings: {},
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      calls.push(call)
      if (!quickbooks.reads(call)) throw new Error('not a read')
      const given = handle(call)
      const failure = quickbooks.refusal?.(given, call)
      if (failure) throw new Failed(failure)
      return schema.parse(given.json)
    },
  }
  return { api, calls }
}

type Row = Record<string, unknown>

const STATEMENT =
  /^SELECT (\*|COUNT\(\*\)) FROM (\w+)( WHERE Active (?:IN \(true,false\)|= false))?(?: ORDERBY ([\w.]+))?(?: STARTPOSITION (\d+) MAXRESULTS (\d+))?$/

/** Intuit's reference pages: these two have no times to sort by. */
const ORDER: Record<string, string> = { Term: 'Name', TaxCode: 'Name' }

/** A row without `Active` answers no question about it. */
const fits = (condition: string | undefined) => (row: Row) => {
  if (condition === undefined) return row.Active !== false
  return 'Active' in row && (condition.includes('IN') || row.Active === false)
}

/** Lists by entity, as a query answers them: inactive rows only where asked for, oldest change first, no key where no row. */
export const listing = (lists: Record<string, Row[]>, others: Record<string, unknown> = {}) =>
  scripted(({ path, query }) => {
    const route = path.replace(`/v3/company/${REALM}`, '')
    if (route !== '/query') return answer(200, others[route])
    const [, what, entity = '', condition, order, start, most] = STATEMENT.exec(query?.query ?? '') ?? []
    const rows = (lists[entity] ?? []).filter(fits(condition))
    if (what === 'COUNT(*)') return answer(200, { QueryResponse: { totalCount: rows.length } })
    if (what !== '*' || order !== (ORDER[entity] ?? 'MetaData.LastUpdatedTime'))
      throw new Error(`not understood: ${query?.query}`)
    const page = rows.slice(Number(start) - 1, Number(start) - 1 + Number(most))
    return answer(200, {
      QueryResponse: page.length === 0 ? {} : { [entity]: page, startPosition: Number(start), maxResults: page.length },
      time: '2026-11-02T08:00:00.000-08:00',
    })
  })
