import Big from 'big.js'
import type { Books } from './books'
import type { Entity } from './entities'
import { Digits, type Json } from './json'
import type { Kept, Row } from './model'
import type { Problems } from './problems'
import { type Field, fieldOf, type Shape, type Value } from './schema'
import { writeDay, writeInstant } from './stamps'
import { everyField, type Wanted } from './wanted'

/** How one answer is written. */
export interface Scene {
  books: Books
  entity: Entity
  /** `/w/acumatica/Prod/entity/Default/24.200.001` */
  base: string
  version: string
  custom: string[]
  /** Only in refusals: the errors beside the values. */
  problems?: Problems
  /** PUT answers show parts that were sent; parts of those that are not expanded are null (sheet 5). */
  innerNull?: boolean
}

const KEY_WIDTH = 10

/** Stamps are the record's own, not fields that anybody sets. */
export const fieldValue = (row: Kept, name: string): Value =>
  name === 'LastModifiedDateTime'
    ? row.modifiedAt
    : name === 'CreatedDateTime'
      ? row.createdAt
      : (row.values[name] ?? null)

/** Trailing zeros vary from field to field at the vendor (sheet 4); two digits here, four where they are needed. */
const writeDecimal = (text: string): Digits => {
  const value = new Big(text)
  return new Digits(value.toFixed(value.round(2).eq(value) ? 2 : 4))
}

const isKeyText = (scene: Scene, name: string): boolean => name !== 'Type' && scene.entity.keys.includes(name)

const writeValue = (scene: Scene, name: string, field: Field, value: Value): Json => {
  const { tenant, world } = scene.books
  if (value === null) return null
  if (field.kind === 'decimal') return writeDecimal(String(value))
  if (field.kind === 'instant') return writeInstant(tenant.timeZone, Number(value))
  if (field.kind === 'date') return writeDay(tenant.timeZone, String(value))
  const padded = isKeyText(scene, name) && world.switched('keys.padded', false)
  return padded ? String(value).padEnd(KEY_WIDTH) : value
}

/** `{}` is an empty field; an error stands beside the value (sheet 9). */
const wrapped = (value: Json, error: string | undefined): Json => ({
  ...(value === null ? {} : { value }),
  ...(error === undefined ? {} : { error }),
})

const writeFields = (scene: Scene, shape: Shape, row: Row, wanted: Wanted, path: string, top: Kept | undefined) =>
  Object.keys(shape.fields)
    .filter((name) => fieldOf(shape, name, scene.version) && (wanted.fields?.has(name) ?? true))
    .map((name): [string, Json] => {
      const value = top ? fieldValue(top, name) : (row.values[name] ?? null)
      const field = shape.fields[name] ?? { kind: 'text' }
      return [name, wrapped(writeValue(scene, name, field, value), scene.problems?.at(`${path}${name}`))]
    })

const writeParts = (scene: Scene, shape: Shape, row: Row, wanted: Wanted, path: string, isTop: boolean) => {
  const parts: [string, Json][] = []
  for (const [name, inner] of Object.entries(shape.linked)) {
    const asked = wanted.parts.get(name)
    const part = row.linked[name]
    if (asked) parts.push([name, inner && part ? writeRow(scene, inner, part, 1, asked, `${path}${name}.`) : null])
    else if (scene.innerNull && !isTop) parts.push([name, null])
  }
  for (const [name, inner] of Object.entries(shape.lines)) {
    const asked = wanted.parts.get(name)
    if (!asked) continue
    const rows = inner ? (row.lines[name] ?? []) : []
    parts.push([name, inner ? rows.map((line, n) => writeLine(scene, inner, line, n, asked, `${path}${name}`)) : []])
  }
  return parts
}

const writeCustom = (row: Row, asked: string[]): Json => {
  const custom: Record<string, Record<string, Json>> = {}
  for (const word of asked) {
    const [view = '', field = ''] = word.split('.')
    const found = row.custom[view]?.[field]
    custom[view] = { ...custom[view], [field]: found ? { type: found.type, value: found.value } : {} }
  }
  return custom
}

const writeRow = (
  scene: Scene,
  shape: Shape,
  row: Row,
  n: number,
  wanted: Wanted,
  path: string,
): { [name: string]: Json } => ({
  id: row.id,
  rowNumber: n,
  note: null,
  ...Object.fromEntries(writeFields(scene, shape, row, wanted, path, undefined)),
  ...Object.fromEntries(writeParts(scene, shape, row, wanted, path, false)),
  custom: {},
})

const filesOf = (scene: Scene, view: string, id: string): string =>
  `${scene.base}/files/${scene.entity.graph}/${view}/${id}/{filename}`

const writeLine = (scene: Scene, shape: Shape, row: Row, n: number, wanted: Wanted, path: string): Json => ({
  ...writeRow(scene, shape, row, n + 1, wanted, `${path}[${n}].`),
  note: { value: row.note },
  _links: { 'files:put': filesOf(scene, 'Transactions', row.id) },
})

/** A whole record, as GET and PUT answer it. */
export const writeRecord = (scene: Scene, row: Kept, wanted: Wanted, n = 1): { [name: string]: Json } => {
  const { entity, base, custom } = scene
  const files = wanted.parts.has('files')
    ? { files: row.files.map((file) => ({ ...file, href: `${base}/files/${file.id}` })) }
    : {}
  return {
    id: row.id,
    rowNumber: n,
    note: { value: row.note },
    ...Object.fromEntries(writeFields(scene, entity.shape, row, wanted, '', row)),
    ...Object.fromEntries(writeParts(scene, entity.shape, row, wanted, '', true)),
    custom: writeCustom(row, custom),
    ...files,
    _links: { self: `${base}/${entity.name}/${row.id}`, 'files:put': filesOf(scene, entity.view, row.id) },
  }
}

/** Everything that is held of a shape: for dumps and refusals. */
export const wholeOf = (shape: Shape): Wanted => {
  const wanted = everyField()
  for (const [name, part] of [...Object.entries(shape.linked), ...Object.entries(shape.lines)])
    if (part) wanted.parts.set(name, wholeOf(part))
  return wanted
}
