import type { Link, Owner } from '../core/ledger'

/** What a target document is known by: it says which record, which part of it, and which generation. */
export const markerOf = (
  { flow, sourceId }: Owner,
  { variant, generation }: Pick<Link, 'variant' | 'generation'>,
): string => `mlc:${flow}:${sourceId}:${variant}:g${generation}`
