import { expect } from 'vitest'
import type { z } from 'zod'
import { Failed } from '../../../src/core/failure'
import type { Answer, Call, SetupApi } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'
import { freshbooks } from '../../../src/vendors/freshbooks'

export const ACCOUNT = 'Zk4Qp'
export const BUSINESS_UUID = '5b0f8c1e-3d52-4f0b-8a64-1c9d7e2f3a40'

/** `body` an object, or text as it is. */
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: new Headers(headers), text, json: parseJson(text) }
}

/** Answers each call as `handle` says, and refuses as the session does. */
export const scripted = (handle: (call: Call) => Answer, account = ACCOUNT) => {
  const calls: Call[] = []
  const exchange = async <T>(call: Call, schema: z.ZodType<T>): Promise<T> => {
    calls.push(call)
    const given = handle(call)
    const failure = freshbooks.refusal?.(given, call)
    if (failure) throw new Failed(failure)
    expect(given.status).toBeLessThan(300)
    return schema.parse(given.json)
  }
  const api: SetupApi = {
    account,
    settings: {},
    read(call, schema) {
      expect(freshbooks.reads(call)).toBe(true)
      return exchange(call, schema)
    },
    change: exchange,
  }
  return { api, calls }
}

/** A list as FreshBooks pages it: 15 rows unless asked for more, never more than 100. */
export const listed = (key: string, rows: object[], { query }: Call): Answer => {
  const page = Number(query?.page ?? 1)
  const per_page = Math.min(100, Number(query?.per_page ?? 15))
  const result = {
    [key]: rows.slice((page - 1) * per_page, page * per_page),
    page,
    pages: Math.ceil(rows.length / per_page),
    per_page,
    total: rows.length,
  }
  return answer(200, { response: { result } })
}

export const membership = (business: object, role = 'owner') => ({
  id: 990_001,
  role,
  unacknowledged_change: false,
  business: {
    id: 77_120,
    business_uuid: BUSINESS_UUID,
    account_id: ACCOUNT,
    name: 'Harbour Lane Offices',
    date_format: 'dd/mm/yyyy',
    ...business,
  },
})

export const me = (memberships: object[], more: object = {}) =>
  answer(200, {
    response: {
      id: 4711,
      identity_id: 4711,
      identity_uuid: 'b9d6a1d8-1111-4f0e-9d05-0c9a4d1f2e3b',
      email: 'ada@example.com',
      business_memberships: memberships,
      roles: [{ id: 1, role: 'admin', accountid: 'OLD1' }],
      ...more,
    },
  })

export const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it did not fail'),
    (thrown) => (thrown instanceof Failed ? thrown.failure : expect.fail(String(thrown))),
  )
