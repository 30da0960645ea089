const utf8 = new TextEncoder()

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const toHex = (bytes: ArrayBuffer | Uint8Array): string => {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += HEX[byte]
  return text
}

/** Undefined where it is not hex. */
export const fromHex = (text: string): Uint8Array | undefined =>
  /^([0-9a-f]{2})+$/i.test(text)
    ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : undefined

/** Of its UTF-8 bytes. */
export const toBase64 = (text: string): string => btoa(String.fromCharCode(...utf8.encode(text)))

/** The same for a URL. */
export const toBase64Url = (text: string): string =>
  toBase64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Undefined where it is not that of any text. */
export const fromBase64Url = (text: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export const sha256 = async (text: string): Promise<string> =>
  toHex(await crypto.subtle.digest('SHA-256', utf8.encode(text)))

const MOST_KEYS = 1_000
const keys = new Map<string, CryptoKey>()

/**
 * Kept for the next time in this isolate: to import a key takes longer than to check with it (bench `ack`). The key is kept and not
 * its promise, which belongs to the request that began it.
 */
export const hmacKey = async (secret: string): Promise<CryptoKey> => {
  const known = keys.get(secret)
  if (known) return known
  if (keys.size >= MOST_KEYS) keys.clear()
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
  keys.set(secret, key)
  return key
}

export const hmac = async (key: CryptoKey, text: string): Promise<string> =>
  toHex(await crypto.subtle.sign('HMAC', key, utf8.encode(text)))

/** Constant time: the platform compares. */
export const hmacMatches = async (key: CryptoKey, signature: string, text: string): Promise<boolean> => {
  const bytes = fromHex(signature)
  return bytes !== undefined && crypto.subtle.verify('HMAC', key, bytes, utf8.encode(text))
}

/** Constant time: both are digested first, so that not even their length tells anything. */
export const sameSecret = async (given: string, secret: string): Promise<boolean> => {
  const digest = (value: string) => crypto.subtle.digest('SHA-256', utf8.encode(value))
  const [left, right] = await Promise.all([digest(given), digest(secret)])
  return crypto.subtle.timingSafeEqual(left, right)
}

/** The text of a body of at most `limit` bytes; undefined where there is more. The rest is not read. */
export const readCapped = async (message: Request | Response, limit: number): Promise<string | undefined> => {
  const length = lengthOf(message)
  if (length === undefined) return readStream(message.body, limit)
  return length > limit ? undefined : message.text()
}

/** As it is said, which HTTP holds a sender to; of what is packed it says nothing. Reading without a stream is several times as fast. */
const lengthOf = ({ headers }: Request | Response): number | undefined => {
  const length = headers.get('content-length') ?? ''
  return /^\d{1,15}$/.test(length) && !headers.has('content-encoding') ? Number(length) : undefined
}

const readStream = async (body: ReadableStream<Uint8Array> | null, limit: number): Promise<string | undefined> => {
  if (!body) return ''
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.byteLength
    if (size > limit) return undefined
    parts.push(part)
  }
  return new TextDecoder().decode(join(parts, size))
}

const join = (parts: Uint8Array[], size: number): Uint8Array => {
  const [only, ...more] = parts
  if (only && more.length === 0) return only
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
