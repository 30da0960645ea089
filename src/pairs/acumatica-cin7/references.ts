/** What Acumatica holds of a VendorRef (sheet 6). */
const LONGEST = 40
const MARK = 7

/** As it is where it fits; else its beginning and a mark of the whole, so that two long ones stay two. */
export const shortReference = (number: string): string => shortened(number.replace(/\s+/g, ' ').trim(), LONGEST)

/** A VendorID from a name: capitals and digits, always the same one for the same name. */
export const codeFrom = (name: string, longest: number): string => {
  const plain = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  if (plain === '') return markOf(name).slice(0, longest)
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 3)}${markOf(name).slice(-3)}`
}

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - MARK - 1)}-${markOf(text)}`

/** FNV-1a, 32 bits, in base 36: only people tell them apart by it. */
const markOf = (text: string): string => {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36).toUpperCase().padStart(MARK, '0').slice(-MARK)
}
