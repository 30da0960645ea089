import type { Cell } from './cell'
import type { Fault } from './matrix'
import { hit } from './strikes'
import { again, sleep, until } from './waiting'

type Cells = [Cell, ...Cell[]]

const strikesOf = async ({ play }: Cell): Promise<number> => (await play.office.strikes()).struck

/** Shorter than the connector waits for the vendor. */
const HELD_LIMIT_MS = 1_000

/** Until a write hangs, if one leaves soon: the document is there, and only the vendor knows. */
const holdWrite = async (cell: Cell): Promise<void> => {
  const { target } = cell.scene
  const before = await strikesOf(cell)
  await hit(cell, target, { ...target.writes, kind: 'hang', skip: 0 })
  await until(async () => (await strikesOf(cell)) > before, HELD_LIMIT_MS, 30)
}

const isWorking = async ({ stage, play }: Cell): Promise<boolean> =>
  ((await stage.health(play.office.tenant))?.waiting ?? 0) > 0

const working = async (cells: Cell[]): Promise<Cell[]> => {
  const asked = await Promise.all(cells.map(async (cell) => ({ cell, works: await isWorking(cell) })))
  return asked.flatMap(({ cell, works }) => (works ? [cell] : []))
}

/** More often than not while writes hang, else at any moment of the work. Answers who is at work then. */
const someMoment = async (cells: Cells): Promise<Cell[]> => {
  const [{ random, records }] = cells
  const held = random.chance(0.6)
  if (held) await Promise.all(cells.map(holdWrite))
  await sleep(random.between(10, held ? 300 : 50 + 20 * records))
  return working(cells)
}

const struck = (cells: Cell[]): void => {
  for (const cell of cells) cell.struck += 1
}

/** Five starts without an end set a record aside, as something that kills the object; so it never meets that many. */
const EVICTIONS = 4

export const evict = async (cells: Cells): Promise<void> => {
  const [{ stage, play }] = cells
  for (let n = 0; n < EVICTIONS; n += 1) {
    const hitNow = await someMoment(cells)
    await again(() => stage.evict(play.office.tenant))
    struck(hitNow)
  }
}

const TIMES = 3

/** The simulators live on as witnesses. */
export const killConnector = async (cells: Cells): Promise<void> => {
  const [{ stage }] = cells
  for (let n = 0; n < TIMES; n += 1) {
    const hitNow = await someMoment(cells)
    await stage.workers.killConnector()
    struck(hitNow)
    await stage.workers.reviveConnector()
  }
}

/** Once for so many records, so that none of them meets more starts than a record may have. */
const STORM_FOR = 25
const LEAST_STORM = 4

/** Mostly resets of all objects; each fourth time the whole connector goes. */
export const storm = async (cells: Cells): Promise<void> => {
  const [{ stage, records }] = cells
  for (let n = 1; n <= Math.max(LEAST_STORM, records / STORM_FOR); n += 1) {
    const hitNow = await someMoment(cells)
    if (n % 4 === 0) await stage.workers.killConnector()
    else await Promise.all(cells.map(({ play }) => again(() => stage.evict(play.office.tenant))))
    struck(hitNow)
    if (n % 4 === 0) await stage.workers.reviveConnector()
  }
}

/** Wrangler sees the change within two seconds and starts the runtime anew; for a moment nobody answers. */
export const updateCode = async (cells: Cells): Promise<void> => {
  const [{ stage }] = cells
  for (let n = 0; n < TIMES; n += 1) {
    const hitNow = await someMoment(cells)
    await stage.updateCode()
    struck(hitNow)
  }
}

export const refuseD1: Pick<Fault, 'prepare' | 'during'> = {
  /** The webhooks meet it too. */
  async prepare({ stage }) {
    await stage.refuseD1(1_000)
  },
  async during(cells) {
    const [{ random, stage }] = cells
    for (let n = 0; n < TIMES; n += 1) {
      await sleep(random.between(100, 1_000))
      const lasts = random.between(500, 2_500)
      await stage.refuseD1(lasts)
      await sleep(lasts)
    }
    const refused = await stage.refuseD1(0)
    for (const cell of cells) cell.struck += refused
  },
}
