import { parseArgs } from 'node:util'
import { openStage } from '../demo/open'
import { makeScreen } from '../demo/screen'
import { calls } from './calls'
import type { Figure, Measure } from './figure'

/** `npm run bench`: each figure measured on the built worker in the local runtime; `--only NAME`, `--json` for machines. */
const figures: Record<string, Measure> = { calls }

const { values: options } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } })

const chosen = (): [string, Measure][] => {
  const all = Object.entries(figures)
  const wanted = all.filter(([name]) => options.only === undefined || name === options.only)
  if (wanted.length > 0) return wanted
  throw new Error(`there is no figure ${options.only}; choose one of ${Object.keys(figures).join(', ')}`)
}

const measure = async (): Promise<boolean> => {
  const wanted = chosen()
  const print = makeScreen(options.json === true)
  const { stage, stop } = await openStage(silent)
  const found: Record<string, Figure> = {}
  try {
    for (const [name, run] of wanted) {
      print.step(name)
      const figure = await run(stage)
      found[name] = figure
      for (const line of figure.lines) print.note(line)
      if (figure.ok) print.good(`${name} is as it should be`)
      else print.bad(`${name}: ${JSON.stringify(figure.value)}, to reach ${JSON.stringify(figure.target)}`)
    }
  } finally {
    await stop()
  }
  const ok = Object.values(found).every((figure) => figure.ok)
  const rows = Object.entries(found).map(([name, { value, target, ok: reached }]) => [
    name,
    { value, target, ok: reached },
  ])
  if (options.json) process.stdout.write(`${JSON.stringify({ ok, ...Object.fromEntries(rows) })}\n`)
  return ok
}

const silent = { step: () => {}, note: () => {}, good: () => {}, bad: () => {} }

measure().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exit(1)
  },
)
