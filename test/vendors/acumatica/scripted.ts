import type { z } from 'zod'
import { Failed, type Failure } from '../../../src/core/failure'
import type { Answer, Call, ReadApi } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'
import { acumatica } from '../../../src/vendors/acumatica'

export const CLIENT_ID = '88358b02-a48d-a50e-f710-39c1636c30f6@MyTenant'
export const CREDENTIALS = {
  kind: 'oauth' as const,
  grant: 'g_1',
  clientId: CLIENT_ID,
  clientSecret: 'marker-secret-acumatica',
}
export const ACCOUNT = 'my.acumatica.com/prod@mytenant'
export const SETTINGS = {
  tenantUrl: 'https://my.acumatica.com/Prod',
  endpointVersion: '24.200.001',
  callsPerMinute: 40,
}
export const BASE = '/entity/Default/24.200.001'

/** An answer as the session sees it; text that is not JSON stays text. */
export const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): Answer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: new Headers(headers), text, json: parseJson(text) }
}

/** `handle` is Acumatica. Reads only, and refuses as the session does. */
export const scripted = (handle: (call: Call) => Answer, settings: object = SETTINGS, account = ACCOUNT) => {
  const calls: Call[] = []
  const api: ReadApi = {
    account,
    settings,
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      calls.push(call)
      if (!acumatica.reads(call)) throw new Error('not a read')
      const given = handle(call)
      const failure = acumatica.refusal?.(given, call)
      if (failure) throw new Failed(failure)
      return schema.parse(given.json)
    },
  }
  return { api, calls }
}

export const exception = (exceptionType: string, exceptionMessage: string) => ({
  message: 'An error has occurred.',
  exceptionMessage,
  exceptionType,
  stackTrace: '   at PX.Something.Internal()',
})

export const NO_RIGHTS = answer(403, { message: 'You have insufficient rights to access the object.' })

let made = 0
/** A row of a list: each value in an object of its own, an empty one without. */
export const row = (fields: Record<string, unknown>) => {
  made += 1
  const id = `00000000-0a51-ef11-8d2a-${String(made).padStart(12, '0')}`
  const wrap = ([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value : value === null ? {} : { value },
  ]
  return {
    id,
    rowNumber: made,
    note: { value: '' },
    ...Object.fromEntries(Object.entries(fields).map(wrap)),
    custom: {},
  }
}

/** Lists by entity; anything else is not published. */
export const listing = (lists: Record<string, unknown[] | Answer>, settings?: object) =>
  scripted(({ path, query }) => {
    const rows = lists[path.replace(`${BASE}/`, '')]
    if (rows === undefined) return answer(404, { message: 'The requested resource was not found.' })
    if (!Array.isArray(rows)) return rows
    const skip = Number(query?.$skip ?? 0)
    return answer(200, rows.slice(skip, query?.$top === undefined ? undefined : skip + Number(query.$top)))
  }, settings)

/** What a call fails with. */
export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof Failed) return thrown.failure
    throw thrown
  }
  throw new Error('it did not fail')
}
