import { parseArgs } from 'node:util'
import { openStage } from './open'
import { scenarios } from './scenarios'
import { makeScreen } from './screen'
import type { CarriedFlow, Scenario, Stage } from './stage'
import { heldScreen } from './turns'

/**
 * `npm run demo`: everything on this machine, no account anywhere. `--pair NAME` shows that pair alone, `--once` ends by itself,
 * `--json` adds a line for machines.
 */
const { values: options } = parseArgs({
  options: { pair: { type: 'string' }, once: { type: 'boolean' }, json: { type: 'boolean' } },
})
const screen = makeScreen(options.json === true)

const waitForCtrlC = (): Promise<void> =>
  new Promise((stop) => {
    const alive = setInterval(() => {}, 1_000)
    process.once('SIGINT', () => {
      clearInterval(alive)
      stop()
    })
  })

const chosen = (): [string, Scenario][] => {
  const all = Object.entries(scenarios)
  const wanted = all.filter(([pair]) => options.pair === undefined || pair === options.pair)
  if (wanted.length > 0) return wanted
  throw new Error(`there is no pair ${options.pair}; choose one of ${all.map(([pair]) => pair).join(', ')}`)
}

/** All begin at once, since they mostly wait. */
const showAll = async (stage: Stage, wanted: [string, Scenario][]): Promise<CarriedFlow[]> => {
  const shows = wanted.map(([pair, show]) => {
    const held = heldScreen(screen)
    const flows = show({ ...stage, screen: held })
    flows.catch(() => undefined) // told of when its turn comes
    return { pair, held, flows }
  })
  const flows: CarriedFlow[] = []
  for (const show of shows) {
    screen.step(`— ${show.pair} —`)
    show.held.open()
    flows.push(...(await show.flows))
  }
  return flows
}

const main = async (): Promise<boolean> => {
  const wanted = chosen()
  screen.step('Starting the connector and the simulators of the vendors on this machine (a few seconds) …')
  const { stage, stop } = await openStage(screen)
  try {
    const flows = await showAll(stage, wanted)
    const ok = flows.length > 0 && flows.every(({ status }) => status === 'done')
    if (!options.once) {
      screen.note(
        `The connector answers at ${stage.connector} (reference: ${stage.connector}/openapi.json); Ctrl-C ends it.`,
      )
      await waitForCtrlC()
    }
    if (options.json) process.stdout.write(`${JSON.stringify({ ok, flows })}\n`)
    return ok
  } finally {
    await stop()
  }
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, flows: [] })}\n`)
    process.exit(1)
  },
)
