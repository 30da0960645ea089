import { describe, expect, it } from 'vitest'
import type { Answer, Call, Hook } from '../../../src/core/vendor'
import { freshbooks } from '../../../src/vendors/freshbooks'
import { registry } from '../../../src/vendors/freshbooks/callbacks'
import { ACCOUNT, answer, failureOf, listed, scripted } from './scripted'

const BASE = `/events/account/${ACCOUNT}/events/callbacks`
const hook: Hook = {
  id: 'h',
  event: 'invoice',
  url: 'https://connector.test/webhooks/freshbooks/c/h',
  remoteId: '2001',
}

const callback = (callbackid: number, verified: boolean, updated_at = '2026-06-05T17:08:32Z') => ({
  callbackid,
  event: 'invoice',
  uri: hook.url,
  verified,
  updated_at,
})
const one = (verified: boolean): Answer => answer(200, { response: { result: { callback: callback(2001, verified) } } })
const sent = (calls: Call[]) => calls.map(({ method, path, body }) => [method, path, body])

describe('the callbacks of FreshBooks', () => {
  it('are one for each kind of record that has any, each for all its verbs', () => {
    expect(registry.events).toEqual(['invoice', 'payment', 'client', 'bill', 'bill_vendor', 'expense', 'item'])
    expect(freshbooks.webhook?.scope).toBe('hook')
  })

  it('are listed over all pages; those that are not verified get nothing', async () => {
    const rows = Array.from({ length: 101 }, (_, n) => callback(3000 - n, n !== 100, 'last tuesday'))
    const { api, calls } = scripted((call) => listed('callbacks', rows, call))
    const hooks = await registry.list(api)
    expect(hooks[0]).toEqual({ remoteId: '3000', event: 'invoice', url: hook.url, active: true })
    expect(hooks[100]).toMatchObject({ remoteId: '2900', active: false })
    expect(calls.map(({ path }) => path)).toEqual([BASE, BASE])
  })

  it('are registered with their own URL; the secret is the vendor’s to make', async () => {
    const { api, calls } = scripted(() => one(false))
    expect(await registry.register(api, { ...hook, remoteId: null }, 'ours')).toBe('2001')
    expect(sent(calls)).toEqual([['POST', BASE, { callback: { event: 'invoice', uri: hook.url } }]])
  })

  it('are confirmed with the verifier that the handshake brought', async () => {
    const { api, calls } = scripted(() => one(true))
    expect(await registry.confirm?.(api, hook, 'code-1')).toBe(true)
    expect(sent(calls)).toEqual([['PUT', `${BASE}/2001`, { callback: { verifier: 'code-1' } }]])
  })

  it.each([
    ['answers that it is still not verified', one(false)],
    ['refuses it', answer(422, { errno: 422, message: 'Bad.', details: ["verifier: 'code-1' is wrong"] })],
  ])('are not confirmed where the vendor %s', async (_how, given) => {
    expect(await registry.confirm?.(scripted(() => given).api, hook, 'code-1')).toBe(false)
  })

  it('fail where the confirmation met an ended token', async () => {
    const { api, calls } = scripted(() => answer(401, { errno: 401, message: 'invalid_token: no.' }))
    expect(await failureOf(Promise.resolve(registry.confirm?.(api, hook, 'code-1')))).toMatchObject({
      kind: 'unauthorised',
    })
    expect(calls).toHaveLength(1)
  })

  it('are revived by asking for the handshake again', async () => {
    const { api, calls } = scripted(() => one(false))
    await registry.revive?.(api, hook, '')
    expect(sent(calls)).toEqual([['PUT', `${BASE}/2001`, { callback: { resend: true } }]])
  })

  it('are removed, answered 204 or found gone already, but not where that is refused', async () => {
    const { api, calls } = scripted(() => answer(204, ''))
    await registry.unregister(api, '2001')
    expect(sent(calls)).toEqual([['DELETE', `${BASE}/2001`, undefined]])
    await registry.unregister(scripted(() => answer(404, { errno: 404, message: 'No.' })).api, '2001')
    const refused = scripted(() => answer(403, { errno: 403, message: 'No.' })).api
    expect(await failureOf(registry.unregister(refused, '2001'))).toMatchObject({ code: 'freshbooks_access_denied' })
  })

  it('never leave their ids in what is logged', async () => {
    const { api, calls } = scripted(() => one(true))
    await registry.confirm?.(api, hook, 'code-1')
    expect(calls[0]?.route).toBe('/events/account/{account}/events/callbacks/{callback}')
  })
})

describe('the books of FreshBooks', () => {
  it('can only be read', () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      expect(freshbooks.reads({ method, path: `/accounting/account/${ACCOUNT}/invoices/invoices` })).toBe(false)
  })
})
