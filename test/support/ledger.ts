import { runInDurableObject } from 'cloudflare:test'
import { z } from 'zod'
import type { StepPlan } from '../../src/core/flow'
import type { Owner, WriteContent } from '../../src/core/ledger'
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
import { stubOf } from './tenant'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

const REALM = '9341453000000000001'
const TOKEN = 'marker-secret-quickbooks-token'

interface How {
  owner?: Owner
  mirrored?: boolean
  signal?: AbortSignal
}

/** A ledger that writes bills into a simulated QuickBooks. */
export interface LedgerWorld extends TestWorld {
  /** One attempt: the ledger of a tenant's object, as the engine opens it. What it has not stored by its end is lost, as in a crash. */
  attempt<T>(tenant: string, work: (ledger: Ledger, links: Links) => Promise<T>, how?: How): Promise<T>
  requestIds(): Promise<string[]>
  bills(): Promise<unknown[]>
}

export const openLedgerWorld = async (): Promise<LedgerWorld> => {
  const world = openWorld(`r-${crypto.randomUUID().slice(0, 8)}`)
  await joinTime(world)
  const realms = [{ realmId: REALM, vendors: [{ Id: '1', DisplayName: 'Ann' }] }]
  await world.seed({ quickbooks: { apps: [{}], realms, grants: [{ realmId: REALM, accessToken: TOKEN }] } })
  return {
    ...world,
    attempt: (tenant, work, { owner = ownerOf(), mirrored = false, signal } = {}) =>
      runInDurableObject(stubOf(tenant), (_, { storage }) => {
        const links = new Links(storage.sql)
        const guards = new GuardStore(storage.sql)
        const session = new Session(lineOf(world), signal)
        return work(new Ledger(owner, { storage, links, guards, key, session, mirrored, recovering: false }), links)
      }),
    requestIds: async () =>
      (await world.calls('quickbooks'))
        .filter(({ method }) => method === 'POST')
        .map(({ query }) => new URLSearchParams(query).get('requestid') ?? ''),
    bills: async () =>
      (await world.dump<{ quickbooks: { realms: { Bill: unknown[] }[] } }>()).quickbooks.realms[0]?.Bill ?? [],
  }
}

const lineOf = (world: TestWorld): Line => ({
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
export const ownerOf = (sourceId = 'p1'): Owner => ({ integration: 'i_1', flow: 'test/bill', sourceId })

export const content = (draft: string, over: Partial<WriteContent> = {}): WriteContent => ({
  op: 'create',
  variant: '',
  draft,
  fingerprint: draft,
  version: '1',
  ...over,
})

const MadeBill = z.object({ Bill: z.object({ Id: z.string() }) })
export type MadeBill = z.infer<typeof MadeBill>

/** A bill on the account that the draft names; QuickBooks' lists never show it, so that only the request id is left to protect it. */
export const planOf = (account: unknown, name = 'bill'): StepPlan<MadeBill> => ({
  name,
  keyed: true,
  call: (requestid) => {
    const detail = { AccountRef: { value: account } }
    const Line = [{ DetailType: 'AccountBasedExpenseLineDetail', Amount: 5, AccountBasedExpenseLineDetail: detail }]
    return post({ account: REALM }, 'bill', { VendorRef: { value: '1' }, Line }, requestid)
  },
  answer: MadeBill,
  find: async () => null,
})
