import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { agree, choose, open } from '../support/browser'
import { deliver } from '../support/deliver'
import { admin, type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { passTime } from '../support/time'
import { approve, cin7Of, draftInvoice, poll } from '../support/wave-cin7'

const FLOW = 'wave-cin7/invoice-to-sale'
const HOUR = 3_600_000
const APP = { clientId: env.WAVE_CLIENT_ID_SANDBOX, clientSecret: env.WAVE_CLIENT_SECRET_SANDBOX }
const REDIRECT = 'https://connector.test/oauth/wave/callback'

let office: Office
beforeEach(async () => {
  office = await openOffice({ waveSeed: { applications: [{ ...APP, redirectUris: [REDIRECT] }] } })
})

const path = (rest = '') => `/v1/tenants/${office.tenant}/connections/${office.wave.connection}${rest}`

const authorize = async (): Promise<string> => (await office.admin.call<{ url: string }>('GET', path('/authorize'))).url

const stateOf = async () => office.admin.call<{ state: string; account: { name: string } | null }>('GET', path())

const reconnect = async () => open(await agree(await authorize()))

const revokeAll = async (): Promise<void> => {
  const { wave } = await office.world.dump<{ wave: { grants: { secret: string }[] } }>()
  for (const { secret } of wave.grants) {
    const body = new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, token: secret })
    await fetch(`${office.world.baseUrl('wave')}/oauth2/token-revoke/`, { method: 'POST', body })
  }
}

describe('a Wave account connected by consent', () => {
  it('carries an invoice through connect, rotation, revocation and reconnection', async () => {
    const page = await reconnect()
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining(office.wave.business.name) })
    expect(await stateOf()).toMatchObject({ state: 'ready', account: { name: office.wave.business.name } })
    const tested = await office.admin.call<{ warnings: string[] }>('POST', path('/test'))
    expect(tested.warnings).toEqual([])

    for (const webhook of await approve(office, await draftInvoice(office))) expect(await deliver(webhook)).toBe(200)
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(1)

    await passTime(3 * HOUR)
    await office.world.forgetCalls()
    await draftInvoice(office, { status: 'SAVED' })
    await poll(office, FLOW)
    expect((await cin7Of(office)).sales).toHaveLength(2)
    expect((await office.world.calls('wave')).filter(({ path: at }) => at === '/oauth2/token/')).toHaveLength(1)

    await revokeAll()
    await passTime(3 * HOUR)
    const waiting = await draftInvoice(office)
    for (const webhook of await approve(office, waiting)) await deliver(webhook)
    await poll(office, FLOW).catch(() => {})
    expect((await stateOf()).state).toBe('reconnect')
    const alerts = await office.admin.call<{ items: { kind: string; remedy: string }[] }>(
      'GET',
      `/v1/tenants/${office.tenant}/alerts`,
    )
    expect(alerts.items).toContainEqual(
      expect.objectContaining({ kind: 'reconnect', remedy: expect.stringContaining('authorize') }),
    )
    expect((await cin7Of(office)).sales).toHaveLength(2)

    expect(await reconnect()).toMatchObject({ status: 200 })
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(3)
    expect((await recordsOf(office, `flow=${FLOW}`)).every(({ state }) => state === 'done')).toBe(true)
    expect((await stateOf()).state).toBe('ready')
  })

  it('waits for an admin to confirm the company of a first consent', async () => {
    const { tenant, admin: api, world } = office
    const settings = { baseUrl: world.baseUrl('wave') }
    const other = await world.seed<{ wave: { businesses: { name: string; graphId: string }[] } }>({
      wave: { businesses: [{ id: crypto.randomUUID(), name: 'Second Company' }] },
    })
    const given = { vendor: 'wave', environment: 'sandbox', name: 'second', settings }
    const { id } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
    const base = `/v1/tenants/${tenant}/connections/${id}`
    const { url } = await api.call<{ url: string }>('GET', `${base}/authorize`)
    const page = await open(await agree(url))
    expect(page.text).toContain('which company?')
    const second = other.wave.businesses[0]
    const account = atob(second?.graphId ?? '').replace('Business:', '')
    const chosen = await choose('wave', page.text, account)
    expect(chosen).toMatchObject({ status: 200, text: expect.stringContaining('has to confirm') })
    expect(await api.call('GET', base)).toMatchObject({ state: 'confirm', account: { name: 'Second Company' } })
    expect(await api.call('POST', `${base}/confirm`)).toMatchObject({ state: 'ready' })
    expect(await api.ask('POST', `${base}/confirm`)).toMatchObject({ status: 409 })
    expect(await choose('wave', page.text, account)).toMatchObject({ status: 400 })
  })
})

describe('what goes wrong on the way is a plain page, and nothing is stored', () => {
  const stored = () =>
    env.DB.prepare('select credentials, grant_name from connections where id = ?').bind(office.wave.connection).first()

  it('a state that is wrong, used or too old', async () => {
    const known = await stored()
    const location = await agree(await authorize())
    const wrong = new URL(location)
    wrong.searchParams.set('state', 'x'.repeat(43))
    expect(await open(wrong.href)).toMatchObject({ status: 400, text: expect.stringContaining('works once') })
    expect(await open(location)).toMatchObject({ status: 200 })
    expect(await open(location)).toMatchObject({ status: 400, text: expect.stringContaining('works once') })
    const late = await agree(await authorize())
    await passTime(10 * 60_000)
    expect(await open(late)).toMatchObject({ status: 400 })
    expect(known).toMatchObject({ grant_name: null })
  })

  it.each([['consent denied', { 'wave.oauth.consent': 'deny' }, 'denied']])('%s', async (_, switches, words) => {
    const known = await stored()
    await office.world.switches(switches)
    expect(await reconnect()).toMatchObject({ status: 400, text: expect.stringContaining(words) })
    expect(await stored()).toEqual(known)
  })

  it('another company than the one that is pinned: its tokens are given back', async () => {
    const known = await stored()
    await office.world.seed({
      wave: { businesses: [{ id: '11111111-2222-4333-8444-555555555555', name: 'Wrong Company' }] },
    })
    await office.admin.call('PATCH', path(), { settings: { baseUrl: office.world.baseUrl('wave') } })
    await office.world.switches({ 'wave.oauth.businesses': ['11111111-2222-4333-8444-555555555555'] })
    const page = await reconnect()
    expect(page.status).toBe(400)
    expect(await stored()).toEqual(known)
    expect((await office.world.calls('wave')).map(({ path: at }) => at)).toContain('/oauth2/token-revoke/')
  })

  it('a narrower scope than asked is said, and what was granted works', async () => {
    await office.world.switches({ 'wave.oauth.withheld': ['transaction:write'] })
    expect(await reconnect()).toMatchObject({ status: 200, text: expect.stringContaining('transaction:write') })
    const { warnings } = await office.admin.call<{ warnings: string[] }>('POST', path('/test'))
    expect(warnings).toEqual([expect.stringContaining('transaction:write')])
  })

  it('a connection that was deleted meanwhile', async () => {
    const { id } = await (await admin()).call<{ id: string }>('POST', `/v1/tenants/${office.tenant}/connections`, {
      vendor: 'wave',
      environment: 'sandbox',
      name: 'short-lived',
      settings: { baseUrl: office.world.baseUrl('wave') },
    })
    const base = `/v1/tenants/${office.tenant}/connections/${id}`
    const { url } = await office.admin.call<{ url: string }>('GET', `${base}/authorize`)
    await office.admin.call('DELETE', base)
    expect(await open(await agree(url))).toMatchObject({ status: 400, text: expect.stringContaining('does not exist') })
  })

  it('is not offered for a vendor that is connected by keys, nor by a vendor that does not exist', async () => {
    const keys = `/v1/tenants/${office.tenant}/connections/${office.cin7.connection}/authorize`
    expect(await office.admin.ask('GET', keys)).toMatchObject({ status: 409, body: { code: 'no_consent' } })
    expect(await open('https://connector.test/oauth/nobody/callback?code=x&state=y')).toMatchObject({ status: 400 })
  })
})
