import type { Flow, Lookups } from '../core/flow'
import type { Figures } from '../core/reconciliation'

/** What a stored source record says, for comparing. */
export interface SourceFigures {
  number: string
  /** Business date; '' for master data. */
  date: string
  /** Why it does not count in the source's books: a draft, for example. */
  unbooked: string | undefined
  /** `date` = of the part, where parts have dates of their own. */
  variants: { variant: string; date: string; figures: Figures }[]
}

/** Null where it was deleted; undefined where it cannot be read any more (stored by another version of our code). */
export const sourceFigures = <R, D, S>(
  flow: Flow<R, D, S>,
  document: unknown,
  given: unknown,
  lookups: Lookups,
): SourceFigures | null | undefined => {
  const record = flow.source.record.safeParse(document)
  if (!record.success) return undefined
  if (flow.source.deleted?.(record.data)) return null
  const settings = flow.settings.parse(given)
  const unbooked = flow.skip?.(record.data, settings, lookups)
  const date = flow.source.date(record.data) ?? ''
  const figures = unbooked === undefined ? (flow.figures?.(record.data, settings, lookups) ?? []) : []
  return {
    number: flow.source.number(record.data),
    date,
    unbooked,
    variants: figures.map(({ variant, figures }) => ({
      variant,
      date: flow.partDate?.(record.data, variant) ?? date,
      figures,
    })),
  }
}
