import { Body } from './read-body'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const element = (name: string, value: unknown): string => {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('')
  const object = Body.safeParse(value).data
  const inner = object
    ? Object.entries(object)
        .map(([key, one]) => element(key, one))
        .join('')
    : escaped(String(value))
  return `<${name}>${inner}</${name}>`
}

/** What a caller gets who forgot `Accept: application/json` (sheet 1): roughly the vendor's XML, and certainly no JSON. */
export const asXml = (body: unknown): string => {
  const { time, ...rest } = Body.parse(body)
  const inner = Object.entries(rest)
    .map(([key, one]) => element(key, one))
    .join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse time="${time ?? ''}" xmlns="http://schema.intuit.com/finance/v3">${inner}</IntuitResponse>`
}
