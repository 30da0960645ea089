const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** `signature` = base64 of RSASSA-PKCS1-v1_5 with SHA-256 over the raw body; `pem` = SPKI (sheet 11). */
export const isSigned = async (body: string, signature: string, pem: string): Promise<boolean> => {
  const bytes = bytesOf(signature)
  const der = bytesOf(pem.replace(/-----[^-]+-----|\s/g, ''))
  if (!bytes || !der) return false
  try {
    const key = await crypto.subtle.importKey('spki', der, RSA, false, ['verify'])
    return await crypto.subtle.verify(RSA.name, key, bytes, new TextEncoder().encode(body))
  } catch {
    return false
  }
}

/** Undefined where it is not base64 in its one exact spelling: the last letter has spare bits, which decoding would ignore. */
const bytesOf = (base64: string): Uint8Array | undefined => {
  try {
    const binary = atob(base64)
    return base64 !== '' && btoa(binary) === base64 ? Uint8Array.from(binary, (byte) => byte.charCodeAt(0)) : undefined
  } catch {
    return undefined
  }
}
