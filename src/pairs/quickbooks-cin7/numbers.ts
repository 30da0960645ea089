/** What QuickBooks holds of a document's number (quickbooks sheet 11). */
const LONGEST = 21
const MARK = 6

/** As it is where it fits; else its beginning and a mark of the whole, so that two long ones stay two. The memo holds all of it. */
export const shortNumber = (number: string): string => {
  const clean = number.replace(/\s+/g, ' ').trim()
  if (clean.length <= LONGEST) return clean
  return `${clean.slice(0, LONGEST - MARK - 1)}-${markOf(clean)}`
}

/** FNV-1a, 32 bits, in base 36: only people tell documents apart by it. */
const markOf = (text: string): string => {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36).toUpperCase().padStart(MARK, '0').slice(-MARK)
}
