import type { Recorded } from '../sandbox/recorded'
import type { Fault } from './matrix'
import type { Random } from './random'
import type { Play, Scene } from './scene'
import type { Stage } from './stage'
import { again, until } from './waiting'

/** One flow under one fault. */
export interface Cell {
  stage: Stage
  scene: Scene
  fault: Fault
  play: Play
  random: Random
  records: number
  /** What was made in the source. */
  sources: string[]
  /** How often the fault has struck, beside what the world has counted. */
  struck: number
}

/** On the real clock; a record may need its whole schedule of look-ups, 13 minutes on the fast one, for each of its steps. */
export const limitOf = ({ records }: Cell): number => 120_000 + 2_000 * records

export const make = async ({ play, random, records, sources }: Cell): Promise<void> => {
  for (let n = 0; n < records; n += 1) sources.push(await play.make(random))
}

/** Until nothing has moved for so long. False where the limit is reached first. */
export const settle = async ({ stage, play }: Cell, calmMs: number, limitMs: number): Promise<boolean> => {
  let quietSince: number | undefined
  return until(async () => {
    const health = await stage.health(play.office.tenant)
    const quiet = health?.waiting === 0 && health.outbox === 0 && (play.isIdle?.() ?? true)
    if (!quiet) quietSince = undefined
    else quietSince ??= Date.now()
    return quietSince !== undefined && Date.now() - quietSince >= calmMs
  }, limitMs)
}

/** Whether the tenant, which is paused, holds every job that the records are to become. */
export const isAccepted = async ({ stage, play, scene, sources }: Cell): Promise<boolean> =>
  ((await stage.health(play.office.tenant))?.waiting ?? 0) >= Math.max(1, sources.length * scene.jobs)

export const callsOf = async ({ play }: Cell): Promise<Recorded[]> => again(() => play.office.world.calls())
