import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { killAtToken } from '../support/kill-grant'
import { joinTime, passTime } from '../support/time'
import { openWorld, type TestWorld } from '../support/world'
import { acumatica, agree, type Bench, freshbooks, quickbooks, wave, wise } from './benches'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let world: TestWorld
beforeEach(async () => {
  world = openWorld(`gk-${crypto.randomUUID().slice(0, 8)}`)
  await joinTime(world)
})
afterEach(() => vi.restoreAllMocks())

const grantNamed = (name: string) => env.GRANT.get(env.GRANT.idFromName(name))

/** Answers the name: a stub is of no use any more once its object was killed. */
const connected = async (bench: Bench): Promise<string> => {
  await bench.seed(world)
  const name = crypto.randomUUID()
  expect(await grantNamed(name).consent(await agree(world, bench))).toMatchObject({ ok: true })
  return name
}

const endOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (thrown) => (thrown instanceof Error ? thrown.message : thrown),
  )

const dies = async (bench: Bench, name: string, moment: 'before' | 'after'): Promise<void> => {
  killAtToken(bench.token, name, moment)
  expect(await endOf(grantNamed(name).token())).toBe('killed by a test')
}

const tokensAsked = async ({ vendor, token }: Bench): Promise<number> =>
  (await world.calls(vendor)).filter(({ path }) => path.endsWith(token)).length

const LOST = { kind: 'unauthorised', message: expect.stringContaining('the answer to an earlier renewal was lost') }

describe('the grant object killed between the answer of the token endpoint and its store', () => {
  it('goes on with QuickBooks, whose refresh token was still the same', async () => {
    const name = await connected(quickbooks)
    await passTime(2 * HOUR)
    await dies(quickbooks, name, 'after')
    expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    expect(await grantNamed(name).state()).toMatchObject({ state: 'live', cause: '' })
    expect(await tokensAsked(quickbooks)).toBe(3)
  })

  it('goes on with QuickBooks, whose refresh token had changed, by the value before', async () => {
    const name = await connected(quickbooks)
    await world.switches({ 'quickbooks.oauth.graceSeconds': 600 })
    await passTime(25 * HOUR)
    await dies(quickbooks, name, 'after')
    expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    await world.switches({ 'quickbooks.oauth.graceSeconds': 0 })
    for (let day = 0; day < 3; day += 1) {
      await passTime(25 * HOUR)
      expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    }
    expect(await grantNamed(name).state()).toMatchObject({ state: 'live', cause: '' })
  })

  it.each([
    ['QuickBooks, where the value before is dead as well', quickbooks],
    ['Wave', wave],
    ['FreshBooks', freshbooks],
    ['Acumatica', acumatica],
    ['Wise', wise],
  ])('ends with %s in a refusal that says so, and a new consent goes on', async (_, bench) => {
    const name = await connected(bench)
    await passTime(bench.life)
    await dies(bench, name, 'after')
    expect(await grantNamed(name).token()).toMatchObject({
      ok: false,
      failure: { ...LOST, code: `${bench.vendor}_consent_ended`, remedy: expect.stringContaining('authorize') },
    })
    expect(await grantNamed(name).state()).toMatchObject({ state: 'refused' })
    const asked = await tokensAsked(bench)
    expect(await grantNamed(name).token()).toMatchObject({ ok: false, failure: LOST })
    expect(await tokensAsked(bench)).toBe(asked)
    expect(await grantNamed(name).consent(await agree(world, bench))).toMatchObject({ ok: true })
    expect(await grantNamed(name).token()).toMatchObject({ ok: true })
  })

  it('goes on where user and password are known', async () => {
    await acumatica.seed(world)
    const name = crypto.randomUUID()
    const how = { kind: 'password', username: 'api', password: 'marker-secret-acumatica-user' } as const
    expect(await grantNamed(name).consent({ ...(await agree(world, acumatica)), how })).toMatchObject({ ok: true })
    await passTime(acumatica.life)
    await dies(acumatica, name, 'after')
    expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    expect(await grantNamed(name).state()).toMatchObject({ state: 'live', cause: '' })
  })

  it.each([wave, quickbooks])(
    'of a first consent has stored nothing, and the next consent works: $vendor',
    async (bench) => {
      await bench.seed(world)
      const name = crypto.randomUUID()
      const consent = await agree(world, bench)
      killAtToken(bench.token, name, 'after')
      expect(await endOf(grantNamed(name).consent(consent))).toBe('killed by a test')
      expect(await grantNamed(name).token()).toMatchObject({ ok: false, failure: { code: 'not_connected' } })
      expect(await grantNamed(name).consent(await agree(world, bench))).toMatchObject({ ok: true })
      expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    },
  )
})

describe('the grant object killed before its question leaves', () => {
  it.each([wave, quickbooks, freshbooks, acumatica, wise])('has lost nothing: $vendor', async (bench) => {
    const name = await connected(bench)
    await passTime(bench.life)
    await dies(bench, name, 'before')
    expect(await grantNamed(name).token()).toMatchObject({ ok: true })
    expect(await grantNamed(name).state()).toMatchObject({ state: 'live', cause: '' })
  })
})

describe('a refresh token of QuickBooks that never works, as one report has it', () => {
  it('is passed over for the one before, day after day', async () => {
    const name = await connected(quickbooks)
    await world.switches({ 'quickbooks.oauth.newValueDead': true })
    for (let day = 0; day < 5; day += 1) {
      await passTime(DAY + HOUR)
      expect(await grantNamed(name).token(), `day ${day}`).toMatchObject({ ok: true })
    }
    expect(await grantNamed(name).state()).toMatchObject({ state: 'live', cause: '' })
  })
})

describe('a renewal that was refused for a while', () => {
  it('is not taken for one whose answer was lost, when the consent ends later', async () => {
    const name = await connected(quickbooks)
    await passTime(25 * HOUR)
    await world.fault({ vendor: 'quickbooks', path: quickbooks.token, kind: 'status', status: 403, times: 1 })
    expect(await grantNamed(name).token()).toMatchObject({ ok: false, failure: { code: 'quickbooks_plan_lapsed' } })
    await world.act('quickbooks', 'disconnect')
    expect(await grantNamed(name).token()).toMatchObject({ ok: false, failure: { code: 'quickbooks_consent_ended' } })
    expect(await grantNamed(name).state()).toMatchObject({ state: 'refused', cause: 'invalid_grant' })
  })
})

describe('a consent that is given back', () => {
  const revocations = async ({ vendor }: Bench) =>
    (await world.calls(vendor)).filter(({ path }) => path.includes('revoke')).map(({ status }) => status)

  it.each([wave, quickbooks, freshbooks])('is over at the vendor: $vendor', async (bench) => {
    const name = await connected(bench)
    await grantNamed(name).forget(true)
    expect(await revocations(bench)).toEqual([200])
  })

  it('is left to QuickBooks while the company has another one, which a revocation might end as well', async () => {
    const [old, newer] = [await connected(quickbooks), crypto.randomUUID()]
    expect(await grantNamed(newer).consent(await agree(world, quickbooks))).toMatchObject({ ok: true })
    await grantNamed(old).forget(false)
    expect(await revocations(quickbooks)).toEqual([])
    expect(await grantNamed(old).token()).toMatchObject({ ok: false, failure: { code: 'not_connected' } })
    await passTime(2 * HOUR)
    expect(await grantNamed(newer).token()).toMatchObject({ ok: true })
  })
})
