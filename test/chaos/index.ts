import { inspect, parseArgs } from 'node:util'
import type { Result } from './count'
import { flows } from './flows'
import { type Fault, faults } from './matrix'
import { printCell, printHead, printSummary, toJson } from './print'
import { type Order, runFault } from './run'
import type { Scene } from './scene'
import { openStage } from './stage'
import { pooled } from './waiting'

const HELP = `npm run chaos -- [options]
  --records N   records in each cell (10)
  --flow NAME   only this flow; may be given several times
  --fault NAME  only this fault; may be given several times
  --seed N      what chance decides; printed, so that a run can be repeated
  --scale N     how much faster than real time (60)
  --json        one last line for machines
`

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10' },
    flow: { type: 'string', multiple: true },
    fault: { type: 'string', multiple: true },
    seed: { type: 'string' },
    scale: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const whole = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} wants a whole number above 0, not ${text}`)
  return value
}

/** Those that were named, else all. */
const chosen = <T>(what: string, all: T[], nameOf: (one: T) => string, wanted: string[] = []): T[] => {
  const unknown = wanted.find((name) => !all.some((one) => nameOf(one) === name))
  if (unknown) throw new Error(`no ${what} ${unknown}; there are: ${all.map(nameOf).join(', ')}`)
  return wanted.length === 0 ? all : all.filter((one) => wanted.includes(nameOf(one)))
}

/** Cells mostly wait; so many at once keep two cores busy without making the vendors' answers late. */
const CELLS_AT_ONCE = 12

const screen = values.json ? process.stderr : process.stdout

/** What was told once and never again is not to be found. */
const says = (fault: Fault, { polled, toldOnce }: Scene): boolean =>
  !(fault.webhooks && polled) && !(fault.untold && toldOnce)

/** Cells with a fault of their own world run beside each other; a fault of the whole connector has it for itself. */
const runAll = async (columns: Fault[], rows: Scene[], order: Order): Promise<Result[]> => {
  const run = async (fault: Fault, scenes: Scene[]): Promise<Result[]> => {
    const results = await runFault(fault, scenes, order)
    for (const result of results) printCell(screen, result)
    return results
  }
  const cells = columns
    .filter(({ whole }) => !whole)
    .flatMap((fault) => rows.filter((scene) => says(fault, scene)).map((scene) => ({ fault, scene })))
  const results = (await pooled(cells, CELLS_AT_ONCE, ({ fault, scene }) => run(fault, [scene]))).flat()
  for (const fault of columns.filter(({ whole }) => whole)) results.push(...(await run(fault, rows)))
  return results
}

const main = async (): Promise<boolean> => {
  if (values.help) {
    screen.write(HELP)
    return true
  }
  const records = whole('records', values.records)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
  const rows = chosen('flow', flows, ({ flow }) => flow, values.flow)
  const columns = chosen('fault', faults, ({ name }) => name, values.fault)
  const scale = whole('scale', values.scale)
  printHead(screen, { seed, records, scale, columns })
  const started = Date.now()
  const stage = await openStage(scale)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stage.workers.stop().finally(() => process.exit(1)))
  try {
    const results = await runAll(columns, rows, { stage, seed, records })
    printSummary(screen, results, (Date.now() - started) / 1_000, seed)
    const ok = results.every((result) => result.ok)
    if (values.json) process.stdout.write(`${toJson(ok, results)}\n`)
    return ok
  } finally {
    await stage.workers.stop()
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${inspect(error)}\n`)
    if (values.json) process.stdout.write(`${toJson(false, [])}\n`)
    process.exit(1)
  },
)
