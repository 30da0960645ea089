import type { Cell } from './cell'
import type { Fault } from './matrix'
import { again, sleep, until } from './waiting'

type Cells = [Cell, ...Cell[]]

const strikeAll = (cells: Cells): void => {
  for (const cell of cells) cell.struck += 1
}

/** Not so close after each other that one record meets all of them: five starts without an end set it aside. */
const EVICTIONS = 8

export const evict = async ([cell]: Cells): Promise<void> => {
  for (let n = 0; n < EVICTIONS; n += 1) {
    await sleep(cell.random.between(300, 1_500))
    await again(() => cell.stage.evict(cell.play.office.tenant))
    strikeAll([cell])
  }
}

const KILLS = 3

/** At a random moment of the work; the simulators live on as witnesses. */
export const killConnector = async (cells: Cells): Promise<void> => {
  const [{ random, stage }] = cells
  for (let n = 0; n < KILLS; n += 1) {
    await sleep(random.between(200, 2_500))
    await stage.workers.killConnector()
    strikeAll(cells)
    await stage.workers.reviveConnector()
  }
}

const UPDATES = 3

/** Wrangler sees the change within two seconds and starts the runtime anew; then nobody answers for a moment. */
export const updateCode = async (cells: Cells): Promise<void> => {
  const [{ random, stage }] = cells
  for (let n = 0; n < UPDATES; n += 1) {
    await sleep(random.between(200, 2_500))
    await stage.updateCode()
    await sleep(3_000)
    await stage.workers.connectorAnswers()
    strikeAll(cells)
  }
}

const REFUSALS = 3

export const refuseD1: Pick<Fault, 'prepare' | 'during'> = {
  async prepare({ stage }) {
    await stage.refuseD1(1_000)
  },
  async during(cells) {
    const [{ random, stage }] = cells
    const before = await stage.refuseD1(0)
    for (let n = 0; n < REFUSALS; n += 1) {
      await sleep(random.between(300, 1_500))
      const lasts = random.between(500, 2_500)
      await stage.refuseD1(lasts)
      await sleep(lasts)
    }
    const after = await stage.refuseD1(0)
    if (await until(async () => after > before, 0)) strikeAll(cells)
  },
}
