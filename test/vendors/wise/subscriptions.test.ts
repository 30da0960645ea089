import { describe, expect, it } from 'vitest'
import type { Hook } from '../../../src/core/vendor'
import { wise } from '../../../src/vendors/wise'
import { registry } from '../../../src/vendors/wise/subscriptions'
import { answer, answering, failureOf, PROFILE } from './scripted'

const KEY = 'c11e0000-7777-4777-8777-000000000001'
const OURS = `/v3/profiles/${PROFILE}/subscriptions`
const APPS = `/v3/applications/${KEY}/subscriptions`

const hook: Hook = {
  id: 'h1',
  event: 'transfers#state-change',
  url: 'https://connector.test/webhooks/wise/c_1/h1',
  remoteId: null,
}
const ofApp: Hook = {
  ...hook,
  event: 'profiles#verification-state-change',
  url: 'https://connector.test/webhooks/wise',
}

const subscription = (id: string, of = hook) => ({
  id,
  name: 'whatever',
  delivery: { version: '4.0.0', url: of.url },
  trigger_on: of.event,
  scope: { domain: 'profile', id: PROFILE },
  created_by: { type: 'user', id: '9889627' },
  created_at: '2026-03-02T15:00:00Z',
})

const app = (answers: Record<string, unknown>) => answering(answers, { account: KEY })

describe('the subscriptions of a Wise profile', () => {
  it('are one for each event that tells of transfers or money; the legacy one is not among them', () => {
    expect(wise.webhook?.scope).toBe('hook')
    expect(registry.events).toEqual([
      'transfers#state-change',
      'transfers#payout-failure',
      'transfers#refund',
      'transfers#active-cases',
      'balances#update',
    ])
    expect(registry.appEvents).toEqual(['profiles#verification-state-change', 'balances#account-state-change'])
  })

  it('are made with the newest common schema, at a URL without a query', async () => {
    const { api, calls } = answering({ [`POST ${OURS}`]: subscription('s1') })
    expect(await registry.register(api, hook, 'unused')).toBe('s1')
    expect(calls[0]?.body).toEqual({
      name: 'ml-connector transfers#state-change',
      trigger_on: 'transfers#state-change',
      delivery: { version: '4.0.0', url: hook.url },
    })
    expect(calls[0]?.route).toBe('/v3/profiles/{profile}/subscriptions')
  })

  it('are listed; what is listed is alive', async () => {
    const { api } = answering({ [`GET ${OURS}`]: [subscription('s1'), subscription('s2')] })
    expect(await registry.list(api)).toEqual([
      { remoteId: 's1', event: hook.event, url: hook.url, active: true },
      { remoteId: 's2', event: hook.event, url: hook.url, active: true },
    ])
  })

  it('are taken away, also where they are gone already, but not where that is refused', async () => {
    await registry.unregister(answering({ [`DELETE ${OURS}/s1`]: answer(204, '') }).api, 's1')
    await registry.unregister(answering({ [`DELETE ${OURS}/s1`]: answer(404, '') }).api, 's1')
    const refused = answering({ [`DELETE ${OURS}/s1`]: answer(403, { error: 'Forbidden', message: 'no' }) })
    expect(await failureOf(registry.unregister(refused.api, 's1'))).toMatchObject({ code: 'wise_forbidden' })
  })

  it('fail with the remedy where Wise cannot reach the URL', async () => {
    const unreachable = { errors: [{ code: 'INVALID_CALLBACK_URL', message: 'Callback URL did not answer.' }] }
    const { api } = answering({ [`POST ${OURS}`]: answer(400, unreachable) })
    expect(await failureOf(registry.register(api, hook, ''))).toMatchObject({ code: 'wise_callback_unreachable' })
  })
})

describe('the subscriptions of a partner’s app', () => {
  it('are listed beside those of the profile, with the app’s own token', async () => {
    const partner = app({ [`GET ${APPS}`]: [subscription('a1', ofApp)] })
    const { api } = answering({ [`GET ${OURS}`]: [subscription('s1')] }, { app: partner.api })
    expect((await registry.list(api)).map(({ remoteId, event }) => [remoteId, event])).toEqual([
      ['s1', 'transfers#state-change'],
      ['a1', 'profiles#verification-state-change'],
    ])
    expect(partner.calls[0]?.route).toBe('/v3/applications/{client}/subscriptions')
  })

  it('are made for what no profile can subscribe to', async () => {
    const partner = app({ [`POST ${APPS}`]: subscription('a1', ofApp) })
    const { api, calls } = answering({}, { app: partner.api })
    expect(await registry.register(api, ofApp, '')).toBe('a1')
    expect(calls).toEqual([])
  })

  it('are refused with the remedy where the key of the app is not known', async () => {
    expect(await failureOf(registry.register(answering({}).api, ofApp, ''))).toMatchObject({
      kind: 'rejected',
      code: 'wise_no_app_key',
      remedy: expect.stringContaining('WISE_CLIENT_KEY'),
    })
  })

  it('are taken away where they are', async () => {
    const partner = app({ [`DELETE ${APPS}/a1`]: answer(204, '') })
    const { api } = answering({ [`DELETE ${OURS}/a1`]: answer(404, '') }, { app: partner.api })
    await registry.unregister(api, 'a1')
    expect(partner.calls).toHaveLength(1)
  })
})
