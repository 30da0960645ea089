import type { Cell } from './cell'
import { callsOf, isAccepted, limitOf, make, settle } from './cell'
import { type Result, tally, type Verdicts, verdicts } from './count'
import type { Fault } from './matrix'
import { order } from './office'
import { randomOf } from './random'
import type { Scene } from './scene'
import type { Stage } from './stage'
import { sleep, until } from './waiting'

export interface Order {
  stage: Stage
  seed: number
  records: number
}

/** Between two polls as between two runs of cron: a quarter of an hour on the fast clock. */
const CRON_MS = 15 * 60_000
const MOST_POLLS = 6
/** A delivered webhook is in the queue for up to a second before the tenant has it. */
const CALM_MS = 2_500
const ACCEPTED_LIMIT_MS = 60_000

let worlds = 0

const openCell = async (scene: Scene, fault: Fault, { stage, seed, records }: Order): Promise<Cell> => {
  worlds += 1
  const name = `w${worlds}-${fault.name}`
  const random = randomOf(seed, fault.name, scene.flow)
  const play = await scene.open(stage, name, { random, records, untold: fault.untold ?? false })
  return { stage, scene, fault, play, random, records, sources: [], struck: 0 }
}

/** One fault, its flows side by side: a tenant and a world each. */
export const runFault = async (fault: Fault, scenes: Scene[], order: Order): Promise<Result[]> => {
  const cells = await Promise.all(scenes.map((scene) => openCell(scene, fault, order)))
  const started = Date.now()
  if (fault.whole) await strikeAll(fault, cells)
  else await Promise.all(cells.map((cell) => strikeAll(fault, [cell])))
  return Promise.all(cells.map((cell) => end(cell, started)))
}

/** The records are made, and it happens while they are carried. */
const strikeAll = async (fault: Fault, cells: Cell[]): Promise<void> => {
  const [first, ...others] = cells
  if (!first) return
  await Promise.all(cells.map(begin))
  if (fault.accepted) await Promise.all(cells.map(({ play }) => order(play.office, 'resume')))
  await fault.during?.([first, ...others])
}

/** Where only what was accepted counts, nothing is carried before all of it is. */
const begin = async (cell: Cell): Promise<void> => {
  const { fault, play } = cell
  if (fault.accepted) await order(play.office, 'pause')
  await fault.prepare?.(cell)
  await make(cell)
  if (cell.scene.polled) await order(play.office, 'poll')
  if (fault.accepted) await until(() => isAccepted(cell), ACCEPTED_LIMIT_MS)
}

const end = async (cell: Cell, started: number): Promise<Result> => {
  const limit = Date.now() + limitOf(cell)
  const left = () => Math.max(0, limit - Date.now())
  await settle(cell, CALM_MS, left())
  // No poll may repair what the tenant had accepted.
  const before = cell.fault.accepted ? await verdicts(cell) : undefined
  await calm(cell)
  const after = await poll(cell, left)
  const seconds = (Date.now() - started) / 1_000
  const result = await tally(cell, before ?? after, after, await callsOf(cell), seconds)
  cell.play.office.close()
  return result
}

const calm = async ({ play, scene }: Cell): Promise<void> => {
  await play.office.world.clearFaults()
  const { listLag } = scene.target
  if (listLag) await play.office.world.switches({ [listLag]: 0 })
}

/** Cron would ask the source every quarter of an hour; so do we, at least once, until all is there. */
const poll = async (cell: Cell, left: () => number): Promise<Verdicts> => {
  for (let round = 1; ; round += 1) {
    const asked = Date.now()
    await order(cell.play.office, 'poll')
    await settle(cell, CALM_MS, left())
    const found = await verdicts(cell)
    if (found.every(({ verdict }) => verdict !== 'lost') || round >= MOST_POLLS || left() === 0) return found
    await sleep(Math.max(0, asked + CRON_MS / cell.stage.scale - Date.now()))
  }
}
