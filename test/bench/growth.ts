import { z } from 'zod'
import { idsOf, warm } from './cost'
import { unhurried } from './count'
import type { Figure } from './figure'
import { type Counts, sum } from './stage/counts'
import { type Lab, openLab } from './stage/open'
import { median, rounded } from './stage/waiting'
import { deliver, openWaveFirm, SALE, untilDone, untilQuiet, type WaveFirm } from './stage/wave-firm'

const FEW = 1_000
const MANY = 100_000
const ROUNDS = 5
const EACH = 40
const LISTINGS = 25
const TARGET = 1.2

interface Measured {
  ms: number
  rowsRead: number
}
type Probe = (lab: Lab, firm: WaveFirm, round: number) => Promise<Measured>

/** The same work and the same lists with few and with many links, records and audit entries already there, in turn. */
export const growth = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ vars: { BENCH_LIMITS: 'off' } })
  try {
    const few = await filled(lab, 'growth-few', FEW)
    const many = await filled(lab, 'growth-many', MANY)
    const rows: Row[] = []
    for (const [name, { probe, rounds }] of Object.entries(probes))
      rows.push({ name, ...(await compared(lab, few, many, probe, rounds)) })
    return figureOf(rows)
  } finally {
    await close()
  }
}

const filled = async (lab: Lab, name: string, rows: number): Promise<WaveFirm> => {
  const firm = await unhurried(await openWaveFirm(lab, name, { invoices: 1 + ROUNDS * EACH }))
  await warm(lab, firm)
  const response = await fetch(`${lab.connector}/_bench/fill/${firm.tenant}/${firm.integration}/${rows}`)
  if (!response.ok) throw new Error(`${name} was not filled`)
  await lab.query(z.unknown(), OLD_RECORDS, rows, firm.tenant, firm.integration)
  await lab.query(z.unknown(), OLD_AUDIT, rows, firm.tenant, firm.integration)
  return firm
}

const NUMBERS = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)'

const OLD_RECORDS = `${NUMBERS}
  insert into records (tenant, id, integration, flow, source_id, source_number, target_id, target_number, state, reason, code, text, remedy, version, at, since, seq, first)
  select ?2, 'r_00' || printf('%08d', i), ?3, '${SALE}', 'old-' || i, 'OLD-' || i, 'old-target-' || i, 'SO-' || i, 'done', 'created', '', '', '', '2025', 0, 0, 0, -i from n`

/** Before the first of the chain: the chain itself stays whole. */
const OLD_AUDIT = `${NUMBERS}
  insert into audit (tenant, seq, record, entry, mac) select ?2, -i, 'r_00' || printf('%08d', i), json_object('integration', ?3), '' from n`

const carrying: Probe = async (lab, firm, round) => {
  await lab.counts()
  const from = 1 + round * EACH
  const started = performance.now()
  await deliver(lab, firm, idsOf(firm).slice(from, from + EACH))
  const ms = (await untilDone(lab, firm, await doneAfter(lab, firm, round))) - started
  await untilQuiet(lab, firm)
  return { ms, rowsRead: readIn(await lab.counts()) }
}

/** The old ones count as done, too. */
const doneAfter = async (lab: Lab, { tenant }: WaveFirm, round: number): Promise<number> => {
  const query = `select count(*) as old from records where tenant = ? and source_id like 'old-%'`
  const [row] = await lab.query(z.object({ old: z.number() }), query, tenant)
  return (row?.old ?? 0) + 1 + (round + 1) * EACH
}

const listing =
  (path: string): Probe =>
  async (lab, { admin, tenant }) => {
    await lab.counts()
    const started = performance.now()
    await admin.call('GET', `/v1/tenants/${tenant}/${path}`)
    return { ms: performance.now() - started, rowsRead: readIn(await lab.counts()) }
  }

const probes: Record<string, { probe: Probe; rounds: number }> = {
  [`carry ${EACH} invoices`]: { probe: carrying, rounds: ROUNDS },
  'records, newest': { probe: listing('records?limit=50'), rounds: LISTINGS },
  'records of a flow': { probe: listing(`records?limit=50&flow=${SALE}`), rounds: LISTINGS },
  'records by state': { probe: listing('records?limit=50&status=done'), rounds: LISTINGS },
  'records by number': { probe: listing('records?limit=50&q=1'), rounds: LISTINGS },
  failures: { probe: listing('failures'), rounds: LISTINGS },
  'audit, a page': { probe: listing('audit?limit=50'), rounds: LISTINGS },
}

const readIn = ({ objectRowsRead, databaseRowsRead }: Counts): number => sum(objectRowsRead) + sum(databaseRowsRead)

interface Row {
  name: string
  few: Measured
  many: Measured
}

const compared = async (lab: Lab, few: WaveFirm, many: WaveFirm, probe: Probe, rounds: number) => {
  const found = { few: [] as Measured[], many: [] as Measured[] }
  for (let round = 0; round < rounds; round += 1) {
    found.few.push(await probe(lab, few, round))
    found.many.push(await probe(lab, many, round))
  }
  return { few: middle(found.few), many: middle(found.many) }
}

const middle = (all: Measured[]): Measured => ({
  ms: median(all.map(({ ms }) => ms)),
  rowsRead: median(all.map(({ rowsRead }) => rowsRead)),
})

/** A page of nothing reads a row or two: what is that little is no growth. */
const LITTLE_ROWS = 10
const LITTLE_MS = 2

const times = ({ few, many }: Row) => ({
  ms: rounded((many.ms + LITTLE_MS) / (few.ms + LITTLE_MS)),
  rowsRead: rounded((many.rowsRead + LITTLE_ROWS) / (few.rowsRead + LITTLE_ROWS)),
})

const figureOf = (rows: Row[]): Figure => {
  const worst = {
    time: Math.max(...rows.map((row) => times(row).ms)),
    rowsRead: Math.max(...rows.map((row) => times(row).rowsRead)),
  }
  return {
    value: worst,
    target: { time: TARGET, rowsRead: TARGET },
    ok: worst.time <= TARGET && worst.rowsRead <= TARGET,
    lines: [
      `with ${FEW} and with ${MANY} links, jobs, writes, records and audit entries already there; medians, in turn`,
      ...rows.map((row) => {
        const { few, many, name } = row
        return `${name.padEnd(20)} ${few.ms.toFixed(1)} → ${many.ms.toFixed(1)} ms (${times(row).ms}), ${few.rowsRead} → ${many.rowsRead} rows read (${times(row).rowsRead})`
      }),
    ],
  }
}
