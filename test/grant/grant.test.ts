import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Consent } from '../../src/core/grant'
import { joinTime, passTime } from '../support/time'
import { openWorld, type TestWorld } from '../support/world'

const APP = { clientId: 'wave-app', clientSecret: 'marker-secret-wave-app-secret' }
const REDIRECT = 'https://connector.test/oauth/wave/callback'
const HOUR = 3_600_000

let world: TestWorld
beforeEach(async () => {
  world = openWorld(`g-${crypto.randomUUID().slice(0, 8)}`)
  await joinTime(world)
  await world.seed({ wave: { applications: [{ ...APP, redirectUris: [REDIRECT] }], businesses: [{}] } })
})

const grantNamed = (name = crypto.randomUUID()) => env.GRANT.get(env.GRANT.idFromName(name))

/** What the user's browser does: agrees, and is sent back with a code. */
const code = async (): Promise<string> => {
  const query = new URLSearchParams({
    client_id: APP.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: 's',
    scope: 'invoice:read',
  })
  const response = await fetch(`${world.baseUrl('wave')}/oauth2/authorize/?${query}`, { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

const consent = async (given?: string): Promise<Consent> => ({
  vendor: 'wave',
  environment: 'sandbox',
  settings: { baseUrl: world.baseUrl('wave') },
  app: APP,
  how: { kind: 'code', code: given ?? (await code()), verifier: 'a'.repeat(43), redirectUri: REDIRECT },
})

const connected = async () => {
  const grant = grantNamed()
  await expect(grant.consent(await consent())).resolves.toMatchObject({ ok: true })
  return grant
}

const tokenOf = async (grant: ReturnType<typeof grantNamed>): Promise<string> => {
  const answer = await grant.token()
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.accessToken
}

const refreshes = async () => (await world.calls('wave')).filter(({ path }) => path === '/oauth2/token/').length

describe('the grant object', () => {
  it('redeems a code once, and hands out the token again after an eviction', async () => {
    const grant = await connected()
    const token = await tokenOf(grant)
    await evictDurableObject(grant)
    expect(await tokenOf(grant)).toBe(token)
    expect(await refreshes()).toBe(1)
  })

  it('says so where the code was used before, and stores nothing', async () => {
    const used = await code()
    await grantNamed().consent(await consent(used))
    const grant = grantNamed()
    expect(await grant.consent(await consent(used))).toMatchObject({ ok: false, failure: { kind: 'unauthorised' } })
    expect(await grant.state()).toMatchObject({ state: 'none' })
  })

  it('renews before the end, once for twenty that ask at the same time', async () => {
    const grant = await connected()
    const first = await tokenOf(grant)
    await passTime(2 * HOUR)
    await world.forgetCalls()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenOf(grant)))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(first)
    expect(await refreshes()).toBe(1)
  })

  it('renews what the vendor refused, and not again for another that was refused with the same', async () => {
    const grant = await connected()
    const answer = await grant.token()
    const serial = answer.ok ? answer.serial : 0
    await world.forgetCalls()
    const [one, two] = await Promise.all([grant.token(serial), grant.token(serial)])
    expect(one).toEqual(two)
    expect(await grant.token(serial)).toEqual(one)
    expect(await refreshes()).toBe(1)
  })

  it('keeps what it has through an outage of the token endpoint, and goes on with it afterwards', async () => {
    const grant = await connected()
    await passTime(1.99 * HOUR)
    await world.fault({ vendor: 'wave', path: '/oauth2/token/', kind: 'status', status: 503, times: 1 })
    expect(await grant.token()).toMatchObject({ ok: true })
    await passTime(HOUR)
    expect(await grant.token()).toMatchObject({ ok: true })
    expect(await grant.state()).toMatchObject({ state: 'live' })
  })

  it('keeps the chain while the plan has lapsed, says so, and goes on by itself afterwards', async () => {
    const grant = await connected()
    await passTime(3 * HOUR)
    await world.act('wave', 'set-plan', { plan: 'starter' })
    const failure = { kind: 'unauthorised', code: 'wave_plan_lapsed', remedy: expect.stringContaining('plan') }
    expect(await grant.token()).toMatchObject({ ok: false, failure })
    await world.act('wave', 'set-plan', { plan: 'pro' })
    expect(await grant.token()).toMatchObject({ ok: true })
  })

  it('lets the newer consent win while a renewal of the older one is under way', async () => {
    const grant = await connected()
    await passTime(2 * HOUR)
    await world.fault({ vendor: 'wave', path: '/oauth2/token/', kind: 'latency', ms: 300, times: 1 })
    const late = grant.token()
    await scheduler.wait(50)
    await grant.consent(await consent())
    const newest = await tokenOf(grant)
    expect(await late).toMatchObject({ ok: true, accessToken: newest })
    expect(await tokenOf(grant)).toBe(newest)
  })

  it('killed between the answer and its store, it says that the answer was lost, never nothing', async () => {
    const grant = await connected()
    await passTime(2 * HOUR)
    await world.fault({ vendor: 'wave', path: '/oauth2/token/', kind: 'drop-after', times: 1 })
    await runInDurableObject(grant, async (instance, state) => {
      await instance.token()
      state.abort('killed by a test')
    }).catch(() => {})
    await passTime(60_000)
    const again = env.GRANT.get(grant.id)
    expect(await again.token()).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorised', message: expect.stringContaining('was lost') },
    })
    expect(await again.state()).toMatchObject({ state: 'refused' })
  })

  it('keeps secrets sealed, and forgets them with their key, revoked at the vendor', async () => {
    const grant = await connected()
    const token = await tokenOf(grant)
    await runInDurableObject(grant, (_, { storage }) => {
      const rows = JSON.stringify(storage.sql.exec('select * from consents').toArray())
      expect(rows).not.toContain(token)
      expect(rows).not.toContain('marker-secret')
    })
    await grant.forget(true)
    expect(await grant.token()).toMatchObject({ ok: false, failure: { code: 'not_connected' } })
    await runInDurableObject(grant, (_, state) => expect(state.storage.kv.get('data-key')).toBeUndefined())
    expect((await world.calls('wave')).map(({ path }) => path)).toContain('/oauth2/token-revoke/')
  })
})
