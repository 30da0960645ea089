import type { Recorded } from '../sandbox/recorded'
import type { Cell } from './cell'
import { auditProblem, hadNoAnswer, type Row, recordsOf, storyOf } from './office'
import { again } from './waiting'

export interface Result {
  flow: string
  fault: string
  sent: number
  posted: number
  review: number
  duplicated: number
  lost: number
  /** How often the fault has struck. */
  struck: number
  seconds: number
  ok: boolean
  /** What is wrong, for people. */
  notes: string[]
}

export interface Verdict {
  source: string
  verdict: 'posted' | 'review' | 'lost'
  extra: number
  words: string
}
export type Verdicts = Verdict[] & { strays?: number }

/**
 * Compares the vendors' books, record by record. A step that waits for a person is in review, also where the document stands: the
 * connector does not know that, and a person has to look.
 */
export const verdicts = async (cell: Cell): Promise<Verdicts> => {
  const look = await again(() => cell.play.look())
  const { review: mayWait } = cell.scene
  const found = cell.sources.map((source) => ({ source, ...look.of(source) }))
  const open = mayWait || found.some(({ posted }) => !posted)
  const records = open ? await ownRecords(cell) : undefined
  const judged: Verdicts = found.map(({ source, posted, extra, words }) => {
    const review = (mayWait || !posted) && records?.get(source)?.state === 'uncertain'
    return { source, extra, words, verdict: review ? 'review' : posted ? 'posted' : 'lost' }
  })
  judged.strays = look.strays
  return judged
}

const ownRecords = async ({ play, scene }: Cell): Promise<Map<string, Row>> => {
  const rows = await recordsOf(play.office)
  return new Map(rows.filter(({ flow }) => flow === scene.flow).map((row) => [row.sourceId, row]))
}

/** Nobody has to look where the vendor has answered every call. */
const mayWait = async (cell: Cell, kept: Verdicts): Promise<boolean> => {
  const { scene, fault, play } = cell
  if (!scene.review || !fault.known) return scene.review
  const records = await ownRecords(cell)
  const waiting = kept.filter(({ verdict }) => verdict === 'review').map(({ source }) => records.get(source))
  const unanswered = await Promise.all(waiting.map((row) => row !== undefined && hadNoAnswer(play.office, row)))
  return unanswered.every(Boolean)
}

const count = (list: Verdicts, wanted: Verdict['verdict']): number =>
  list.filter(({ verdict }) => verdict === wanted).length

/** `kept` says what was lost, `last` what is there twice. */
export const tally = async (
  cell: Cell,
  kept: Verdicts,
  last: Verdicts,
  calls: Recorded[],
  seconds: number,
): Promise<Result> => {
  const { scene, fault, sources } = cell
  const world = await again(() => cell.play.office.strikes())
  const struck = cell.struck + world.struck
  const [posted, review, lost] = [count(kept, 'posted'), count(kept, 'review'), count(kept, 'lost')]
  const duplicated = last.reduce((sum, { extra }) => sum + extra, last.strays ?? 0)
  const proven = struck > 0 || fault.name === 'none'
  const audit = await auditProblem(cell.play.office)
  const whole =
    duplicated === 0 &&
    lost === 0 &&
    posted + review === sources.length &&
    (review === 0 || (await mayWait(cell, kept)))
  const ok = whole && proven && audit === undefined
  const notes = [
    ...(audit === undefined ? [] : [audit]),
    ...(proven ? [] : ['the fault never struck, so this cell says nothing']),
    ...(world.restarts === 0 ? [] : [`the simulators were restarted ${world.restarts} times`]),
    ...overLimit(calls),
    ...(whole ? [] : await stories(cell, [...new Set([...kept, ...last])])),
  ]
  return {
    flow: scene.flow,
    fault: fault.name,
    sent: sources.length,
    posted,
    review,
    duplicated,
    lost,
    struck,
    seconds,
    ok,
    notes,
  }
}

/** The connector keeps below the vendor's limit by itself, so nobody has to refuse it. */
const overLimit = (calls: Recorded[]): string[] => {
  const refused = calls.filter(({ status, fault }) => status === 429 && fault === undefined).length
  return refused === 0 ? [] : [`the vendor's own call limit was met ${refused} times`]
}

const MOST_STORIES = 5

/** What the audit tells of the records that went wrong, and of all others that are not done. */
const stories = async (cell: Cell, all: Verdict[]): Promise<string[]> => {
  const { office } = cell.play
  const rows = await recordsOf(office)
  const wrong = all.filter(({ verdict, extra }) => verdict !== 'posted' || extra > 0).slice(0, MOST_STORIES)
  const told = wrong.map(async ({ source, verdict, words }) => {
    const own = rows.filter(({ sourceId }) => sourceId === source)
    return [`${verdict}: ${source}: ${words}`, ...(await Promise.all(own.map((row) => story(cell, row)))).flat()]
  })
  const others = rows.filter(({ sourceId }) => !cell.sources.includes(sourceId)).slice(0, MOST_STORIES)
  const beside = others.map((row) => story(cell, row))
  return (await Promise.all([...told, ...beside])).flat()
}

const story = async (cell: Cell, row: Row): Promise<string[]> => {
  const { flow, sourceId, state, reason, code, text } = row
  const head = `  ${flow} ${sourceId}: ${[state, reason, code, text].filter(Boolean).join(' ')}`
  return [head, ...(await storyOf(cell.play.office, row)).map((line) => `      ${line}`)]
}
