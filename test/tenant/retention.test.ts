import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'
import { rowsOf } from '../edge/api/support'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { stubOf } from '../support/tenant'
import { passTime } from '../support/time'
import { carry, cin7Of, draftInvoice } from '../support/wave-cin7'

const DAY = 24 * 3_600_000

const inObject = <T extends Record<string, SqlStorageValue>>(sql: string, ...values: SqlStorageValue[]): Promise<T[]> =>
  runInDurableObject(stubOf(office.tenant), (_, { storage }) => storage.sql.exec<T>(sql, ...values).toArray())

const count = async (table: string, where = 'true'): Promise<number> =>
  Number((await inObject(`select count(*) as n from ${table} where ${where}`))[0]?.n)

/** As cron does. */
const prune = (): Promise<void> => runInDurableObject(stubOf(office.tenant), (tenant) => tenant.poke())

const verify = () => office.admin.call('GET', `/v1/tenants/${office.tenant}/audit/verify`)
const auditRows = () => rowsOf<{ seq: number }>('select seq from audit where tenant = ? order by seq', office.tenant)

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await carry(office, await draftInvoice(office))
})

describe('what has been kept long enough', () => {
  it('stays whole before that', async () => {
    const before = [await count('documents'), await count('writes', `draft <> ''`), await count('deliveries')]
    expect(Math.min(...before)).toBeGreaterThan(0)
    await passTime(34 * DAY)
    await prune()
    expect([await count('documents'), await count('writes', `draft <> ''`), await count('deliveries')]).toEqual(before)
  })

  it('is pruned: deliveries and sent outbox rows after five weeks, bodies after ninety days; links and ledger never', async () => {
    const [writes, links, sent] = [await count('writes'), await count('links'), await count('outbox')]
    expect(sent).toBeGreaterThan(0)
    await passTime(2 * DAY)
    await prune()
    expect([await count('deliveries'), await count('outbox')]).toEqual([0, 0])
    expect(await count('writes', `draft <> ''`)).toBe(writes)
    // A call whose outcome is known is never sent again.
    expect(await count('writes', `steps like '%"sealed":"ey%'`)).toBe(0)
    expect(await count('documents')).toBeGreaterThan(0)

    await passTime(55 * DAY)
    await prune()
    expect(await count('documents')).toBe(0)
    expect(await count('writes', `draft <> '' or steps like '%"sealed":"ey%'`)).toBe(0)
    expect([await count('writes'), await count('links')]).toEqual([writes, links])
    expect(await count('writes', `steps like '%"hash":"%' and steps like '%"sealed":""%'`)).toBe(writes)
  })

  it('is not missed: a replay reads the source again and posts nothing twice', async () => {
    const { sales } = await cin7Of(office)
    const [record] = await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')
    const replay = `/v1/tenants/${office.tenant}/records/${record?.id}/replay`
    await office.admin.call('POST', replay, { remap: true })
    await settle(office.tenant)
    const [after] = await recordsOf(office, 'flow=wave-cin7/invoice-to-sale')
    expect(after).toMatchObject({ state: 'done', targetId: record?.targetId })
    expect((await cin7Of(office)).sales).toHaveLength(sales.length)
    expect(await count('documents')).toBeGreaterThan(0)
  })

  it('is kept where a record still needs it', async () => {
    office = await openOffice({ mapped: false })
    await carry(office, await draftInvoice(office))
    const [failed] = await recordsOf(office, 'flow=wave-cin7/invoice-to-sale&status=failed')
    expect(failed?.state).toBe('failed')
    await passTime(100 * DAY)
    await prune()
    expect(await count('documents', `instr(key, '${failed?.sourceId}') > 0`)).toBe(1)
  })
})

describe('the audit', () => {
  it('leaves D1 after two years, but for a signed checkpoint, and what is left can still be verified', async () => {
    const all = await auditRows()
    await passTime(2 * 365 * DAY)
    await prune()
    await runOnce(office.tenant)
    const left = await auditRows()
    expect(left.length).toBeLessThan(all.length)
    expect(left.length).toBeGreaterThan(0)
    expect(await verify()).toEqual({ ok: true, entries: left.at(-1)?.seq })
    expect(await rowsOf('select seq from audit_checkpoints where tenant = ?', office.tenant)).toEqual([
      { seq: (left[0]?.seq ?? 0) - 1 },
    ])
  })

  it('shows when more than that is missing, or somebody else has cut it', async () => {
    const [first] = await auditRows()
    await rowsOf('delete from audit where tenant = ? and seq = ?', office.tenant, first?.seq)
    expect(await verify()).toMatchObject({ ok: false, seq: first?.seq })
    await rowsOf('update audit_checkpoints set seq = seq + 1 where tenant = ?', office.tenant)
    expect(await verify()).toMatchObject({ ok: false, problem: expect.stringContaining('checkpoint') })
    await rowsOf('delete from audit_checkpoints where tenant = ?', office.tenant)
    expect(await verify()).toMatchObject({ ok: false, seq: 1 })
  })

  it('that was tampered with is not pruned', async () => {
    const other = await openOffice()
    await settle(other.tenant)
    await rowsOf(`update audit set entry = replace(entry, '"at"', '"at" ') where tenant = ? and seq = 2`, other.tenant)
    await passTime(3 * 365 * DAY)
    const before = await rowsOf('select seq from audit where tenant = ?', other.tenant)
    await runInDurableObject(stubOf(other.tenant), (tenant) => tenant.poke())
    expect(await rowsOf('select seq from audit where tenant = ?', other.tenant)).toEqual(before)
  })
})

describe('a walk over a large table', () => {
  it('looks at a bounded number of rows in a run, and goes on where it was', async () => {
    const at = now() - 40 * DAY
    await inObject(
      `insert into deliveries with recursive n (i) as (select 1 union all select i + 1 from n where i < 2500)
       select printf('d%06d', i), ? from n`,
      at,
    )
    await passTime(DAY)
    const left: number[] = []
    for (let run = 0; run < 3; run += 1) {
      await prune()
      left.push(await count('deliveries', `id like 'd0%'`))
    }
    expect(left[0]).toBeGreaterThanOrEqual(1_500)
    expect(left[0]).toBeLessThan(2_500)
    expect(left[1]).toBe(Math.max(0, (left[0] ?? 0) - 1_000))
    expect(left[2]).toBe(0)
  })
})
