import type { Cell } from './cell'
import { hit, sprinkle } from './strikes'
import { evict, killConnector, refuseD1, storm, updateCode } from './troubles'
import { duplicated, late, lost, reordered } from './webhooks'

/** One thing that goes wrong. */
export interface Fault {
  name: string
  about: string
  /** It strikes the whole connector: its cells run by themselves, and it happens once for all of them. */
  whole?: boolean
  /** Local queues are in memory and go with the process: what counts is what the tenant had accepted before it happened. */
  accepted?: boolean
  /** It is about webhooks, and says nothing of flows that have none. */
  webhooks?: boolean
  /** Most webhooks never come. */
  untold?: boolean
  /** The vendor answers every call so that its outcome is known, so nobody has to look; but for answers that are late on this machine. */
  known?: boolean
  /** Before the records are made. */
  prepare?(cell: Cell): Promise<void>
  /** While they are carried. */
  during?(cells: [Cell, ...Cell[]]): Promise<void>
}

const STATUSES = [500, 502, 503, 504] as const

/** The columns of the matrix. */
export const faults: Fault[] = [
  { name: 'none', about: 'nothing goes wrong', known: true },
  {
    name: 'latency',
    about: 'answers take long, some longer than the connector waits',
    prepare: (cell) => sprinkle(cell, 0.3, ({ random }) => ({ kind: 'latency', ms: random.between(50, 2_000) })),
  },
  {
    name: 'throttled',
    about: 'refused by call limit, in each of the vendor’s forms',
    known: true,
    async prepare(cell) {
      for (const side of [cell.scene.source, cell.scene.target])
        for (const form of side.throttles) await hit(cell, side, { kind: 'throttled', form })
      await sprinkle(cell, 0.1, ({ random, scene }) => ({
        kind: 'throttled',
        form: random.pick(scene.target.throttles),
      }))
    },
  },
  {
    name: '5xx',
    about: 'the vendor answers 500, 502, 503, 504, also several times in a row',
    async prepare(cell) {
      await sprinkle(cell, 0.25, ({ random }) => ({ kind: 'status', status: random.pick(STATUSES) }))
      await hit(cell, cell.scene.target, { kind: 'status', status: 503, times: 7 })
    },
  },
  {
    name: 'html',
    about: 'an HTML page instead of an answer, also with status 200',
    prepare: (cell) => sprinkle(cell, 0.25, ({ random }) => ({ kind: 'html', status: random.pick([200, 404, 502]) })),
  },
  {
    name: 'commit-and-drop',
    about: 'the vendor does it, the answer is lost',
    prepare: (cell) => sprinkle(cell, 0.25, () => ({ kind: 'drop-after' })),
  },
  {
    name: 'drop-before-commit',
    about: 'the call never arrives',
    prepare: (cell) => sprinkle(cell, 0.2, () => ({ kind: 'drop-before' })),
  },
  {
    name: 'cut-body',
    about: 'the vendor does it, half of the answer arrives',
    prepare: (cell) => sprinkle(cell, 0.25, () => ({ kind: 'cut-body' })),
  },
  {
    name: 'hang',
    about: 'the vendor does it and never answers',
    prepare: (cell) => sprinkle(cell, 0.15, () => ({ kind: 'hang' })),
  },
  {
    name: 'slow-lists',
    about: 'lists show a new document late, and answers are lost',
    async prepare(cell) {
      const { listLag } = cell.scene.target
      if (listLag) await cell.play.office.world.switches({ [listLag]: cell.random.between(20, 300) * 1_000 })
      await sprinkle(cell, 0.25, () => ({ kind: 'drop-after' }))
    },
  },
  {
    name: 'webhooks-duplicated',
    about: 'each webhook comes several times, and again later',
    webhooks: true,
    known: true,
    ...duplicated,
  },
  {
    name: 'webhooks-reordered',
    about: 'webhooks come in any order, all at once',
    webhooks: true,
    known: true,
    ...reordered,
  },
  {
    name: 'webhooks-late',
    about: 'webhooks come after a poll has carried everything',
    webhooks: true,
    known: true,
    ...late,
  },
  { name: 'webhooks-lost', about: 'most webhooks never come', webhooks: true, known: true, untold: true, ...lost },
  { name: 'evicted', about: 'the tenant’s object is reset at random moments', during: evict },
  { name: 'd1-refuses', about: 'D1 refuses for a while, several times', whole: true, known: true, ...refuseD1 },
  { name: 'killed', about: 'SIGKILL to the connector', whole: true, accepted: true, during: killConnector },
  {
    name: 'storm',
    about: 'answers to writes are lost all the time, while objects are reset and the connector is killed',
    whole: true,
    accepted: true,
    prepare: (cell) => sprinkle(cell, 1, () => ({ kind: 'drop-after' })),
    during: storm,
  },
  { name: 'code-updated', about: 'the code is replaced in mid-write', whole: true, accepted: true, during: updateCode },
]
