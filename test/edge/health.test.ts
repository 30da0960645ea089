import { createScheduledController, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { moveClock, now } from '../../src/lib/clock'
import { type Office, openOffice } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { apiOf, stubOf } from '../support/tenant'
import { alertsOf, carry, draftInvoice } from '../support/wave-cin7'
import { rowsOf } from './api/support'

const HOUR = 3_600_000

interface Shown {
  ok: boolean
  deadLetters: boolean
  tenants: { id: string; integrations: Record<string, unknown>[] }[]
}

const healthOf = async ({
  admin,
  tenant,
}: Office): Promise<{ ok: boolean; mine: Record<string, unknown> | undefined }> => {
  const { ok, tenants } = await admin.call<Shown>('GET', '/v1/health?limit=100')
  return { ok, mine: tenants.find(({ id }) => id === tenant)?.integrations[0] }
}

const invoice = (office: Office, sourceId: string) => ({
  kind: 'carry' as const,
  flow: 'wave-cin7/invoice-to-sale',
  integration: office.integration,
  sourceId,
  actor: { by: 'webhook' as const },
  correlation: 'x_1',
})

/** Without the calls that a simulator would have to answer in time. */
const waits = (office: Office, sourceId: string) =>
  runInDurableObject(stubOf(office.tenant), async (tenant, { storage }) => {
    await tenant.accept([invoice(office, sourceId)])
    await storage.deleteAlarm()
  })

const openOf = async (office: Office, kind: string) =>
  (await alertsOf(office)).filter((alert) => alert.kind === kind && alert.resolved_at === null)

describe('health', () => {
  it('shows of each integration when something last went through, what waits, and how both sides are connected', async () => {
    const office = await openOffice()
    const before = (await healthOf(office)).mine
    expect(before).toMatchObject({ id: office.integration, pair: 'wave-cin7', state: 'active', lastSuccess: null })
    await carry(office, await draftInvoice(office))
    const { ok, mine } = await healthOf(office)
    expect(ok).toBe(true)
    expect(mine).toMatchObject({
      lag: 0,
      failed: 0,
      connections: [
        { id: office.wave.connection, vendor: 'wave', state: 'ready' },
        { id: office.cin7.connection, vendor: 'cin7', state: 'ready' },
      ],
    })
    expect(now() - Number(mine?.lastSuccess)).toBeLessThan(2 * 60_000)

    await waits(office, 'late')
    moveClock(HOUR)
    const late = await healthOf(office)
    expect(Number(late.mine?.lag)).toBeGreaterThanOrEqual(HOUR)
    expect(late.mine?.backlog).toBeGreaterThanOrEqual(1)

    await rowsOf(`update connections set state = 'reconnect' where id = ?`, office.cin7.connection)
    expect((await healthOf(office)).ok).toBe(false)
    await rowsOf(`update connections set state = 'ready' where id = ?`, office.cin7.connection)
  })

  it('is told from indexes alone', async () => {
    const office = await openOffice()
    const plans = await runInDurableObject(stubOf(office.tenant), async (tenant, { storage }) => {
      const exec = storage.sql.exec.bind(storage.sql)
      const asked: string[] = []
      storage.sql.exec = ((query: string, ...values: unknown[]) => {
        asked.push(
          ...exec<{ detail: string }>(`explain query plan ${query}`, ...values)
            .toArray()
            .map(({ detail }) => detail),
        )
        return exec(query, ...values)
      }) as typeof storage.sql.exec
      await tenant.health([office.integration])
      storage.sql.exec = exec
      return asked
    })
    expect(plans.filter((plan) => plan.includes('jobs'))).not.toEqual([])
    expect(plans.filter((plan) => /^(SCAN|SEARCH) jobs/.test(plan) && !plan.includes('INDEX'))).toEqual([])
  })
})

describe('a backlog', () => {
  it('that is older than two hours raises an alert, which is over when the work is done', async () => {
    const office = await openOffice()
    await settle(office.tenant)
    await waits(office, 'x')
    moveClock(HOUR)
    await apiOf(office.tenant).poke()
    expect(await openOf(office, 'backlog')).toEqual([])
    await runInDurableObject(stubOf(office.tenant), (_, { storage }) => storage.deleteAlarm())
    moveClock(1.5 * HOUR)
    await runInDurableObject(stubOf(office.tenant), async (tenant) => tenant.poke())
    await settle(office.tenant)
    const kinds = (await alertsOf(office)).map(({ kind }) => kind)
    expect(kinds).toContain('backlog')
    await apiOf(office.tenant).poke()
    await settle(office.tenant)
    expect(await openOf(office, 'backlog')).toEqual([])
  })
})

describe('a database that fills up', () => {
  const withSize = (bytes: number) => ({
    ...env,
    DB: new Proxy(env.DB, {
      get: (db, name) => {
        if (name === 'prepare')
          return (query: string) =>
            query === 'select 1' ? { run: async () => ({ meta: { size_after: bytes } }) } : db.prepare(query)
        const value = Reflect.get(db, name)
        return typeof value === 'function' ? value.bind(db) : value
      },
    }),
  })
  const open = () =>
    rowsOf(`select text from alerts where tenant = 'service' and kind = 'database_full' and resolved_at is null`)

  it('is told of at 70 %, and again when there is room', async () => {
    const hour = async (bytes: number) => {
      moveClock(HOUR + 1)
      await tick(createScheduledController(), withSize(bytes))
      await runOnce('service')
    }
    await hour(6_900_000_000)
    expect(await open()).toEqual([])
    await hour(7_100_000_000)
    expect(await open()).toEqual([{ text: expect.stringContaining('7.1 GB of 10 GB') }])
    await hour(3_000_000_000)
    expect(await open()).toEqual([])
  })

  it('is kept free of dead letters that were read long ago', async () => {
    const letter = (id: string, replayedAt: number | null) =>
      rowsOf(`insert into dead_letters values (?, 'q', 'r', '{}', 1, ?)`, id, replayedAt)
    await letter('old', now() - 36 * 24 * HOUR)
    await letter('new', now() - 20 * 24 * HOUR)
    await letter('unread', null)
    moveClock(HOUR + 1)
    await tick(createScheduledController(), env)
    expect(await rowsOf('select id from dead_letters order by id')).toEqual([{ id: 'new' }, { id: 'unread' }])
    await rowsOf('delete from dead_letters')
  })
})
