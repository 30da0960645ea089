import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { networkOf } from '../../src/edge/rate-limits'
import { hmac, hmacKey } from '../../src/lib/bytes'
import { now } from '../../src/lib/clock'
import { Problem } from '../../src/lib/problem'
import { type Office, openOffice, WAVE_SECRET } from '../support/office'
import { makeKey, ORIGIN, send } from './api/support'

/** The platform's own binding, three a minute for each of these. */
const TIGHT = { KEY_RATE: env.TIGHT_RATE, REFUSED_RATE: env.TIGHT_RATE }
const AWAY = { KEY_RATE: undefined, REFUSED_RATE: undefined }

const addressesOf = function* () {
  for (let n = 1; ; n += 1) yield `203.0.113.${n}`
}
const addresses = addressesOf()

/** One minute of the limit, from its beginning: the platform's windows begin with the minute. */
const freshMinute = async (): Promise<void> => {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 10_000) await scheduler.wait(left + 100)
}

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(freshMinute, 30_000)

const asked = async (key: string, address: string, bindings: object = TIGHT) => {
  const headers = { authorization: `Bearer ${key}`, 'cf-connecting-ip': address }
  const response = await send(new Request(`${ORIGIN}/v1/tenants`, { headers }), bindings)
  const problem = Problem.safeParse(await response.json()).data
  return { status: response.status, code: problem?.code, retryAfter: response.headers.get('retry-after') }
}

const several = async <T>(count: number, ask: () => Promise<T>): Promise<T[]> => {
  const found: T[] = []
  for (let n = 0; n < count; n += 1) found.push(await ask())
  return found
}

describe('a key that asks too fast', () => {
  it('is told for how long to wait; other keys from the same address go on', async () => {
    const [fast, other] = [await makeKey(['read']), await makeKey(['read'])]
    const address = addresses.next().value ?? ''
    const statuses = (await several(5, () => asked(fast.key, address))).map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect(await asked(fast.key, address)).toEqual({ status: 429, code: 'too_many_requests', retryAfter: '60' })
    expect((await asked(other.key, address)).status).toBe(200)
  })
})

describe('an address without a good key', () => {
  it('is told so after a while; others are not, and nor is a good key from there', async () => {
    const [address, other] = [addresses.next().value ?? '', addresses.next().value ?? '']
    const statuses = (await several(5, () => asked('mlc_wrong', address))).map(({ status }) => status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    expect(await asked('', address)).toEqual({ status: 429, code: 'too_many_refused', retryAfter: '60' })
    expect((await asked('mlc_wrong', other)).status).toBe(401)
    expect((await asked((await makeKey(['read'])).key, address)).status).toBe(200)
  })

  it('is a network of IPv6, of which one sender has all', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64')
    expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0::/64')
    expect(networkOf('2001:db8:1:3::9')).not.toBe(networkOf('2001:db8:1:2::9'))
  })
})

const delivery = async (secret: string, address: string): Promise<Request> => {
  const body = JSON.stringify({
    event_id: crypto.randomUUID(),
    event_type: 'invoice.approved',
    business_id: office.wave.business.bareId,
    data: { invoice_id: '2210045590134775306' },
  })
  const t = Math.floor(now() / 1_000)
  const signature = `t=${t},v1=${await hmac(await hmacKey(secret), `${t}.${body}`)}`
  return new Request(`${ORIGIN}/webhooks/wave/${office.wave.connection}`, {
    method: 'POST',
    body,
    headers: { 'x-wave-signature': signature, 'cf-connecting-ip': address },
  })
}

describe('a webhook', () => {
  it('with a bad signature is told so after a while; with a good one it is taken from the same address all the same', async () => {
    const address = addresses.next().value ?? ''
    const queue = { send: vi.fn(async () => undefined) }
    const bindings = { ...TIGHT, WAVE_CIN7: queue }
    const deliver = async (secret: string) => send(await delivery(secret, address), bindings)
    const good = () => several(6, async () => (await deliver(WAVE_SECRET)).status)
    expect(await good()).toEqual([200, 200, 200, 200, 200, 200])
    const bad = await several(5, () => deliver('another'))
    expect(bad.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429])
    expect(bad.at(-1)?.headers.get('retry-after')).toBe('60')
    expect(await bad.at(-1)?.text()).toContain('check the secret')
    expect(await good()).toEqual([200, 200, 200, 200, 200, 200])
    expect(queue.send).toHaveBeenCalledTimes(12)
  })

  it('of no vendor, or for no connection, is counted with them', async () => {
    const headers = { 'cf-connecting-ip': addresses.next().value ?? '' }
    const to = async (path: string) =>
      (await send(new Request(`${ORIGIN}/webhooks/${path}`, { method: 'POST', body: '{}', headers }), TIGHT)).status
    expect([await to('xero'), await to('wave/c_none'), await to('cin7/c_none/h_none')]).toEqual([401, 401, 401])
    expect([await to('xero'), await to('wave/c_none')]).toEqual([429, 429])
  })
})

describe('a limit that is away', () => {
  it('shuts nobody out', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { key } = await makeKey(['read'])
    expect((await asked(key, addresses.next().value ?? '', AWAY)).status).toBe(200)
    expect((await asked('mlc_wrong', addresses.next().value ?? '', AWAY)).status).toBe(401)
    expect(log.mock.calls.flat().join()).toContain('rate_limit_away')
    log.mockRestore()
  })
})
