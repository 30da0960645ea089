import type { Office } from './office'
import type { Random } from './random'
import type { Stage } from './stage'

/** One vendor's part in a flow, as the faults see it. */
export interface Side {
  vendor: string
  /** Which of its calls write: `method`, or a part of the body where all calls look alike. */
  writes?: { method?: string; path?: string; body?: string }
  /** Each form in which it refuses by call limit. */
  throttles: readonly [string, ...string[]]
  /** The switch of the simulator that lets lists lag behind, if it has one. */
  listLag?: string
}

/** What stands in the target for one source record. */
export interface Found {
  /** One complete, correct document. */
  posted: boolean
  /** Live documents beyond the one that should be there. */
  extra: number
  /** For people, where something is wrong. */
  words: string
}

/** One reading of both vendors' books. */
export interface Look {
  of(source: string): Found
  /** Documents that other flows made on the way and that are there more than once. */
  strays: number
}

/** One cell's business: its records, and how its books are compared. */
export interface Play {
  office: Office
  /** A user of the source vendor makes a record that has to be carried. Answers its id as the connector has it. */
  make(random: Random): Promise<string>
  /** The source vendor tells of a record once more. */
  tell(source: string): Promise<void>
  /** Whether nobody in this business has anything to do. Left out = nobody ever has. */
  isIdle?(): boolean
  look(): Promise<Look>
}

/** How many records are to come, by which chance, and whether most webhooks never come. */
export interface Opening {
  records: number
  random: Random
  untold: boolean
}

/** A flow in the matrix. A new pair adds its own to `flows.ts`. */
export interface Scene {
  flow: string
  /** Some step of it cannot be looked up, so an unknown outcome may end in front of a person. */
  review: boolean
  /** How many jobs a record of it becomes when the tenant accepts it: one for each flow that reads it. */
  jobs: number
  /** The source sends no webhooks of it: polls alone find its records, and those may be accepted and carried like any. */
  polled?: boolean
  /** Webhooks alone tell of its records, and nothing shows them again: where the vendor does not tell, nobody can know. */
  toldOnce?: boolean
  source: Side
  target: Side
  /** A tenant and a world of its own, connected and switched on. */
  open(stage: Stage, name: string, cell: Opening): Promise<Play>
}
