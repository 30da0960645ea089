import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'

/**
 * A short name of a draft's content. It stands at the end of note and memos, so that it can be told later whether a stage of a
 * sale already holds this content, an earlier one of ours, or something that a person wrote.
 */
export const stampOf = async (draft: unknown): Promise<string> => (await sha256(canonical(draft))).slice(0, 12)

export const stamped = (text: string, stamp: string): string =>
  [text, `ml-connector ${stamp}`].filter(Boolean).join('\n')

/** For fields of one line. */
export const stampedLine = (text: string, stamp: string): string => `${text} · ml-connector ${stamp}`

/** Undefined where it is not ours. */
export const stampIn = (text: string): string | undefined => /ml-connector ([0-9a-f]{12})\s*$/.exec(text)?.[1]

export const withoutStamp = (text: string): string => text.replace(/\s*ml-connector [0-9a-f]{12}\s*$/, '')
