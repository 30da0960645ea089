import { parseArgs } from 'node:util'
import { makeScreen, type Screen } from '../demo/screen'
import { scratch } from '../support/node/memory'
import { ack } from './ack'
import { backfill } from './backfill'
import { calls } from './calls'
import { cost } from './cost'
import { drain } from './drain'
import type { Figure, Measure } from './figure'
import { growth } from './growth'
import { limit } from './limit'
import { many } from './many'
import { pages } from './pages'
import { start } from './start'

/** `npm run bench`: each figure measured on the built worker in the local runtime; `--only NAME`, `--json` for machines, `--profile` for a reason. */
const figures: Record<string, Measure> = { ack, drain, growth, pages, limit, calls, cost, backfill, many, start }

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean' }, profile: { type: 'boolean' } },
})
process.env.TMPDIR = scratch()
if (options.profile) process.env.BENCH_PROFILE = 'connector'

const chosen = (): [string, Measure][] => {
  const all = Object.entries(figures)
  const wanted = all.filter(([name]) => options.only === undefined || name === options.only)
  if (wanted.length > 0) return wanted
  throw new Error(`there is no figure ${options.only}; choose one of ${Object.keys(figures).join(', ')}`)
}

/** One that could not be measured is not reached, and the others are measured all the same. */
const tried = async (run: Measure): Promise<Figure> => {
  try {
    return await run()
  } catch (thrown) {
    const said = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return { value: null, target: null, ok: false, lines: said.split('\n') }
  }
}

const show = (print: Screen, name: string, figure: Figure, seconds: number): void => {
  for (const line of figure.lines) print.note(line)
  const words = `${name}: ${JSON.stringify(figure.value)}, to reach ${JSON.stringify(figure.target)} (${seconds.toFixed(0)} s)`
  if (figure.ok) print.good(words)
  else print.bad(words)
}

const measure = async (): Promise<boolean> => {
  const print = makeScreen(options.json === true)
  const found: [string, Figure][] = []
  for (const [name, run] of chosen()) {
    print.step(name)
    const started = performance.now()
    const figure = await tried(run)
    found.push([name, figure])
    show(print, name, figure, (performance.now() - started) / 1_000)
  }
  const ok = found.every(([, figure]) => figure.ok)
  const rows = found.map(([name, { value, target, ok: reached }]) => [name, { value, target, ok: reached }])
  if (options.json) process.stdout.write(`${JSON.stringify({ ok, ...Object.fromEntries(rows) })}\n`)
  return ok
}

measure().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exit(1)
  },
)
