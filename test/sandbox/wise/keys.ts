const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

export const toBase64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

const RSA = 'RSASSA-PKCS1-v1_5'

const derOf = (pem: string): Uint8Array<ArrayBuffer> => bytesOf(pem.replace(/-----[^-]+-----|\s/g, ''))

export const pemOf = (der: ArrayBuffer): string => {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}

/** Base64 of an RSA signature; SHA-1 only for the header that nobody should trust any more (sheet 11). */
export const sign = async (jwk: JsonWebKey, text: string, hash: 'SHA-256' | 'SHA-1' = 'SHA-256'): Promise<string> => {
  const key = await crypto.subtle.importKey('jwk', jwk, { name: RSA, hash }, false, ['sign'])
  return toBase64(await crypto.subtle.sign(RSA, key, new TextEncoder().encode(text)))
}

/** False for keys and signatures that cannot be read. */
export const verify = async (pem: string, text: string, signature: string): Promise<boolean> => {
  try {
    const key = await crypto.subtle.importKey('spki', derOf(pem), { name: RSA, hash: 'SHA-256' }, false, ['verify'])
    return await crypto.subtle.verify(RSA, key, bytesOf(signature), new TextEncoder().encode(text))
  } catch {
    return false
  }
}

export const makePair = async (): Promise<CryptoKeyPair> => {
  const usage = { name: RSA, hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const made = await crypto.subtle.generateKey(usage, true, ['sign', 'verify'])
  if ('privateKey' in made) return made
  throw new Error('no key pair')
}
