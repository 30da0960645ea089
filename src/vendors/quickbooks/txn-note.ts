import { canonical } from '../../lib/json'
import { printOf } from '../../lib/print'
import { cut } from './shapes'

/** What `PrivateNote` holds (sheet 11). It is shown as the memo. */
const LONGEST = 4000

const MARK = /^(mlc:\S+)(?: ([0-9a-f]{12}))?$/

/** A short name of a draft's content, to know later whether a transaction holds it already. */
export const stampOf = (draft: unknown): Promise<string> => printOf(canonical(draft))

const linesIn = (note: string): string[] => note.split(/\r?\n/)

/** Our marker and the stamp of the content, as the last line of the note. */
export const marked = (memo: string, marker: string, stamp: string): string => {
  const mark = `${marker} ${stamp}`
  return [cut(memo, LONGEST - mark.length - 1), mark].filter(Boolean).join('\n')
}

export const hasMarker = (note: string, marker: string): boolean =>
  linesIn(note).some((line) => MARK.exec(line.trim())?.[1] === marker)

/** Undefined where the note no longer has our mark. */
export const stampIn = (note: string): string | undefined =>
  linesIn(note)
    .map((line) => MARK.exec(line.trim())?.[2])
    .findLast(Boolean)

/** A note without our mark was written by a person: it stays, and the mark is put below it. */
export const noteFor = (known: string, memo: string, marker: string, stamp: string): string =>
  marked(known !== '' && !hasMarker(known, marker) ? known : memo, marker, stamp)
