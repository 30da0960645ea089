import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { deliver } from '../support/deliver'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { stubOf } from '../support/tenant'
import { approve, carry, cin7Of, draftInvoice, only } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'

const alertsOf = async ({ tenant }: Office) =>
  (await env.DB.prepare('select * from alerts where tenant = ?').bind(tenant).all<Record<string, unknown>>()).results

const deliverAll = async (office: Office, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
}

afterEach(() => vi.restoreAllMocks())

describe('a vendor that is down', () => {
  it('costs a handful of calls and not one for each waiting record, raises one alert, and all go on afterwards', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    await office.world.fault({ vendor: 'cin7', kind: 'status', status: 503, times: 12 })
    await deliverAll(office, 10)
    await office.world.forgetCalls()
    await settle(office.tenant, 400)
    expect((await recordsOf(office, `flow=${FLOW}`)).map(({ state }) => state)).toEqual(Array(11).fill('done'))
    expect((await cin7Of(office)).sales).toHaveLength(11)
    const failed = (await office.world.calls('cin7')).filter(({ status }) => status === 503)
    expect(failed).toHaveLength(12)
    const alerts = (await alertsOf(office)).filter(({ kind }) => kind === 'breaker_open')
    expect(alerts).toMatchObject([{ count: 1, resolved_at: expect.any(Number) }])
  })

  it.each([
    ['429', '429'],
    ['429-bare', '429'],
    ['503', '503'],
    ['400', '400'],
  ])('asks for patience as %s: the connection waits, nothing is posted twice', async (form) => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/sale/order', kind: 'throttled', form, times: 2 })
    await deliverAll(office, 3)
    const moved = await settle(office.tenant)
    expect(moved).toBeGreaterThan(25_000)
    expect((await cin7Of(office)).sales).toHaveLength(3)
    expect((await recordsOf(office, `flow=${FLOW}`)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })

  it('asks for patience: no record of the connection calls it until then', async () => {
    const office = await openOffice()
    await office.world.fault({
      vendor: 'cin7',
      method: 'POST',
      path: '/sale/order',
      kind: 'throttled',
      form: '429-bare',
    })
    await deliverAll(office, 6)
    await settle(office.tenant)
    const calls = await office.world.calls('cin7')
    const refused = calls.find(({ status }) => status === 429)
    // One may have been on its way.
    const [, next] = calls.filter(({ n }) => n > (refused?.n ?? 0))
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(25_000)
  })

  it('that answers HTML to a write leaves the outcome open: it is looked up, and there is one sale', async () => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/v2/sale', kind: 'html', status: 200 })
    await carry(office, await draftInvoice(office))
    only((await cin7Of(office)).sales)
  })

  it('is given up on after a day, and the record can be replayed', async () => {
    const office = await openOffice()
    await office.world.fault({ vendor: 'wave', kind: 'status', status: 500, times: 100_000 })
    await deliverAll(office, 1)
    await settle(office.tenant, 1_000)
    const failed = only(await recordsOf(office, `flow=${FLOW}`))
    expect(failed).toMatchObject({ state: 'failed', code: 'wave_unreachable' })
    await office.world.clearFaults()
    await office.admin.call('POST', `/v1/tenants/${office.tenant}/records/${failed.id}/replay`, {})
    await settle(office.tenant)
    only((await cin7Of(office)).sales)
  })
})

describe('credentials that are refused', () => {
  it('let the records wait, raise one alert, and they go on once new ones are stored', async () => {
    const office = await openOffice()
    await office.world.act('cin7', 'set-keys', { applicationKeys: ['7e57ab1e-0000-4000-8000-000000000999'] })
    await deliverAll(office, 3)
    await settle(office.tenant, 30).catch(() => {})
    const waiting = await recordsOf(office, `flow=wave-cin7/customer-to-customer`)
    expect(waiting).toMatchObject([{ state: 'waiting', reason: 'reconnect' }])
    expect((await alertsOf(office)).filter(({ kind }) => kind === 'reconnect')).toHaveLength(1)
    const { items } = await office.admin.call<{ items: { id: string; vendor: string; account: { id: string } }[] }>(
      'GET',
      `/v1/tenants/${office.tenant}/connections`,
    )
    const cin7 = items.find(({ vendor }) => vendor === 'cin7')
    await office.admin.call('PUT', `/v1/tenants/${office.tenant}/connections/${cin7?.id}/credentials`, {
      accountId: cin7?.account.id,
      applicationKey: '7e57ab1e-0000-4000-8000-000000000999',
    })
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(3)
    expect((await alertsOf(office)).filter(({ resolved_at }) => resolved_at === null)).toEqual([])
  })
})

describe('a job that kills the object each time', () => {
  it('is set aside with the reason after eight starts, and the others go on', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const poison = await draftInvoice(office, { memo: 'poison' })
    const real = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      if (!String(init?.body ?? '').includes(poison.graphId)) return real(input, init)
      await runInDurableObject(stubOf(office.tenant), (_, state) => state.abort('poison')).catch(() => {})
      throw new Error('killed')
    })
    for (const webhook of await approve(office, poison)) await deliver(webhook)
    await deliverAll(office, 1)
    for (let run = 0; run < 16; run += 1) await settle(office.tenant).catch(() => {})
    const records = await recordsOf(office, `flow=${FLOW}`)
    expect(records.find(({ sourceId }) => sourceId === poison.graphId)).toMatchObject({
      state: 'failed',
      code: 'set_aside',
    })
    expect(records.filter(({ state }) => state === 'done')).toHaveLength(2)
  })
})

describe('a backlog behind a rate limit', () => {
  it('does not hold up another integration of the same tenant, nor another tenant', async () => {
    const [busy, other] = [await openOffice(), await openOffice()]
    await deliverAll(busy, 40)
    await deliverAll(other, 1)
    await settle(other.tenant)
    expect((await cin7Of(other)).sales).toHaveLength(1)
    await settle(busy.tenant, 500)
    expect((await cin7Of(busy)).sales).toHaveLength(40)
    const refused = (await busy.world.calls('cin7')).filter(({ status }) => status !== 200)
    expect(refused).toEqual([])
  })
})
