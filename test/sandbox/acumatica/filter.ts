import Big from 'big.js'
import type { WorldContext } from '../vendor'
import type { Entity } from './entities'
import { badQuery } from './errors'
import { type Leaf, type Literal, type Node, type Operator, type Path, parseFilter } from './filter-parser'
import type { Kept } from './model'
import { type Field, fieldOf, type Kind, type Shape, type Value } from './schema'
import { isDay } from './stamps'
import { fieldValue } from './view'

type Test = (row: Kept) => boolean

interface Scope {
  world: WorldContext
  entity: Entity
  version: string
}

const NOTHING: Test = () => false

/** What `$filter` leaves over. Nothing about the books is asked before the whole filter is understood. */
export const filterOf = (scope: Scope, text: string | null): Test => {
  if (text === null || text.trim() === '') return () => true
  const node = parseFilter(text)
  const test = testOf(scope, node)
  return spoilt(node) || deaf(scope, node) || acrossViews(scope, node) ? NOTHING : test
}

const leaves = (node: Node): Leaf[] =>
  node.kind === 'leaf' ? [node.leaf] : [...leaves(node.left), ...leaves(node.right)]

/** [1] `substringof(...) eq true` answers an empty list without a word (sheet 5). */
const spoilt = (node: Node): boolean => leaves(node).some((one) => one.kind === 'function' && one.compared)

/** [1] Orders may answer an empty list to filters on what is not a key (sheet 5). */
const deaf = ({ world, entity }: Scope, node: Node): boolean => {
  const heard = world.switched<string>('order.filters', 'work')
  if (entity.name !== 'PurchaseOrder' || heard === 'work') return false
  const allowed = heard === 'keys-and-stamp' ? [...entity.keys, 'LastModifiedDateTime'] : entity.keys
  return leaves(node).some(({ path }) => path.custom || !allowed.includes(path.names[0] ?? ''))
}

/** [1] Conditions on two views of one entity may match nothing together (sheet 5). */
const acrossViews = ({ world, entity }: Scope, node: Node): boolean => {
  const viewOf = (path: Path) => (path.custom ? path.view : path.names.length > 1 ? (path.names[0] ?? '') : entity.view)
  const views = new Set(leaves(node).map(({ path }) => viewOf(path)))
  return views.size > 1 && world.switched('filter.twoViewsEmpty', false)
}

const testOf = (scope: Scope, node: Node): Test => {
  if (node.kind === 'leaf') return leafTest(scope, node.leaf)
  const [left, right] = [testOf(scope, node.left), testOf(scope, node.right)]
  return node.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row)
}

const leafTest = (scope: Scope, leaf: Leaf): Test => {
  const { kind, read } = target(scope, leaf.path)
  if (leaf.kind === 'function') {
    if (kind !== 'text') throw badQuery(`The function ${leaf.name} needs a text field.`)
    return (row) => functionHolds(leaf.name, String(read(row) ?? ''), leaf.text)
  }
  const wanted = typed(scope, kind, leaf.literal)
  return (row) => holds(kind, read(row), leaf.operator, wanted)
}

/** [1] Functions do not look at case. */
const functionHolds = (name: 'substringof' | 'startswith' | 'endswith', value: string, part: string): boolean => {
  const [whole, sought] = [value.toLowerCase(), part.toLowerCase()]
  if (name === 'substringof') return whole.includes(sought)
  return name === 'startswith' ? whole.startsWith(sought) : whole.endsWith(sought)
}

interface Target {
  kind: Kind
  read(row: Kept): Value
}

const target = ({ entity, version }: Scope, path: Path): Target => {
  if (path.custom) return { kind: 'text', read: (row) => row.custom[path.view]?.[path.field]?.value ?? null }
  const [name = '', ...rest] = path.names
  if (rest.length === 0) {
    const field = known(fieldOf(entity.shape, name, version), name)
    return { kind: field.kind, read: (row) => fieldValue(row, name) }
  }
  if (Object.hasOwn(entity.shape.lines, name))
    throw badQuery('The expression is not a single value: filtering on details is not supported.')
  return linkedTarget(entity.shape, path.names, version)
}

const known = (field: Field | undefined, name: string): Field => {
  if (!field) throw badQuery(`The field ${name} is not found in the entity.`)
  return field
}

const linkedTarget = (top: Shape, names: string[], version: string): Target => {
  const last = names.at(-1) ?? ''
  const parts = names.slice(0, -1)
  const shape = parts.reduce<Shape | null | undefined>((inner, name) => inner?.linked[name], top)
  const field = known(shape ? fieldOf(shape, last, version) : undefined, names.join('/'))
  const rowAt = (row: Kept) =>
    parts.reduce<Kept['linked'][string] | undefined>((inner, name) => inner?.linked[name], row)
  return { kind: field.kind, read: (row) => rowAt(row)?.values[last] ?? null }
}

const incompatible = (kind: Kind, type: string) =>
  badQuery(`A binary operator with incompatible types was detected: field of type ${kind}, value of type ${type}.`)

const TYPES: Record<Kind, Literal['type'][]> = {
  text: ['text'],
  guid: ['text'],
  flag: ['flag'],
  whole: ['number'],
  decimal: ['number'],
  date: ['instant', 'date'],
  instant: ['instant', 'date'],
}

/** [R] A literal of another type than its field is refused with 500. */
const typed = ({ world }: Scope, kind: Kind, literal: Literal): Value => {
  if (literal.type === 'null') return null
  if (!TYPES[kind].includes(literal.type)) throw incompatible(kind, literal.type)
  if (literal.type === 'flag') return literal.value
  if (literal.type === 'date') return dayLiteral(kind, literal.text)
  if (literal.type === 'instant') return instantLiteral(world, kind, literal.text)
  return literal.text
}

const dayLiteral = (kind: Kind, text: string): Value => {
  if (!isDay(text)) throw badQuery(`'${text}' is not a date.`)
  return kind === 'date' ? text : Date.parse(text)
}

const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2})$/
const LOOSE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** [U] What a literal without offset or with `Z` means is not known: refused unless switched (sheet 5, 14). */
const instantLiteral = (world: WorldContext, kind: Kind, text: string): Value => {
  const pattern = world.switched('filter.looseStamps', false) ? LOOSE : STAMP
  const at = pattern.test(text)
    ? Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text.slice(0, 19)}Z`)
    : Number.NaN
  if (Number.isNaN(at)) throw badQuery(`'${text}' is not a valid datetimeoffset.`)
  return kind === 'date' ? text.slice(0, 10) : at
}

/** Compared as SQL Server does: texts without case, and an empty field satisfies no comparison but `eq null`. */
const holds = (kind: Kind, value: Value, operator: Operator, wanted: Value): boolean => {
  if (wanted === null) return operator === 'eq' ? value === null : operator === 'ne' && value !== null
  if (value === null) return false
  const order = compare(kind, value, wanted)
  const results: Record<Operator, boolean> = {
    eq: order === 0,
    ne: order !== 0,
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  }
  return results[operator]
}

const compare = (kind: Kind, value: Value, wanted: Value): number => {
  if (kind === 'decimal' || kind === 'whole') return new Big(String(value)).cmp(new Big(String(wanted)))
  if (kind === 'instant') return Number(value) - Number(wanted)
  const [one, other] = [String(value).trimEnd().toLowerCase(), String(wanted).trimEnd().toLowerCase()]
  return one < other ? -1 : one > other ? 1 : 0
}
