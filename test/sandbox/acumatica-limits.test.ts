import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWorld } from '../support/world'
import { at, freight, MINUTE, type Rig, rig, withVendor, wrapped } from './acumatica/rig'
import { ACCESS_TOKEN } from './acumatica/seed-defaults'

const settled = async (call: Promise<unknown>, ms = 25): Promise<boolean> => {
  const waiting = new Promise((resolve) => setTimeout(() => resolve('waiting'), ms))
  return (await Promise.race([call, waiting])) !== 'waiting'
}
const ask = (acu: Rig) => acu.call('GET', '/Vendor')
const times = (n: number) => Array.from({ length: n })

const limited = (perMinute: number, atOnce = 0): Rig => {
  const acu = rig()
  Object.assign(acu.switches, { 'throttle.perMinute': perMinute, 'throttle.atOnce': atOnce })
  return acu
}

describe('the licence’s limit', () => {
  it('holds each call after half of the minute’s requests for its share of the time left', async () => {
    const acu = limited(4)
    for (const _ of times(2)) expect((await ask(acu)).status).toBe(200)
    const third = ask(acu)
    acu.clock.now += MINUTE / 2 - 1
    expect(await settled(third)).toBe(false)
    acu.clock.now += 1
    expect((await third).status).toBe(200)
    const fourth = ask(acu)
    acu.clock.now += MINUTE / 2
    expect((await fourth).status).toBe(200)
    expect((await ask(acu)).status).toBe(200)
  })

  it('declines a call when twenty are waiting, and lets those go on later', async () => {
    const acu = limited(1)
    const first = ask(acu)
    const waiting = times(19).map(() => ask(acu))
    expect(await settled(Promise.any(waiting))).toBe(false)
    const declined = await ask(acu)
    expect(declined).toMatchObject({ status: 429, body: 'The custom error module does not recognize this error.' })
    expect(declined.headers).not.toHaveProperty('retry-after')
    acu.switches['throttle.perMinute'] = 0
    acu.clock.now += MINUTE
    const answers = await Promise.all([first, ...waiting])
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })

  it('declines a call that has waited for its turn for ten minutes', async () => {
    const acu = limited(1)
    const calls = [ask(acu), ask(acu)]
    acu.clock.now += 10 * MINUTE + 1
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 429])
  })

  it('lets calls wait while others run', async () => {
    const acu = limited(2, 1)
    await ask(acu)
    const [second, third] = [ask(acu), ask(acu)]
    acu.switches['throttle.perMinute'] = 0
    expect(await settled(third)).toBe(false)
    acu.clock.now += MINUTE
    expect([(await second).status, (await third).status]).toEqual([200, 200])
  })
})

describe('a refusal that a test asks for', () => {
  it('has the vendor’s forms', () => {
    const { simulator, switches } = rig()
    const told = (form: string) => simulator.throttled(form)
    expect(told('429')).toMatchObject({ status: 429, body: expect.stringContaining('custom error module') })
    expect(told('429-json').body).toHaveProperty('message')
    expect(told('429-empty').body).toBeNull()
    expect(told('429-retry-after').headers).toMatchObject({ 'retry-after': '30' })
    expect(told('429-login')).toMatchObject({ status: 429, body: { exceptionMessage: 'API Login Limit' } })
    expect(told('302').headers).toMatchObject({ location: expect.stringContaining('Error.aspx') })
    expect(told('401')).toEqual({ status: 401, body: null })
    expect(told('500-html').body).toContain('<html>')
    switches['throttle.retryAfter'] = true
    expect(told('429').headers).toMatchObject({ 'retry-after': '30' })
    switches['throttle.form'] = 'json'
    expect(told('429').body).toHaveProperty('message')
  })

  it('can come after the write was done', async () => {
    const acu = withVendor()
    acu.switches['write.answer'] = '500-html'
    expect((await acu.call('PUT', '/Bill', wrapped(freight()))).status).toBe(500)
    expect(await acu.list('Bill')).toHaveLength(1)
  })
})

describe('what a caller must send', () => {
  it('is JSON for PUT and POST', async () => {
    const acu = withVendor()
    await acu.expected(415, 'PUT', '/Bill', {}, { 'content-type': 'text/plain' })
    await acu.expected(405, 'PATCH', '/Bill', {})
  })

  it('may be another branch or business date for one call', async () => {
    const acu = withVendor({ branches: ['MAIN', 'NORTH'] })
    const headers = { 'px-cbapibranch': 'NORTH', 'px-cbapibusinessdate': '2026-02-03' }
    const { Date: _, ...bill } = freight()
    const made = await acu.put('Bill', bill, headers)
    expect([at(made, 'BranchID'), at(made, 'PostPeriod')]).toEqual(['NORTH', '022026'])
    await acu.expected(400, 'PUT', '/Bill', wrapped(bill), { 'px-cbapibranch': 'MOON' })
  })
})

describe('a world with Acumatica', () => {
  const target = (base: string, path: string) => `${base}/entity/Default/24.200.001/${path}`
  const headers = { authorization: `Bearer ${ACCESS_TOKEN}`, 'content-type': 'application/json' }
  const bill = { method: 'PUT', headers, body: JSON.stringify(wrapped(freight())) }

  it('commits a PUT and loses the answer', async () => {
    const world = openWorld('acumatica-faults')
    await world.seed({ acumatica: { tenants: [{ vendors: [{ VendorID: 'ACME01', VendorName: 'Acme' }] }] } })
    const base = world.baseUrl('acumatica')
    await world.fault({ vendor: 'acumatica', kind: 'drop-after', method: 'PUT' })
    await expect(fetch(target(base, 'Bill'), bill)).rejects.toThrow()
    await world.fault({ vendor: 'acumatica', kind: 'throttled', form: '302' })
    const moved = await fetch(target(base, 'Bill'), { headers, redirect: 'manual' })
    expect(moved.status).toBe(302)
    const rows = z.array(z.looseObject({})).parse(await (await fetch(target(base, 'Bill'), { headers })).json())
    expect(rows).toMatchObject([{ VendorRef: { value: 'INV-1' }, ReferenceNbr: { value: '000001' } }])
  })

  it('shows everything that is held', async () => {
    const world = openWorld('acumatica-dump')
    await world.seed({
      acumatica: { tenants: [{ vendors: [{ VendorID: 'ACME01', VendorName: 'Acme' }], bills: [freight()] }] },
    })
    const dump = await world.dump<{ acumatica: unknown }>()
    expect(dump.acumatica).toMatchObject({
      tenants: [
        {
          name: 'MyTenant',
          Vendor: [{ VendorID: 'ACME01', MainContact: { CompanyName: 'Acme', Address: { Country: null } } }],
          Bill: [{ ReferenceNbr: '000001', Amount: '42.50', Details: [{ Account: '61000', ExtendedCost: '42.50' }] }],
          PurchaseOrder: [],
        },
      ],
      grants: [{ refreshToken: 'acu-refresh-token' }],
    })
  })
})
