import { badQuery } from './errors'
import { type Token, tokensOf } from './filter-tokens'

export type Literal =
  | { type: 'text' | 'number' | 'instant' | 'date'; text: string }
  | { type: 'flag'; value: boolean }
  | { type: 'null' }

/** `MainContact/Email`, or `cf.String(f='View.Field')`. */
export type Path = { custom: false; names: string[] } | { custom: true; view: string; field: string }

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type FunctionName = 'substringof' | 'startswith' | 'endswith'

export type Leaf =
  | { kind: 'compare'; path: Path; operator: Operator; literal: Literal }
  | { kind: 'function'; name: FunctionName; path: Path; text: string; compared: boolean }
export type Node = { kind: 'and' | 'or'; left: Node; right: Node } | { kind: 'leaf'; leaf: Leaf }

const OPERATORS: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const FUNCTIONS: readonly FunctionName[] = ['substringof', 'startswith', 'endswith']

class Reader {
  readonly #tokens: Token[]
  #at = 0

  constructor(filter: string) {
    this.#tokens = tokensOf(filter)
  }

  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'end of filter' }
  }

  next(): Token {
    const token = this.peek()
    this.#at += 1
    return token
  }

  took(text: string): boolean {
    const { kind } = this.peek()
    const isNext = (kind === 'word' || kind === 'sign') && this.peek().text === text
    if (isNext) this.#at += 1
    return isNext
  }

  need(text: string): void {
    if (!this.took(text)) throw this.unexpected()
  }

  of(kind: Token['kind']): string {
    if (this.peek().kind !== kind) throw this.unexpected()
    return this.next().text
  }

  unexpected() {
    return badQuery(`Syntax error in the filter at '${this.peek().text}'.`)
  }
}

/** Literals are typed; the types are those of the sheet and no others. */
const literal = (reader: Reader): Literal => {
  const token = reader.next()
  if (token.kind === 'text' || token.kind === 'number') return { type: token.kind, text: token.text }
  if (token.kind === 'typed' && token.type === 'datetimeoffset') return { type: 'instant', text: token.text }
  if (token.kind === 'typed' && token.type === 'date') return { type: 'date', text: token.text }
  if (token.kind === 'word' && token.text === 'null') return { type: 'null' }
  if (token.kind === 'word' && (token.text === 'true' || token.text === 'false'))
    return { type: 'flag', value: token.text === 'true' }
  throw badQuery(`Syntax error in the filter: '${token.text}' is not a value.`)
}

const customPath = (reader: Reader): Path => {
  reader.need('(')
  reader.need('f')
  reader.need('=')
  const [view = '', field = ''] = reader.of('text').split('.')
  reader.need(')')
  return { custom: true, view, field }
}

const path = (reader: Reader): Path => {
  const word = reader.of('word')
  return word === 'cf.String' ? customPath(reader) : { custom: false, names: word.split('/') }
}

/** `substringof('x',Field)` but `startswith(Field,'x')`: OData v3. A comparison with `true` is read, and spoils it. */
const functionCall = (reader: Reader, name: FunctionName): Node => {
  reader.need('(')
  const first = name === 'substringof' ? reader.of('text') : path(reader)
  reader.need(',')
  const second = name === 'substringof' ? path(reader) : reader.of('text')
  reader.need(')')
  const compared = reader.took('eq') || reader.took('ne')
  if (compared) literal(reader)
  const [text, field] = typeof first === 'string' ? [first, second] : [second, first]
  if (typeof text !== 'string' || typeof field === 'string') throw reader.unexpected()
  return { kind: 'leaf', leaf: { kind: 'function', name, path: field, text, compared } }
}

const single = (reader: Reader): Node => {
  if (reader.took('(')) {
    const inner = either(reader)
    reader.need(')')
    return inner
  }
  const name = FUNCTIONS.find((one) => reader.took(one))
  if (name) return functionCall(reader, name)
  // [1] `not`, `contains`, `tolower` and `toupper` end in 500, as anything else that is not a field (sheet 5).
  for (const word of ['not', 'contains', 'tolower', 'toupper'])
    if (reader.took(word)) throw badQuery(`The function ${word} is not supported.`)
  const field = path(reader)
  const operator = OPERATORS.find((one) => reader.took(one))
  if (!operator) throw reader.unexpected()
  return { kind: 'leaf', leaf: { kind: 'compare', path: field, operator, literal: literal(reader) } }
}

const both = (reader: Reader): Node => {
  let node = single(reader)
  while (reader.took('and')) node = { kind: 'and', left: node, right: single(reader) }
  return node
}

const either = (reader: Reader): Node => {
  let node = both(reader)
  while (reader.took('or')) node = { kind: 'or', left: node, right: both(reader) }
  return node
}

export const parseFilter = (filter: string): Node => {
  const reader = new Reader(filter)
  const node = either(reader)
  if (reader.peek().kind !== 'end') throw reader.unexpected()
  return node
}
