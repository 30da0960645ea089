import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  connected,
  consent,
  type Firm,
  newPerson,
  openFirm,
  revokeApp,
  type Seat,
  stateOf,
  tokenRequests,
} from '../support/freshbooks'
import { settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'

const HOUR = 3_600_000
const ROUNDS = 60

const taxed = (name: string) => ({ name, taxes: [{ name: 'HST', amount: '13' }] })

let firm: Firm
let maple: Seat
let birch: Seat
beforeEach(async () => {
  firm = await openFirm([taxed('Maple Goods'), taxed('Birch Bakery')])
  maple = await connected(firm, firm.accounts[0])
  birch = await connected(firm, firm.accounts[1])
  await firm.world.forgetCalls()
})

const list = ({ tenant, connection }: Seat) => apiOf(tenant).references(connection, 'tax')

const good = { ok: true, value: expect.arrayContaining([expect.objectContaining({ code: 'HST' })]) }

const grantOf = ({ connection }: Seat): Promise<string | null> =>
  env.DB.prepare('select grant_name from connections where id = ?').bind(connection).first<string>('grant_name')

const chains = async () => {
  const { freshbooks } = await firm.world.dump<{
    freshbooks: { chains: { identity: number; refreshToken: string }[] }
  }>()
  return freshbooks.chains
}

const alertsOf = async ({ tenant }: Seat) => {
  const path = `/v1/tenants/${tenant}/alerts`
  return (await firm.admin.call<{ items: { kind: string; text: string }[] }>('GET', path)).items
}

describe('two tenants that one person connected', () => {
  it('share one chain of tokens; another person has another', async () => {
    expect(await grantOf(maple)).toBe(await grantOf(birch))
    expect(await chains()).toHaveLength(1)
    const partner = newPerson()
    const memberships = [{ business: firm.account, role: 'business_partner' }]
    const identities = [{ id: partner, email: 'kim@maple.example', memberships }]
    await firm.world.seed({ freshbooks: { applications: [], businesses: [], identities } })
    expect(await consent(firm, maple, '', partner)).toMatchObject({ status: 200 })
    expect(await grantOf(maple)).not.toBe(await grantOf(birch))
    expect((await chains()).map(({ identity }) => identity)).toEqual([firm.person, partner])
    expect([await list(maple), await list(birch)]).toEqual([good, good])
  })

  it('go on after a new consent of the one, which ends the chain that both used', async () => {
    const [before] = await chains()
    await consent(firm, maple)
    expect((await chains())[0]?.refreshToken).not.toBe(before?.refreshToken)
    await passTime(13 * HOUR)
    expect([await list(birch), await list(maple)]).toEqual([good, good])
  })

  it('go on also where FreshBooks was away for a moment in the middle of that consent', async () => {
    await firm.world.fault({ vendor: 'freshbooks', path: '/users/me', kind: 'status', status: 503, times: 2 })
    expect(await consent(firm, maple)).toMatchObject({ status: 200 })
    await passTime(13 * HOUR)
    expect([await list(birch), await list(maple)]).toEqual([good, good])
  })

  const twenty = () => Promise.all(Array.from({ length: 20 }, (_, n) => list(n % 2 === 0 ? maple : birch)))

  it('renew an ended token once for twenty jobs at the same time', async () => {
    await passTime(13 * HOUR)
    expect(await twenty()).toEqual(Array(20).fill(good))
    expect(await tokenRequests(firm)).toBe(1)
  })

  it.each([
    ['as its newer endpoints do', {}],
    ['as accounting does', { 'freshbooks.auth.form': '1003' }],
    ['as it did', { 'freshbooks.auth.form': '1003', 'freshbooks.errors.style': 'old' }],
    ['under status 200', { 'freshbooks.auth.form': '1003', 'freshbooks.errors.http200': true }],
  ])('renew a token once that FreshBooks refuses to twenty jobs at the same time, %s', async (_, switches) => {
    await firm.world.switches(switches)
    await passTime(13 * HOUR)
    await Promise.all([list(maple), list(birch)])
    await firm.world.forgetCalls()
    await firm.world.advance(13 * HOUR)
    expect(await twenty()).toEqual(Array(20).fill(good))
    expect(await tokenRequests(firm)).toBe(1)
  })

  it.each([
    ['still good', true],
    ['dead', false],
  ])('work for fifteen days, each six hours; the token before is %s after a renewal', async (_, survives) => {
    await firm.world.switches({ 'freshbooks.oauth.oldTokenSurvives': survives })
    for (let round = 0; round < ROUNDS; round += 1) {
      await passTime(6 * HOUR)
      expect(await Promise.all([list(maple), list(birch)])).toEqual([good, good])
    }
    expect(await tokenRequests(firm)).toBe(ROUNDS / 2)
    expect(await Promise.all([stateOf(firm, maple), stateOf(firm, birch)])).toEqual(['ready', 'ready'])
  })

  it('lose nothing of each other when one is deleted; with the last one the chain ends, and its key', async () => {
    const name = (await grantOf(maple)) ?? ''
    await firm.admin.call('DELETE', maple.path())
    expect(await chains()).toHaveLength(1)
    await passTime(13 * HOUR)
    expect(await list(birch)).toEqual(good)
    await firm.admin.call('DELETE', birch.path())
    expect(await chains()).toEqual([])
    const grant = env.GRANT.get(env.GRANT.idFromName(name))
    expect(await grant.token()).toMatchObject({ ok: false, failure: { code: 'not_connected' } })
    await runInDurableObject(grant, (_, state) => expect(state.storage.kv.get('data-key')).toBeUndefined())
  })

  it('are both told when the person revokes the app; reconnected through one, both go on within the hour', async () => {
    await revokeApp(firm)
    for (const seat of [maple, birch]) {
      expect(await list(seat)).toMatchObject({ ok: false, failure: { kind: 'unauthorised' } })
      await settle(seat.tenant)
      expect(await stateOf(firm, seat)).toBe('reconnect')
    }
    expect(await tokenRequests(firm)).toBe(1)
    expect(await consent(firm, maple)).toMatchObject({ status: 200 })
    expect(await list(maple)).toEqual(good)
    await passTime(HOUR)
    expect(await list(birch)).toEqual(good)
    for (const seat of [maple, birch]) {
      await settle(seat.tenant)
      expect(await stateOf(firm, seat)).toBe('ready')
    }
  })

  it('do not renew on and on where each renewed token is dead as it comes: that is said, and asked again in an hour', async () => {
    await firm.world.switches({ 'freshbooks.oauth.refreshKeepsCreatedAt': true })
    await passTime(13 * HOUR)
    for (let call = 0; call < 10; call += 1)
      expect(await list(maple)).toMatchObject({ failure: { code: 'freshbooks_token_refused' } })
    expect(await tokenRequests(firm)).toBe(2)
    await passTime(HOUR)
    expect(await list(maple)).toMatchObject({ ok: false })
    expect(await tokenRequests(firm)).toBe(3)
    await firm.world.switches({ 'freshbooks.oauth.refreshKeepsCreatedAt': false })
    await passTime(HOUR)
    expect([await list(maple), await list(birch)]).toEqual([good, good])
    expect(await tokenRequests(firm)).toBe(4)
  })

  it('are both told the cause when the answer to a renewal was lost with the grant object', async () => {
    await passTime(13 * HOUR)
    await firm.world.fault({ vendor: 'freshbooks', path: '/auth/oauth/token', kind: 'drop-after', times: 1 })
    const grant = env.GRANT.get(env.GRANT.idFromName((await grantOf(maple)) ?? ''))
    await runInDurableObject(grant, async (instance, state) => {
      await instance.token()
      state.abort('killed by a test')
    }).catch(() => {})
    await passTime(60_000)
    for (const seat of [maple, birch]) {
      expect(await list(seat)).toMatchObject({
        failure: { kind: 'unauthorised', message: expect.stringContaining('lost') },
      })
      await settle(seat.tenant)
      expect(await alertsOf(seat)).toEqual([
        expect.objectContaining({ kind: 'reconnect', text: expect.stringContaining('was lost') }),
      ])
    }
    await consent(firm, birch)
    await passTime(HOUR)
    expect([await list(maple), await list(birch)]).toEqual([good, good])
  })
})
