/** JSON text of one string as Python's `json.dumps` has it: nothing but printable ASCII. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** What is signed: the form fields in their order as a Python dump, not the body (sheet 5). */
export const dumped = (fields: [string, string][]): string =>
  `{${fields.map(([key, value]) => `${quoted(key)}: ${quoted(value)}`).join(', ')}}`

/** base64(HMAC-SHA256); the key is the text of the verifier, which is not decoded. */
export const signature = async (verifier: string, fields: [string, string][]): Promise<string> => {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(verifier), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, bytes.encode(dumped(fields)))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
