import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import worker from '../../src/index'
import { parseKeyring, unwrapKey } from '../../src/lib/seal'
import { adminWith } from '../support/admin'
import { adminKey, type Office, openOffice } from '../support/office'

const SECOND = `k2:${btoa('marker-secret-second-master-key1').replaceAll('=', '')}`

let office: Office
beforeAll(async () => {
  office = await openOffice()
})

/** The admin API of a deployment with these master keys. */
const apiWith = async (MASTER_KEYS: string) => {
  const deployed = { ...env, MASTER_KEYS }
  return adminWith(await adminKey(), 'https://connector.test', (request) =>
    Promise.resolve(worker.fetch(request, deployed, createExecutionContext())),
  )
}

const wrapped = async (): Promise<string> =>
  (await env.DB.prepare('select data_key from tenants where id = ?').bind(office.tenant).first<string>('data_key')) ??
  ''

const rotate = async (MASTER_KEYS: string) =>
  (await apiWith(MASTER_KEYS)).call<{ rewrapped: number; next: string | null }>('POST', '/v1/keyring/rotate')

describe('rotating the master key', () => {
  it('has nothing to do while there is only one', async () => {
    expect(await rotate(env.MASTER_KEYS)).toEqual({ rewrapped: 0, next: null })
  })

  it('wraps each data key with the newest: the key itself stays, and the old master key may go', async () => {
    const before = await unwrapKey(parseKeyring(env.MASTER_KEYS), office.tenant, await wrapped())
    const both = `${SECOND},${env.MASTER_KEYS}`
    expect((await rotate(both)).rewrapped).toBeGreaterThan(0)
    expect(await rotate(both)).toEqual({ rewrapped: 0, next: null })
    expect(await unwrapKey(parseKeyring(SECOND), office.tenant, await wrapped())).toEqual(before)
    await expect(unwrapKey(parseKeyring(env.MASTER_KEYS), office.tenant, await wrapped())).rejects.toThrow('no key k2')
  })
})
