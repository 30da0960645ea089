import type { Matching } from '../core/flow'
import type { Candidate, Choice, Match, Terms } from '../core/match'
import { isDecimal, same } from '../lib/money'
import { looseName, plainName, typoKeys } from './names'

export interface Unlinked {
  id: string
  terms: Terms
}

type Verdict = Pick<Choice, 'sure' | 'why'>
type Named = Extract<Terms, { kind: 'named' }>
type Dated = Extract<Terms, { kind: 'dated' }>

const RANK = { certain: 0, likely: 1, possible: 2, several: 3, none: 4 } as const

/**
 * The opening match: which records of both lists are the same. Certain and likely ones are each other's only partner; where
 * more than one could be meant, all are shown and a person decides.
 */
export const propose = (flow: string, matching: Matching, sources: Unlinked[], candidates: Candidate[]): Match[] => {
  const index = indexOf(candidates)
  const found = sources.flatMap((source) => byVariant(source, index, matching))
  const best = bestOf(found)
  const kept = found.map((one) => ({
    ...one,
    choices: one.choices.filter((choice) => !isBetterElsewhere(choice, best)),
  }))
  const claims = claimsOf(kept)
  return kept.map(({ source, variant, choices }) => ({
    flow,
    sourceId: source.id,
    variant,
    terms: source.terms,
    sure: sureOf(choices, claims),
    choices,
  }))
}

interface Found {
  source: Unlinked
  variant: string
  choices: Choice[]
}

const indexOf = (candidates: Candidate[]): Map<string, Candidate[]> => {
  const index = new Map<string, Candidate[]>()
  for (const candidate of candidates)
    for (const key of keysOf(candidate.terms)) {
      const known = index.get(key)
      if (known) known.push(candidate)
      else index.set(key, [candidate])
    }
  return index
}

/** Two records can only be the same where they share a key. */
const keysOf = (terms: Terms): Set<string> => {
  if (terms.kind === 'dated')
    return new Set([
      ...key('number', terms.number),
      ...key('day', terms.party && `${terms.date} ${plainName(terms.party)}`),
    ])
  const name = bareName(terms)
  return new Set([...key('code', terms.code), ...key('name', name), ...typoKeys(name).map((typo) => `typo ${typo}`)])
}

const key = (kind: string, text: string): string[] => (text === '' ? [] : [`${kind} ${plainName(text)}`])

/** A party's second currency stands behind its name. */
const bareName = ({ name, currency }: Named): string =>
  currency && name.endsWith(` (${currency})`) ? name.slice(0, -currency.length - 3) : name

const byVariant = (source: Unlinked, index: Map<string, Candidate[]>, { variant }: Matching): Found[] => {
  const near = new Set([...keysOf(source.terms)].flatMap((one) => index.get(one) ?? []))
  const choices = [...near].flatMap((candidate) => {
    const [verdict, of] = [judge(source.terms, candidate.terms), variant(candidate.terms)]
    return verdict && of !== undefined ? [{ of, choice: { ...candidate, ...verdict } }] : []
  })
  if (choices.length === 0) return [{ source, variant: '', choices: [] }]
  return [...Map.groupBy(choices, ({ of }) => of)].map(([of, group]) => ({
    source,
    variant: of,
    choices: group.map(({ choice }) => choice).sort((a, b) => RANK[a.sure] - RANK[b.sure]),
  }))
}

/** The best that is said of each candidate. */
const bestOf = (found: Found[]): Map<string, number> => {
  const best = new Map<string, number>()
  for (const { id, sure } of found.flatMap(({ choices }) => choices))
    best.set(id, Math.min(best.get(id) ?? RANK.none, RANK[sure]))
  return best
}

const isBetterElsewhere = ({ id, sure }: Choice, best: Map<string, number>): boolean =>
  RANK[sure] > (best.get(id) ?? RANK.none)

/** How many source records could be meant by each candidate. */
const claimsOf = (found: Found[]): Map<string, number> => {
  const claims = new Map<string, number>()
  for (const { choices } of found) for (const { id } of choices) claims.set(id, (claims.get(id) ?? 0) + 1)
  return claims
}

const sureOf = (choices: Choice[], claims: Map<string, number>): Match['sure'] => {
  const [first, second] = choices
  if (!first) return 'none'
  if (second?.sure === first.sure || (claims.get(first.id) ?? 0) > 1) return 'several'
  return first.sure
}

const judge = (source: Terms, target: Terms): Verdict | undefined => {
  if (source.kind === 'named') return target.kind === 'named' ? judgeNamed(source, target) : undefined
  return target.kind === 'dated' ? judgeDated(source, target) : undefined
}

const judgeNamed = (source: Named, target: Named): Verdict | undefined => {
  const [sameCode, sameName] = [isSame(source.code, target.code), isSame(bareName(source), bareName(target))]
  if (sameCode) return { sure: 'certain', why: sameName ? 'same code and name' : 'same code' }
  if (!sameName) return areAlike(source, target) ? { sure: 'possible', why: 'similar name' } : undefined
  if (source.code !== '' && target.code !== '') return { sure: 'possible', why: 'same name, other code' }
  const isItsOwn = source.currency === target.currency || bareName(target) !== target.name
  return isItsOwn ? { sure: 'likely', why: 'same name' } : { sure: 'possible', why: 'same name, other currency' }
}

const areAlike = (source: Named, target: Named): boolean => {
  const [a, b] = [looseName(bareName(source)), looseName(bareName(target))]
  if (a === '' || b === '') return false
  const near = new Set(typoKeys(bareName(target)))
  return a === b || typoKeys(bareName(source)).some((typo) => near.has(typo))
}

const judgeDated = (source: Dated, target: Dated): Verdict | undefined => {
  const sameMoney = source.currency === target.currency && isEqual(source.total, target.total)
  const sameDay = source.date !== '' && source.date === target.date
  if (isSame(source.number, target.number)) {
    if (sameMoney) return sameDay ? sure('certain', 'number, date and total') : sure('likely', 'number and total')
    return sameDay ? sure('possible', 'number and date') : undefined
  }
  const sameParty = isSame(source.party, target.party)
  return sameMoney && sameDay && sameParty ? sure('possible', 'party, date and total') : undefined
}

const sure = (how: 'certain' | 'likely' | 'possible', what: string): Verdict => ({ sure: how, why: `same ${what}` })

const isSame = (a: string, b: string): boolean => a !== '' && plainName(a) === plainName(b)

const isEqual = (a: string, b: string): boolean => isDecimal(a) && isDecimal(b) && same(a, b)
