import { describe, expect, it } from 'vitest'
import { buy, companyOf, FLOWS, inQuickbooks, openShop, polled, recordsOf, type Shop } from '../support/quickbooks-cin7'
import { runOnce, settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'
import { alertsOf, only } from '../support/wave-cin7'

const COUNT = 70

/** Begins a poll of all purchases and stops where Cin7's call limit makes it pause: some bills are posted, others wait. */
const halfway = async (shop: Shop): Promise<number> => {
  const job = { kind: 'poll', integration: shop.integration, flow: FLOWS.bill, actor: { by: 'poll' } } as const
  await apiOf(shop.tenant).accept([{ ...job, correlation: 'x_batch' }])
  for (let round = 0; round < 10; round += 1) {
    await passTime((await runOnce(shop.tenant)) ?? 0)
    const { length } = (await companyOf(shop)).Bill
    if (length > 0) return length
  }
  return 0
}

describe('books that are closed in the middle of a batch', () => {
  it('stop it once, with one remedy; after they are opened again, one resume posts the rest', {
    timeout: 120_000,
  }, async () => {
    const shop = await openShop({ realm: { warnDuplicateBills: false } })
    for (let n = 1; n <= COUNT; n += 1) await buy(shop, { invoiceNumber: `INV-${n}` })
    await polled(shop, 'supplier')
    const posted = await halfway(shop)
    expect(posted).toBeGreaterThan(5)
    expect(posted).toBeLessThan(COUNT)

    await inQuickbooks(shop, 'settings', { changes: { bookCloseDate: '2026-11-30' } })
    await settle(shop.tenant)
    const standing = (await companyOf(shop)).Bill.length
    const failed = await failures(shop)
    expect(failed.length).toBeLessThanOrEqual(2)
    expect(failed.every(({ code }) => code === 'quickbooks_closed_period')).toBe(true)
    const stopped = only((await alertsOf(shop)).filter(({ kind }) => kind === 'batch_stopped'))
    expect(stopped).toMatchObject({ remedy: expect.stringContaining('Re-open the period') })

    await inQuickbooks(shop, 'settings', { changes: { bookCloseDate: null } })
    const resumed = await resume(shop, String(stopped.cause).replace('batch/', ''))
    expect(resumed).toBe(COUNT - standing)
    expect((await companyOf(shop)).Bill).toHaveLength(COUNT)
    expect(standing).toBeLessThan(COUNT)
    expect(await failures(shop)).toEqual([])
  })
})

const resume = async ({ admin, tenant }: Shop, batch: string): Promise<number> => {
  const { resumed } = await admin.call<{ resumed: number }>('POST', `/v1/tenants/${tenant}/batches/${batch}/resume`)
  await settle(tenant)
  return resumed
}

const failures = async (shop: Shop) =>
  (await recordsOf(shop, 'bill', 'status=failed')).filter(({ state }) => state === 'failed')
