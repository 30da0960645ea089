import Big from 'big.js'
import { z } from 'zod'
import { emptyBody, malformed } from './errors'
import type { Custom } from './model'
import { type Field, fieldOf, type Shape, type Value } from './schema'
import { readDay } from './stamps'

/** A record or a part of one as it was sent, unwrapped. Unknown fields are dropped without a word (sheet 1.4). */
export interface Sent {
  id: string | undefined
  delete: boolean
  values: Record<string, Value>
  linked: Record<string, Sent>
  lines: Record<string, Sent[]>
  custom: Custom
  note: string | undefined
}

const Plain = z.record(z.string(), z.unknown())
const Wrapped = z.looseObject({ value: z.unknown().optional() })
const CustomFields = z.record(
  z.string(),
  z.record(z.string(), z.object({ type: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) })),
)

export const parseJson = (body: string): unknown => {
  if (body.trim() === '') throw emptyBody()
  try {
    return JSON.parse(body)
  } catch {
    throw malformed('entity', 'The body is not valid JSON.')
  }
}

const convert = (path: string, value: unknown, kind: Field['kind']): Value => {
  if (value === null) return null
  const converted = CONVERSIONS[kind](value)
  if (converted === undefined) throw malformed(path, `Error converting value ${JSON.stringify(value)}.`)
  return converted
}

/** Numbers may come as text ([R] sheet 4). */
const decimal = (value: unknown): string | undefined => {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) ? new Big(text).toFixed() : undefined
}

const CONVERSIONS: Record<Field['kind'], (value: unknown) => Value | undefined> = {
  text: (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
  guid: (value) => (typeof value === 'string' ? value : undefined),
  flag: (value) =>
    value === true || value === 'true' || value === 'True'
      ? true
      : value === false || value === 'false' || value === 'False'
        ? false
        : undefined,
  whole: (value) => {
    const text = decimal(value)
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
  },
  decimal,
  date: (value) => (typeof value === 'string' ? readDay(value) : undefined),
  instant: (value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? Date.parse(value) : undefined),
}

const objectAt = (path: string, value: unknown): Record<string, unknown> => {
  const read = Plain.safeParse(value)
  if (!read.success) throw malformed(path, `Error converting value ${JSON.stringify(value)} to an entity.`)
  return read.data
}

const arrayAt = (path: string, value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw malformed(path, 'Cannot deserialize the current JSON object into a list.')
  return value
}

/** A field is `{value}`; a bare value does not become one. `{}` says nothing. */
const readField = (sent: Sent, path: string, name: string, field: Field, value: unknown): void => {
  const wrapped = Wrapped.safeParse(value)
  if (!wrapped.success)
    throw malformed(path, `Error converting value ${JSON.stringify(value)} to a field with a value.`)
  if (wrapped.data.value === undefined) return
  const converted = convert(path, wrapped.data.value, field.kind)
  // An empty text is an empty field.
  sent.values[name] = field.kind === 'text' && converted === '' ? null : converted
}

const readNote = (value: unknown): string | undefined => {
  const note = z.union([z.string(), z.looseObject({ value: z.string() })]).safeParse(value).data
  return typeof note === 'string' ? note : note?.value
}

export const nothingSent = (): Sent => ({
  id: undefined,
  delete: false,
  values: {},
  linked: {},
  lines: {},
  custom: {},
  note: undefined,
})

/** @throws Refusal 400 for what cannot be read at all. */
export const readSent = (shape: Shape, version: string, body: unknown, path = 'entity'): Sent => {
  const plain = objectAt(path, body)
  const sent = nothingSent()
  if (typeof plain.id === 'string') sent.id = plain.id.toLowerCase()
  sent.delete = plain.delete === true
  sent.note = readNote(plain.note)
  sent.custom = CustomFields.safeParse(plain.custom).data ?? {}
  for (const [name, value] of Object.entries(plain)) {
    const at = `${path}.${name}`
    const field = fieldOf(shape, name, version)
    const linked = Object.hasOwn(shape.linked, name) ? shape.linked[name] : undefined
    const line = Object.hasOwn(shape.lines, name) ? shape.lines[name] : undefined
    if (field) readField(sent, at, name, field, value)
    else if (linked && value !== null) sent.linked[name] = readSent(linked, version, value, at)
    else if (line && value !== null)
      sent.lines[name] = arrayAt(at, value).map((one, n) => readSent(line, version, one, `${at}[${n}]`))
  }
  return sent
}

/** Whether anything was sent that the entity knows; a PUT of `{}` only shows a new form (sheet 5). */
export const isNothing = ({ values, linked, lines, custom, id, note }: Sent): boolean =>
  id === undefined &&
  note === undefined &&
  [values, linked, lines, custom].every((part) => Object.keys(part).length === 0)
