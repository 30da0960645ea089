/** A number with its digits as the vendor writes them, trailing zeros included. */
export class Digits {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** `bigint` is for numbers beyond 2^53, as the ticks of push notifications. */
export type Json = null | boolean | number | string | bigint | Digits | Json[] | { [name: string]: Json }

export const writeJson = (value: Json): string => {
  if (value instanceof Digits) return value.text
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}:${writeJson(one)}`)
    .join(',')}}`
}

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
