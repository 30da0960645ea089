import { badQuery } from './errors'
import { fieldOf, type Shape } from './schema'

/** Which parts of a record are asked for, level by level. */
export interface Wanted {
  /** Undefined: every field of this level. */
  fields: Set<string> | undefined
  parts: Map<string, Wanted>
}

export const everyField = (): Wanted => ({ fields: undefined, parts: new Map() })

const words = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** Undefined where there is no such part; null where it exists but is always empty. */
export const partOf = (shape: Shape, name: string): Shape | null | undefined =>
  Object.hasOwn(shape.linked, name)
    ? shape.linked[name]
    : Object.hasOwn(shape.lines, name)
      ? shape.lines[name]
      : undefined

const EMPTY: Shape = { fields: {}, linked: {}, lines: {} }

/** [U] Unknown names are refused: the vendor's answer is not known, and a misspelt name should not pass here. */
const unknown = (name: string) => badQuery(`The field ${name} is not found in the entity.`)

/** `MainContact,MainContact/Address`: each level must be named; a level whose parent is not named is not returned. */
const expand = (wanted: Wanted, shape: Shape, path: string[], whole: string): void => {
  const [name = '', ...rest] = path
  const part = partOf(shape, name)
  if (part === undefined) throw unknown(whole)
  const known = wanted.parts.get(name)
  if (rest.length > 0) {
    if (known) expand(known, part ?? EMPTY, rest, whole)
    return
  }
  if (!known) wanted.parts.set(name, everyField())
}

/** Narrows a level to the named field; of a part only what was also expanded. */
const select = (wanted: Wanted, shape: Shape, path: string[], version: string, whole: string): void => {
  const [name = '', ...rest] = path
  const part = partOf(shape, name)
  if (part !== undefined) {
    const inner = wanted.parts.get(name)
    if (inner && part && rest.length > 0) select(inner, part, rest, version, whole)
    wanted.fields ??= new Set()
    return
  }
  if (rest.length > 0 || !fieldOf(shape, name, version)) throw unknown(whole)
  wanted.fields ??= new Set()
  wanted.fields.add(name)
}

/** From `$expand` and `$select`. */
export const readWanted = (query: URLSearchParams, shape: Shape, version: string): Wanted => {
  const wanted = everyField()
  const paths = words(query.get('$expand')).map((word) => word.split('/'))
  const top = { ...shape, lines: { ...shape.lines, files: null } }
  for (const path of paths.sort((a, b) => a.length - b.length)) expand(wanted, top, path, path.join('/'))
  for (const word of words(query.get('$select'))) select(wanted, top, word.split('/'), version, word)
  return wanted
}

/** `$custom=View.Field,…` */
export const readCustom = (query: URLSearchParams): string[] => words(query.get('$custom'))

export const wantsPart = (wanted: Wanted, name: string): boolean => wanted.parts.has(name)
