import { refusal } from './refusals'

export type Operator = '=' | '<' | '>' | '<=' | '>=' | 'IN' | 'LIKE'

export interface Condition {
  property: string
  operator: Operator
  values: string[]
}

export interface Order {
  property: string
  descending: boolean
}

export interface Query {
  count: boolean
  entity: string
  conditions: Condition[]
  orders: Order[]
  start: number | undefined
  most: number | undefined
}

interface Token {
  kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  text: string
  column: number
}

const PATTERN = /\s*(?:('(?:[^'\\]|\\.)*')|([A-Za-z_][\w.]*)|(\d+(?:\.\d+)?)|(<=|>=|[=<>(),*])|(\S))/gy

const parserError = (found: string, column: number) =>
  refusal('4000', `QueryParserError: Encountered " <IDENTIFIER> "${found} "" at line 1, column ${column}.`)

const kindOf = ([, text, word, number]: RegExpExecArray): Token['kind'] =>
  text !== undefined ? 'text' : word !== undefined ? 'word' : number !== undefined ? 'number' : 'sign'

/** An apostrophe inside a value that is not escaped ends the value, so what follows it cannot be read (sheet 7). */
const tokens = (statement: string): Token[] => {
  const found: Token[] = []
  PATTERN.lastIndex = 0
  for (let match = PATTERN.exec(statement); match; match = PATTERN.exec(statement)) {
    const text = match[0].trimStart()
    const column = match.index + match[0].length - text.length + 1
    if (match[5] !== undefined) throw parserError(text, column)
    found.push({ kind: kindOf(match), text, column })
  }
  return [...found, { kind: 'end', text: '<EOF>', column: statement.length + 1 }]
}

class Reader {
  readonly #tokens: Token[]
  #at = 0

  constructor(statement: string) {
    this.#tokens = tokens(statement)
  }

  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '<EOF>', column: 0 }
  }

  next(): Token {
    const token = this.peek()
    this.#at += 1
    return token
  }

  /** Takes the words or signs if they come next; keywords have no case. */
  took(...words: string[]): boolean {
    const isNext = words.every((word, n) => this.#tokens[this.#at + n]?.text.toUpperCase() === word)
    if (isNext) this.#at += words.length
    return isNext
  }

  need(word: string): void {
    if (!this.took(word)) throw this.unexpected()
  }

  of(kind: Token['kind']): string {
    if (this.peek().kind !== kind) throw this.unexpected()
    return this.next().text
  }

  unexpected() {
    const { text, column } = this.peek()
    return parserError(text, column)
  }
}

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1')

/** Values stand in quotes, numbers too; only true, false and CURRENT_DATE are bare (sheet 7). */
const value = (reader: Reader): string => {
  if (reader.peek().kind === 'text') return unquoted(reader.next().text)
  for (const word of ['TRUE', 'FALSE', 'CURRENT_DATE']) if (reader.took(word)) return word.toLowerCase()
  throw reader.unexpected()
}

const valueList = (reader: Reader): string[] => {
  reader.need('(')
  const values = [value(reader)]
  while (reader.took(',')) values.push(value(reader))
  reader.need(')')
  return values
}

const OPERATORS: Operator[] = ['=', '<=', '>=', '<', '>', 'LIKE', 'IN']

const condition = (reader: Reader): Condition => {
  const property = reader.of('word')
  const operator = OPERATORS.find((one) => reader.took(one))
  if (!operator) throw reader.unexpected()
  return { property, operator, values: operator === 'IN' ? valueList(reader) : [value(reader)] }
}

const order = (reader: Reader): Order => {
  const property = reader.of('word')
  return { property, descending: reader.took('DESC') || (reader.took('ASC') && false) }
}

const listOf = <T>(reader: Reader, one: (reader: Reader) => T, separator: string): T[] => {
  const all = [one(reader)]
  while (reader.took(separator)) all.push(one(reader))
  return all
}

/** No projections, no OR, no joins: anything of that kind cannot be parsed (sheet 7). */
export const parseQuery = (statement: string): Query => {
  const reader = new Reader(statement)
  reader.need('SELECT')
  const count = reader.took('COUNT', '(', '*', ')')
  if (!count) reader.need('*')
  reader.need('FROM')
  const entity = reader.of('word')
  const conditions = reader.took('WHERE') ? listOf(reader, condition, 'AND') : []
  const orders = reader.took('ORDERBY') || reader.took('ORDER', 'BY') ? listOf(reader, order, ',') : []
  const query: Query = { count, entity, conditions, orders, start: undefined, most: undefined }
  for (;;) {
    if (query.start === undefined && reader.took('STARTPOSITION')) query.start = Number(reader.of('number'))
    else if (query.most === undefined && reader.took('MAXRESULTS')) query.most = Number(reader.of('number'))
    else break
  }
  if (reader.peek().kind !== 'end') throw reader.unexpected()
  return query
}
