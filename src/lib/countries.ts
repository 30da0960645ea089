let made: Intl.DisplayNames | undefined

/** Made on first use: it reads much data, which an isolate that starts has no need of. */
const nameOf = (code: string): string | undefined => {
  made ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  return made.of(code)
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** As people write them, beside their names in English. */
const OTHERS: Record<string, string> = {
  usa: 'US',
  'united states of america': 'US',
  'great britain': 'GB',
  'hong kong': 'HK',
  macau: 'MO',
  'czech republic': 'CZ',
  turkey: 'TR',
}

/** Letters that were given up stand for those of today (UK, DD, BU). */
const current = (code: string): string => new Intl.Locale(`und-${code}`).region ?? code

let codes: Map<string, string> | undefined

const known = (): Map<string, string> => {
  codes ??= new Map(
    LETTERS.flatMap((a) => LETTERS.map((b) => `${a}${b}`)).flatMap((code): [string, string][] => {
      const name = nameOf(code)
      return name === undefined || name === code ? [] : [[name.toLowerCase(), current(code)]]
    }),
  )
  return codes
}

/** Two letters, from a name in English or the letters themselves; '' = no country is called so. */
export const countryCode = (text: string): string => {
  const word = text.trim().replace(/\s+/g, ' ')
  if (/^[a-z]{2}$/i.test(word) && nameOf(word.toUpperCase()) !== undefined) return current(word.toUpperCase())
  return OTHERS[word.toLowerCase()] ?? known().get(word.toLowerCase()) ?? ''
}

/** Its name in English; the letters where there is none. */
export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (nameOf(code) ?? code) : code)
