import { describe, expect, it } from 'vitest'
import { dig, invoice, open, shop } from './freshbooks/rig'

const OLD = { 'x-api-version': '2019-07-10' }
const NOBODY = { authorization: 'Bearer nobody' }

describe('a refusal in accounting', () => {
  it('has the new shape, and the old one for an old version or by switch', async () => {
    const opened = await shop()
    const path = 'users/clients/12'
    const metadata = { field: 'userid', message: 'Client not found.', object: 'client', value: '12' }
    expect(await opened.books('GET', path)).toMatchObject({
      status: 404,
      body: {
        code: 5,
        message: 'Request failed with status_code: 404',
        details: [{ reason: '1012', domain: 'accounting.api.freshbooks.com', metadata }],
      },
    })
    const old = { response: { errors: [{ errno: 1012, ...metadata }] } }
    expect((await opened.books('GET', path, undefined, OLD)).body).toEqual(old)
    await opened.switches({ 'errors.style': 'old' })
    expect((await opened.books('GET', path)).body).toEqual(old)
    await opened.switches({ 'errors.single': true, 'errors.http200': true })
    const single = { response: { errors: { errno: 1012, ...metadata } } }
    expect(await opened.books('GET', path)).toMatchObject({ status: 200, body: single })
    await opened.switches({ 'errors.style': 'new' })
    expect(await opened.books('GET', path, undefined, OLD)).toMatchObject({ status: 404, body: { code: 5 } })
  })

  it('is 1005 with 400 for a body that is no JSON', async () => {
    const { books } = await shop()
    const answer = await books('POST', 'users/clients', '{"client": {', OLD)
    expect(answer).toMatchObject({ status: 400, body: { response: { errors: [{ errno: 1005, field: null }] } } })
  })

  it('is 422 for a body without its record', async () => {
    const { books } = await shop()
    expect((await books('POST', 'users/clients', { organization: 'x' })).status).toBe(422)
  })

  it('is 1003 for the account of others, whose ids differ by case alone', async () => {
    const { call, switches } = await shop()
    const path = '/accounting/account/ABC1DE/users/clients'
    expect(await call('GET', path)).toMatchObject({ status: 403, body: { details: [{ reason: '1003' }] } })
    await switches({ 'account.foreignStatus': 401 })
    expect((await call('GET', path)).status).toBe(401)
  })

  it('is 1042 when the plan has lapsed, until it is paid for', async () => {
    const { books, act } = await shop()
    await act('set-active', { on: false })
    expect(await books('GET', 'users/clients')).toMatchObject({ status: 403, body: { details: [{ reason: '1042' }] } })
    await act('set-active', { on: true })
    expect((await books('GET', 'users/clients')).status).toBe(200)
  })

  it('can be the crash that bad input ends in', async () => {
    const { books, switches } = await shop()
    await switches({ 'crash.resources': ['clients'] })
    expect((await books('GET', 'users/clients')).status).toBe(500)
    expect((await books('GET', 'invoices/invoices')).status).toBe(200)
  })
})

describe('a bad bearer', () => {
  it('is refused by each family in its own words', async () => {
    const { books, call, switches } = await shop()
    const plain = { error: 'unauthenticated', error_description: 'This action requires authentication to continue.' }
    expect(await books('GET', 'users/clients', undefined, NOBODY)).toMatchObject({ status: 401, body: plain })
    await switches({ 'auth.form': '1003' })
    const old = { response: { errors: [{ errno: 1003 }] } }
    expect(await books('GET', 'users/clients', undefined, NOBODY)).toMatchObject({ status: 401, body: old })
    const events = await call('GET', '/events/account/aBc1De/events/callbacks', undefined, NOBODY)
    expect(events).toMatchObject({ status: 401, body: { errno: 401 } })
    expect(await call('GET', '/auth/api/v1/users/me', undefined, NOBODY)).toMatchObject({ status: 401, body: plain })
  })

  it('without the scope is told which it has and which it needs', async () => {
    const scopes = ['user:profile:read', 'user:clients:read']
    const { books } = await shop({}, { tokens: [{ token: 'full', scopes }] })
    expect((await books('GET', 'users/clients')).status).toBe(200)
    const provided = "Provided: ['user:profile:read user:clients:read']."
    for (const [method, path, needed] of [
      ['GET', 'invoices/invoices', 'user:invoices:read'],
      ['POST', 'users/clients', 'user:clients:write'],
      ['GET', 'items/items', 'user:billable_items:read'],
      ['GET', 'expenses/categories', 'user:expenses:read'],
      ['GET', 'journal_entry_accounts/journal_entry_accounts', 'user:journal_entries:read'],
    ] as const) {
      const answer = await books(method, path, method === 'POST' ? {} : undefined)
      expect(answer.status).toBe(403)
      expect(dig(answer.body, 'message')).toMatch(/^insufficient_scope: /)
      expect(dig(answer.body, 'message')).toContain(`${provided} Required: ['${needed}'].`)
    }
  })
})

describe('rate limits', () => {
  const rate = ({ headers }: { headers: Headers }) =>
    ['limit', 'remaining'].map((name) => headers.get(`x-ratelimit-${name}`))

  it('are told on every answer, with Retry-After on a 200 too, in two buckets', async () => {
    const { books, call } = await shop()
    const first = await books('GET', 'users/clients')
    expect(first.status).toBe(200)
    expect(rate(first)).toEqual(['600', '599'])
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(first.headers.get('x-api-version')).toBe('2023-02-20')
    expect(rate(await books('GET', 'users/clients/1'))).toEqual(['600', '598'])
    expect(rate(await books('POST', 'users/clients', { client: { organization: 'x' } }))).toEqual(['250', '249'])
    const other = await call('GET', '/auth/api/v1/users/me', undefined, { ...NOBODY, 'x-api-version': '2019-07-10' })
    expect(rate(other)).toEqual(['600', '599'])
    expect(other.headers.get('x-api-version')).toBe('2019-07-10')
  })

  it('refuse with 429 until the window is over', async () => {
    const { books, switches, world } = await shop()
    await switches({ 'rate.limit': 2 })
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await books('GET', 'users/clients')).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await books('POST', 'users/clients', { client: { organization: 'x' } })).status).toBe(200)
    const refused = await books('GET', 'users/clients')
    expect(rate(refused)).toEqual(['2', '0'])
    await world.advance(Number(refused.headers.get('retry-after')) * 1000)
    expect((await books('GET', 'users/clients')).status).toBe(200)
  })

  it('belong to the token, or to the account', async () => {
    const { books, switches } = await shop({}, { tokens: [{ token: 'full' }, { token: 'second' }] })
    await switches({ 'rate.limit': 1 })
    const second = { authorization: 'Bearer second' }
    await books('GET', 'users/clients')
    expect((await books('GET', 'users/clients', undefined, second)).status).toBe(200)
    await switches({ 'rate.key': 'account' })
    expect((await books('GET', 'users/clients')).status).toBe(200)
    expect((await books('GET', 'users/clients', undefined, second)).status).toBe(429)
  })

  it('are refused in each form on demand', async () => {
    const { books, world } = await shop()
    const forms = ['429', '429-bare', '429-text', '429-html', '503']
    const seen = []
    for (const form of forms) {
      await world.fault({ vendor: 'freshbooks', kind: 'throttled', form })
      const { status, headers, body } = await books('GET', 'users/clients')
      seen.push([status, headers.get('retry-after'), typeof body])
    }
    expect(seen).toEqual([
      [429, '30', 'object'],
      [429, null, 'object'],
      [429, '30', 'string'],
      [429, '30', 'string'],
      [503, '30', 'string'],
    ])
  })
})

describe('the dump', () => {
  it('holds everything, deleted records too', async () => {
    const { world } = await shop({ invoices: [invoice('10', { deleted: true })] })
    const { freshbooks } = await world.dump<{ freshbooks: unknown }>()
    expect(dig(freshbooks, 'accounts.0.invoices')).toMatchObject([{ vis_state: 1, lines: [{ name: 'Bowls' }] }])
    expect(dig(freshbooks, 'accounts.0.clients')).toHaveLength(1)
    expect(dig(freshbooks, 'tokens.0.token')).toBe('full')
  })

  it('shows that seeding again adds to what is there', async () => {
    const { world } = await open()
    await world.seed({ freshbooks: { businesses: [{ clients: [{ organization: 'Late' }] }] } })
    const { freshbooks } = await world.dump<{ freshbooks: unknown }>()
    expect(dig(freshbooks, 'accounts.1')).toBeUndefined()
    expect(dig(freshbooks, 'accounts.0.clients')).toMatchObject([{ organization: 'Late' }])
    expect(dig(freshbooks, 'identities')).toHaveLength(1)
  })
})
