import { describe, expect, it } from 'vitest'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { webhook } from '../../../src/vendors/quickbooks/webhook'
import { REALM } from './scripted'

/** Of the unit test of Intuit's own SDK: token, body and signature. */
const TOKEN = 'b5771f19b12ddb4bcdb9f08bdc50bc63878a'
const BODY =
  '{"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[{"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}'
const SIGNATURE = 'JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q='

const delivery = (body: unknown, signature?: string, type = 'application/json') => ({
  headers: new Headers({ 'content-type': type, ...(signature !== undefined && { 'intuit-signature': signature }) }),
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const verify = (signature?: string, body = BODY, secret = TOKEN) =>
  webhook.verify(delivery(body, signature), secret, Date.now())

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const flipped = (text: string, at: number, bit: number): string =>
  text.slice(0, at) + ALPHABET[ALPHABET.indexOf(text[at] ?? '') ^ bit] + text.slice(at + 1)

describe('a delivery of Intuit is believed', () => {
  it('with the signature over its very bytes, whatever its content type says', async () => {
    expect(await verify(SIGNATURE)).toBe(true)
    const cloud = delivery(BODY, SIGNATURE, 'application/cloudevents+json')
    expect(await webhook.verify(cloud, TOKEN, 0)).toBe(true)
  })

  it('never with any one bit of the signature changed', async () => {
    const changed = [...SIGNATURE.slice(0, -1)].flatMap((_, at) =>
      [1, 2, 4, 8, 16, 32].map((bit) => flipped(SIGNATURE, at, bit)),
    )
    expect(changed).toHaveLength(43 * 6)
    const believed = await Promise.all(changed.map((signature) => verify(signature)))
    expect(believed.filter(Boolean)).toEqual([])
  })

  it('never with any one byte of the body changed, or the body written anew', async () => {
    const changed = [...BODY].map((letter, at) => BODY.slice(0, at) + (letter === 'x' ? 'y' : 'x') + BODY.slice(at + 1))
    const believed = await Promise.all(changed.map((body) => verify(SIGNATURE, body)))
    expect(believed.filter(Boolean)).toEqual([])
    expect(await verify(SIGNATURE, JSON.stringify(JSON.parse(BODY), null, 1))).toBe(false)
  })

  it('never with another token, no signature, half of one, or something else', async () => {
    expect(await verify(SIGNATURE, BODY, `${TOKEN} `)).toBe(false)
    expect(await verify()).toBe(false)
    for (const given of ['', '1234', SIGNATURE.slice(0, 43), `${SIGNATURE}=`, ` ${SIGNATURE}x`, 'é'.repeat(44)])
      expect(await verify(given).catch(() => 'threw')).toBe(false)
  })

  it('and nothing unsigned is let in as a probe', () => {
    expect(webhook.probe(delivery(''))).toBe(false)
    expect(webhook.probe(delivery(BODY))).toBe(false)
  })
})

const OTHER = '310687'
const event = (type: string, id: string, realm = REALM, more: object = {}) => ({
  specversion: '1.0',
  id: `e-${id}`,
  source: 'intuit.x=',
  type,
  datacontenttype: 'application/json',
  time: '2026-11-02T21:31:25.179851517Z',
  intuitentityid: id,
  intuitaccountid: realm,
  data: {},
  ...more,
})
const cloud = (...events: unknown[]) => delivery(events, undefined, 'application/cloudevents+json')
const legacy = (...told: [string, object[]][]) =>
  delivery({
    eventNotifications: told.map(([realmId, entities]) => ({ realmId, dataChangeEvent: { entities } })),
  })
const entity = (name: string, id: string, operation: string, more: object = {}) => ({
  name,
  id,
  operation,
  lastUpdated: '2026-11-02T03:09:04.000Z',
  ...more,
})

describe('what a delivery of CloudEvents says', () => {
  it.each([
    ['qbo.vendor.created.v1', 'vendor', 'vendor.created'],
    ['qbo.bill.updated.v1', 'bill', 'bill.updated'],
    ['qbo.purchaseorder.deleted.v1', 'purchase-order', 'purchase-order.deleted'],
    ['qbo.vendorcredit.updated.v1', 'vendor-credit', 'vendor-credit.updated'],
    ['qbo.account.created.v1', 'account', 'account.created'],
    ['qbo.department.updated.v1', 'department', 'department.updated'],
    ['qbo.bill.void.v1', 'bill', 'bill.voided'],
    ['qbo.bill.voided.v1', 'bill', 'bill.voided'],
    ['qbo.purchaseorder.emailed.v1', 'purchase-order', 'purchase-order.emailed'],
  ])('%s', (name, type, told) => {
    expect(webhook.changes(cloud(event(name, '40')), REALM)).toEqual([{ type, id: '40', event: told, eventId: 'e-40' }])
  })

  it('of a merge, the record that stays and the one that went', () => {
    const merged = event('qbo.vendor.merged.v1', '123', REALM, { data: { deletedid: '27' } })
    expect(webhook.changes(cloud(merged), REALM)?.map(({ id, event }) => [id, event])).toEqual([
      ['123', 'vendor.merged'],
      ['27', 'vendor.merged'],
    ])
  })

  it('to each company only what is its own', () => {
    const both = cloud(
      event('qbo.bill.created.v1', '1'),
      event('qbo.bill.created.v1', '2', OTHER),
      event('qbo.term.updated.v1', '3'),
    )
    expect(webhook.accounts(both)).toEqual([REALM, OTHER])
    expect(webhook.changes(both, REALM)?.map(({ id }) => id)).toEqual(['1', '3'])
    expect(webhook.changes(both, OTHER)?.map(({ id }) => id)).toEqual(['2'])
    expect(webhook.changes(both, '9')).toEqual([])
  })

  it('is heard although one event beside it makes no sense, or has no data', () => {
    const odd = [
      null,
      'x',
      event('qbo.bill', '7'),
      event('qbo.bill.created.v1', ''),
      event('qbo.bill.updated.v1', '8', REALM, { data: undefined }),
    ]
    expect(webhook.changes(cloud(...odd), REALM)?.map(({ id }) => id)).toEqual(['8'])
  })

  it('is not taken from ids that are numbers: their last digits are gone', () => {
    const numbers = event('qbo.bill.updated.v1', '8', REALM, { intuitaccountid: Number(REALM) })
    expect(webhook.accounts(cloud(numbers))).toEqual([])
  })
})

describe('what a delivery in the older format says', () => {
  it.each([
    ['Vendor', 'Create', 'vendor', 'vendor.created'],
    ['Bill', 'Void', 'bill', 'bill.voided'],
    ['PurchaseOrder', 'Update', 'purchase-order', 'purchase-order.updated'],
    ['Account', 'Delete', 'account', 'account.deleted'],
  ])('%s %s', (name, operation, type, told) => {
    const [change] = webhook.changes(legacy([REALM, [entity(name, '40', operation)]]), REALM) ?? []
    expect(change).toMatchObject({ type, id: '40', event: told })
  })

  it.each(['deletedId', 'deletedID'])('of a merge, both records (%s)', (key) => {
    const merged = legacy([REALM, [entity('Vendor', '40', 'Merge', { [key]: '41' })]])
    expect(webhook.changes(merged, REALM)?.map(({ id }) => id)).toEqual(['40', '41'])
  })

  it('to each company only what is its own', () => {
    const both = legacy([REALM, [entity('Bill', '1', 'Create')]], [OTHER, [entity('Bill', '2', 'Create')]])
    expect(webhook.accounts(both)).toEqual([REALM, OTHER])
    expect(webhook.changes(both, OTHER)?.map(({ id }) => id)).toEqual(['2'])
  })

  it('is known again when it is repeated, and not when it is about a later change', () => {
    const idOf = (more: object) =>
      webhook.changes(legacy([REALM, [entity('Bill', '1', 'Update', more)]]), REALM)?.[0]?.eventId
    expect(idOf({})).toBe(idOf({}))
    expect(idOf({})).not.toBe(idOf({ lastUpdated: '2026-11-02T03:09:05.000Z' }))
    expect(idOf({ lastUpdated: undefined })).toBeUndefined()
  })
})

describe('a signed delivery that holds nothing for us', () => {
  it.each(['', 'hello', '{}', '[]', '{"eventNotifications":null}', '{"eventNotifications":[{}]}', BODY])(
    'is no error, which would hold back what follows: %s',
    (body) => {
      expect(webhook.changes(delivery(body), '1185883450')).toEqual([])
    },
  )

  it('still names its company', () => {
    expect(webhook.accounts(delivery(BODY))).toEqual(['1185883450'])
    expect(webhook.accounts(delivery('hello'))).toEqual([])
  })
})

describe('the webhook', () => {
  it('has one address for all companies, entered by hand', () => {
    expect(quickbooks.webhook?.scope).toBe('app')
    expect(quickbooks.webhook?.registry).toBeUndefined()
    expect(webhook.byHand?.steps.some((step) => step.includes('{url}'))).toBe(true)
  })
})
