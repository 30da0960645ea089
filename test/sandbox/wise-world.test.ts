import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWorld, type TestWorld } from '../support/world'
import { verify } from './wise/keys'
import { PERSONAL_TOKEN } from './wise/seed-input'
import { HOOK, iban, quoteBody } from './wise/stage'

const Seeded = z.object({
  wise: z.object({
    publicKey: z.string(),
    users: z.array(z.object({ profiles: z.array(z.object({ id: z.number(), type: z.string() })) })),
  }),
})

let world: TestWorld
let profile: number
let publicKey: string

beforeEach(async () => {
  world = openWorld(`wise-${crypto.randomUUID()}`)
  const { wise } = Seeded.parse(await world.seed({ wise: {} }))
  publicKey = wise.publicKey
  profile = wise.users[0]?.profiles.find(({ type }) => type === 'BUSINESS')?.id ?? 0
})

const Json = z.looseObject({ id: z.union([z.number(), z.string()]).optional() })

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${world.baseUrl('wise')}${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${PERSONAL_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const call = async (method: string, path: string, body?: unknown) =>
  Json.parse(await (await send(method, path, body)).json())

const order = async () => {
  const quote = await call('POST', `/v3/profiles/${profile}/quotes`, quoteBody())
  const recipient = await call('POST', '/v1/accounts', iban(profile))
  const body = { targetAccount: recipient.id, quoteUuid: quote.id, customerTransactionId: crypto.randomUUID() }
  return call('POST', '/v1/transfers', body)
}

describe('Wise over HTTP, in a world', () => {
  it('delivers events that the key in the answer of the seed verifies', async () => {
    await world.switches({ 'wise.webhooks.probe': 'skip' })
    const hook = { name: 'h', trigger_on: 'transfers#state-change', delivery: { version: '4.0.0', url: HOOK } }
    expect((await send('POST', `/v3/profiles/${profile}/subscriptions`, hook)).status).toBe(200)
    await order()
    const [good] = await world.deliveries()
    const body = (await good?.text()) ?? ''
    expect(await verify(publicKey, body, good?.headers.get('x-signature-sha256') ?? '')).toBe(true)
    await order()
    const [bad] = await world.deliveries({ tampered: true })
    expect(await verify(publicKey, (await bad?.text()) ?? '', bad?.headers.get('x-signature-sha256') ?? '')).toBe(false)
  })

  it('loses the answer to a funding after the money has moved', async () => {
    const { id } = await order()
    await world.fault({ vendor: 'wise', method: 'POST', path: '/payments', kind: 'drop-after' })
    const pay = () => send('POST', `/v3/profiles/${profile}/transfers/${id}/payments`, { type: 'BALANCE' })
    await expect(pay().then(({ status }) => status)).rejects.toThrow()
    expect(await call('GET', `/v1/transfers/${id}`)).toMatchObject({ status: 'processing' })
    const again = await pay()
    expect([again.status, await again.text()]).toEqual([409, 'payment.exists'])
  })

  it('refuses in the form of its limit when told to, and passes time on its own clock', async () => {
    await world.fault({ vendor: 'wise', kind: 'throttled' })
    const refused = await send('GET', '/v1/me')
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([429, '5', ''])
    const { id } = await order()
    await world.advance(15 * 86_400_000)
    expect(await call('GET', `/v1/transfers/${id}`)).toMatchObject({ status: 'cancelled' })
  })

  it('keeps a new key, sends the consent back to its address, and shows everything', async () => {
    const rotated = z.object({ publicKey: z.string() }).parse(await world.act('wise', 'rotate-key'))
    const Dump = z.object({ wise: z.object({ publicKey: z.string(), profiles: z.array(z.unknown()) }) })
    const { wise } = Dump.parse(await world.dump())
    expect(wise.publicKey).toBe(rotated.publicKey)
    expect(wise.profiles).toHaveLength(2)
    const asked = {
      client_id: 'wise-client',
      redirect_uri: 'https://connector.example/oauth/wise',
      decision: 'approve',
    }
    const back = await send('GET', `/oauth/authorize/?${new URLSearchParams(asked)}`)
    expect([back.status, back.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/\?code=.+&profileId=\d+$/),
    ])
  })
})
