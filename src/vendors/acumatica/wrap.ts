/** A field to be sent. Decimals go as text, digit for digit (sheet 4); null clears; undefined is left alone. */
export type Sent = string | boolean | number | null | undefined | Fields | Fields[]

export interface Fields {
  [name: string]: Sent
}

/** Not fields but parts of the contract: they stand as they are (sheet 4, 5). */
const PLAIN = new Set(['id', 'delete'])

/** `{VendorID: 'A', Details: [{…}]}` → `{VendorID: {value: 'A'}, Details: [{…}]}`. */
export const wrapped = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, one(name, value)]])),
  )

const one = (name: string, value: Exclude<Sent, undefined>): unknown => {
  if (Array.isArray(value)) return value.map(wrapped)
  if (typeof value === 'object' && value !== null) return wrapped(value)
  return PLAIN.has(name) ? value : { value }
}
