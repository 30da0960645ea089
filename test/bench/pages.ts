import { z } from 'zod'
import type { Figure } from './figure'
import { sum } from './stage/counts'
import { type Lab, openLab } from './stage/open'
import { median, rounded } from './stage/waiting'
import { openWaveFirm, SALE, untilQuiet, type WaveFirm } from './stage/wave-firm'

const FEW = 1_000
const MANY = 100_000
const ROUNDS = 3
const TARGET = 1.2
const PARTY = 'wave-cin7/customer-to-customer'

/** Rows that D1 reads, by its own counter, for a page of every list of the API: with few and with many rows in every table that grows. */
export const pages = async (): Promise<Figure> => {
  const { lab, close } = await openLab()
  try {
    const firm = await openWaveFirm(lab, 'pages')
    await fill(lab, firm, 1, FEW)
    const calls = await callsOf(lab, firm)
    const few = await rowsReadBy(lab, firm, calls)
    await fill(lab, firm, FEW + 1, MANY)
    return figureOf(calls, few, await rowsReadBy(lab, firm, calls))
  } finally {
    await close()
  }
}

const NUMBERS = 'with recursive n(i) as (select cast(?1 as integer) union all select i + 1 from n where i < ?2)'

/**
 * Four entries of the audit for each record, and one business, key, dead letter and settled alert for each ten. What waits for a
 * person, 200 records of twenty causes, does not grow with what was carried: both have it.
 */
const TABLES = [
  `insert into records (tenant, id, integration, flow, source_id, source_number, target_id, target_number, state, reason, code, text, remedy, version, at, since, seq, first)
   select ?3, 'r_00' || printf('%08d', i), ?4, iif(i % 2, '${SALE}', '${PARTY}'), 'old-' || i, 'OLD-' || i, 'target-' || i, 'SO-' || i,
     iif(i <= 200, 'failed', 'done'), '', iif(i <= 200, 'unmapped', ''), '', iif(i <= 200, 'Map account ' || i % 20, ''), '', 0, 0, 0, 1000000 + 4 * i from n`,
  `insert into audit (tenant, seq, record, entry, mac, again)
   select ?3, 1000000 + 4 * i + k, 'r_00' || printf('%08d', i), ?4, '', k > 0 from n, (select 0 as k union all select 1 union all select 2 union all select 3)`,
  `insert into alerts (tenant, cause, kind, integration, text, remedy, first_at, last_at, count, resolved_at, seq)
   select ?3, 'old/' || i, 'failed', ?4, '', '', 0, 0, 1, iif(i <= 1000, null, 1), 0 from n where i % 10 = 0`,
  `insert into tenants (id, name, version, data_key, created_at) select 't_00' || i, ?3 || ?4, 1, '', 0 from n where i % 10 = 0`,
  `insert into api_keys (id, hash, principal, made_by, scopes, created_at, tenant)
   select 'k_00' || i, 'hash-' || i, ?4, '', '["read"]', 0, ?3 from n where i % 10 = 0`,
  `insert into dead_letters (id, queue, reason, body, at) select 'd_00' || i, ?3, ?4, '', 0 from n where i % 10 = 0`,
]

const ENTRY = {
  at: 0,
  kind: 'attempt',
  actor: { by: 'poll' },
  outcome: 'done',
  text: '',
  requests: [],
  correlation: 'x',
}

const fill = async (lab: Lab, { tenant, integration }: WaveFirm, from: number, to: number): Promise<void> => {
  for (const statement of TABLES) {
    const last = statement.includes('into audit') ? JSON.stringify({ ...ENTRY, integration }) : integration
    await lab.query(z.unknown(), `${NUMBERS} ${statement}`, from, to, tenant, last)
  }
}

const Parameters = z.array(z.object({ name: z.string(), in: z.string() })).default([])
const Document = z.object({
  paths: z.record(z.string(), z.object({ get: z.object({ parameters: Parameters }).optional() })),
})

/** What is asked for with each filter; all of them find a full page. */
const WORDS: Record<string, Record<string, string>> = {
  records: { status: 'done', flow: SALE, code: 'unmapped', from: '1', to: '4000000000000', q: 'OLD-' },
  failures: { status: 'failed', flow: SALE, code: 'unmapped' },
  audit: { record: 'r_0000000500' },
  alerts: { open: 'false' },
  reconciliation: { from: '2026-01-01', to: '2026-12-31', status: 'only_source', about: 'OLD-1' },
  matches: { flow: SALE, sure: 'certain' },
}

/** Every list that pages: without a filter, with each alone, and its second page. */
const callsOf = async (lab: Lab, { tenant, integration, admin }: WaveFirm): Promise<string[]> => {
  const { paths } = Document.parse(await (await fetch(`${lab.connector}/openapi.json`)).json())
  const calls: string[] = []
  for (const [template, { get }] of Object.entries(paths)) {
    const names = (get?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
    if (!names.includes('cursor')) continue
    const path = template.replace('{tenant}', tenant).replace('{integration}', integration)
    const { next } = await admin.call<{ next: string | null }>('GET', path)
    const filters = names.filter((name) => !['cursor', 'limit'].includes(name))
    const words: Record<string, string> = { integration, ...WORDS[path.split('/').at(-1) ?? ''] }
    calls.push(path, ...filters.map((name) => `${path}?${name}=${encodeURIComponent(words[name] ?? name)}`))
    if (next !== null) calls.push(`${path}?cursor=${encodeURIComponent(next)}`)
  }
  return calls
}

const rowsReadBy = async (lab: Lab, firm: WaveFirm, calls: string[]): Promise<number[]> => {
  await untilQuiet(lab, firm)
  const found: number[] = []
  for (const call of calls) {
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      await lab.counts()
      await firm.admin.call('GET', call)
      rounds.push(sum((await lab.counts()).databaseRowsRead))
    }
    found.push(median(rounds))
  }
  return found
}

const figureOf = (calls: string[], few: number[], many: number[]): Figure => {
  const rows = calls.map((call, at) => ({ call, few: few[at] ?? 0, many: many[at] ?? 0 }))
  const times = (row: { few: number; many: number }) => rounded(row.many / Math.max(1, row.few))
  const worst = Math.max(...rows.map(times))
  return {
    value: worst,
    target: TARGET,
    ok: worst <= TARGET,
    lines: [
      `rows that D1 reads for a page of 50, with ${FEW} records and ${4 * FEW} audit entries, and with ${MANY} and ${4 * MANY}`,
      ...rows.map((row) => `${shortened(row.call).padEnd(44)} ${row.few} → ${row.many} (${times(row)})`),
    ],
  }
}

const shortened = (call: string): string => call.replace(/\/[ti]_\w+/g, '/…').replace('/v1/', '')
