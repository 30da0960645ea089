import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Failed, type Failure } from '../../src/core/failure'
import type { Vendor } from '../../src/core/vendor'
import { Breaker } from '../../src/tenant/breaker'
import { Gate } from '../../src/tenant/gate'
import { Latch } from '../../src/tenant/latch'
import { Limiter } from '../../src/tenant/limiter'
import { Meter } from '../../src/tenant/meter'
import { Session } from '../../src/tenant/session'

const VENDOR: Vendor = {
  name: 'acumatica',
  credentials: z.unknown(),
  settings: z.object({}),
  limits: [],
  concurrency: 1,
  timeout: 1_000,
  maxBytes: 1_000,
  baseUrl: () => 'https://erp.test',
  authorise: (headers) => headers.set('authorization', 'Bearer t'),
  reads: ({ method }) => method === 'GET',
  account: () => Promise.reject(new Error('not asked')),
  references: {},
}

const sessionOf = (vendor: Partial<Vendor>) =>
  new Session({
    connection: 'c_1',
    vendor: { ...VENDOR, ...vendor },
    baseUrl: 'https://erp.test',
    account: '',
    settings: {},
    credentials: {},
    limiter: new Limiter([], undefined, 0, () => {}),
    meter: new Meter(undefined, 0),
    breaker: new Breaker(),
    latch: new Latch(),
    gate: new Gate(1),
    trunk: new Gate(1),
    tokens: null,
    onBreaker: () => {},
    onRefused: () => {},
  })

const answering = (response: () => Response) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => response())

afterEach(() => void vi.restoreAllMocks())

const failureOf = (work: Promise<unknown>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof Failed ? thrown.failure : undefined),
  )

describe('a call', () => {
  it('carries headers of its own, and never in place of who it is', async () => {
    const fetched = answering(() => Response.json({}))
    const headers = { 'if-none-match': '*', authorization: 'Bearer other' }
    await sessionOf({}).send({ method: 'PUT', path: '/x', body: {}, headers }, z.unknown())
    const sent = new Headers(fetched.mock.calls[0]?.[1]?.headers)
    expect([sent.get('if-none-match'), sent.get('authorization')]).toEqual(['*', 'Bearer t'])
  })

  it('is answered by what the vendor means by it, where that is not its body', async () => {
    answering(() => new Response(null, { status: 202, headers: { location: '/status/1' } }))
    const content: Vendor['content'] = ({ headers }) => ({ location: headers.get('location') })
    const answer = await sessionOf({ content }).send({ method: 'POST', path: '/x' }, z.object({ location: z.string() }))
    expect(answer).toEqual({ location: '/status/1' })
  })
})

describe('a 5xx to a write', () => {
  const no: Failure = { kind: 'rejected', code: 'erp_no', message: 'no', remedy: 'correct it' }
  const write = (vendor: Partial<Vendor>) =>
    failureOf(sessionOf({ refusal: () => no, ...vendor }).send({ method: 'PUT', path: '/x' }, z.unknown()))

  it('leaves open what happened, whatever it says', async () => {
    answering(() => new Response('{}', { status: 500 }))
    expect(await write({})).toMatchObject({ kind: 'uncertain', code: 'erp_no' })
    expect(await write({ undone: () => false })).toMatchObject({ kind: 'uncertain' })
  })

  it('is a no where the vendor is known to mean it', async () => {
    answering(() => new Response('{}', { status: 500 }))
    expect(await write({ undone: () => true })).toEqual(no)
  })
})
