import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { deliver } from '../support/deliver'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { approve, cin7Of, draftInvoice, only } from '../support/wave-cin7'

/** Vendor calls of one invoice: invoice and customer from Wave, customer look-up and customer, header, order, draft, authorise. */
const CALLS = 9

const kill = async (tenant: string): Promise<void> => {
  const stub = env.TENANT.get(env.TENANT.idFromName(tenant))
  await runInDurableObject(stub, (_, state) => state.abort('killed by a test')).catch(() => {})
}

/** Kills the tenant's object at its n-th call to a vendor: before the call leaves, or when its answer is on the way. */
const killAt = (office: Office, nth: number, moment: 'before' | 'after'): { calls(): number } => {
  const real = globalThis.fetch
  let calls = 0
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.includes(`/${office.world.name}/`) || url.includes('_control')) return real(input, init)
    calls += 1
    if (calls !== nth) return real(input, init)
    if (moment === 'before') {
      await kill(office.tenant)
      throw new Error('killed')
    }
    const answer = await real(input, init)
    await kill(office.tenant)
    return answer
  })
  return { calls: () => calls }
}

const settleThrough = async (office: Office): Promise<void> => {
  for (let tries = 0; tries < 5; tries += 1) {
    const ended = await settle(office.tenant).then(
      () => true,
      () => false,
    )
    if (ended) return
  }
  throw new Error('never came to rest')
}

afterEach(() => vi.restoreAllMocks())

describe('the tenant object is killed in the middle of an invoice', () => {
  const moments = Array.from({ length: CALLS }, (_, n) => n + 1).flatMap((n) => [
    [n, 'before'] as const,
    [n, 'after'] as const,
  ])

  it.each(moments)('at vendor call %i, %s it: one customer, one complete sale', async (nth, moment) => {
    const office = await openOffice()
    const webhooks = await approve(office, await draftInvoice(office))
    for (const webhook of webhooks) await deliver(webhook)
    killAt(office, nth, moment)
    await settleThrough(office)
    vi.restoreAllMocks()
    await settleThrough(office)

    const { customers, sales } = await cin7Of(office)
    expect(customers).toHaveLength(1)
    const sale = only(sales)
    expect(sale.Order.Status).toBe('AUTHORISED')
    expect(sale.Invoices.filter(({ Status }) => Status !== 'VOIDED')).toMatchObject([
      { Status: 'AUTHORISED', Total: 88 },
    ])
    expect(only(await recordsOf(office, 'flow=wave-cin7/invoice-to-sale'))).toMatchObject({ state: 'done' })
  })

  /** Invoice, customer, then look-up and customer in each of the two currencies. */
  it.each([3, 4, 5, 6])('at vendor call %i of a customer in two currencies: both are made, once', async (nth) => {
    const office = await openOffice()
    const euros = await draftInvoice(office, { currency: 'EUR', exchangeRate: '1.1' })
    for (const webhook of await approve(office, euros)) await deliver(webhook)
    killAt(office, nth, 'before')
    await settleThrough(office)
    vi.restoreAllMocks()
    await settleThrough(office)
    const { customers, sales } = await cin7Of(office)
    const name = office.wave.business.customers[0]?.name
    expect(customers.map(({ Name }) => Name).sort()).toEqual([name, `${name} (EUR)`])
    only(sales)
  })

  it('makes as many vendor calls as this test kills at', async () => {
    const office = await openOffice()
    for (const webhook of await approve(office, await draftInvoice(office))) await deliver(webhook)
    const counted = killAt(office, 0, 'before')
    await settle(office.tenant)
    expect(counted.calls()).toBe(CALLS)
  })
})
