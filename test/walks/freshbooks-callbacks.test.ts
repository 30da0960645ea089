import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { connected, type Firm, openFirm, receive, revokeApp, type Seat } from '../support/freshbooks'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const SIGNATURE = 'x-freshbooks-hmac-sha256'

interface Registered {
  hooks: { event: string; url: string; state: string }[]
  problems: string[]
}
interface Callback {
  id: number
  event: string
  uri: string
  verified: boolean
  verifier: string
}
type Row = { state: string; secret: string | null; previous_secret: string | null }

let firm: Firm
let seat: Seat
beforeEach(async () => {
  firm = await openFirm([{ clients: [{ organization: 'Acme', currency_code: 'USD' }] }])
  seat = await connected(firm)
})

const register = () => firm.admin.call<Registered>('POST', seat.path('/webhooks'))

const act = (action: string, input: object) => firm.world.act('freshbooks', action, input)

/** Those that FreshBooks has. */
const callbacks = async (): Promise<Callback[]> => {
  const { freshbooks } = await firm.world.dump<{ freshbooks: { accounts: { callbacks: Callback[] }[] } }>()
  return freshbooks.accounts[0]?.callbacks ?? []
}

const callback = async (event: string): Promise<Callback> =>
  only((await callbacks()).filter((one) => one.event === event))

/** What FreshBooks has sent since it was asked last, handed over. */
const deliverAll = async (): Promise<number[]> => {
  const statuses = []
  for (const request of await firm.world.deliveries()) statuses.push(await receive(request))
  return statuses
}

const registered = async (): Promise<void> => {
  await register()
  await deliverAll()
}

/** News of an invoice, signed as FreshBooks signs it now. */
const news = async (): Promise<Request> => {
  await act('create-invoice', { client: 'Acme', create_date: '2026-03-02', currency_code: 'USD' })
  return only(await firm.world.deliveries())
}

const states = async () => (await register()).hooks.map(({ state }) => state)

const rowOf = (event: string) =>
  env.DB.prepare('select * from hooks where connection = ? and event = ?').bind(seat.connection, event).first<Row>()

const calls = async () =>
  (await firm.world.calls('freshbooks')).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)

const daily = async () => {
  await passTime(DAY)
  await tick(createScheduledController(), env)
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields)

describe('the callbacks of a FreshBooks account', () => {
  it('are registered under unguessable addresses that were stored before, and open with the verifier of each', async () => {
    const first = await register()
    expect(first.problems).toEqual([])
    expect(first.hooks.map(({ event, state }) => [event, state])).toEqual(
      ['bill', 'bill_vendor', 'client', 'expense', 'invoice', 'item', 'payment'].map((event) => [event, 'new']),
    )
    expect(first.hooks.every(({ url }) => /\/webhooks\/freshbooks\/c_\w+\/[\w-]{43}$/.test(url))).toBe(true)
    expect(new Set(first.hooks.map(({ url }) => url)).size).toBe(7)
    expect((await callbacks()).map(({ uri }) => uri).toSorted()).toEqual(first.hooks.map(({ url }) => url).toSorted())
    expect(await deliverAll()).toEqual(Array(7).fill(200))
    expect((await callbacks()).every(({ verified }) => verified)).toBe(true)
    expect(await states()).toEqual(Array(7).fill('active'))
    expect(await callbacks()).toHaveLength(7)
  })

  it('cost one list, one registration and one confirmation each, and a list more for each handshake', async () => {
    await firm.world.forgetCalls()
    await registered()
    const made = await calls()
    expect(made.filter((call) => call === 'POST callbacks')).toHaveLength(7)
    expect(made.filter((call) => call.startsWith('PUT '))).toHaveLength(7)
    expect(made.filter((call) => call === 'GET callbacks')).toHaveLength(8)
    expect(made).toHaveLength(22)
  })

  it('keep their verifiers sealed, under the row of each', async () => {
    await registered()
    const rows = JSON.stringify((await env.DB.prepare('select * from hooks').all()).results)
    for (const { verifier } of await callbacks()) expect(rows).not.toContain(verifier)
    const [invoice, payment] = [await rowOf('invoice'), await rowOf('payment')]
    await env.DB.prepare('update hooks set secret = ? where secret = ?').bind(payment?.secret, invoice?.secret).run()
    expect(await receive(await news())).toBe(503)
  })
})

describe('a delivery', () => {
  it('is taken with the signature over its fields, written anew, and refused with any other', async () => {
    await firm.world.switches({ 'freshbooks.webhook.system': 'https://maple.example/é, "ü": /?a=b' })
    await registered()
    const good = await news()
    const body = await good.clone().text()
    const signed = (more: { body?: string; signature?: string; url?: string }) => {
      const headers = new Headers(good.headers)
      if (more.signature !== undefined) headers.set(SIGNATURE, more.signature)
      return receive(new Request(more.url ?? good.url, { method: 'POST', headers, body: more.body ?? body }))
    }
    expect(body).toContain('maple.example')
    expect(await receive(good.clone())).toBe(200)
    expect(await receive(good.clone())).toBe(200)
    expect(await signed({ body: body.replace('invoice.create', 'invoice.update') })).toBe(401)
    expect(await signed({ signature: '' })).toBe(401)
    expect(await signed({ url: (await callback('payment')).uri })).toBe(401)
    expect(await signed({ url: `${good.url}x` })).toBe(401)
    await act('create-invoice', { client: 'Acme', create_date: '2026-03-02', currency_code: 'USD' })
    expect(await receive(only(await firm.world.deliveries({ tampered: true })))).toBe(401)
  })

  it('with the fewer fields of older days is taken as well', async () => {
    await firm.world.switches({ 'freshbooks.webhook.fields': 'old' })
    await registered()
    expect(await receive(await news())).toBe(200)
  })
})

describe('a handshake', () => {
  const shake = (uri: string, object_id: string, verifier: string) =>
    receive(new Request(uri, { method: 'POST', body: form({ name: 'callback.verify', object_id, verifier }) }))

  it('is believed of a callback that was registered, and repeated it changes nothing', async () => {
    await register()
    const shakes = await firm.world.deliveries()
    for (const request of shakes) expect(await receive(request.clone())).toBe(200)
    const known = await rowOf('invoice')
    for (const request of shakes) expect(await receive(request.clone())).toBe(200)
    expect(await rowOf('invoice')).toEqual(known)
  })

  it('is not believed unasked, of another callback, or at another address', async () => {
    await register()
    const { id, uri } = await callback('invoice')
    expect(await shake(uri, String(id + 1), 'marker-secret-forged')).toBe(401)
    expect(await shake(`${uri}x`, String(id), 'marker-secret-forged')).toBe(401)
    expect(await shake(uri.replace(seat.connection, 'c_other'), String(id), 'marker-secret-forged')).toBe(401)
    await deliverAll()
    const known = await rowOf('invoice')
    expect(await shake(uri, String(id), 'marker-secret-forged')).toBe(401)
    expect(await rowOf('invoice')).toEqual(known)
  })

  it('that comes while the others are still being registered has none of them registered twice', async () => {
    const slow = {
      vendor: 'freshbooks',
      method: 'POST',
      path: '/callbacks',
      kind: 'latency',
      ms: 120,
      times: 6,
      skip: 1,
    }
    await firm.world.fault(slow)
    const running = register()
    for (let shaken = 0; shaken < 7; ) {
      await scheduler.wait(20)
      shaken += (await firm.world.deliveries().then((sent) => Promise.all(sent.map(receive)))).length
    }
    expect((await running).problems).toEqual([])
    expect((await calls()).filter((call) => call === 'POST callbacks')).toHaveLength(7)
    expect(await callbacks()).toHaveLength(7)
    expect((await callbacks()).every(({ verified }) => verified)).toBe(true)
  })

  it('is believed where the answer to the registration was lost', async () => {
    await firm.world.fault({ vendor: 'freshbooks', method: 'POST', path: '/callbacks', kind: 'drop-after', times: 1 })
    const { problems } = await register()
    expect(problems).toHaveLength(1)
    expect(await deliverAll()).toEqual(Array(7).fill(200))
    expect(await callbacks()).toHaveLength(7)
    expect(await states()).toEqual(Array(7).fill('active'))
  })

  it('that was lost is asked for again, once it cannot be on its way any more', async () => {
    await register()
    await firm.world.deliveries()
    await firm.world.forgetCalls()
    expect(await states()).toEqual(Array(7).fill('new'))
    expect(await calls()).toEqual(['GET callbacks'])
    await passTime(10 * MINUTE)
    expect(await states()).toEqual(Array(7).fill('new'))
    expect(await deliverAll()).toEqual(Array(7).fill(200))
    expect((await callbacks()).every(({ verified }) => verified)).toBe(true)
  })
})

describe('the daily check', () => {
  it('has a callback verified again that FreshBooks has switched off', async () => {
    await registered()
    await act('disable-callback', { id: (await callback('invoice')).id })
    expect((await callback('invoice')).verified).toBe(false)
    await daily()
    expect((await callback('invoice')).verified).toBe(true)
    expect(await receive(await news())).toBe(200)
  })

  it('registers one anew that is gone at FreshBooks', async () => {
    await registered()
    const before = await callback('invoice')
    const late = await news()
    await remove(before.id)
    await daily()
    const after = await callback('invoice')
    expect(after.uri).toBe(before.uri)
    expect(after.id).not.toBe(before.id)
    expect(await receive(late.clone())).toBe(200)
    expect(await deliverAll()).toEqual([200])
    expect((await callback('invoice')).verified).toBe(true)
    expect(await receive(late.clone())).toBe(200)
    expect(await receive(await news())).toBe(200)
    expect(await receive(late)).toBe(401)
  })

  it.each([
    [400, 'new'],
    [422, 'old'],
    [409, 'new'],
    [403, 'old'],
  ])('asks for a new verifier where the known one is refused (%i, %s form)', async (status, form) => {
    await firm.world.switches({ 'freshbooks.events.errorStyle': form, 'freshbooks.webhook.sqlStamps': true })
    await registered()
    const late = await news()
    const { id, verifier } = await callback('invoice')
    await firm.world.switches({ 'freshbooks.webhook.resendNewCode': true, 'freshbooks.webhook.wrongVerifier': status })
    await act('resend-callback', { id })
    expect(await deliverAll()).toEqual([401])
    expect((await callback('invoice')).verifier).not.toBe(verifier)
    await act('disable-callback', { id })
    await daily()
    await settle(seat.tenant)
    expect(await alerts()).toEqual([])
    expect(await rowOf('invoice')).toMatchObject({ state: 'new', secret: null })
    expect(await deliverAll()).toEqual([200])
    expect(await callback('invoice')).toMatchObject({ id, verified: true })
    expect(await rowOf('invoice')).toMatchObject({ state: 'active', previous_secret: expect.any(String) })
    expect(await receive(late.clone())).toBe(200)
    expect(await receive(await news())).toBe(200)
    expect(await rowOf('invoice')).toMatchObject({ state: 'active', previous_secret: null })
    expect(await receive(late.clone())).toBe(401)
  })

  it('goes on with the same verifier where a resend brings no other', async () => {
    await registered()
    const late = await news()
    await act('disable-callback', { id: (await callback('invoice')).id })
    await firm.world.fault({ vendor: 'freshbooks', method: 'PUT', path: '/callbacks', kind: 'status', status: 422 })
    await daily()
    expect(await receive(late.clone())).toBe(200)
    expect(await deliverAll()).toEqual([200])
    expect((await callback('invoice')).verified).toBe(true)
    expect(await receive(late)).toBe(200)
    expect(await rowOf('invoice')).toMatchObject({ state: 'active', previous_secret: null })
  })
})

describe('a connection that is deleted', () => {
  it.each([204, 200])('takes its callbacks off FreshBooks first (%i), and nothing is left there', async (status) => {
    await firm.world.switches({ 'freshbooks.webhook.deleteStatus': status })
    await registered()
    const { uri } = await callback('invoice')
    expect(await firm.admin.call('DELETE', seat.path())).toMatchObject({ problems: [] })
    expect(await callbacks()).toEqual([])
    expect(await receive(new Request(uri, { method: 'POST', body: 'name=invoice.create' }))).toBe(401)
  })

  it('goes also where that is refused, and says what is left', async () => {
    await registered()
    await revokeApp(firm)
    const { problems } = await firm.admin.call<{ problems: string[] }>('DELETE', seat.path())
    expect(problems).toEqual([expect.stringContaining('still registered at freshbooks')])
    expect((await firm.admin.ask('GET', seat.path())).status).toBe(404)
  })
})

const alerts = async () => {
  const { items } = await firm.admin.call<{ items: { kind: string }[] }>('GET', `/v1/tenants/${seat.tenant}/alerts`)
  return items
}

/** As somebody does it with another tool. */
const remove = async (id: number): Promise<void> => {
  const { freshbooks } = await firm.world.dump<{ freshbooks: { chains: { accessToken: string }[] } }>()
  const path = `/events/account/${firm.account}/events/callbacks/${id}`
  const headers = { authorization: `Bearer ${freshbooks.chains[0]?.accessToken}` }
  await fetch(`${firm.world.baseUrl('freshbooks')}${path}`, { method: 'DELETE', headers })
}
