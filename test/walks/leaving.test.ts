import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { raw, rowsOf } from '../edge/api/support'
import { CIN7_KEY, type Office, openOffice, WAVE_SECRET, WAVE_TOKEN } from '../support/office'
import { settle } from '../support/settle'
import { leftIn } from '../support/tenant'
import { passTime } from '../support/time'
import { carry, draftInvoice } from '../support/wave-cin7'

/** What every new object writes down of itself. */
const FRESH = ['schema', 'outbox/chain-key']
const SECRETS = [WAVE_TOKEN, WAVE_SECRET, CIN7_KEY]

interface Line {
  kind: string
  row: Record<string, unknown>
}

const exported = async ({ tenant }: Office): Promise<{ text: string; lines: Line[] }> => {
  const response = await raw('GET', `/v1/tenants/${tenant}/export`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  const text = await response.text()
  return {
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line)),
  }
}

const nameOf = async ({ admin, tenant }: Office): Promise<string> =>
  (await admin.call<{ name: string }>('GET', `/v1/tenants/${tenant}`)).name

const erase = async (office: Office, name: string) =>
  office.admin.ask('DELETE', `/v1/tenants/${office.tenant}?name=${encodeURIComponent(name)}`)

/** The tables of D1 in which the tenant, or its connections, still stand. */
const tracesOf = async ({ tenant, wave, cin7, integration }: Office): Promise<string[]> => {
  const tables = await rowsOf<{ name: string }>(
    `select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = (await rowsOf(`select * from "${name}"`)).filter((row) => row.tenant !== 'service')
    const text = JSON.stringify(rows)
    if ([tenant, wave.connection, cin7.connection, integration].some((id) => text.includes(id))) found.push(name)
  }
  return found
}

const minutes = async (count: number): Promise<void> => {
  for (let passed = 0; passed < count; passed += 1) {
    await passTime(60_000)
    await tick(createScheduledController(), env)
  }
}

describe('the export of a tenant', () => {
  it('holds everything of it, its source records opened, nothing of others, and no secret', async () => {
    const [office, other] = [await openOffice(), await openOffice()]
    await carry(office, await draftInvoice(office))
    await carry(other, await draftInvoice(other))
    const { text, lines } = await exported(office)
    const kinds = new Map([...Map.groupBy(lines, ({ kind }) => kind)].map(([kind, found]) => [kind, found.length]))
    for (const kind of ['tenants', 'connections', 'integrations', 'mappings', 'reference_entries', 'records', 'audit'])
      expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(0)
    const rows = async (query: string) => (await rowsOf(query, office.tenant)).length
    for (const kind of ['connections', 'integrations', 'hooks', 'api_keys', 'records', 'alerts'])
      expect([kind, kinds.get(kind) ?? 0]).toEqual([kind, await rows(`select 1 from ${kind} where tenant = ?`)])
    const ofIntegrations = 'select 1 from mappings where integration in (select id from integrations where tenant = ?)'
    expect(kinds.get('mappings')).toBe(await rows(ofIntegrations))
    const ofConnections =
      'select 1 from reference_entries where connection in (select id from connections where tenant = ?)'
    expect(kinds.get('reference_entries')).toBe(await rows(ofConnections))
    expect(kinds.get('connections')).toBe(2)
    expect(kinds.get('links')).toBeGreaterThanOrEqual(2)
    expect(kinds.get('writes')).toBeGreaterThanOrEqual(2)
    expect(
      lines.find(({ kind, row }) => kind === 'documents' && String(row.key).includes('invoice'))?.row.body,
    ).toEqual(expect.objectContaining({ id: expect.any(String) }))
    expect(lines.at(-1)).toEqual({ kind: 'end', row: { lines: lines.length - 1 } })
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([])
    expect(text).not.toMatch(/"(credentials|webhook_secret|sealed|draft|hash_of_key|data_key|grant_name)"/)
    expect([other.tenant, other.wave.connection].filter((id) => text.includes(id))).toEqual([])
    await settle(office.tenant)
    const audit = await rowsOf<{ entry: string }>('select entry from audit where tenant = ?', office.tenant)
    expect(audit.some(({ entry }) => entry.includes('tenant.export'))).toBe(true)
  })

  it('pages through what is more than one page', async () => {
    const office = await openOffice()
    const json = JSON.stringify([...Array(1_234).keys()])
    await rowsOf(
      `insert into records select ?, printf('r_%05d', value), ?, 'f', 's', '', '', '', 'done', '', '', '', '', '', 1, 1, 1, 1 from json_each(?)`,
      office.tenant,
      office.integration,
      json,
    )
    const { lines } = await exported(office)
    const ids = lines.flatMap(({ kind, row }) => (kind === 'records' ? [row.id] : []))
    expect([ids.length, new Set(ids).size]).toEqual([1_234, 1_234])
  })
})

describe('the erasure of a tenant', () => {
  it('is refused under another name', async () => {
    const office = await openOffice()
    expect(await erase(office, 'somebody else')).toMatchObject({ status: 409, body: { code: 'other_name' } })
    expect(await nameOf(office)).toBeTruthy()
  })

  it('leaves nothing: no key, no row, no object; other tenants go on; the service tenant knows of it', async () => {
    const [office, other] = [await openOffice(), await openOffice()]
    await carry(office, await draftInvoice(office))
    const name = await nameOf(office)
    expect((await tracesOf(office)).length).toBeGreaterThan(5)
    expect(await erase(office, name)).toEqual({ status: 200, body: { id: office.tenant, problems: [] } })

    expect((await office.admin.ask('GET', `/v1/tenants/${office.tenant}`)).status).toBe(404)
    expect(await rowsOf('select id from tenants where id = ?', office.tenant)).toEqual([])
    expect(await tracesOf(office)).toEqual(['erasures'])

    await minutes(20)
    await settle('service')
    expect(await tracesOf(office)).toEqual([])
    const left = await leftIn(office.tenant)
    expect(left.tables).toEqual([])
    expect(left.values.filter((key) => !FRESH.includes(key))).toEqual([])
    const said = (await rowsOf<{ entry: string }>(`select entry from audit where tenant = 'service'`))
      .map(({ entry }): { outcome: string; details?: { id?: string } } => JSON.parse(entry))
      .filter(({ details }) => details?.id === office.tenant)
      .map(({ outcome }) => outcome)
    expect(said).toEqual(['tenant.create', 'tenant.erase', 'tenant.erased'])

    await carry(other, await draftInvoice(other))
    expect(await rowsOf(`select 1 from records where tenant = ? and state = 'failed'`, other.tenant)).toEqual([])
  })
})
