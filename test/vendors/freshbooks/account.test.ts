import { describe, expect, it } from 'vitest'
import { freshbooks } from '../../../src/vendors/freshbooks'
import { ACCOUNT, answer, failureOf, me, membership, scripted } from './scripted'

const CREDENTIALS = { kind: 'oauth', grant: 'g_1' } as const
const ALL_SCOPES = freshbooks.oauth?.scopes.join(' ') ?? ''

const HARBOUR = membership({ timezone: 'America/Toronto' })
const BAKERY = membership({ account_id: 'b4Key', id: 77_121, business_uuid: 'u-2', name: 'Bakery' }, 'business_manager')
const NO_BOOKS = membership({ account_id: null, id: 77_122, name: 'No books' })
const AS_CUSTOMER = membership({ account_id: 'Sh0p', id: 77_123, name: 'A shop' }, 'client')

const account = (memberships: object[], pinned = '') =>
  freshbooks.account(scripted(() => me(memberships), pinned).api, CREDENTIALS)

const warned = (scope: string, memberships: object[], more: object = {}) =>
  freshbooks.warnings?.(scripted(() => me(memberships, more)).api, CREDENTIALS, scope)

describe('who was reached in FreshBooks', () => {
  it('is the pinned business, by the account id that callbacks carry', async () => {
    const { api, calls } = scripted(() => me([BAKERY, HARBOUR]))
    expect(await freshbooks.account(api, CREDENTIALS)).toEqual({
      id: ACCOUNT,
      name: 'Harbour Lane Offices',
      baseCurrency: null,
      timeZone: 'America/Toronto',
      lockDate: null,
    })
    expect(calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/auth/api/v1/users/me']])
  })

  it('is the only one that has books, where none is pinned yet', async () => {
    expect((await account([NO_BOOKS, HARBOUR, AS_CUSTOMER])).id).toBe(ACCOUNT)
  })

  it('is refused where it has to be chosen, is none, or is out of reach', async () => {
    const several = await failureOf(account([HARBOUR, BAKERY]))
    expect(several).toMatchObject({ kind: 'rejected', code: 'freshbooks_account_not_chosen' })
    expect(several.message).toContain('Bakery (b4Key)')
    expect(await failureOf(account([NO_BOOKS]))).toMatchObject({ code: 'freshbooks_account_not_chosen' })
    expect(await failureOf(account([BAKERY], ACCOUNT))).toMatchObject({ code: 'freshbooks_account_out_of_reach' })
  })

  it('may be several businesses; those without books and those of which the person is a customer are none', async () => {
    const { api } = scripted(() => me([HARBOUR, NO_BOOKS, BAKERY, AS_CUSTOMER]), '')
    expect((await freshbooks.accounts?.(api, CREDENTIALS))?.map(({ id }) => id)).toEqual([ACCOUNT, 'b4Key'])
  })
})

describe('what a person has to know of the connection', () => {
  it('is nothing where all is well, or not known', async () => {
    const permissions = { [ACCOUNT]: { 'accounts_payable.access': true } }
    const subscription_statuses = { [ACCOUNT]: 'active' }
    expect(await warned(ALL_SCOPES, [HARBOUR], { permissions, subscription_statuses })).toEqual([])
    expect(await warned('', [HARBOUR], { permissions: { [ACCOUNT]: {} } })).toEqual([])
  })

  it('names the missing scopes', async () => {
    const [warning, ...more] = (await warned(ALL_SCOPES.replace('user:bills:read ', ''), [HARBOUR])) ?? []
    expect(warning).toMatch(/missing: user:bills:read\./)
    expect(more).toEqual([])
  })

  it.each([
    ['flat', { 'accounts_payable.access': false, 'manual_journal_entries_feature.access': false }],
    ['nested', { accounts_payable: { access: false }, manual_journal_entries_feature: { access: false } }],
  ])('names what the plan lacks, by %s flags of this account only', async (_form, flags) => {
    const found = (await warned(ALL_SCOPES, [HARBOUR], { permissions: { [ACCOUNT]: flags } })) ?? []
    expect(found.join()).toMatch(/lacks accounts payable.*lacks manual journal entries/)
    expect(await warned(ALL_SCOPES, [HARBOUR], { permissions: { b4Key: flags } })).toEqual([])
  })

  it('names a role that sees a part only, and a subscription that ended', async () => {
    const employee = membership({}, 'business_employee')
    expect((await warned(ALL_SCOPES, [employee]))?.join()).toMatch(/"business_employee"/)
    const ended = { subscription_statuses: { [ACCOUNT]: 'cancelled' } }
    expect((await warned(ALL_SCOPES, [HARBOUR], ended))?.join()).toMatch(/"cancelled"/)
    expect((await warned(ALL_SCOPES, [membership({ active: false })]))?.join()).toMatch(/not active/)
  })
})

describe('consent to FreshBooks', () => {
  const oauth = freshbooks.oauth
  const place = { environment: 'production', settings: {} } as const

  it('is asked for at one host and redeemed at the other, with reading scopes only', () => {
    expect(oauth?.authorize.host(place)).toBe('https://auth.freshbooks.com')
    expect(oauth?.token.host(place)).toBe('https://api.freshbooks.com')
    expect(oauth?.scopes).toContain('user:journal_entries:read')
    expect(oauth?.scopes.filter((scope) => !/^user:[a-z_]+:read$/.test(scope))).toEqual([])
  })

  it('belongs to a person', async () => {
    expect(await oauth?.identity?.(scripted(() => me([HARBOUR, BAKERY]), '').api)).toBe('4711')
  })

  it('ends when the vendor counts it to, not half a day from now', () => {
    const now = 1_782_760_000_000
    const extras = { access_token: 'x', created_at: 1_782_751_712, expires_in: 43_200 }
    expect(oauth?.expiresAt?.(extras, now)).toBe(1_782_794_912_000)
    expect(oauth?.expiresAt?.({ expires_in: 600 }, now)).toBe(now + 600_000)
    expect(oauth?.expiresAt?.({}, now)).toBe(now + 43_200_000)
  })

  it('shows itself as a bearer token, and an ended one is told', async () => {
    const headers = new Headers()
    freshbooks.authorise(headers, CREDENTIALS, 'jwt')
    expect([...headers]).toEqual([['authorization', 'Bearer jwt']])
    const { api } = scripted(() => answer(401, { error: 'unauthenticated', error_description: 'Sign in.' }))
    expect(await failureOf(freshbooks.account(api, CREDENTIALS))).toMatchObject({ kind: 'unauthorised' })
  })
})
