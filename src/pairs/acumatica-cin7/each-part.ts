import type { Failure } from '../../core/failure'
import type { Mapped } from '../../core/flow'

/** A draft for each part; one that cannot be made stops all, so that a person sees why. Parts without rows come to nothing. */
export const eachPart = <P extends { rows: unknown[] }, D>(
  parts: P[],
  draft: (part: P) => Mapped<D> | Failure,
): Mapped<D>[] | Failure => {
  const drafts: Mapped<D>[] = []
  for (const part of parts) {
    if (part.rows.length === 0) continue
    const made = draft(part)
    if ('kind' in made) return made
    drafts.push(made)
  }
  return drafts
}
