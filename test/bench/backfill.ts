import { z } from 'zod'
import type { Figure } from './figure'
import { bundle } from './stage/bundle'
import { type Counts, sum } from './stage/counts'
import { type Lab, openLab } from './stage/open'
import { type Runtime, startRuntime } from './stage/runtime'
import { rounded, sleep } from './stage/waiting'
import { openWaveFirm, order } from './stage/wave-firm'

/** Pages are asked for only as fast as their records are carried: `BENCH_BACKFILL=100000` takes a quarter of an hour. */
const RECORDS = Number(process.env.BENCH_BACKFILL ?? 50_000)
const SAMPLES = 10
/** By then the caches of the runtime's databases are full. */
const WARM = 20_000
const LIMIT_MS = RECORDS * 100
const TARGET = 1.2

/** Where the walk stood, and what it had cost since the sample before. */
interface Sample {
  records: number
  /** Of the runtime with its database and caches, and what the connector itself holds. */
  memory: number
  heap: number
  rows: number
  messages: number
}

/** A long list is paged in: memory, messages and rows must not depend on how long it is. */
export const backfill = async (): Promise<Figure> => {
  const { lab, close } = await openLab({ vars: { BENCH_LIMITS: 'off' }, inspected: true })
  const firm = await openWaveFirm(lab, 'backfill', { invoices: 1 })
  const pages = await startRuntime('pages', await bundle('test/bench/worker/pages.ts'), {
    compatibilityDate: '2026-10-20',
    bindings: { SIMULATOR: lab.sandbox, ROWS: String(RECORDS) },
  })
  try {
    const settings = { baseUrl: `${pages.origin}/${firm.world.name}/wave`, businessId: firm.business.graphId }
    await firm.admin.call('PATCH', `/v1/tenants/${firm.tenant}/connections/${firm.wave}`, { settings })
    await lab.counts()
    await order(firm, 'backfill')
    const samples = await walked(lab, pages)
    await order(firm, 'pause')
    return figureOf(samples)
  } finally {
    await Promise.all([pages.stop(), close()])
  }
}

const Asked = z.object({ last: z.number() })

const walked = async (lab: Lab, pages: Runtime): Promise<Sample[]> => {
  const samples: Sample[] = []
  const limit = Date.now() + LIMIT_MS
  while (samples.length < SAMPLES) {
    const { last } = Asked.parse(await (await fetch(`${pages.origin}/_asked`)).json())
    if (last >= ((samples.length + 1) * RECORDS) / SAMPLES) {
      const before = samples.at(-1)?.records ?? 0
      samples.push(sampleOf(lab, await lab.runtime.liveHeap(), last, last - before, await lab.counts()))
    }
    if (Date.now() > limit) throw new Error(`only ${last} of ${RECORDS} invoices were paged in`)
    await sleep(100)
  }
  return samples
}

const sampleOf = (lab: Lab, heap: number, records: number, fresh: number, counts: Counts): Sample => ({
  records,
  heap,
  memory: lab.runtime.residentMemory(),
  rows: (sum(counts.objectRowsWritten) + sum(counts.databaseRowsWritten)) / fresh,
  messages: sum(counts.queue) / fresh,
})

const figureOf = (samples: Sample[]): Figure => {
  const early = samples.find(({ records }) => records >= WARM)
  const late = samples.at(-1)
  if (!early || !late || early === late) throw new Error('too few samples')
  const value = {
    heap: rounded(late.heap / early.heap),
    memory: rounded(late.memory / early.memory),
    rows: rounded(late.rows / early.rows),
    messages: rounded(late.messages, 4),
  }
  return {
    value,
    target: { heap: TARGET, memory: TARGET, rows: TARGET, messages: 0 },
    ok: value.heap <= TARGET && value.memory <= TARGET && value.rows <= TARGET && value.messages === 0,
    lines: [
      `${RECORDS} invoices paged in; memory of the runtime, rows written and queue messages for each record since the line before`,
      ...samples.map(
        ({ records, heap, memory, rows, messages }) =>
          `${String(records).padStart(7)} ${(memory / 2 ** 20).toFixed(0).padStart(6)} MiB, heap ${(heap / 2 ** 20).toFixed(1)} MiB ${rows.toFixed(2).padStart(7)} rows ${messages.toFixed(4)} messages`,
      ),
    ],
  }
}
