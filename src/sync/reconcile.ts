import type { Difference } from '../core/failure'
import type { Booked, Compared, Figures, Status } from '../core/reconciliation'
import { same } from '../lib/money'

/** How the source has a document. `stale` = its list shows another state than the one that was read. */
export type SourceSide =
  | { is: 'gone'; proven: boolean }
  | { is: 'unbooked'; reason: string }
  | { is: 'stands'; figures: Figures; stale: boolean; beforeStart: boolean }
  /** Only its list row is known: it was never read. */
  | { is: 'listed'; beforeStart: boolean }

/** How the target has it. `gone` = it was posted, and counts no longer. */
export type TargetSide = { is: 'none' } | { is: 'gone' } | ({ is: 'stands' } & Booked & { figures: Figures })

/** How the record stands: its job, or undefined where there is none. */
export interface Work {
  state: string
  reason: string
  code: string
  text: string
}

export type Verdict = Pick<Compared, 'status' | 'code' | 'reason' | 'differences' | 'source' | 'target'>

/** What is to be said of one document. Pure. */
export const judge = (source: SourceSide, target: TargetSide, work: Work | undefined): Verdict => {
  if (target.is === 'stands') return source.is === 'stands' ? both(source, target, work) : targetAlone(source, target)
  if (source.is === 'gone') return neither(target, work)
  return sourceAlone(source, target, work)
}

const both = (
  { figures, stale }: Extract<SourceSide, { is: 'stands' }>,
  target: Extract<TargetSide, { is: 'stands' }>,
  work: Work | undefined,
): Verdict => {
  const differences = differencesOf(figures, target.figures)
  const sides = { differences, source: figures, target: target.figures }
  if (target.changes.length > 0) return say('changed', 'changed_in_target', target.changes.join('; '), sides)
  if (differences.length === 0) return say('matched', '', stale ? NEWER : '', sides)
  if (work && work.code !== '') return say('differs', work.code, work.text, sides)
  return stale ? say('differs', 'source_is_newer', NEWER, sides) : say('differs', 'figures_differ', REMAPPED, sides)
}

const NEWER = 'the source has changed since; the next poll carries it'
const REMAPPED =
  'nobody changed it in the target since it was posted: a setting or mapping was changed since, which a replay with remap applies'

const targetAlone = (source: SourceSide, { figures }: Extract<TargetSide, { is: 'stands' }>): Verdict => {
  const sides = { target: figures }
  if (source.is === 'listed') return say('differs', 'source_not_stored', NOT_STORED, sides)
  if (source.is === 'unbooked') return say('only_target', 'not_booked', source.reason, sides)
  if (source.is === 'gone' && !source.proven) return say('only_target', 'missing_in_source', UNPROVEN, sides)
  return say('only_target', 'deleted', 'deleted in the source; it stands in the target', sides)
}

const NOT_STORED = 'the source record is not stored any more: replay it with reread to compare it'
const UNPROVEN = 'the source no longer lists it; a sweep finds out whether it is deleted'

const neither = (target: TargetSide, work: Work | undefined): Verdict => {
  const back = target.is === 'gone' ? ', and taken back in the target' : ' before it was posted'
  if (work?.code) return say('neither', work.code, work.text, {})
  return say('neither', 'deleted', `deleted in the source${back}`, {})
}

const sourceAlone = (
  source: Exclude<SourceSide, { is: 'gone' }>,
  target: TargetSide,
  work: Work | undefined,
): Verdict => {
  if (source.is === 'unbooked') return say('only_source', 'not_booked', source.reason, {})
  const figures = source.is === 'stands' ? source.figures : null
  if (target.is === 'gone')
    return say('only_source', 'gone_in_target', 'posted, and voided or stepped back in the target since', {
      source: figures,
    })
  if (source.beforeStart && !isTried(work))
    return say('only_source', 'before_start', 'dated before the start date of the integration', {})
  const [code, reason] = whyNot(work)
  return say('only_source', code, reason, { source: figures })
}

const isTried = (work: Work | undefined): boolean => work !== undefined && work.state === 'failed'

const whyNot = (work: Work | undefined): [code: string, reason: string] => {
  if (!work) return ['not_carried', 'not carried yet']
  if (work.code !== '') return [work.code, work.text]
  if (work.state === 'skipped') return ['skipped', work.reason]
  if (work.state === 'held') return ['held', work.reason || 'a record of the same batch failed']
  return ['not_carried', `not carried yet (${[work.state, work.reason].filter(Boolean).join(': ')})`]
}

const say = (
  status: Status,
  code: string,
  reason: string,
  sides: Partial<Pick<Verdict, 'differences' | 'source' | 'target'>>,
): Verdict => ({ status, code, reason, differences: [], source: null, target: null, ...sides })

/** Each pair of figures that is not the same. */
export const differencesOf = (source: Figures, target: Figures): Difference[] => {
  const { currency } = source
  const pair = (what: string, one: string, other: string): Difference[] =>
    same(one, other) ? [] : [{ what, source: one, target: other, currency }]
  const codes = [...new Set([...Object.keys(source.accounts), ...Object.keys(target.accounts)])].sort()
  return [
    ...words('currency', source.currency, target.currency, currency),
    ...words('customer', source.customer.id, target.customer.id, currency),
    ...pair('total', source.total, target.total),
    ...pair('tax', source.tax, target.tax),
    ...codes.flatMap((code) => pair(`account ${code}`, source.accounts[code] ?? '0', target.accounts[code] ?? '0')),
  ]
}

const words = (what: string, source: string, target: string, currency: string): Difference[] =>
  source === target ? [] : [{ what, source, target, currency }]
