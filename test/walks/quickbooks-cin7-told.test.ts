import { describe, expect, it } from 'vitest'
import {
  arrive,
  buy,
  companyOf,
  inCin7,
  inQuickbooks,
  later,
  line,
  openShop,
  polled,
  recordsOf,
  type Shop,
  theRecord,
  writesTo,
} from '../support/quickbooks-cin7'
import { only } from '../support/wave-cin7'

/** A bill and a vendor credit, carried; what QuickBooks tells of our own writes is read. */
const carried = async (): Promise<Shop> => {
  const shop = await openShop()
  const { ID } = await buy(shop)
  await inCin7(shop, 'credit-purchase', { purchase: ID, number: 'CN-7', lines: [line('WIDGET', 1, 2.5, 0.5)] })
  await polled(shop)
  await later()
  await polled(shop)
  await shop.world.forgetCalls()
  return shop
}

const theBill = async (shop: Shop) => only((await companyOf(shop)).Bill)

/** What its timeline says of changes in QuickBooks. */
const seen = async ({ admin, tenant }: Shop, id: string): Promise<string[]> => {
  type Entry = { outcome: string; text: string }
  const { timeline } = await admin.call<{ timeline: Entry[] }>('GET', `/v1/tenants/${tenant}/records/${id}`)
  return timeline.flatMap(({ outcome, text }) => (outcome === 'changed_in_target' ? [text] : []))
}

const callsTo = async ({ world }: Shop): Promise<string[]> =>
  (await world.calls('quickbooks')).map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/')}`)

describe('a bill that somebody changes in QuickBooks', () => {
  it('is known from the poll: the record says so once, and nothing is written', async () => {
    const shop = await carried()
    const { Id } = await theBill(shop)
    await inQuickbooks(shop, 'edit', { entity: 'Bill', id: Id, changes: { DueDate: '2027-01-31' } })
    for (let round = 0; round < 3; round += 1) {
      await polled(shop)
      await later(60_000)
    }
    const { id } = await theRecord(shop, 'bill')
    expect(await seen(shop, id)).toEqual(['changed in quickbooks: dates or exchange rate were changed'])
    expect(await writesTo(shop, 'quickbooks')).toEqual([])
    expect(await callsTo(shop)).toEqual(['GET cdc', `GET bill/${Id}`, 'GET cdc', 'GET cdc'])
  })

  it('by deleting it: the same, and it is not made again', async () => {
    const shop = await carried()
    await inQuickbooks(shop, 'delete', { entity: 'Bill', id: (await theBill(shop)).Id })
    await polled(shop)
    await later()
    await polled(shop)
    const { id } = await theRecord(shop, 'bill')
    expect(await seen(shop, id)).toEqual(['changed in quickbooks: it is gone'])
    expect((await companyOf(shop)).Bill).toEqual([])
  })

  it('by paying it: that is no change', async () => {
    const shop = await carried()
    await inQuickbooks(shop, 'pay-bill', { id: (await theBill(shop)).Id })
    await polled(shop)
    expect(await seen(shop, (await theRecord(shop, 'bill')).id)).toEqual([])
  })

  it('is not looked at where that is a bill of somebody else', async () => {
    const shop = await carried()
    const { VendorRef, Line } = await theBill(shop)
    const fields = {
      VendorRef,
      CurrencyRef: { value: 'USD' },
      Line: Line.map(({ Id: _, ...rest }) => rest),
      APAccountRef: { value: '33' },
    }
    await inQuickbooks(shop, 'create', { entity: 'Bill', fields })
    await polled(shop)
    expect(await callsTo(shop)).toEqual(['GET cdc'])
    expect(await recordsOf(shop, 'bill')).toHaveLength(1)
  })
})

describe('a vendor credit', () => {
  it('is watched as well', async () => {
    const shop = await carried()
    const { Id } = only((await companyOf(shop)).VendorCredit)
    await inQuickbooks(shop, 'edit', { entity: 'VendorCredit', id: Id, changes: { TxnDate: '2027-01-31' } })
    await polled(shop)
    const { id } = await theRecord(shop, 'credit')
    expect(await seen(shop, id)).toEqual(['changed in quickbooks: dates or exchange rate were changed'])
  })
})

const FORMATS = ['cloudevents', 'legacy']
const TYPES = ['application/json; charset=utf-8', 'application/cloudevents+json']
const webhooks = FORMATS.flatMap((format) => TYPES.map((contentType) => ({ format, contentType })))

describe('webhooks of Intuit', () => {
  it.each(webhooks)(
    '$format as $contentType: a bill that was edited is looked at, and nothing is written',
    async (hook) => {
      const shop = await carried()
      const url = 'https://connector.test/webhooks/quickbooks/app/sandbox'
      await inQuickbooks(shop, 'hook', { hook: { url, ...hook } })
      const { Id } = await theBill(shop)
      await inQuickbooks(shop, 'edit', { entity: 'Bill', id: Id, changes: { DocNumber: 'X-1' } })
      expect(new Set(await arrive(shop))).toEqual(new Set([200]))
      expect(await seen(shop, (await theRecord(shop, 'bill')).id)).toEqual([
        'changed in quickbooks: number or department was changed',
      ])
      expect(await writesTo(shop, 'quickbooks')).toEqual([])
    },
  )
})
