/** Decimals are kept as decimal text, `date` as `YYYY-MM-DD`, `instant` as milliseconds; the rest as on the wire. */
export type Kind = 'text' | 'flag' | 'whole' | 'decimal' | 'date' | 'instant' | 'guid'
export type Value = string | number | boolean | null

export interface Field {
  kind: Kind
  /** Display and storage length of a text. */
  max?: number
  /** Endpoint versions that have it; all when absent. */
  only?: readonly string[]
}

export interface Shape {
  fields: Readonly<Record<string, Field>>
  /** Linked entities; null where the simulator holds nothing of them. */
  linked: Readonly<Record<string, Shape | null>>
  /** Detail lines; null where the simulator holds none of them. */
  lines: Readonly<Record<string, Shape | null>>
  /** The key of a detail line inside its record. */
  lineKey?: string
}

type Fields = Record<string, Field>

/** `AccountRef:50` is a text of at most 50 characters. */
const listOf = (kind: Kind, words: string): Fields =>
  Object.fromEntries(
    words.split(/\s+/).map((word): [string, Field] => {
      const [name = '', max] = word.split(':')
      return [name, max === undefined ? { kind } : { kind, max: Number(max) }]
    }),
  )

export const texts = (words: string): Fields => listOf('text', words)
export const flags = (words: string): Fields => listOf('flag', words)
export const wholes = (words: string): Fields => listOf('whole', words)
export const decimals = (words: string): Fields => listOf('decimal', words)
export const dates = (words: string): Fields => listOf('date', words)
export const instants = (words: string): Fields => listOf('instant', words)

export const onlyIn = (versions: readonly string[], fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, only: versions }]))

/** The field sets that are known; other versions are served with the nearest one. */
export const VERSIONS = ['22.200.001', '23.200.001', '24.200.001'] as const

export const fieldSetOf = (version: string): string => {
  const [first, , last] = VERSIONS
  if (version <= first) return first
  return VERSIONS.find((known) => known === version) ?? last
}

export const fieldOf = (shape: Shape, name: string, version: string): Field | undefined => {
  const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
  return field?.only === undefined || field.only.includes(fieldSetOf(version)) ? field : undefined
}
