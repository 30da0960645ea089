import type { AnyFlow } from '../core/flow'
import type { Link } from '../core/ledger'
import type { Booked, Figures, Window } from '../core/reconciliation'
import { timeOf } from '../lib/ids'
import type { IntegrationConfig } from '../store/config'
import type { SourceSide, TargetSide, Work } from '../sync/reconcile'
import type { SourceFigures } from '../sync/reconcile-record'
import { codeAndText } from './attempt'
import type { JobRow } from './inbox'
import type { Lists, Progress } from './reconciliation-store'
import type { Setup } from './setup'

export interface Comparing {
  setup: Setup
  integration: IntegrationConfig
  flow: AnyFlow
  progress: Progress
  lists: Lists
}

/** One record, with all that is known of it. */
export interface Subject {
  job: JobRow
  links: Link[]
  /** Undefined = never read, or not readable; null = the source has no such record. */
  read: SourceFigures | null | undefined
  date: string
}

/** Keys of what came of it: records, rows of the source's list that are no record yet, documents that others made. */
export const LISTED = '<'
export const FOREIGN = '>'
export const listedKey = (sourceId: string): string => `${LISTED}${sourceId}`
export const recordKey = (sourceId: string, variant: string): string => `=${sourceId} ${variant}`

/** A document without a date is in every window. */
export const isWithin = (date: string, { from, to }: Window): boolean => date === '' || (date >= from && date <= to)

export const isBefore = (date: string, { startDate }: IntegrationConfig): boolean => date !== '' && date < startDate

export const sourceOf = (
  { integration, lists, progress }: Comparing,
  subject: Subject,
  figures?: Figures,
): SourceSide => {
  const { job, links, read, date } = subject
  const beforeStart = isBefore(date, integration) && !links.some(({ target }) => target)
  if (read === null) return { is: 'gone', proven: job.reason !== 'absence' }
  const row = lists.source.get(job.source_id)
  if (lists.walked && !row && timeOf(job.id) < progress.startedAt) return { is: 'gone', proven: false }
  if (read?.unbooked !== undefined) return { is: 'unbooked', reason: read.unbooked }
  if (read && !figures && links.length > 0) return { is: 'unbooked', reason: 'nothing of it is to be booked any more' }
  if (!read || !figures) return { is: 'listed', beforeStart }
  return { is: 'stands', figures, beforeStart, stale: row !== undefined && isNewer(row.row, job.version) }
}

/** The list may be older than what was read since. */
const isNewer = (listed: string, read: string): boolean => {
  const stampOf = (row: string): string => row.split(' ')[0] ?? ''
  return listed !== read && stampOf(listed) >= stampOf(read)
}

/** A write that did not come to its end may have left a document that is not booked. */
export const targetOf = (link: Link | undefined, booked: Booked | null | undefined): TargetSide => {
  if (!link) return { is: 'none' }
  if (booked?.figures) return { is: 'stands', ...booked, figures: booked.figures }
  return link.state === 'linked' || link.state === 'removed' ? { is: 'gone' } : { is: 'none' }
}

export const workOf = ({ state, reason, failure }: JobRow): Work => ({ state, reason, ...codeAndText(failure) })
