import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/world'
import { MINUTE, type Rig, rig } from './quickbooks/rig'
import { ACCESS_TOKEN, REALM_ID } from './quickbooks/seed-defaults'

const limited = (): Rig => {
  const qbo = rig()
  qbo.switches['throttle.off'] = false
  return qbo
}

const statuses = async (qbo: Rig, many: number, target = '/term/3'): Promise<number[]> => {
  const all: number[] = []
  for (let n = 0; n < many; n += 1) all.push((await qbo.call('GET', target)).status)
  return all
}
const passed = (all: number[]): number => all.filter((status) => status === 200).length

describe('the call limit', () => {
  it('is ten a second, and says so without Retry-After', async () => {
    const qbo = limited()
    expect(await statuses(qbo, 11)).toEqual([...Array(10).fill(200), 429])
    const answer = await qbo.call('GET', '/term/3')
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(answer.body).toEqual({
      Fault: {
        Error: [
          {
            Message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
            Detail: 'The request limit was reached.',
            code: '3001',
          },
        ],
        type: 'SERVICE',
      },
    })
    qbo.clock.now += 1000
    expect(await statuses(qbo, 1)).toEqual([200])
  })

  it('is five hundred a minute', async () => {
    const qbo = limited()
    qbo.switches['throttle.perSecond'] = 1000
    expect(passed(await statuses(qbo, 501))).toBe(500)
    qbo.clock.now += MINUTE
    expect(await statuses(qbo, 1)).toEqual([200])
  })

  it('is ten at once', async () => {
    const qbo = limited()
    Object.assign(qbo.switches, { 'throttle.perSecond': 1000, 'throttle.holdMs': 5 })
    const all = await Promise.all(Array.from({ length: 11 }, () => qbo.call('GET', '/term/3')))
    expect(passed(all.map(({ status }) => status))).toBe(10)
    expect(await statuses(qbo, 1)).toEqual([200])
  })

  it('is forty batches a minute, beside which other calls go on', async () => {
    const qbo = limited()
    qbo.switches['throttle.perSecond'] = 1000
    const all: number[] = []
    for (let n = 0; n < 41; n += 1) all.push((await qbo.call('POST', '/batch', { BatchItemRequest: [] })).status)
    expect(passed(all)).toBe(40)
    expect(await statuses(qbo, 1)).toEqual([200])
  })

  it('of metered calls ends with the month, and writes are not metered', async () => {
    const qbo = limited()
    qbo.switches['corePlus.limit'] = 3
    expect(await statuses(qbo, 4)).toEqual([200, 200, 200, 429])
    await qbo.write('Vendor', { DisplayName: 'Bob' })
    expect(qbo.simulator.dump()).toMatchObject({ corePlus: [{ month: '2026-03', calls: 3 }] })
    qbo.switches['oauth.expiresIn'] = 40 * 86_400
    qbo.act('grant', { refreshToken: 'other' })
    qbo.clock.now = Date.parse('2026-04-01T00:00:00Z')
    expect(await statuses(qbo, 1)).toEqual([200])
  })

  it('answers in XML where a test wants it as recorded', () => {
    const { throttled } = rig().simulator
    const xml = throttled('429-xml')
    expect(xml).toMatchObject({ status: 429, headers: { 'content-type': 'application/xml' } })
    expect(xml.body).toMatch(/<Error code="3001">/)
    expect(throttled('429-retry-after').headers).toEqual({ 'retry-after': '30' })
    expect(throttled('429-json').body).toMatchObject({ Fault: { type: 'SERVICE' } })
  })
})

describe('a failure', () => {
  it('that does nothing comes in each of the shapes of the vendor', () => {
    const { throttled } = rig().simulator
    expect(throttled('500')).toMatchObject({
      status: 500,
      body: { Fault: { Error: [{ code: '10000' }], type: 'SystemFault' } },
    })
    expect(throttled('200-fault')).toMatchObject({ status: 200, body: { Fault: { type: 'SystemFault' } } })
    expect(throttled('200-empty')).toMatchObject({ status: 200, body: { BatchItemResponse: [] } })
    expect(throttled('401')).toMatchObject({ status: 401, body: { fault: { type: 'AUTHENTICATION' } } })
    expect(throttled('403')).toMatchObject({ status: 403, body: { fault: { type: 'SERVICE' } } })
  })

  it.each(['500', '504', '200-fault', '200-empty'])(
    'told as %s after the write leaves it done, and the requestid finds it',
    async (form) => {
      const qbo = rig()
      qbo.switches['write.answer'] = form
      const lost = await qbo.call('POST', '/vendor?requestid=r', { DisplayName: 'Bob' })
      expect(lost.status).toBe(Number(form.slice(0, 3)))
      qbo.switches['write.answer'] = 'normal'
      expect(await qbo.query('select count(*) from Vendor')).toEqual({ totalCount: 1 })
      await qbo.ok('POST', '/vendor?requestid=r', { DisplayName: 'Bob' })
    },
  )
})

describe('in a world', () => {
  const headers = {
    authorization: `Bearer ${ACCESS_TOKEN}`,
    accept: 'application/json',
    'content-type': 'application/json',
  }

  it('a dropped reply leaves the bill, and a repeat with the same requestid answers it', async () => {
    const world = openWorld('quickbooks-faults')
    await world.seed({ quickbooks: { realms: [{ vendors: [{ Id: '1', DisplayName: 'Bob' }] }] } })
    const line = {
      DetailType: 'AccountBasedExpenseLineDetail',
      Amount: 5,
      AccountBasedExpenseLineDetail: { AccountRef: { value: '7' } },
    }
    const post = () =>
      fetch(`${world.baseUrl('quickbooks')}/v3/company/${REALM_ID}/bill?minorversion=75&requestid=abc`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ VendorRef: { value: '1' }, Line: [line] }),
      })
    await world.fault({ vendor: 'quickbooks', path: '/bill', kind: 'drop-after' })
    await expect(post().then((response) => response.text())).rejects.toThrow()
    const again = await post()
    expect(again.headers.get('intuit_tid')).toBeTruthy()
    expect(await again.json()).toMatchObject({ Bill: { SyncToken: '0', TotalAmt: 5 } })
    expect(await world.dump()).toMatchObject({ quickbooks: { realms: [{ Bill: [{ TotalAmt: 5 }] }] } })
  })

  it('a throttle can be put before any call, in any form', async () => {
    const world = openWorld('quickbooks-throttle')
    await world.seed({ quickbooks: {} })
    await world.fault({ vendor: 'quickbooks', path: '/cdc', kind: 'throttled', form: '429-xml' })
    const response = await fetch(`${world.baseUrl('quickbooks')}/v3/company/${REALM_ID}/cdc?entities=Bill`, { headers })
    expect(response.status).toBe(429)
    expect(await response.text()).toContain('ThrottleExceeded')
  })
})
