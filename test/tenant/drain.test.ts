import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { IntegrationConfig } from '../../src/store/config'
import { Drain, type DrainTools } from '../../src/tenant/drain'
import { Inbox, type JobRow } from '../../src/tenant/inbox'
import { Links } from '../../src/tenant/links'
import { stubOf } from '../support/tenant'

const NAMES = ['i_1', 'i_2', 'i_3', 'i_4', 'i_5']
const EACH = 8

const integration = (id: string): IntegrationConfig => ({
  id,
  tenant: 't',
  pair: 'quickbooks-cin7',
  sourceConnection: `${id}-source`,
  targetConnection: `${id}-target`,
  settings: {},
  flows: {},
  schedule: '900',
  startDate: '2026-01-01',
  state: 'active',
})

/** A drain over real storage, of which only the work itself is made up: it ends a job at once and notes whose it was. */
const drainOf = (
  storage: DurableObjectStorage,
  served: string[],
  note: (job: JobRow, begins: boolean) => void = () => {},
): Drain => {
  const inbox = new Inbox(storage.sql)
  const integrations = new Map(NAMES.map((id) => [id, integration(id)]))
  const config = {
    id: 't',
    name: 't',
    version: 1,
    dataKey: '',
    connections: new Map(),
    integrations,
    mappings: new Map(),
  }
  const tools: DrainTools = {
    storage,
    inbox,
    links: new Links(storage.sql),
    outbox: { waiting: 0 },
    setups: { current: async () => ({ config, key: new Uint8Array(), lines: new Map() }), waitFor: () => 0 },
    carry: async (_setup, { jobs }) => {
      for (const job of jobs) note(job, true)
      await scheduler.wait(1)
      for (const job of jobs) {
        note(job, false)
        served.push(job.integration)
        storage.sql.exec(`update jobs set due_at = null, state = 'done' where key = ?`, job.key)
      }
    },
    flush: async () => {},
    check: async () => {},
    log: () => {},
  }
  return new Drain(tools)
}

describe('the drain', () => {
  it('serves every integration in its turn, however much waits for the first ones', async () => {
    const served: string[] = []
    await runInDurableObject(stubOf('drain-turns'), async (_, { storage }) => {
      const inbox = new Inbox(storage.sql)
      for (const id of NAMES)
        for (let n = 0; n < EACH; n += 1)
          inbox.accept(
            { kind: 'carry', integration: id, flow: 'f', sourceId: `${n}`, actor: { by: 'webhook' }, correlation: 'x' },
            1_000,
          )
      await drainOf(storage, served).run()
    })
    expect(served).toHaveLength(NAMES.length * EACH)
    expect(new Set(served.slice(0, 12))).toEqual(new Set(NAMES))
  })

  it.each([
    ['never works on both sides of one document at once', 'purchase-1', 1],
    ['works on two documents side by side', 'purchase-2', 2],
  ])('%s', async (_what, purchase, most) => {
    const [there, back] = ['quickbooks-cin7/purchase-to-order', 'quickbooks-cin7/order-to-purchase']
    const target = { id: '257', number: 'PO-1', facts: {} }
    const link = {
      variant: 'order',
      generation: 1,
      revision: 1,
      state: 'linked',
      fingerprint: '',
      version: '',
    } as const
    let [working, atOnce] = [0, 0]
    await runInDurableObject(stubOf(`drain-${purchase}`), async (_, { storage }) => {
      new Links(storage.sql).put({ integration: 'i_1', flow: there, sourceId: 'purchase-1' }, { ...link, target })
      const inbox = new Inbox(storage.sql)
      const carry = { kind: 'carry', integration: 'i_1', actor: { by: 'webhook' }, correlation: 'x' } as const
      inbox.accept({ ...carry, flow: there, sourceId: purchase }, 1_000)
      inbox.accept({ ...carry, flow: back, sourceId: '257' }, 1_000)
      await drainOf(storage, [], (_job, begins) => {
        working += begins ? 1 : -1
        atOnce = Math.max(atOnce, working)
      }).run()
      expect(inbox.earliest()).toBeNull()
    })
    expect(atOnce).toBe(most)
  })
})
