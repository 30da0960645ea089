import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWorld } from '../support/world'
import { outgoing } from './quickbooks/outgoing'
import { expense, MINUTE, type Rig, rig } from './quickbooks/rig'
import { REALM_ID, VERIFIER_TOKEN } from './quickbooks/seed-defaults'

const URL_OF_APP = 'https://connector.test/webhooks/quickbooks'
const hooked = (hook: object = {}, more: object = {}): Rig =>
  rig({
    apps: [{ hook: { url: URL_OF_APP, ...hook } }],
    realms: [
      {
        vendors: [
          { Id: '1', DisplayName: 'Ann' },
          { Id: '2', DisplayName: 'Ann Old' },
        ],
      },
    ],
    ...more,
  })
const bodies = (qbo: Rig): unknown[] => qbo.sent.map(({ body }) => JSON.parse(body))
const bob = { DisplayName: 'Bob' }
const HOUR = 60 * MINUTE

describe('events', () => {
  it('come as CloudEvents: an array that names what changed and holds no data', async () => {
    const qbo = hooked()
    const { Id } = await qbo.write('Vendor', bob)
    expect(bodies(qbo)).toEqual([
      [
        {
          specversion: '1.0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          source: expect.stringMatching(/^intuit\./),
          type: 'qbo.vendor.created.v1',
          datacontenttype: 'application/json',
          time: '2026-03-02T18:00:00.250179851Z',
          intuitentityid: Id,
          intuitaccountid: REALM_ID,
          data: {},
        },
      ],
    ])
  })

  it('come in the legacy form to an app that has it', async () => {
    const qbo = hooked({ format: 'legacy' })
    const { Id } = await qbo.write('Vendor', bob)
    const lastUpdated = '2026-03-02T18:00:00.250Z'
    const entities = [{ name: 'Vendor', id: Id, operation: 'Create', lastUpdated }]
    expect(bodies(qbo)).toEqual([{ eventNotifications: [{ realmId: REALM_ID, dataChangeEvent: { entities } }] }])
  })

  it('follow users and links as well as our own writes, but not balances', async () => {
    const qbo = hooked()
    const types = () => qbo.sent.splice(0).map(({ event }) => event)
    const { Id } = await qbo.write('Bill', { VendorRef: { value: '1' }, Line: [expense(5)] })
    expect(types()).toEqual(['Bill.Create'])
    qbo.act('pay-bill', { id: Id })
    qbo.act('edit', { entity: 'Account', id: '7', changes: { Name: 'Ads' } })
    qbo.act('delete', { entity: 'Bill', id: Id })
    expect(types()).toEqual(['Bill.Update', 'Account.Update', 'Bill.Delete'])
    qbo.switches['webhook.echo'] = false
    await qbo.write('Vendor', bob)
    expect(types()).toEqual([])
  })

  it('go only to apps that are connected, and only for what those asked to hear', async () => {
    const qbo = hooked({ entities: ['Bill'] })
    await qbo.write('Vendor', bob)
    expect(qbo.sent).toEqual([])
    qbo.act('hook', { hook: { url: URL_OF_APP } })
    qbo.act('disconnect')
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: 'x' } })
    expect(qbo.sent).toEqual([])
    qbo.act('connect', { realmId: REALM_ID })
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: 'y' } })
    expect(qbo.sent).toHaveLength(1)
  })

  it('tell a merge with the id that went, whose bills have moved', async () => {
    const qbo = hooked()
    const bill = await qbo.write('Bill', { VendorRef: { value: '2' }, Line: [expense(5)] })
    qbo.sent.length = 0
    qbo.act('merge-vendors', { from: '2', into: '1' })
    expect(bodies(qbo)).toMatchObject([
      [{ type: 'qbo.vendor.merged.v1', intuitentityid: '1', data: { deletedid: '2' } }],
    ])
    expect(await qbo.read('Bill', bill.Id)).toMatchObject({ VendorRef: { value: '1' } })
    expect(await qbo.read('Vendor', '1')).toMatchObject({ Balance: 5 })
    expect(await qbo.refused('GET', '/vendor/2')).toMatch(/^610/)
  })

  it('can be about records that nobody knows, or in a form that nobody knows', () => {
    const qbo = hooked()
    qbo.act('emit', { realmId: REALM_ID, entity: 'TimeActivity', id: '5', operation: 'Void' })
    qbo.act('emit-raw', { body: '{"hello":1}' })
    expect(bodies(qbo)).toMatchObject([[{ type: 'qbo.timeactivity.void.v1' }], { hello: 1 }])
  })

  it('can be doubled with one id, lost, or gathered in one body in any order', async () => {
    const qbo = hooked()
    qbo.switches['webhook.copies'] = 2
    await qbo.write('Vendor', bob)
    const [first, second] = qbo.sent.splice(0).map(({ body }) => body)
    expect(first).toBe(second)
    Object.assign(qbo.switches, { 'webhook.copies': 1, 'webhook.hold': true })
    await qbo.write('Vendor', { DisplayName: 'Cid' })
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: 'x' } })
    expect(qbo.sent).toEqual([])
    expect(qbo.act('flush-webhooks', { reversed: true })).toEqual({ sent: 2 })
    expect(bodies(qbo)).toMatchObject([[{ type: 'qbo.vendor.updated.v1' }, { type: 'qbo.vendor.created.v1' }]])
    qbo.switches['webhook.lost'] = true
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: 'z' } })
    expect(qbo.act('flush-webhooks')).toEqual({ sent: 0 })
  })
})

describe('the signature', () => {
  it('is the HMAC of the raw body, as in the vendor’s own test vector', async () => {
    // Figures of the vendor's SDK test (sheet 15).
    const body =
      '{"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[{"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}'
    const meta = {
      verifierToken: 'b5771f19b12ddb4bcdb9f08bdc50bc63878a',
      format: 'legacy',
      contentType: 'application/json; charset=utf-8',
    }
    const delivery = { id: '1', vendor: 'quickbooks', event: 'x', url: URL_OF_APP, meta, body }
    const good = await outgoing(delivery, Date.parse('2016-02-03T00:25:00Z'), false)
    expect(good.headers).toMatchObject({
      'intuit-signature': 'JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q=',
      'intuit-created-time': '2016-02-02T16:25:00-0800',
      'intuit-notification-schema-version': '0.1',
      'content-type': 'application/json; charset=utf-8',
    })
    const bad = await outgoing(delivery, 0, true)
    expect(bad.headers['intuit-signature']).not.toBe(good.headers['intuit-signature'])
  })

  it('travels through a world, with the content type of the app', async () => {
    const world = openWorld('quickbooks-hooks')
    const hook = { url: URL_OF_APP, contentType: 'application/cloudevents+json' }
    await world.seed({ quickbooks: { apps: [{ hook }], realms: [{ vendors: [{ Id: '1', DisplayName: 'Ann' }] }] } })
    await world.act('quickbooks', 'edit', { entity: 'Vendor', id: '1', changes: { AcctNum: 'x' } })
    const [request] = await world.deliveries()
    if (!request) throw new Error('nothing was sent')
    expect(request.url).toBe(URL_OF_APP)
    expect(request.headers.get('content-type')).toBe('application/cloudevents+json')
    const body = await request.text()
    const encoder = new TextEncoder()
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', encoder.encode(VERIFIER_TOKEN), algorithm, false, ['verify'])
    const signature = Uint8Array.from(atob(request.headers.get('intuit-signature') ?? ''), (sign) => sign.charCodeAt(0))
    expect(await crypto.subtle.verify('HMAC', key, signature, encoder.encode(body))).toBe(true)
  })
})

describe('delivery', () => {
  const Out = z.object({ id: z.string(), body: z.string(), headers: z.record(z.string(), z.string()) }).nullable()
  const next = async (qbo: Rig) => Out.parse(await qbo.act('next-webhook'))
  const waits = async (qbo: Rig): Promise<number> => {
    const start = qbo.clock.now
    while ((await next(qbo)) === null) qbo.clock.now += 1000
    return qbo.clock.now - start
  }

  it('is tried again at growing distances for ever, and holds up what comes after', async () => {
    const qbo = hooked()
    qbo.switches['webhook.outbox'] = true
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: '1' } })
    qbo.act('edit', { entity: 'Vendor', id: '2', changes: { AcctNum: '2' } })
    const first = await next(qbo)
    expect(first?.body).toContain('"intuitentityid":"1"')
    const id = first?.id ?? ''
    const pauses: number[] = []
    for (const status of [500, 404, 0, 503, 500, 500]) {
      qbo.act('answer-webhook', { id, status })
      pauses.push((await waits(qbo)) / 1000)
      expect((await next(qbo))?.id).toBe(id)
    }
    expect(pauses).toEqual([0, 10, 20, 30, 300, 1200])
    qbo.act('answer-webhook', { id, status: 200 })
    expect((await next(qbo))?.body).toContain('"intuitentityid":"2"')
  })

  it('counts an answer after three seconds as none', async () => {
    const qbo = hooked()
    qbo.switches['webhook.outbox'] = true
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: '1' } })
    const id = (await next(qbo))?.id ?? ''
    expect(qbo.act('answer-webhook', { id, status: 200, ms: 3001 })).toEqual({ waiting: 1 })
    expect(qbo.act('answer-webhook', { id, status: 200, ms: 2999 })).toEqual({ waiting: 0 })
  })

  it('can go by the older page: three retries for some answers only, then dropped', async () => {
    const qbo = hooked()
    Object.assign(qbo.switches, { 'webhook.outbox': true, 'webhook.olderRetries': true, 'webhook.blocks': false })
    qbo.act('edit', { entity: 'Vendor', id: '1', changes: { AcctNum: '1' } })
    qbo.act('edit', { entity: 'Vendor', id: '2', changes: { AcctNum: '2' } })
    const first = (await next(qbo))?.id ?? ''
    qbo.act('answer-webhook', { id: first, status: 503 })
    const second = await next(qbo)
    expect(second?.body).toContain('"intuitentityid":"2"')
    expect(qbo.act('answer-webhook', { id: second?.id, status: 404 })).toEqual({ waiting: 1 })
    for (const left of [1, 1, 0]) {
      qbo.clock.now += HOUR
      expect((await next(qbo))?.id).toBe(first)
      expect(qbo.act('answer-webhook', { id: first, status: 500 })).toEqual({ waiting: left })
    }
  })
})
