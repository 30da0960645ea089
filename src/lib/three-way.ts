/** What a record says, by field. '' = nothing. */
export type Texts = Record<string, string>

/** Who is right where both sides have changed a field: one of them, or nobody knows. */
export type Wins = 'ask' | 'source' | 'target'

export interface Merged {
  /** Fields of the target that change. */
  write: Texts
  /** What both sides say alike from then on; where they still differ, what the source says is known and the target's is news. */
  agreed: Texts
  /** Fields that both changed, each in its own way, where nobody is known to be right. */
  clashes: string[]
}

/**
 * Source into target, field by field, seen from what both last agreed on. Null = they never agreed: then gaps are filled, and two
 * different texts are a clash.
 */
export const merge = (base: Texts | null, source: Texts, target: Texts, wins: Wins): Merged => {
  const merged: Merged = { write: {}, agreed: {}, clashes: [] }
  for (const [field, ours] of Object.entries(source)) {
    const theirs = target[field] ?? ''
    const step = stepFor(base?.[field], ours, theirs, wins)
    if (step === 'clash') merged.clashes.push(field)
    if (step === 'write') merged.write[field] = ours
    merged.agreed[field] = ours
  }
  return merged
}

const stepFor = (
  base: string | undefined,
  ours: string,
  theirs: string,
  wins: Wins,
): 'same' | 'write' | 'leave' | 'clash' => {
  if (ours === theirs) return 'same'
  if (ours === (base ?? '')) return 'leave'
  if (theirs === (base ?? '')) return 'write'
  return ({ ask: 'clash', source: 'write', target: 'leave' } as const)[wins]
}
