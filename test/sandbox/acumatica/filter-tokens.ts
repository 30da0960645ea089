import { badQuery } from './errors'

export type Token =
  | { kind: 'text' | 'number' | 'word' | 'sign' | 'end'; text: string }
  | { kind: 'typed'; type: string; text: string }

const PATTERN = /\s*(?:([A-Za-z]+)?'((?:[^']|'')*)'|([A-Za-z_][\w./]*)|(-?\d+(?:\.\d+)?)|([(),=])|(\S))/gy

/** `datetimeoffset'…'` is one token, and so is `'it''s'`: a quote inside a text is doubled (sheet 5). */
export const tokensOf = (filter: string): Token[] => {
  const found: Token[] = []
  PATTERN.lastIndex = 0
  for (let match = PATTERN.exec(filter); match; match = PATTERN.exec(filter)) {
    const [, type, text, word, number, sign, other] = match
    if (other !== undefined) throw badQuery(`Syntax error: character '${other}' is not valid in the filter.`)
    if (text !== undefined) {
      const plain = text.replaceAll("''", "'")
      found.push(type === undefined ? { kind: 'text', text: plain } : { kind: 'typed', type, text: plain })
    } else if (word !== undefined) found.push({ kind: 'word', text: word })
    else if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign })
  }
  return [...found, { kind: 'end', text: 'end of filter' }]
}
