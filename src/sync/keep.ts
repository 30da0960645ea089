import type { Flow } from '../core/flow'
import type { Link } from '../core/ledger'
import { printsOf } from './record'

/**
 * The link as it is once a person has said that the target stays as it is: it agrees with the source record as it was read, so
 * nothing is written until the source changes again. Undefined = the source no longer has what the target stands for.
 */
export const keepTarget = async <R, D, S>(
  flow: Flow<R, D, S>,
  document: unknown,
  link: Link,
): Promise<Link | undefined> => {
  const record = flow.source.record.safeParse(document)
  if (!record.success || flow.source.deleted?.(record.data)) return undefined
  const { parts, of } = await printsOf(flow, record.data)
  if (parts && !parts.includes(link.variant)) return undefined
  return { ...link, state: 'linked', fingerprint: of(link.variant), version: flow.source.version(record.data) }
}
