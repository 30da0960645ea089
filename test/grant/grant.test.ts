import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'

const tokens = (accessToken: string, expiresAt: number | null = null) => ({
  accessToken,
  expiresAt,
  refreshToken: 'marker-secret-refresh',
  scope: 'invoice:read',
})

const grantOf = () => env.GRANT.get(env.GRANT.idFromName(crypto.randomUUID()))

describe('the grant object', () => {
  it('hands out the token of the newest consent, also after an eviction', async () => {
    const grant = grantOf()
    expect(await grant.token()).toEqual({ ok: false, reason: 'none' })
    expect(await grant.consent(tokens('marker-secret-1'))).toBe(1)
    expect(await grant.consent(tokens('marker-secret-2'))).toBe(2)
    await evictDurableObject(grant)
    expect(await grant.token()).toEqual({ ok: true, accessToken: 'marker-secret-2', consent: 2 })
  })

  it('does not hand out a token that ends within the minute', async () => {
    const grant = grantOf()
    await grant.consent(tokens('marker-secret-3', now() + 59_000))
    expect(await grant.token()).toEqual({ ok: false, reason: 'expired' })
    await grant.consent(tokens('marker-secret-4', now() + 120_000))
    expect(await grant.token()).toMatchObject({ ok: true })
  })

  it('keeps them sealed, and forgets them with their key', async () => {
    const grant = grantOf()
    await grant.consent(tokens('marker-secret-5'))
    await runInDurableObject(grant, (_, state) => {
      const rows = state.storage.sql.exec('select * from consents').toArray()
      expect(JSON.stringify(rows)).not.toContain('marker-secret')
    })
    await grant.forget()
    expect(await grant.token()).toEqual({ ok: false, reason: 'none' })
    await runInDurableObject(grant, (_, state) => expect(state.storage.kv.get('data-key')).toBeUndefined())
  })
})
