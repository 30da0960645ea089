import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { OutgoingRequest } from './vendor'
import { verify } from './wise/keys'
import { ADDRESS, HOOK, iban, openStage, ordered, quoteBody, type Stage } from './wise/stage'

let stage: Stage
/** What left over the network, and what it is answered with. */
let sent: { url: string; headers: Headers; body: string }[]
let answer: number | Error

beforeEach(() => {
  stage = openStage()
  sent = []
  answer = 204
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    sent.push({ url: String(url), headers: new Headers(init?.headers), body: String(init?.body) })
    if (answer instanceof Error) throw answer
    return new Response(null, { status: answer })
  })
})
afterEach(() => vi.restoreAllMocks())

const MINUTE = 60_000
const hooks = () => `/v3/profiles/${stage.business}/subscriptions`
const form = (event: string, version = '4.0.0', url = HOOK) => ({
  name: 'books',
  trigger_on: event,
  delivery: { version, url },
})
const subscribe = async (event: string, version?: string) =>
  (await stage.call('POST', hooks(), form(event, version))).json

const Event = z.object({
  data: z.looseObject({}),
  subscription_id: z.string(),
  event_type: z.string(),
  schema_version: z.string(),
  sent_at: z.string(),
})
const eventOf = ({ body }: Pick<OutgoingRequest, 'body'>) => Event.parse(JSON.parse(body))
const events = async () => (await stage.take()).map(eventOf)
const states = async () => (await events()).map(({ data }) => data.current_state)
const isGenuine = ({ body, headers }: OutgoingRequest, key = stage.publicKey) =>
  verify(key, body, headers['x-signature-sha256'] ?? '')

describe('subscriptions', () => {
  it('are made after a signed test call, listed, read, and removed', async () => {
    const made = await stage.call('POST', hooks(), form('transfers#state-change'))
    expect(made.json).toEqual({
      id: expect.any(String),
      name: 'books',
      delivery: { version: '4.0.0', url: HOOK },
      trigger_on: 'transfers#state-change',
      scope: { domain: 'profile', id: String(stage.business) },
      created_by: { type: 'user', id: expect.any(String) },
      created_at: '2026-03-02T15:04:05Z',
    })
    const [probe] = sent
    expect(probe?.headers.get('x-test-notification')).toBe('true')
    const signature = probe?.headers.get('x-signature-sha256') ?? ''
    expect(await verify(stage.publicKey, probe?.body ?? '', signature)).toBe(true)
    const body = eventOf({ body: probe?.body ?? '' })
    expect(body.subscription_id).toBe('00000000-0000-0000-0000-000000000000')
    expect(body.data.resource).toMatchObject({ id: 0, profile_id: 0 })
    const path = `${hooks()}/${made.json.id}`
    expect((await stage.call('GET', hooks())).list).toEqual([made.json])
    expect((await stage.call('GET', path)).json).toEqual(made.json)
    expect((await stage.call('DELETE', path)).status).toBe(204)
    expect((await stage.call('GET', path)).status).toBe(404)
  })

  it('are refused when the target does not say 2xx, or says nothing', async () => {
    for (const bad of [500, 404, 302, new Error('no such host')]) {
      answer = bad
      const refused = await stage.call('POST', hooks(), form('transfers#state-change'))
      expect([refused.status, refused.json.errors[0]?.code]).toEqual([400, 'INVALID_CALLBACK_URL'])
    }
    expect((await stage.call('GET', hooks())).list).toEqual([])
    stage.switches['webhooks.probe'] = 'skip'
    expect((await stage.call('POST', hooks(), form('transfers#state-change'))).status).toBe(200)
  })

  it('want a public https address without port and query', async () => {
    const status = async (url: string) =>
      (await stage.call('POST', hooks(), form('balances#update', '3.0.0', url))).status
    const bad = [
      'http://a.example/h',
      'https://a.example:8443/h',
      'https://10.0.0.1/h',
      'https://localhost/h',
      'nonsense',
    ]
    for (const url of [...bad, `${HOOK}?tenant=1`]) expect(await status(url), url).toBe(400)
    stage.switches['webhooks.allowLocal'] = true
    expect(await status('http://localhost:8787/h')).toBe(200)
    expect(await status(`${HOOK}?tenant=1`)).toBe(400)
  })

  it('know each event, its versions and its scope', async () => {
    const status = async (event: string, version: string) =>
      (await stage.call('POST', hooks(), form(event, version))).status
    expect(await status('transfers#done', '2.0.0')).toBe(400)
    expect(await status('transfers#state-change', '3.0.0')).toBe(400)
    expect(await status('profiles#verification-state-change', '2.0.0')).toBe(400)
    expect(await status('transfers#payout-failure', '5.0.0')).toBe(200)
  })

  it('of an application need its own credentials, and hear of users who gave it access', async () => {
    const { clients } = z
      .object({ clients: z.array(z.object({ key: z.string() })) })
      .parse(stage.wise.seed({ clients: [{}] }))
    const key = clients[0]?.key
    const path = `/v3/applications/${key}/subscriptions`
    expect((await stage.call('POST', path, form('balances#account-state-change'))).status).toBe(403)
    const { body } = await stage.call('POST', '/oauth/token', 'grant_type=client_credentials', {
      authorization: `Basic ${btoa('wise-client:wise-client-secret')}`,
      'content-type': 'application/x-www-form-urlencoded',
    })
    const own = { authorization: `Bearer ${z.object({ access_token: z.string() }).parse(body).access_token}` }
    const made = await stage.call('POST', path, form('balances#account-state-change', '2.0.0'), own)
    expect(made.json).toMatchObject({ scope: { domain: 'application', id: key } })
    await stage.act('close-balance', { currency: 'EUR' })
    expect(await events()).toEqual([])
    stage.wise.seed({ grants: [{}] })
    await stage.act('close-balance', { currency: 'USD' })
    expect(await events()).toMatchObject([
      { event_type: 'balances#account-state-changed', data: { resource: { state: 'INACTIVE' } } },
    ])
    expect((await stage.call('POST', `${path}/${made.json.id}/test-notifications`, {}, own)).status).toBe(200)
    expect((await stage.take())[0]?.headers).toHaveProperty('x-test-notification', 'true')
  })
})

describe('events', () => {
  it('tell of each state of a transfer', async () => {
    const hook = await subscribe('transfers#state-change')
    const { transfer, pay, recipient } = await ordered(stage)
    stage.clock.now += 1000
    await stage.call('POST', pay, { type: 'BALANCE' })
    expect(await events()).toEqual([
      {
        data: {
          resource: { id: transfer.id, profile_id: stage.business, account_id: recipient.id, type: 'transfer' },
          current_state: 'incoming_payment_waiting',
          previous_state: null,
          occurred_at: '2026-03-02T15:04:05.123Z',
        },
        subscription_id: hook.id,
        event_type: 'transfers#state-change',
        schema_version: '4.0.0',
        sent_at: '2026-03-02T15:04:05.123Z',
      },
      expect.objectContaining({ data: expect.objectContaining({ previous_state: 'incoming_payment_waiting' }) }),
    ])
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'outgoing_payment_sent' })
    expect(await states()).toEqual(['funds_converted', 'outgoing_payment_sent'])
  })

  it('write their times as their version does', async () => {
    await subscribe('transfers#state-change', '2.0.0')
    await subscribe('transfers#payout-failure', '2.0.0')
    const { transfer } = await ordered(stage)
    await stage.act('fail-payout', { transfer: transfer.id, code: 'WRONG_NAME' })
    const [change, failure] = await events()
    expect(change?.data.occurred_at).toBe('2026-03-02T15:04:05Z')
    expect(failure?.data).toEqual({
      transfer_id: transfer.id,
      profile_id: stage.business,
      failure_reason_code: 'WRONG_NAME',
      failure_description: 'Wrong name',
      occurred_at: '2026-03-02T15:04:05.000+00:00',
    })
  })

  it('tell of money leaving and coming, always above zero, with steps since 3.0.0', async () => {
    await subscribe('balances#update', '3.0.0')
    const { transfer, pay } = await ordered(stage)
    await stage.call('POST', pay, { type: 'BALANCE' })
    await stage.act('top-up', { currency: 'USD', amount: '70' })
    const [out, into] = await events()
    expect(out?.data).toMatchObject({
      amount: 1000,
      balance_id: stage.balances.USD,
      transaction_type: 'debit',
      transfer_reference: String(transfer.id),
      post_transaction_balance_amount: 24_000,
      step_id: expect.any(Number),
      resource: { profile_id: stage.business, type: 'balance-account' },
    })
    expect(into?.data).toMatchObject({
      amount: 70,
      transaction_type: 'credit',
      transfer_reference: expect.stringMatching(/^BNK-/),
    })
  })

  it('of the older balance version have no step, and credits have an event of their own', async () => {
    await subscribe('balances#update', '2.2.0')
    await subscribe('balances#credit', '2.0.0')
    await stage.act('top-up', { currency: 'USD', amount: '70' })
    await stage.act('spend', { currency: 'USD', amount: '9.6' })
    const all = await events()
    expect(all.map(({ event_type }) => event_type)).toEqual(['balances#update', 'balances#credit', 'balances#update'])
    expect(all[0]?.data).not.toHaveProperty('step_id')
    expect(all[1]?.data).toMatchObject({ amount: 70, post_transaction_balance_amount: 25_070 })
  })

  it('tell of a refund three times over, with less for SWIFT in one of them', async () => {
    for (const event of ['transfers#state-change', 'transfers#refund', 'balances#update']) await subscribe(event)
    stage.switches['refunds.swiftLoss'] = 10
    const swift = {
      ...iban(stage.business),
      type: 'swift_code',
      details: { legalType: 'PRIVATE', swiftCode: 'COBADEFF', accountNumber: '5566778899', address: ADDRESS },
    }
    const recipient = (await stage.call('POST', '/v1/accounts', swift)).json
    const made = await stage.act('create-transfer', {
      recipient: recipient.id,
      sourceCurrency: 'USD',
      sourceAmount: 1000,
    })
    await stage.act('fund-transfer', { transfer: made.id })
    await stage.act('advance-transfer', { transfer: made.id, to: 'bounced_back' })
    await stage.take()
    await stage.act('set-transfer-state', { transfer: made.id, to: 'funds_refunded' })
    const [state, refund, balance] = await events()
    expect(state?.data).toMatchObject({ current_state: 'funds_refunded', previous_state: 'bounced_back' })
    expect(refund?.data.resource).toMatchObject({ id: made.id, refund_amount: 900, refund_currency: 'USD' })
    expect(balance?.data).toMatchObject({
      amount: 1000,
      transaction_type: 'credit',
      transfer_reference: String(made.id),
    })
  })

  it('tell of cases, without a time, and of nothing to other profiles', async () => {
    await subscribe('transfers#active-cases')
    await stage.call('POST', `/v3/profiles/${stage.personal}/subscriptions`, form('transfers#active-cases'))
    const { transfer } = await ordered(stage)
    await stage.act('open-case', { transfer: transfer.id, cases: ['deposit_amount_less_invoice'] })
    const [only, ...more] = await events()
    expect(only?.data).toMatchObject({ active_cases: ['deposit_amount_less_invoice'] })
    expect(only?.data).not.toHaveProperty('occurred_at')
    expect(more).toEqual([])
  })

  it('say when a thing happened, not when it was noticed', async () => {
    await subscribe('transfers#state-change')
    await ordered(stage)
    await stage.take()
    stage.clock.now += 15 * 86_400_000
    await stage.act('tick')
    expect(await events()).toMatchObject([
      {
        data: { current_state: 'cancelled', occurred_at: '2026-03-16T15:04:05.123Z' },
        sent_at: '2026-03-17T15:04:05.123Z',
      },
    ])
  })

  it('follow a simulated payout failure after its delay', async () => {
    await subscribe('transfers#payout-failure', '5.0.0')
    const { transfer } = await ordered(stage)
    await stage.act('fund-transfer', { transfer: transfer.id })
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'bounced_back' })
    await stage.call('POST', `/v1/simulation/transfers/${transfer.id}/payout-failure`, {})
    expect(await events()).toEqual([])
    stage.clock.now += 2000
    await stage.act('tick')
    expect(await events()).toHaveLength(1)
  })
})

describe('signatures', () => {
  const one = async (tampered = false): Promise<OutgoingRequest> => {
    await ordered(stage)
    const [request] = await stage.take(tampered)
    if (!request) throw new Error('nothing was sent')
    return request
  }
  beforeEach(async () => {
    await subscribe('transfers#state-change')
  })

  it('are RSA over the raw body by a key that is shown, and fail for one byte more', async () => {
    const request = await one()
    expect(request.headers['x-delivery-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(await isGenuine(request)).toBe(true)
    expect(await isGenuine({ ...request, body: `${request.body} ` })).toBe(false)
    expect(await stage.act('public-key')).toEqual({ publicKey: stage.publicKey })
  })

  it('can be spoilt, old, double, or missing', async () => {
    expect(await isGenuine(await one(true))).toBe(false)
    const names = async (mode: string) => {
      stage.switches['webhooks.signature'] = mode
      return Object.keys((await one()).headers).filter((name) => name.startsWith('x-signature'))
    }
    expect(await names('sha1')).toEqual(['x-signature'])
    expect(await names('both')).toEqual(['x-signature-sha256', 'x-signature'])
    expect(await names('none')).toEqual([])
    stage.switches['webhooks.signature'] = 'sha256'
    stage.switches['webhooks.tampered'] = true
    expect(await isGenuine(await one())).toBe(false)
  })

  it('follow a new key after a rotation', async () => {
    const { publicKey } = z.object({ publicKey: z.string() }).parse(await stage.act('rotate-key'))
    const request = await one()
    expect([await isGenuine(request), await isGenuine(request, publicKey)]).toEqual([false, true])
  })

  it('are not on the probe of the old web form', async () => {
    await stage.act('web-form-probe', { url: HOOK })
    const [probe] = await stage.take()
    expect(Object.keys(JSON.parse(probe?.body ?? ''))).toEqual(['message'])
    expect(Object.keys(probe?.headers ?? {})).toEqual(['content-type'])
  })
})

describe('deliveries', () => {
  const request = async () => {
    await ordered(stage)
    return stage.take()
  }
  beforeEach(async () => {
    await subscribe('transfers#state-change')
    sent = []
  })
  const ids = (all: OutgoingRequest[]) => new Set(all.map(({ headers }) => headers['x-delivery-id'])).size

  it('may come twice, with the same id or another', async () => {
    stage.switches['webhooks.copies'] = 2
    const same = await request()
    expect([same.length, ids(same)]).toEqual([2, 1])
    stage.switches['webhooks.copyIds'] = 'new'
    const fresh = await request()
    expect([fresh.length, ids(fresh), new Set(fresh.map(({ body }) => body)).size]).toEqual([2, 2, 1])
  })

  it('may be late, or lost', async () => {
    stage.switches['webhooks.delayMs'] = MINUTE
    expect(await request()).toEqual([])
    stage.clock.now += MINUTE
    await stage.act('tick')
    expect(await stage.take()).toHaveLength(1)
    stage.switches['webhooks.lost'] = true
    expect(await request()).toEqual([])
  })

  it('come again after a failure: 1, 2, 4 … minutes to the eleventh time, then daily, 25 times', async () => {
    stage.switches['transfers.cancelAfterDays'] = 365
    let [last] = await request()
    const pauses: number[] = []
    for (; last; [last] = await stage.take()) {
      const told = await stage.act('delivery-answered', { deliveryId: last.headers['x-delivery-id'], status: 503 })
      if (told.state === 'given-up') break
      const pause = Number(told.dueAt) - stage.clock.now
      pauses.push(pause / MINUTE)
      stage.clock.now += pause - 1
      await stage.act('tick')
      expect(stage.deliveries).toEqual([])
      stage.clock.now += 1
      await stage.act('tick')
    }
    const doubled = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
    expect(pauses).toEqual([...doubled, ...Array.from({ length: 14 }, () => 1440)])
  })

  it('keep their id and stamp on a retry, unless told otherwise', async () => {
    const retried = async () => {
      const [first] = await request()
      await stage.act('delivery-answered', { deliveryId: first?.headers['x-delivery-id'], status: null })
      stage.clock.now += MINUTE
      await stage.act('tick')
      const [second] = await stage.take()
      return [
        second?.headers['x-delivery-id'] === first?.headers['x-delivery-id'],
        second?.body === first?.body,
        second !== undefined && (await isGenuine(second)),
      ]
    }
    expect(await retried()).toEqual([true, true, true])
    stage.switches['webhooks.newIdOnRetry'] = true
    stage.switches['webhooks.freshSentAt'] = true
    expect(await retried()).toEqual([false, false, true])
  })

  it('can be sent by Wise itself, which waits five seconds and keeps count', async () => {
    stage.switches['webhooks.transport'] = 'own'
    await ordered(stage)
    expect(stage.deliveries).toEqual([])
    answer = new Error('timed out')
    await stage.act('deliver-due')
    expect(sent).toHaveLength(1)
    await stage.act('deliver-due')
    expect(sent).toHaveLength(1)
    stage.clock.now += MINUTE
    answer = 200
    await stage.act('deliver-due')
    stage.clock.now += 2 * MINUTE
    await stage.act('deliver-due')
    expect(sent).toHaveLength(2)
    const { notifications } = z
      .object({ notifications: z.array(z.looseObject({ state: z.string(), attempts: z.array(z.unknown()) })) })
      .parse(stage.wise.dump())
    expect(notifications).toMatchObject([{ state: 'arrived', attempts: [{ status: null }, { status: 200 }] }])
  })

  it('of tests lack fields, unless all are wanted', async () => {
    await subscribe('balances#update', '3.0.0')
    const test = async () => {
      await stage.act('test-notification')
      return (await events()).find(({ event_type }) => event_type === 'balances#update')?.data
    }
    const bare = await test()
    expect(bare).toMatchObject({ amount: 0.01, resource: { id: 0 } })
    expect(bare).not.toHaveProperty('balance_id')
    stage.switches['webhooks.testFields'] = 'all'
    expect(await test()).toHaveProperty('balance_id', 0)
  })

  it('carry any event by hand', async () => {
    await stage.act('emit', { event: 'transfers#state-change', data: { current_state: 'levitating' } })
    expect(await states()).toEqual(['levitating'])
    expect((await stage.call('POST', '/v3/quotes', quoteBody())).status).toBe(200)
  })
})
