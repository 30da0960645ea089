import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { now } from '../../src/lib/clock'
import { rowsOf } from '../edge/api/support'
import { deliver } from '../support/deliver'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { apiOf, putBack, restart, snapshot, stubOf } from '../support/tenant'
import { alertsOf, approve, carry, cin7Of, draftInvoice, only, writesTo } from '../support/wave-cin7'

const sales = async (office: Office) => (await cin7Of(office)).sales

describe('an object that was put back to an earlier time', () => {
  it('finds that out by the sequence in D1, adopts what stands in the target, and goes on behind', async () => {
    const office = await openOffice()
    const earlier = await snapshot(office.tenant)
    const invoice = await draftInvoice(office)
    const webhooks = await approve(office, invoice)
    for (const webhook of webhooks) await deliver(webhook.clone())
    await settle(office.tenant)
    expect(await sales(office)).toHaveLength(1)

    await putBack(office.tenant, earlier)
    await office.world.forgetCalls()
    for (const webhook of webhooks) await deliver(webhook.clone())
    await settle(office.tenant)

    expect(await sales(office)).toHaveLength(1)
    expect((await cin7Of(office)).customers).toHaveLength(1)
    expect(await writesTo(office, 'cin7')).toEqual([])
    const states = (await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')).map(({ state, reason }) => [
      state,
      reason,
    ])
    expect(states).toContainEqual(['done', 'adopted'])
    expect(await apiOf(office.tenant).verify()).toMatchObject({ ok: true })
  })

  it('posts what was never posted, once', async () => {
    const office = await openOffice()
    const earlier = await snapshot(office.tenant)
    await carry(office, await draftInvoice(office))
    await putBack(office.tenant, earlier)
    await carry(office, await draftInvoice(office))
    expect(await sales(office)).toHaveLength(2)
  })

  it('does nothing before D1 could be asked', async () => {
    const office = await openOffice()
    for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
    await restart(office.tenant)
    const prepare = vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare').mockImplementation(() => {
      throw new Error('D1 is down')
    })
    await runOnce(office.tenant)
    expect(await office.world.calls('cin7').then((calls) => calls.filter(({ method }) => method === 'POST'))).toEqual(
      [],
    )
    prepare.mockRestore()
    await settle(office.tenant)
    expect(await sales(office)).toHaveLength(1)
  })
})

/** The platform's points in time, which there are none of locally: those that were asked for are noted. */
const pointsInTime = (tenant: string, asked: unknown[]) =>
  runInDurableObject(stubOf(tenant), (_, { storage }) => {
    Reflect.set(storage, 'getBookmarkForTime', async (at: number) => `bookmark of ${at}`)
    Reflect.set(storage, 'onNextSessionRestoreBookmark', async (bookmark: string) => asked.push(bookmark))
  })

describe('a tenant that an admin puts back', () => {
  const restore = ({ admin, tenant }: Office, at: number) => admin.ask('POST', `/v1/tenants/${tenant}/restore`, { at })

  it('starts anew as it was then, posts nothing twice, and the service keeps that it happened', async () => {
    const office = await openOffice()
    const earlier = await snapshot(office.tenant)
    const at = now()
    const invoice = await draftInvoice(office)
    const webhooks = await approve(office, invoice)
    for (const webhook of webhooks) await deliver(webhook.clone())
    await settle(office.tenant)
    const asked: unknown[] = []
    await pointsInTime(office.tenant, asked)
    expect(await restore(office, at)).toEqual({ status: 200, body: { id: office.tenant, at } })
    expect(asked).toEqual([`bookmark of ${at}`])

    await putBack(office.tenant, earlier)
    for (const webhook of webhooks) await deliver(webhook.clone())
    await settle(office.tenant)
    await settle('service')
    expect(await sales(office)).toHaveLength(1)
    const said = await rowsOf<{ entry: string }>(`select entry from audit where tenant = 'service'`)
    expect(said.filter(({ entry }) => entry.includes('tenant.restore') && entry.includes(office.tenant))).toHaveLength(
      1,
    )
  })

  it('stays as it is where the platform has no such time, or was not asked for one that it keeps', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    for (const at of [now() + 60_000, now() - 31 * 24 * 3_600_000])
      expect(await restore(office, at)).toMatchObject({ status: 422, body: { problems: [{ path: 'at' }] } })
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await restore(office, now() - 1_000)).toMatchObject({ status: 503, body: { code: 'not_restored' } })
    log.mockRestore()
    await carry(office, await draftInvoice(office))
    expect(await sales(office)).toHaveLength(2)
  })
})

describe('D1 that was put back to an earlier time', () => {
  it('is told again what it has forgotten, once the object starts anew; the audit holds, and an admin hears of it', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const [before] = await rowsOf<{ last: number }>(
      'select max(seq) as last from audit where tenant = ?',
      office.tenant,
    )
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const known = await recordsOf(office)
    const rows = () => rowsOf('select * from audit where tenant = ? order by seq', office.tenant)
    const whole = await rows()
    await rowsOf('delete from audit where tenant = ? and seq > ?', office.tenant, before?.last)
    await rowsOf('delete from records where tenant = ? and seq > ?', office.tenant, before?.last)
    expect((await recordsOf(office)).length).toBeLessThan(known.length)

    await restart(office.tenant)
    await carry(office, await draftInvoice(office))
    const after = await recordsOf(office)
    expect(known.filter(({ id }) => !after.some((one) => one.id === id))).toEqual([])
    expect((await rows()).slice(0, whole.length)).toEqual(whole)
    expect(await apiOf(office.tenant).verify()).toMatchObject({ ok: true })
    expect((await alertsOf(office)).map(({ kind, cause }) => [kind, cause])).toContainEqual([
      'recovery',
      'recovery/database',
    ])
    expect(await sales(office)).toHaveLength(3)
  })
})

describe('D1 is down while records are carried', () => {
  it('loses nothing, reorders nothing, and D1 gets each entry once', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const batch = vi
      .spyOn(Object.getPrototypeOf(env.DB), 'batch')
      .mockImplementation(() => Promise.reject(new Error('D1 is down')))
    for (let n = 0; n < 3; n += 1) {
      for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
      for (let run = 0; run < 4; run += 1) await runOnce(office.tenant)
    }
    expect(await sales(office)).toHaveLength(4)
    expect((await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')).length).toBe(1)
    batch.mockRestore()
    await settle(office.tenant)
    expect((await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'done',
    ])
    const rows = await env.DB.prepare('select seq from audit where tenant = ? order by seq')
      .bind(office.tenant)
      .all<{ seq: number }>()
    expect(rows.results.map(({ seq }) => seq)).toEqual(rows.results.map((_, at) => at + 1))
    expect(await apiOf(office.tenant).verify()).toEqual({ ok: true, entries: rows.results.length })
  })
})

describe('the audit in D1', () => {
  const damaged = async (sql: string): Promise<unknown> => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    expect(await apiOf(office.tenant).verify()).toMatchObject({ ok: true })
    for (const statement of sql.split(';')) await env.DB.prepare(statement.replaceAll('$t', `'${office.tenant}'`)).run()
    return apiOf(office.tenant).verify()
  }

  it('shows an entry that was changed', async () => {
    const sql = `update audit set entry = replace(entry, '"outcome"', '"outcom"') where tenant = $t and seq = 5`
    expect(await damaged(sql)).toMatchObject({ ok: false, seq: 5 })
  })

  it('shows an entry that is missing', async () => {
    expect(await damaged('delete from audit where tenant = $t and seq = 6')).toMatchObject({ ok: false, seq: 6 })
  })

  it('shows two entries that were swapped', async () => {
    const sql = `update audit set seq = 900 where tenant = $t and seq = 3; update audit set seq = 3 where tenant = $t and seq = 4; update audit set seq = 4 where tenant = $t and seq = 900`
    expect(await damaged(sql)).toMatchObject({ ok: false, seq: 3 })
  })

  it('shows that its end was cut off', async () => {
    const sql = 'delete from audit where tenant = $t and seq >= (select max(seq) from audit where tenant = $t)'
    expect(await damaged(sql)).toMatchObject({ ok: false, problem: 'the end was cut off' })
  })
})

describe('a document that a person deleted in the target on purpose', () => {
  it('is not posted again by a replay, and is by one with a new generation', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const [first] = await sales(office)
    await office.world.act('cin7', 'void-sale', { sale: first?.ID })
    const record = only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))
    const options = { reread: false, remap: false }
    await apiOf(office.tenant).replay(record.id, options, 'k')
    await settle(office.tenant)
    expect(await sales(office)).toHaveLength(1)

    await apiOf(office.tenant).replay(record.id, { ...options, newGeneration: true }, 'k')
    await settle(office.tenant)
    const after = await sales(office)
    expect(after.map(({ Status }) => Status === 'VOIDED')).toEqual([true, false])
    expect(after[1]?.ExternalID).toContain(':g2')
  })
})
