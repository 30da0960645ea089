import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { openDb } from '../../src/store/config'
import { storedReferences, storeReferences } from '../../src/store/references'
import { agree, choose, open } from '../support/browser'
import {
  APP,
  connected,
  consent,
  type Firm,
  newAccount,
  newPerson,
  newSeat,
  openFirm,
  REDIRECT,
  receive,
  revokeApp,
  type Seat,
  stateOf,
  tokenRequests,
} from '../support/freshbooks'
import { settle } from '../support/settle'
import { apiOf } from '../support/tenant'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const MAPLE = {
  name: 'Maple Goods',
  clients: [{ organization: 'Acme', currency_code: 'USD' }],
  taxes: [{ name: 'HST', amount: '13' }],
}

let firm: Firm
beforeEach(async () => {
  firm = await openFirm([MAPLE, { name: 'Birch Bakery' }])
})

const act = (action: string, input: object) => firm.world.act('freshbooks', action, input)

const list = (seat: Seat, kind = 'tax') => apiOf(seat.tenant).references(seat.connection, kind)

/** When the list was read that people map to. */
const readAt = async ({ connection }: Seat) => (await storedReferences(openDb(env.DB), connection, 'tax')).at

const daily = async () => {
  await passTime(DAY)
  await tick(createScheduledController(), env)
}

const stored = ({ connection }: Seat) =>
  env.DB.prepare('select credentials, grant_name, account_id, state from connections where id = ?')
    .bind(connection)
    .first()

const paths = async () => (await firm.world.calls('freshbooks')).map(({ path }) => path)

describe('a FreshBooks account connected by consent', () => {
  it('works through connect, webhooks, rotation, revocation and reconnection', async () => {
    const seat = await newSeat(firm)
    const page = await consent(firm, seat)
    expect(page.text).toContain('which company?')
    expect(page.text).toContain('Birch Bakery')
    expect(await stateOf(firm, seat)).toBe('new')
    const chosen = await choose('freshbooks', page.text, firm.account)
    expect(chosen).toMatchObject({ status: 200, text: expect.stringContaining('has to confirm') })
    expect(await choose('freshbooks', page.text, firm.account)).toMatchObject({ status: 400 })
    expect(await firm.admin.call('GET', seat.path())).toMatchObject({
      state: 'confirm',
      account: { id: firm.account, name: 'Maple Goods', baseCurrency: null, timeZone: 'America/Toronto' },
    })
    expect(await list(seat)).toMatchObject({ ok: false, failure: { code: 'not_confirmed' } })
    expect(await firm.admin.call('POST', seat.path('/confirm'))).toMatchObject({ state: 'ready' })

    await firm.world.forgetCalls()
    expect(await firm.admin.call('POST', seat.path('/test'))).toMatchObject({
      account: { id: firm.account },
      warnings: [],
    })
    expect(await paths()).toEqual(['/auth/api/v1/users/me', '/auth/api/v1/users/me'])

    await firm.admin.call('POST', seat.path('/webhooks'))
    for (const handshake of await firm.world.deliveries()) expect(await receive(handshake)).toBe(200)
    await act('create-invoice', { client: 'Acme', create_date: '2026-03-02', currency_code: 'USD' })
    const webhook = only(await firm.world.deliveries())
    expect(await webhook.clone().text()).toContain('name=invoice.create')
    expect(await receive(webhook)).toBe(200)

    const read = await list(seat)
    if (read.ok) await storeReferences(openDb(env.DB), seat.connection, 'tax', read.value, 0)
    await daily()
    const kept = await readAt(seat)
    expect(kept).toBeGreaterThan(0)
    expect(await tokenRequests(firm)).toBe(1)

    await revokeApp(firm)
    expect(await list(seat)).toMatchObject({ ok: false, failure: { kind: 'unauthorised' } })
    await settle(seat.tenant)
    expect(await stateOf(firm, seat)).toBe('reconnect')
    const { items } = await firm.admin.call<{ items: object[] }>('GET', `/v1/tenants/${seat.tenant}/alerts`)
    expect(items).toEqual([
      expect.objectContaining({ kind: 'reconnect', resolvedAt: null, remedy: expect.stringContaining('authorize') }),
    ])
    await daily()
    expect(await readAt(seat)).toBe(kept)

    expect(await consent(firm, seat)).toMatchObject({
      status: 200,
      text: expect.stringContaining('go on by themselves'),
    })
    await tick(createScheduledController(), env)
    await settle(seat.tenant)
    expect(await readAt(seat)).toBeGreaterThan(kept ?? 0)
    expect(await stateOf(firm, seat)).toBe('ready')
  })

  it('asks for reading only, and is told nothing else', async () => {
    const seat = await connected(firm)
    const { freshbooks } = await firm.world.dump<{ freshbooks: { chains: { scopes: string[] }[] } }>()
    expect(only(freshbooks.chains).scopes.filter((scope) => !scope.endsWith(':read'))).toEqual([])
    expect(only(freshbooks.chains).scopes).toContain('user:bill_payments:read')
    expect(JSON.stringify(await firm.admin.call('GET', seat.path()))).not.toMatch(/token|grant/)
  })

  it('takes the only business with books without asking', async () => {
    firm = await openFirm([MAPLE, { name: 'Somebody’s customer', accountId: null }])
    const seat = await newSeat(firm)
    expect(await consent(firm, seat)).toMatchObject({ status: 200, text: expect.stringContaining('Maple Goods') })
    expect(await stateOf(firm, seat)).toBe('confirm')
  })

  it('is told what the plan lacks, and that the person sees a part of the books only', async () => {
    firm = await openFirm([{ ...MAPLE, accountsPayable: false, manualJournal: false }], {})
    const employee = newPerson()
    const memberships = [{ business: firm.account, role: 'business_employee' }]
    await seed({ identities: [{ id: employee, email: 'jo@maple.example', memberships }] })
    const seat = await newSeat(firm)
    await consent(firm, seat, '', employee)
    const { warnings } = await firm.admin.call<{ warnings: string[] }>('POST', seat.path('/test'))
    expect(warnings.map((warning) => warning.slice(0, 60))).toEqual([
      expect.stringContaining('business_employee'),
      expect.stringContaining('lacks accounts payable'),
      expect.stringContaining('lacks manual journal'),
    ])
  })
})

const seed = (data: object) => firm.world.seed({ freshbooks: { applications: [], businesses: [], ...data } })

describe('what goes wrong on the way is a plain page, and nothing is stored', () => {
  it('a consent that is denied', async () => {
    const seat = await connected(firm)
    const known = await stored(seat)
    await firm.world.switches({ 'freshbooks.oauth.consent': 'deny' })
    expect(await consent(firm, seat)).toMatchObject({ status: 400, text: expect.stringContaining('denied') })
    expect(await stored(seat)).toEqual(known)
    expect(await list(seat)).toMatchObject({ ok: true })
  })

  it('a scope that is not ticked in the app at FreshBooks: all of the consent is refused', async () => {
    const seat = await newSeat(firm)
    const scopes = ['user:profile:read', 'user:invoices:read']
    await firm.world.seed({
      freshbooks: { businesses: [], identities: [], applications: [{ ...APP, scopes, redirectUris: [REDIRECT] }] },
    })
    const page = await consent(firm, seat)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('invalid_scope') })
    expect(page.text).toContain('scopes')
    expect(await stored(seat)).toMatchObject({ grant_name: null, state: 'new' })
  })

  it('a code that was used, or is too old for FreshBooks', async () => {
    const seat = await newSeat(firm)
    const { url } = await firm.admin.call<{ url: string }>('GET', seat.path('/authorize'))
    const location = await agree(url)
    await passTime(6 * 60_000)
    expect(await open(location)).toMatchObject({ status: 400, text: expect.stringContaining('Not connected') })
    expect(await open(location)).toMatchObject({ status: 400, text: expect.stringContaining('works once') })
    expect(await stored(seat)).toMatchObject({ grant_name: null, credentials: null, state: 'new' })
  })

  it('another account than the one that is pinned: its tokens are given back, those in use are not', async () => {
    const seat = await connected(firm)
    const known = await stored(seat)
    const stranger = newPerson()
    const other = newAccount()
    await seed({
      businesses: [{ name: 'Wrong Company', accountId: other }],
      identities: [{ id: stranger, email: 'x@y.example', memberships: [{ business: other }] }],
    })
    const page = await consent(firm, seat, '', stranger)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('does not reach') })
    expect(await stored(seat)).toEqual(known)
    const { freshbooks } = await firm.world.dump<{ freshbooks: { chains: { identity: number }[] } }>()
    expect(freshbooks.chains.map(({ identity }) => identity)).toEqual([firm.person])
    expect(await list(seat)).toMatchObject({ ok: true })
  })

  it('a person who reaches no books at all', async () => {
    const stranger = newPerson()
    await seed({ identities: [{ id: stranger, email: 'x@y.example', memberships: [] }] })
    const seat = await newSeat(firm)
    const page = await consent(firm, seat, '', stranger)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('no company') })
    const { freshbooks } = await firm.world.dump<{ freshbooks: { chains: object[] } }>()
    expect(freshbooks.chains).toEqual([])
  })

  it('an account that another connection stands for: the person’s other connection goes on', async () => {
    const first = await connected(firm)
    const second = await newSeat(firm)
    const page = await consent(firm, second, firm.account)
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('already has a connection') })
    expect(await stored(second)).toMatchObject({ grant_name: null, state: 'new' })
    await passTime(13 * HOUR)
    expect(await list(first)).toMatchObject({ ok: true })
  })

  it('a connection that was deleted while the company was being chosen: the tokens are given back', async () => {
    const seat = await newSeat(firm)
    const page = await consent(firm, seat)
    await firm.admin.call('DELETE', seat.path())
    expect(await choose('freshbooks', page.text, firm.account)).toMatchObject({ status: 400 })
    const { freshbooks } = await firm.world.dump<{ freshbooks: { chains: object[] } }>()
    expect(freshbooks.chains).toEqual([])
  })
})

describe('a subscription that ended', () => {
  it('stops the connection with these words, and it goes on by itself within the hour once it is renewed', async () => {
    const seat = await connected(firm)
    await act('set-active', { on: false })
    expect(await list(seat)).toMatchObject({ failure: { code: 'freshbooks_account_inactive' } })
    await settle(seat.tenant)
    expect(await stateOf(firm, seat)).toBe('reconnect')
    await act('set-active', { on: true })
    await passTime(HOUR)
    expect(await list(seat)).toMatchObject({ ok: true })
    await settle(seat.tenant)
    expect(await stateOf(firm, seat)).toBe('ready')
  })
})
