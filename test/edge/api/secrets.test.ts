import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { CIN7_KEY, type Office, openOffice, recordsOf, WAVE_SECRET, WAVE_TOKEN } from '../../support/office'
import { settle } from '../../support/settle'
import { carry, draftInvoice } from '../../support/wave-cin7'
import { filled, routes, rowsOf } from './support'

const SECRETS = [WAVE_TOKEN, WAVE_SECRET, CIN7_KEY, env.ADMIN_TOKEN]

/** Also where they are quoted, or written with other letters. */
const found = (text: string): string[] => SECRETS.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()))

let office: Office
let record: string
beforeAll(async () => {
  office = await openOffice()
  await carry(office, await draftInvoice(office))
  const base = `/v1/tenants/${office.tenant}/connections`
  // What is refused must not be shown either: with the right secret in the wrong place.
  await office.admin.ask('PUT', `${base}/${office.wave.connection}/credentials`, { kind: WAVE_TOKEN, token: 5 })
  await office.admin.ask('POST', base, { vendor: 'wave', name: 'x', credentials: { token: WAVE_TOKEN } })
  await office.admin.ask('PUT', `${base}/${office.cin7.connection}/credentials`, {
    accountId: crypto.randomUUID(),
    applicationKey: CIN7_KEY,
  })
  await settle(office.tenant)
  await settle('service')
  record = (await recordsOf(office))[0]?.id ?? ''
})

/** Of pairs that pay; this one does not. */
const PAYS = ['/transfers', '/recipients']

describe('secrets', () => {
  it('are in no answer of any GET', async () => {
    const values = {
      tenant: office.tenant,
      integration: office.integration,
      record,
      kind: 'account',
      side: 'source',
    }
    let answered = 0
    for (const connection of [office.wave.connection, office.cin7.connection])
      for (const { path } of (await routes()).filter(({ method }) => method === 'GET')) {
        const { status, body } = await office.admin.ask('GET', filled(path, { ...values, connection }))
        // Keys are entered for this one, so there is no link to its consent.
        const isKeyed = path.endsWith('/authorize') && connection === office.cin7.connection
        const expected = isKeyed || PAYS.some((end) => path.endsWith(end)) ? 409 : 200
        expect([path, status]).toEqual([path, expected])
        expect([path, found(JSON.stringify(body))]).toEqual([path, []])
        answered += 1
      }
    expect(answered).toBeGreaterThan(20)
  })

  it('are in no answer of a refusal', async () => {
    const base = `/v1/tenants/${office.tenant}/connections`
    for (const body of [
      { kind: WAVE_TOKEN, token: 5 },
      { kind: 'token', token: 5, [WAVE_TOKEN]: WAVE_SECRET },
      { kind: 'token', token: `${WAVE_TOKEN}x` },
    ]) {
      const answer = await office.admin.ask('PUT', `${base}/${office.wave.connection}/credentials`, body)
      expect([answer.status, found(JSON.stringify(answer))]).toEqual([422, []])
    }
  })

  it('are in no table of D1, the audit among them', async () => {
    const tables = await rowsOf<{ name: string }>(
      `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'`,
    )
    const counted: Record<string, number> = {}
    for (const { name } of tables) {
      const rows = await rowsOf(`select * from "${name}"`)
      counted[name] = rows.length
      expect([name, found(JSON.stringify(rows))]).toEqual([name, []])
    }
    for (const name of ['connections', 'api_keys', 'audit', 'records', 'reference_entries'])
      expect(counted[name]).toBeGreaterThan(0)
  })
})
