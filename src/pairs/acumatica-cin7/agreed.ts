import { z } from 'zod'
import type { Lookups, Need, TargetRef } from '../../core/flow'
import { PartyTexts } from '../../core/party'
import type { Wins } from '../../lib/three-way'
import { PARTY } from './names'
import type { Settings } from './settings'

const Agreed = z.string().transform((text) => PartyTexts.parse(JSON.parse(text)))

/** What both sides last agreed on; null = never yet. */
export const agreedIn = (ref: TargetRef | undefined): PartyTexts | null =>
  Agreed.safeParse(ref?.facts.agreed).data ?? null

/** Nothing has changed here since. */
export const isAsAgreed = (texts: PartyTexts, { mirrored }: Lookups): boolean => {
  const agreed = agreedIn(mirrored?.target)
  return agreed !== null && Object.entries(texts).every(([field, text]) => (agreed[field] ?? '') === text)
}

/** The flow that goes back has begun to make or link it, and has not come to its end. */
export const backNeed = (flow: string, { mirrored }: Lookups): Need[] =>
  mirrored && agreedIn(mirrored.target) === null ? [{ flow, sourceId: mirrored.sourceId, variant: PARTY }] : []

/** Which side of a flow is right, where it starts from `side`. */
export const winsFrom = (side: 'cin7' | 'acumatica', { suppliers: { master } }: Settings): Wins => {
  if (master === 'ask') return 'ask'
  return master === side ? 'source' : 'target'
}

export const MADE_HERE = 'made by the connector: linked once what made it has come to its end'
