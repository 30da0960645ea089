import { hmacKey, hmacMatches, toHex } from '../../lib/bytes'

/**
 * What FreshBooks signs: not the form that it sends, but the text that Python's `json.dumps` makes of its fields, in their order,
 * every value a string (sheet section 5). Built from pairs: a JS object would move keys that look like numbers to the front.
 */
const signedText = (form: string): string =>
  `{${[...new URLSearchParams(form)].map(([key, value]) => `${quoted(key)}: ${quoted(value)}`).join(', ')}}`

/** JSON as Python writes it: everything beyond printable ASCII escaped, by UTF-16 unit, in lower-case hex. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `signature` in base64. The key is the text of the verifier: it is not base64 to be decoded. */
export const isSigned = async (form: string, verifier: string, signature: string): Promise<boolean> =>
  hmacMatches(await hmacKey(verifier), hexOf(signature), signedText(form))

/** '' where it is not base64 in its one exact spelling: the last letter has spare bits, which decoding would ignore. */
const hexOf = (base64: string): string => {
  try {
    const binary = atob(base64)
    return btoa(binary) === base64 ? toHex(Uint8Array.from(binary, (byte) => byte.charCodeAt(0))) : ''
  } catch {
    return ''
  }
}
