/** One detail of a bank account. `key` is the name on the wire, in its exact spelling. */
export interface Detail {
  key: string
  name: string
  pattern: RegExp
  least: number
  most: number
  /** Words that are allowed, where it is a choice. */
  words?: string[]
  holds?: (value: string) => boolean
  /** Wise's own text where one is documented (samples of the sheet); else one is made from the name. */
  missing?: string
  wrong?: string
}

export interface RecipientType {
  title: string
  /** `any`: not tied to one country's money. */
  currencies: string[] | 'any'
  details: Detail[]
}

const digits = (key: string, name: string, least: number, most = least): Detail => ({
  key,
  name,
  pattern: new RegExp(`^\\d{${least},${most}}$`),
  least,
  most,
})

/** ISO 13616: the remainder by 97 is 1. */
const isIban = (value: string): boolean => {
  const turned = `${value.slice(4)}${value.slice(0, 4)}`.toUpperCase()
  const numeric = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(numeric) % 97n === 1n
}

/** ABA check digit: weights 3, 7, 1. */
const isRouting = (value: string): boolean =>
  [...value].reduce((sum, digit, place) => sum + Number(digit) * ([3, 7, 1][place % 3] ?? 0), 0) % 10 === 0

const iban: Detail = {
  key: 'IBAN',
  name: 'IBAN',
  pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/,
  least: 15,
  most: 34,
  holds: isIban,
  missing: 'Please specify an IBAN.',
  wrong: 'Please specify a valid IBAN.',
}

const sortCode: Detail = {
  ...digits('sortCode', 'UK sort code', 6),
  holds: (value) => value !== '999999',
  wrong: 'Unknown bank code. Please check the sort code is correct, or contact customer support for more information.',
}

const accountNumber = (least: number, most = least): Detail => digits('accountNumber', 'Account number', least, most)

const bankCode = (least: number): Detail => digits('bankCode', 'Bank code', least)

const choice = (key: string, name: string, words: string[]): Detail => ({
  key,
  name,
  pattern: new RegExp(`^(${words.join('|')})$`),
  least: 1,
  most: 40,
  words,
})

const accountType = (words: string[]): Detail => choice('accountType', 'Account type', words)

const words = (key: string, name: string, pattern: RegExp, least: number, most: number): Detail => ({
  key,
  name,
  pattern,
  least,
  most,
})

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
const EURO_AREA = ['EUR', 'GBP', 'PLN', 'HUF', 'SEK', 'CHF', 'TRY']

/** Sheet 6. Other types exist; they are not here. */
export const TYPES: Record<string, RecipientType> = {
  iban: { title: 'IBAN', currencies: EURO_AREA, details: [iban] },
  sort_code: { title: 'Local bank account', currencies: ['GBP'], details: [sortCode, accountNumber(8)] },
  aba: {
    title: 'ACH',
    currencies: ['USD'],
    details: [
      { ...digits('abartn', 'ACH routing number', 9), holds: isRouting },
      accountNumber(4, 17),
      accountType(['CHECKING', 'SAVINGS']),
    ],
  },
  swift_code: {
    title: 'SWIFT',
    currencies: 'any',
    details: [
      words('swiftCode', 'SWIFT / BIC code', /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 8, 11),
      words('accountNumber', 'IBAN / account number', /^[A-Z0-9]{4,34}$/, 4, 34),
    ],
  },
  australian: {
    title: 'Australian bank account',
    currencies: ['AUD'],
    details: [digits('bsbCode', 'BSB code', 6), accountNumber(4, 9)],
  },
  canadian: {
    title: 'Canadian bank account',
    currencies: ['CAD'],
    details: [
      digits('institutionNumber', 'Institution number', 3),
      digits('transitNumber', 'Transit number', 5),
      accountNumber(7, 12),
      accountType(['Checking', 'Saving']),
    ],
  },
  interac: {
    title: 'Interac',
    currencies: ['CAD'],
    details: [words('interacAccount', 'Interac registered email', EMAIL, 3, 254)],
  },
  indian: {
    title: 'Indian bank account',
    currencies: ['INR'],
    details: [words('ifscCode', 'IFSC code', /^[A-Z]{4}0[A-Z0-9]{6}$/, 11, 11), accountNumber(5, 20)],
  },
  mexican: { title: 'Mexican bank account', currencies: ['MXN'], details: [digits('clabe', 'CLABE', 18)] },
  newzealand: { title: 'New Zealand bank account', currencies: ['NZD'], details: [accountNumber(15, 16)] },
  singapore: {
    title: 'Singapore bank account',
    currencies: ['SGD'],
    details: [bankCode(4), accountNumber(6, 14)],
  },
  japanese: {
    title: 'Japanese bank account',
    currencies: ['JPY'],
    details: [
      bankCode(4),
      digits('branchCode', 'Branch code', 3),
      accountType(['CURRENT', 'SAVINGS', 'CHECKING']),
      accountNumber(7),
    ],
  },
  emirates: { title: 'Emirati bank account', currencies: ['AED'], details: [iban] },
  email: { title: 'Email', currencies: 'any', details: [words('email', 'Email', EMAIL, 3, 254)] },
}

/** Where the recipient's address is needed before money moves (sheet 6). */
export const needsAddress = (source: string | null, target: string): boolean =>
  ['USD', 'PHP', 'THB', 'TRY'].includes(target) || ['USD', 'AUD'].includes(source ?? '')

export const servesCurrency = ({ currencies }: RecipientType, currency: string): boolean =>
  currencies === 'any' || currencies.includes(currency)

export const STATE_COUNTRIES = ['US', 'CA', 'AU', 'BR']
