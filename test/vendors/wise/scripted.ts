import { expect } from 'vitest'
import type { z } from 'zod'
import { Failed, type Failure } from '../../../src/core/failure'
import type { Answer, Call, SetupApi } from '../../../src/core/vendor'
import { parseJson } from '../../../src/lib/json'
import { wise } from '../../../src/vendors/wise'

export const PROFILE = '14599371'

/** `body` an object, or text as it is. */
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: new Headers(headers), text, json: parseJson(text) }
}

export interface Script {
  account?: string
  settings?: object
  app?: SetupApi
}

/** `handle` is Wise: answers each call, and refuses as the session does. */
export const scripted = (handle: (call: Call) => Answer, { account = PROFILE, settings = {}, app }: Script = {}) => {
  const calls: Call[] = []
  const exchange = async <T>(call: Call, schema: z.ZodType<T>): Promise<T> => {
    calls.push(call)
    const given = handle(call)
    const failure = wise.refusal?.(given, call)
    if (failure) throw new Failed(failure)
    expect(given.status).toBeLessThan(300)
    return schema.parse(given.json)
  }
  const api: SetupApi = {
    account,
    settings,
    app,
    read(call, schema) {
      expect(wise.reads(call)).toBe(true)
      return exchange(call, schema)
    },
    change: exchange,
  }
  return { api, calls }
}

/** By method and path, e.g. `GET /v2/profiles`; a call that has no answer fails the test. */
export const answering = (answers: Record<string, Answer | unknown>, script: Script = {}) =>
  scripted(({ method, path }) => {
    const key = `${method} ${path}`
    if (!Object.hasOwn(answers, key)) throw new Error(`no answer to ${key}`)
    const given = answers[key]
    return isAnswer(given) ? given : answer(200, given)
  }, script)

const isAnswer = (given: unknown): given is Answer =>
  typeof given === 'object' && given !== null && 'headers' in given && given.headers instanceof Headers

export const failureOf = async (work: Promise<unknown> | undefined): Promise<Failure> => {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof Failed) return thrown.failure
    throw thrown
  }
  throw new Error('it did not fail')
}

export const person = (over: object = {}) => ({
  type: 'PERSONAL',
  id: 14575282,
  publicId: 'a1b2c3d4-e5f6-4890-8234-567890abcdef',
  userId: 9889627,
  address: { id: 36086782, addressFirstLine: '24 Harbour Lane', city: 'Bristol', countryIso2Code: 'GB' },
  currentState: 'VISIBLE',
  firstName: 'Dana',
  lastName: 'Reed',
  fullName: 'Dana Reed',
  ...over,
})

export const business = (over: object = {}) => ({
  type: 'BUSINESS',
  id: 14599371,
  publicId: 'f0e9d8c7-b6a5-4321-8edc-ba9876543210',
  userId: 9889627,
  address: { id: 36086783, addressFirstLine: '1 Dock Street', city: 'Austin', countryIso2Code: 'US', stateCode: 'TX' },
  currentState: 'VISIBLE',
  businessName: 'Dock Street Imports LLC',
  fullName: 'Dock Street Imports LLC',
  ...over,
})

export const balance = (over: object = {}) => ({
  id: 200001,
  currency: 'USD',
  type: 'STANDARD',
  name: null,
  investmentState: 'NOT_INVESTED',
  amount: { value: 12500.5, currency: 'USD' },
  reservedAmount: { value: 0, currency: 'USD' },
  visible: true,
  ...over,
})
