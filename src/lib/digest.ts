const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n

/** FNV-1a over the letters of a text, 16 hex digits: to see whether something is the same, never to protect it. */
export const digest = (text: string): string => {
  let hash = OFFSET
  for (let n = 0; n < text.length; n += 1) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(n))) * PRIME)
  return hash.toString(16).padStart(16, '0')
}
