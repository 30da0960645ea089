import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { IntegrationConfig } from '../../src/store/config'
import { Drain, type DrainTools } from '../../src/tenant/drain'
import { Inbox } from '../../src/tenant/inbox'
import { Links } from '../../src/tenant/links'
import { stubOf } from '../support/tenant'

const NAMES = ['i_1', 'i_2', 'i_3', 'i_4', 'i_5']
const EACH = 8

const integration = (id: string): IntegrationConfig => ({
  id,
  tenant: 't',
  pair: 'wave-cin7',
  sourceConnection: `${id}-source`,
  targetConnection: `${id}-target`,
  settings: {},
  flows: {},
  schedule: '900',
  startDate: '2026-01-01',
  state: 'active',
})

/** A drain over real storage, of which only the work itself is made up: it ends a job at once and notes whose it was. */
const drainOf = (storage: DurableObjectStorage, served: string[]): Drain => {
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
    setups: { current: async () => ({ config, key: new Uint8Array() }), waitFor: () => 0 },
    carry: async (_setup, { jobs }) => {
      await scheduler.wait(1)
      for (const job of jobs) {
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
})
