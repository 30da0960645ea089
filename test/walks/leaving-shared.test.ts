import { createScheduledController, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { rowsOf } from '../edge/api/support'
import { connected, type Firm, openFirm, receive, type Seat } from '../support/freshbooks'
import { apiOf, leftIn } from '../support/tenant'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const books = (name: string) => ({
  name,
  taxes: [{ name: 'HST', amount: '13' }],
  clients: [{ organization: `${name} Client`, currency_code: 'USD' }],
})

interface Callback {
  event: string
  uri: string
  verified: boolean
}

/** What FreshBooks has registered for the business, and of chains of tokens. */
const atFreshBooks = async ({ world }: Firm) => {
  const { freshbooks } = await world.dump<{
    freshbooks: { accounts: { callbacks: Callback[] }[]; chains: unknown[] }
  }>()
  const [maple = [], birch = []] = freshbooks.accounts.map(({ callbacks }) => callbacks)
  return { maple, birch, chains: freshbooks.chains.length }
}

/** What FreshBooks has sent by now, handed over. */
const deliverAll = async ({ world }: Firm): Promise<number[]> => {
  const statuses: number[] = []
  for (const request of await world.deliveries()) statuses.push(await receive(request))
  return statuses
}

const list = ({ tenant, connection }: Seat) => apiOf(tenant).references(connection, 'tax')
const good = { ok: true, value: expect.arrayContaining([expect.objectContaining({ code: 'HST' })]) }

const erase = async ({ admin, world }: Firm, { tenant }: Seat): Promise<unknown> =>
  admin.call('DELETE', `/v1/tenants/${tenant}?name=${encodeURIComponent(world.name)}`)

it('one of two businesses that one person connected leaves: its webhooks are off and shut, the other goes on; the last takes the chain along', async () => {
  const firm = await openFirm([books('Maple Goods'), books('Birch Bakery')])
  const maple = await connected(firm, firm.accounts[0])
  const birch = await connected(firm, firm.accounts[1])
  for (const seat of [maple, birch]) await firm.admin.call('POST', seat.path('/webhooks'))
  await deliverAll(firm)
  const before = await atFreshBooks(firm)
  expect([before.chains, before.maple.every(({ verified }) => verified), before.maple.length > 0]).toEqual([
    1,
    true,
    true,
  ])
  const [{ grant_name: grant } = { grant_name: '' }] = await rowsOf<{ grant_name: string }>(
    'select grant_name from connections where id = ?',
    maple.connection,
  )
  await firm.world.act('freshbooks', 'create-invoice', {
    client: 'Maple Goods Client',
    create_date: '2026-03-02',
    currency_code: 'USD',
  })
  const late = only(await firm.world.deliveries())
  expect(await receive(late.clone())).toBe(200)

  expect(await erase(firm, maple)).toEqual({ id: maple.tenant, problems: [] })
  const after = await atFreshBooks(firm)
  expect([after.maple, after.birch, after.chains]).toEqual([[], before.birch, 1])
  // Signed with the secret that it had, to the address that it had.
  expect(await receive(late)).toBe(401)
  expect(await rowsOf('select 1 from hooks where tenant = ?', maple.tenant)).toEqual([])
  expect(await rowsOf('select 1 from tenants where id = ?', maple.tenant)).toEqual([])

  for (let passed = 0; passed < 17; passed += 1) {
    await passTime(MINUTE)
    await tick(createScheduledController(), env)
  }
  expect((await leftIn(maple.tenant)).tables).toEqual([])
  await passTime(13 * HOUR)
  expect(await list(birch)).toEqual(good)

  expect(await erase(firm, birch)).toEqual({ id: birch.tenant, problems: [] })
  expect(await atFreshBooks(firm)).toEqual({ maple: [], birch: [], chains: 0 })
  await runInDurableObject(env.GRANT.get(env.GRANT.idFromName(grant)), (_, { storage }) => {
    expect(storage.kv.get('data-key')).toBeUndefined()
    expect(JSON.stringify([...storage.kv.list()])).not.toContain('eyJ')
  })
})
