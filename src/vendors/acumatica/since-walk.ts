import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import { parseJson } from '../../lib/json'
import { nextSkip, PAGE } from './lists'

/** How late a change shows, and how far the two clocks are apart, is not known (sheet 5). */
const OVERLAP_MS = 10 * 60_000

/**
 * `window`: what changed after `after` and up to `until` (ms since 1970; null = open), in one answer. `pages`: everything, by
 * number of rows. `rest`: a window that no stamp can divide, without a limit of rows.
 */
const Walk = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('window'), after: z.number(), until: z.number().nullable(), first: z.boolean() }),
    z.object({ kind: z.literal('rest'), after: z.number(), until: z.number().nullable() }),
    z.object({ kind: z.literal('pages'), skip: z.number().int(), startedAt: z.number() }),
  ]),
)
type Walk = z.infer<typeof Walk>

/** `mark` = everything up to it was read by finished walks; `seen` = greatest stamp of the walk in work. Ms since 1970. */
const Cursor = z.lazy(() =>
  z.object({ mark: z.number().nullable(), seen: z.number().nullable(), walk: Walk.nullable() }),
)
type Cursor = z.infer<typeof Cursor>

/** What is asked for: rows that changed in a window, or all; `top` null = no limit. */
export interface Request {
  window: { after: number; until: number | null } | null
  skip: number
  top: number | null
}

/**
 * One answer of a walk over what changed. No order can be asked for, so pages by number may lose a row that slides (sheet 5). A
 * window that comes back with fewer rows than were asked for was read whole, in one moment; a fuller one is divided by its stamps
 * until that is so, the earlier half first, and the mark moves only at the end. The first walk, and one whose filter does not even
 * find what is known to be there (sheet 5), goes through all pages instead. `now` = ms since 1970.
 */
export const walkSince = async (
  cursor: string | null,
  now: number,
  ask: (request: Request) => Promise<Listed[]>,
): Promise<Page<string>> => {
  const at = parse(cursor)
  const walk = at.walk ?? begin(at.mark, now)
  const items = await ask(requestOf(walk))
  const stamps = items.map(({ version }) => Date.parse(version)).filter((stamp) => !Number.isNaN(stamp))
  const seen = stamps.reduce((high, stamp) => Math.max(high, stamp), at.seen ?? 0) || null
  const next = following(walk, items, stamps, now)
  const after: Cursor = next
    ? { mark: at.mark, seen, walk: next }
    : { mark: markOf(at.mark, seen, walk), seen: null, walk: null }
  return { items, next: JSON.stringify(after), done: next === null }
}

const parse = (cursor: string | null): Cursor =>
  Cursor.safeParse(parseJson(cursor ?? '')).data ?? { mark: null, seen: null, walk: null }

const begin = (mark: number | null, now: number): Walk =>
  mark === null
    ? { kind: 'pages', skip: 0, startedAt: now }
    : { kind: 'window', after: mark - OVERLAP_MS, until: null, first: true }

const requestOf = (walk: Walk): Request => {
  if (walk.kind === 'pages') return { window: null, skip: walk.skip, top: PAGE }
  const { kind, after, until } = walk
  return { window: { after, until }, skip: 0, top: kind === 'rest' ? null : PAGE }
}

/** Where to go on; null = the end. */
const following = (walk: Walk, items: Listed[], stamps: number[], now: number): Walk | null => {
  if (walk.kind === 'pages') {
    const skip = nextSkip(walk.skip, items)
    return skip === null ? null : { ...walk, skip }
  }
  // The record that the mark is of has to be in an open window: where it is not, the filter may be lying.
  if (walk.kind === 'window' && walk.first && items.length === 0) return { kind: 'pages', skip: 0, startedAt: now }
  if (walk.kind === 'window' && items.length >= PAGE) return divided(walk, stamps)
  return walk.until === null ? null : { kind: 'window', after: walk.until, until: null, first: false }
}

/** The earlier half by the middle stamp; all stamps the same means that nothing can divide them. */
const divided = ({ after, until }: Extract<Walk, { kind: 'window' }>, stamps: number[]): Walk => {
  const sorted = [...stamps].sort((a, b) => a - b)
  const last = sorted.at(-1) ?? after
  const middle = sorted[Math.floor(sorted.length / 2)] ?? after
  const at = Math.min(middle, last - 1)
  return at > after ? { kind: 'window', after, until: at, first: false } : { kind: 'rest', after, until }
}

/** Pages are read one after the other: what changed since the first was asked for may stand on one that was read before. */
const markOf = (mark: number | null, seen: number | null, walk: Walk): number | null => {
  const bound = walk.kind === 'pages' && seen !== null ? Math.min(seen, walk.startedAt) : seen
  return bound === null ? mark : Math.max(bound, mark ?? bound)
}
