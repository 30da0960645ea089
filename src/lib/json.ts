declare global {
  interface JSON {
    /** ES2025; the type library of TypeScript 7.0 does not list it yet. */
    rawJSON(text: string): object
  }
}

/** Decimal text as a JSON number, digit for digit. */
export const jsonNumber = (decimal: string): object => JSON.rawJSON(decimal)

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}

/** The same text for the same content, whatever the order of keys. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'

/** Undefined where it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
