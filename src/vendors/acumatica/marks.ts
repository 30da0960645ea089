import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { cut } from './shapes'

/** No field that can be searched holds the whole marker (sheet 6), so it goes by 64 bits of its hash. */
export const markOf = async (marker: string): Promise<string> => `mlc:${(await sha256(marker)).slice(0, 16)}`

/** A short name of what a document holds, to tell an earlier content of ours from this one. */
export const contentOf = async (draft: unknown): Promise<string> => (await sha256(canonical(draft))).slice(0, 8)

/** `Cin7 PO-00123 mlc:0123456789abcdef.01234567`, the text cut where it would leave no room. */
export const stamped = (text: string, mark: string, content: string, limit: number): string => {
  const tail = `${mark}.${content}`
  return [cut(text.trim(), limit - tail.length - 1), tail].filter(Boolean).join(' ')
}

const STAMP = /(mlc:[0-9a-f]{16})\.([0-9a-f]{8})\s*$/

/** Undefined where the text does not end with a stamp of ours. */
export const stampIn = (text: string): { mark: string; content: string } | undefined => {
  const [, mark, content] = STAMP.exec(text) ?? []
  return mark !== undefined && content !== undefined ? { mark, content } : undefined
}
