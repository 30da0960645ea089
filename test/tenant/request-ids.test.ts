import { runInDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Failed } from '../../src/core/failure'
import type { StepPlan } from '../../src/core/flow'
import type { OpenWrite, Owner, WriteContent } from '../../src/core/ledger'
import { now } from '../../src/lib/clock'
import { newDataKey } from '../../src/lib/seal'
import { Breaker } from '../../src/tenant/breaker'
import { Gate } from '../../src/tenant/gate'
import { GuardStore } from '../../src/tenant/guards'
import { Latch } from '../../src/tenant/latch'
import { Limiter } from '../../src/tenant/limiter'
import { Links } from '../../src/tenant/links'
import { Meter } from '../../src/tenant/meter'
import { type Line, Session } from '../../src/tenant/session'
import { Ledger } from '../../src/tenant/writes'
import { quickbooks } from '../../src/vendors/quickbooks'
import { post } from '../../src/vendors/quickbooks/client'
import { stubOf } from '../support/tenant'
import { joinTime, passTime } from '../support/time'
import { openWorld, type TestWorld } from '../support/world'

const REALM = '9341453000000000001'
const TOKEN = 'marker-secret-quickbooks-token'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let world: TestWorld
beforeEach(async () => {
  world = openWorld(`r-${crypto.randomUUID().slice(0, 8)}`)
  await joinTime(world)
  const realms = [{ realmId: REALM, vendors: [{ Id: '1', DisplayName: 'Ann' }] }]
  await world.seed({ quickbooks: { apps: [{}], realms, grants: [{ realmId: REALM, accessToken: TOKEN }] } })
})

const line = (): Line => ({
  connection: 'c_1',
  vendor: { ...quickbooks, authorise: (headers) => headers.set('authorization', `Bearer ${TOKEN}`) },
  baseUrl: world.baseUrl('quickbooks'),
  account: REALM,
  settings: {},
  credentials: {},
  limiter: new Limiter(quickbooks.limits, undefined, now(), () => {}),
  meter: new Meter(undefined, now()),
  breaker: new Breaker(),
  latch: new Latch(),
  gate: new Gate(4),
  tokens: null,
  trunk: new Gate(5),
  onBreaker: () => {},
  onRefused: () => {},
})

const key = newDataKey()
const owner = (sourceId = 'p1'): Owner => ({ integration: 'i_1', flow: 'test/bill', sourceId })

/** One attempt: the ledger of a tenant's object, as the engine opens it. */
const attempt = <T>(tenant: string, work: (ledger: Ledger) => Promise<T>, of = owner()): Promise<T> =>
  runInDurableObject(stubOf(tenant), (_, { storage }) => {
    const tools = {
      storage,
      links: new Links(storage.sql),
      guards: new GuardStore(storage.sql),
      key,
      session: new Session(line()),
      recovering: false,
    }
    return work(new Ledger(of, tools))
  })

const content = (draft: string, over: Partial<WriteContent> = {}): WriteContent => ({
  op: 'create',
  variant: '',
  draft,
  fingerprint: draft,
  version: '1',
  ...over,
})

const Made = z.object({ Bill: z.object({ Id: z.string() }) })

/** A bill on the account that the draft names; QuickBooks' lists never show it, so that only the request id is left to protect it. */
const plan = (account: unknown, name = 'bill'): StepPlan<z.infer<typeof Made>> => ({
  name,
  call: (requestid) => {
    const detail = { AccountRef: { value: account } }
    const Line = [{ DetailType: 'AccountBasedExpenseLineDetail', Amount: 5, AccountBasedExpenseLineDetail: detail }]
    return post({ account: REALM }, 'bill', { VendorRef: { value: '1' }, Line }, requestid)
  },
  answer: Made,
  find: async () => null,
})

/** Answers what went wrong, or the id of the bill. */
const tried = async (write: OpenWrite, name?: string): Promise<string> => {
  try {
    const { Bill } = await write.api.step(plan(write.content.draft, name))
    write.done({ id: Bill.Id, number: '', facts: {} })
    return Bill.Id
  } catch (thrown) {
    if (!(thrown instanceof Failed)) throw thrown
    return thrown.failure.kind
  }
}

const opened = (tenant: string, draft: string, over: Partial<WriteContent> = {}, name?: string, of = owner()) =>
  attempt(tenant, async (ledger) => tried(await ledger.open(content(draft, over)), name), of)

const goneOn = (tenant: string) =>
  attempt(tenant, async (ledger) => {
    const [write] = await ledger.pending()
    return write ? tried(write) : 'nothing'
  })

const GIVEN_UP = { kind: 'rejected', code: 'no', message: '', remedy: '' } as const

const givenUp = (tenant: string) =>
  attempt(tenant, async (ledger) => {
    for (const write of await ledger.pending()) write.failed(GIVEN_UP)
  })

const requestIds = async (): Promise<string[]> =>
  (await world.calls('quickbooks'))
    .filter(({ method }) => method === 'POST')
    .map(({ query }) => new URLSearchParams(query).get('requestid') ?? '')

const bills = async (): Promise<unknown[]> =>
  (await world.dump<{ quickbooks: { realms: { Bill: unknown[] }[] } }>()).quickbooks.realms[0]?.Bill ?? []

const newTenant = () => `t-${crypto.randomUUID()}`

describe('the request id of a call to QuickBooks', () => {
  it('stays the same until the outcome is known, so that a bill that nothing shows is not posted twice', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'drop-after', times: 1 })
    const ends = [await opened(tenant, '7')]
    while (ends.at(-1) === 'uncertain' && ends.length < 9) {
      await passTime(601_000)
      ends.push(await goneOn(tenant))
    }
    expect(ends.slice(0, -1)).toEqual(Array(4).fill('uncertain'))
    expect(await bills()).toMatchObject([{ Id: ends.at(-1) }])
    const ids = await requestIds()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('stays the same where QuickBooks asks for patience', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'throttled', times: 2 })
    expect([await opened(tenant, '7'), await goneOn(tenant), await goneOn(tenant)]).toEqual([
      'throttled',
      'throttled',
      expect.stringMatching(/^\d+$/),
    ])
    expect(new Set(await requestIds()).size).toBe(1)
    expect(await bills()).toHaveLength(1)
  })

  it('changes after each refusal, which QuickBooks may keep', async () => {
    await world.switches({ 'quickbooks.requestId.keepsRefusals': true })
    const tenant = newTenant()
    expect(await opened(tenant, '999')).toBe('rejected')
    expect(await goneOn(tenant)).toBe('rejected')
    await world.act('quickbooks', 'create', {
      entity: 'Account',
      fields: {
        Id: '999',
        Name: 'Postage',
        AccountType: 'Expense',
        AccountSubType: 'OfficeGeneralAdministrativeExpenses',
      },
    })
    expect(await goneOn(tenant)).toMatch(/^\d+$/)
    expect(new Set(await requestIds()).size).toBe(3)
    expect(await bills()).toHaveLength(1)
  })

  it('changes with the content, where a write was given up and begins anew', async () => {
    const tenant = newTenant()
    await world.fault({ vendor: 'quickbooks', method: 'POST', kind: 'throttled', times: 1 })
    expect(await opened(tenant, '7')).toBe('throttled')
    await givenUp(tenant)
    expect(await opened(tenant, '82')).toMatch(/^\d+$/)
    expect(new Set(await requestIds()).size).toBe(2)
  })

  it('is a UUID of 36 characters, of its own for each record, variant, generation, revision and step', async () => {
    const tenant = newTenant()
    const update = { op: 'update' } as const
    await opened(tenant, '7')
    await opened(tenant, '7', { variant: 'EUR' })
    await opened(tenant, '7', {}, 'bill', owner('p2'))
    await opened(tenant, '7', update)
    await opened(tenant, '7', update)
    await opened(tenant, '7', update, 'another')
    await opened(tenant, '7', { op: 'remove' })
    await opened(tenant, '7')
    const ids = await requestIds()
    expect(ids).toHaveLength(8)
    expect(new Set(ids).size).toBe(8)
    for (const id of ids) expect(id).toMatch(UUID)
  })
})
