import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Link } from '../../src/core/ledger'
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
import { cin7 } from '../../src/vendors/cin7'
import { stubOf } from '../support/tenant'

const THERE = { integration: 'i_1', flow: 'test/purchase-to-order', sourceId: 'purchase-1' }

const carried = (change: Partial<Link> = {}): Link => ({
  variant: 'order',
  generation: 1,
  revision: 2,
  state: 'linked',
  target: { id: '257', number: 'PO-1', facts: { agreed: 'ten widgets' } },
  fingerprint: 'f',
  version: '9',
  ...change,
})

const line: Line = {
  connection: 'c_1',
  vendor: cin7,
  baseUrl: 'https://nowhere.test',
  account: '',
  settings: {},
  credentials: {},
  limiter: new Limiter([], undefined, now(), () => {}),
  meter: new Meter(undefined, now()),
  breaker: new Breaker(),
  latch: new Latch(),
  gate: new Gate(1),
  tokens: null,
  trunk: new Gate(1),
  onBreaker: () => {},
  onRefused: () => {},
}

/** What the flow that goes back sees of the purchase order `sourceId`, while the flow there has `link`. */
const back = <T>(name: string, link: Link, see: (ledger: Ledger) => T | Promise<T>, sourceId = '257'): Promise<T> =>
  runInDurableObject(stubOf(`mirror-${name}`), async (_, { storage }) => {
    const links = new Links(storage.sql)
    links.put(THERE, link)
    const guards = new GuardStore(storage.sql)
    const tools = { storage, links, guards, key: newDataKey(), session: new Session(line), recovering: false }
    const owner = { integration: 'i_1', flow: 'test/order-to-purchase', sourceId }
    return see(
      new Ledger(owner, {
        ...tools,
        mirrors: { flow: THERE.flow, agrees: ({ facts }) => ({ agreed: facts.rows ?? '' }) },
      }),
    )
  })

describe('a flow that goes back', () => {
  it('finds the record that its own stands for, with what is known of it', async () => {
    expect(await back('finds', carried(), (ledger) => ledger.mirrored())).toEqual({
      sourceId: 'purchase-1',
      variant: 'order',
      target: { id: '257', number: 'PO-1', facts: { agreed: 'ten widgets' } },
    })
  })

  it('also while a write there has not come to its end', async () => {
    expect(await back('open', carried({ state: 'open' }), (ledger) => ledger.mirrored()?.sourceId)).toBe('purchase-1')
  })

  it.each<[string, Link, string]>([
    ['of a record that others made', carried(), '999'],
    ['of one that was taken back', carried({ state: 'removed' }), '257'],
    ['of one that was never made', carried({ target: null }), ''],
  ])('knows nothing %s', async (what, link, sourceId) => {
    expect(await back(what, link, (ledger) => [ledger.mirrored(), ledger.links()], sourceId)).toEqual([undefined, []])
  })

  it('changes what stands there, without having carried anything, and both then agree', async () => {
    const linked = { state: 'linked', target: { id: 'purchase-1', number: 'PO-1' }, fingerprint: '', version: '' }
    const content = { op: 'update', variant: 'order', draft: {}, fingerprint: 'g', version: '10' } as const
    await back('changes', carried(), async (ledger) => {
      expect(ledger.links()).toMatchObject([linked])
      const write = await ledger.open(content)
      expect(write.target).toMatchObject({ id: 'purchase-1' })
      write.done({ id: 'purchase-1', number: 'PO-1', facts: { rows: 'twelve widgets' } })
      expect(ledger.links()).toMatchObject([{ state: 'linked', revision: 1, fingerprint: 'g', version: '10' }])
      expect(ledger.mirrored()?.target).toMatchObject({ id: '257', facts: { agreed: 'twelve widgets' } })
    })
  })
})
