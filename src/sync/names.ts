/** Words that say in which form a firm is run, not which firm it is. */
const LEGAL = new Set(
  'ltd limited inc incorporated llc llp lp plc co company corp corporation pty pte gmbh ag kg bv nv sa sas sarl srl spa oy ab as aps the and'.split(
    ' ',
  ),
)
/** Shorter ones are too easily another's. */
const TYPO_FROM = 6

/** Case, width and spaces do not tell names apart. */
export const plainName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** Nor do accents, punctuation, legal forms and the order of words, mostly. '' = nothing is left. */
export const looseName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !LEGAL.has(word))
    .sort()
    .join(' ')

/** Two names that differ in one letter (added, left out, another, or two swapped) share one of these. */
export const typoKeys = (name: string): string[] => {
  const loose = looseName(name)
  if (loose.length < TYPO_FROM) return []
  return [loose, ...[...loose].map((_, at) => loose.slice(0, at) + loose.slice(at + 1))]
}
