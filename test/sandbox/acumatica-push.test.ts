import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/world'
import { freight, MINUTE, type Rig, rig } from './acumatica/rig'

const URL_OF_HOOK = 'https://connector.test/webhooks/acumatica/c1'
const HEADER = { name: 'X-Connector', value: 'static-word' }
const PUSH = {
  url: URL_OF_HOOK,
  header: HEADER,
  queries: [
    {
      name: 'Vendors',
      entity: 'Vendor',
      columns: { VendorID: 'VendorID', Name: 'VendorName', Changed: 'LastModifiedDateTime' },
    },
    { name: 'Bills', entity: 'Bill', columns: { Nbr: 'ReferenceNbr', State: 'Status' } },
  ],
}
const VENDORS = [{ VendorID: 'ACME01', VendorName: 'Acme' }]
const pushing = (push: object = {}): Rig => rig({ tenants: [{ push: [{ ...PUSH, ...push }], vendors: VENDORS }] })
const bodies = (acu: Rig): unknown[] => acu.sent.splice(0).map(({ body }) => JSON.parse(body))

describe('a push', () => {
  it('has the row in both arrays for a change, in one for an insert or a delete', async () => {
    const acu = pushing()
    await acu.put('Vendor', { VendorID: 'NEW', VendorName: 'New' })
    expect(bodies(acu)).toMatchObject([
      {
        Inserted: [{ VendorID: 'NEW', Name: 'New', Changed: '2026-03-04T09:15:27.42' }],
        Deleted: [],
        Query: 'Vendors',
        CompanyId: 'MyTenant',
        Id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ])
    acu.act('edit', { entity: 'Vendor', key: 'NEW', changes: { VendorName: 'Newer' } })
    expect(bodies(acu)).toMatchObject([
      { Inserted: [{ VendorID: 'NEW', Name: 'Newer' }], Deleted: [{ VendorID: 'NEW       ', Name: 'New' }] },
    ])
    acu.act('delete', { entity: 'Vendor', key: 'NEW' })
    expect(bodies(acu)).toMatchObject([{ Inserted: [], Deleted: [{ Name: 'Newer' }] }])
  })

  it('carries its time as a whole number beyond 2^53', async () => {
    const acu = pushing()
    await acu.put('Bill', freight())
    expect(acu.sent[0]?.body).toContain('"TimeStamp":639082305274200000,')
    expect(Number.isSafeInteger(639082305274200000)).toBe(false)
  })

  it('comes for what the inquiry shows, and not for seeds or other changes', async () => {
    const acu = pushing()
    expect(acu.sent).toEqual([])
    acu.switches['push.padded'] = false
    await acu.put('Bill', freight({ Hold: true }))
    await acu.put('Bill', { ReferenceNbr: '000001', Description: 'not a column' })
    expect(bodies(acu)).toMatchObject([{ Query: 'Bills', Inserted: [{ Nbr: '000001', State: 'On Hold' }] }])
    acu.act('edit', { entity: 'Account', key: '61000', changes: { Description: 'x' } })
    acu.switches['push.lost'] = true
    await acu.put('Bill', { ReferenceNbr: '000001', Hold: false })
    expect(bodies(acu)).toEqual([])
  })

  it('comes twice with one id when asked', async () => {
    const acu = pushing()
    acu.switches['push.copies'] = 2
    await acu.put('Bill', freight())
    const [first, second] = bodies(acu)
    expect(second).toEqual(first)
  })
})

describe('the five attempts', () => {
  const next = (acu: Rig, options: object = {}) => acu.act('next-push', options)
  const answered = (acu: Rig, id: string, status: number) => acu.act('answer-push', { id, status })
  const waiting = async (): Promise<Rig> => {
    const acu = pushing()
    acu.switches['push.outbox'] = true
    await acu.put('Bill', freight())
    await acu.put('Bill', freight())
    return acu
  }

  it('end with the first 2xx', async () => {
    const acu = await waiting()
    expect(await next(acu)).toMatchObject({
      id: '1',
      attempt: 1,
      url: URL_OF_HOOK,
      headers: { 'X-Connector': 'static-word' },
    })
    expect(answered(acu, '1', 204)).toEqual({ left: 1, stopped: false })
    expect(await next(acu)).toMatchObject({ id: '2' })
  })

  it('stop after the fifth, and can be started again by hand for two days', async () => {
    const acu = await waiting()
    for (const attempt of [1, 2, 3, 4, 5]) {
      expect(await next(acu)).toMatchObject({ id: '1', attempt })
      answered(acu, '1', attempt === 1 ? 0 : 500)
      acu.clock.now += MINUTE
    }
    expect(await next(acu)).toMatchObject({ id: '2' })
    acu.act('resend-push', { id: '1' })
    expect(await next(acu)).toMatchObject({ id: '1', attempt: 1 })
    expect(() => acu.act('resend-push', { id: '2' })).toThrow('cannot be resent')
  })

  it('may come in another order, or with a wrong word in the header', async () => {
    const acu = await waiting()
    const odd = await next(acu, { reversed: true, tampered: true })
    expect(odd).toMatchObject({ id: '2', headers: { 'X-Connector': 'static-word-not' } })
  })
})

describe('a world', () => {
  it('hands out pushes with the header, without one, and with a wrong one', async () => {
    const world = openWorld('acumatica-push')
    await world.seed({ acumatica: { tenants: [{ push: [PUSH, { ...PUSH, header: null }] }] } })
    const create = () =>
      world.act('acumatica', 'create', {
        entity: 'Vendor',
        fields: { VendorID: crypto.randomUUID().slice(0, 8), VendorName: 'x' },
      })
    await create()
    const sent = await world.deliveries()
    expect(sent.map(({ headers }) => headers.get('x-connector'))).toEqual(['static-word', null])
    expect(sent[0]).toMatchObject({ url: URL_OF_HOOK, method: 'POST' })
    await create()
    const [spoilt] = await world.deliveries({ tampered: true })
    expect(spoilt?.headers.get('x-connector')).toBe('static-word-not')
  })
})
