import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Consent } from '../../src/core/grant'
import { now } from '../../src/lib/clock'
import { APP, type Firm, openFirm, REDIRECT, tokenRequests } from '../support/freshbooks'
import { passTime } from '../support/time'

const HOUR = 3_600_000
const SECONDS = 1000

let firm: Firm
beforeEach(async () => {
  firm = await openFirm()
})

const code = async (): Promise<string> => {
  const { location } = await firm.world.act<{ location: string }>('freshbooks', 'consent', {
    clientId: APP.clientId,
    redirectUri: REDIRECT,
    scopes: ['user:profile:read'],
  })
  return new URL(location).searchParams.get('code') ?? ''
}

const connected = async () => {
  const grant = env.GRANT.get(env.GRANT.idFromName(crypto.randomUUID()))
  const consent: Consent = {
    vendor: 'freshbooks',
    environment: 'sandbox',
    settings: { baseUrl: firm.world.baseUrl('freshbooks') },
    app: APP,
    how: { kind: 'code', code: await code(), verifier: 'a'.repeat(43), redirectUri: REDIRECT },
  }
  expect(await grant.consent(consent)).toMatchObject({ ok: true })
  await firm.world.forgetCalls()
  return grant
}

const live = async (grant: Awaited<ReturnType<typeof connected>>, refused?: number) => {
  const answer = await grant.token(refused)
  return answer.ok ? answer : expect.fail(answer.failure.message)
}

const me = async (token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${firm.world.baseUrl('freshbooks')}/auth/api/v1/users/me`, { headers })).status
}

const seconds = (ago: number) => Math.floor((now() - ago) / SECONDS)

describe('a renewed token of which FreshBooks shows an odd time', () => {
  it.each([
    ['of the first token, days ago', () => ({ created_at: seconds(5 * 24 * HOUR) })],
    ['at the beginning of time', () => ({ created_at: 0 })],
    ['below zero', () => ({ created_at: -1 })],
    ['half a minute before its end', () => ({ created_at: seconds(-HOUR) - 43_200 + 30 })],
    ['with a life of nothing', () => ({ expires_in: 0 })],
    ['with a life below zero', () => ({ expires_in: -43_200 })],
    ['with a life of no number', () => ({ expires_in: null, created_at: 0 })],
    ['with a life of words', () => ({ expires_in: 'half a day', created_at: 'today' })],
  ])('%s: is used until it is refused, and renewed once then', async (_, shown) => {
    const grant = await connected()
    await passTime(13 * HOUR)
    await firm.world.switches({ 'freshbooks.oauth.shown': shown() })
    const first = await live(grant)
    for (let call = 0; call < 20; call += 1) expect(await live(grant)).toEqual(first)
    expect(await me(first.accessToken)).toBe(200)
    expect(await tokenRequests(firm)).toBe(1)
    await passTime(13 * HOUR)
    await live(grant)
    const second = await live(grant, first.serial)
    expect(await me(second.accessToken)).toBe(200)
    expect(await tokenRequests(firm)).toBe(2)
  })

  it.each([
    ['in the future', () => ({ created_at: seconds(-1000 * HOUR) })],
    ['in milliseconds', () => ({ created_at: now() })],
    ['as text', () => ({ created_at: 'yesterday' })],
    ['not at all', () => ({ created_at: undefined })],
  ])('%s: lives no longer than it is said to live', async (_, shown) => {
    const grant = await connected()
    await passTime(13 * HOUR)
    await firm.world.switches({ 'freshbooks.oauth.shown': shown() })
    const first = await live(grant)
    await passTime(11 * HOUR)
    expect(await live(grant)).toEqual(first)
    await passTime(HOUR)
    expect(await me((await live(grant)).accessToken)).toBe(200)
    expect(await tokenRequests(firm)).toBe(2)
  })

  it('of the first, which it dies with: a few renewals before the end, then it is left to be refused', async () => {
    await firm.world.switches({ 'freshbooks.oauth.refreshKeepsCreatedAt': true })
    const grant = await connected()
    await passTime(11.9 * HOUR)
    for (let step = 0; step < 60; step += 1) {
      await passTime(10 * SECONDS)
      await live(grant)
    }
    expect(await tokenRequests(firm)).toBe(3)
  })
})
