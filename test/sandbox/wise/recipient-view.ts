import type { Book, Recipient } from './model'
import { TYPES } from './recipient-types'
import { fineStamp } from './stamps'

/** Of name and details only, as Wise's own changes with these alone (sheet 6). FNV-1a. */
const hashOf = ({ name, details }: Recipient): string => {
  let hash = 0xcbf29ce484222325n
  for (const sign of JSON.stringify([name, details]))
    hash = BigInt.asUintN(64, (hash ^ BigInt(sign.codePointAt(0) ?? 0)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

const pascal = (type: string): string => type.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())

const summaryOf = ({ type, details }: Recipient): string => {
  const last = TYPES[type]?.details.findLast(({ words }) => !words)
  return details[last?.key ?? ''] ?? ''
}

/** Answers spell `IBAN` in small letters. */
const answerKey = (key: string): string => (key === 'IBAN' ? 'iban' : key)

const countryOf = ({ details, address }: Recipient): string | null =>
  details.IBAN?.slice(0, 2) ?? address?.country ?? null

const outcomeView = (recipient: Recipient) => ({
  type: 'NAME_MATCHING',
  timestamp: fineStamp(recipient.createdAt),
  outcome: recipient.nameCheck.outcome,
  requiresCustomerAcceptance: recipient.nameCheck.mustAccept,
  fieldsChecked: ['accountHolderName'],
  providedName: recipient.name,
  resolvedName: null,
  message: null,
  recommendedUpdates: [],
})

const confirmationsView = (recipient: Recipient) => {
  const { acceptedAt } = recipient.nameCheck
  return {
    acceptedOutcomes: acceptedAt !== null,
    acceptedAt: acceptedAt === null ? null : fineStamp(acceptedAt),
    quoteId: null,
    outcomes: [outcomeView(recipient)],
  }
}

const names = (fullName: string) => ({
  fullName,
  givenName: null,
  familyName: null,
  middleName: null,
  patronymicName: null,
  cannotHavePatronymicName: null,
})

const view2026 = (recipient: Recipient) => {
  const { id, profile, user, name, currency, type, details, active } = recipient
  const summary = summaryOf(recipient)
  const shown = Object.entries(details).map(([key, value]) => [answerKey(key), value] as const)
  return {
    id,
    creatorId: user,
    profileId: profile,
    name: names(name),
    currency,
    country: countryOf(recipient),
    type: pascal(type),
    legalEntityType: recipient.legalType === 'PRIVATE' ? 'PERSON' : 'BUSINESS',
    active,
    details: { reference: null, ...Object.fromEntries(shown), hashedByLooseHashAlgorithm: hashOf(recipient) },
    commonFieldMap: {},
    hash: hashOf(recipient),
    accountSummary: summary,
    longAccountSummary: `${currency} account ending in ${summary.slice(-4)}`,
    displayFields: shown.map(([key, value]) => ({ key: `details/${key}`, label: key, value })),
    isInternal: false,
    ownedByCustomer: recipient.ownedByCustomer,
    confirmations: confirmationsView(recipient),
  }
}

const noAddress = { country: null, countryCode: null, firstLine: null, postCode: null, city: null, state: null }

const viewOlder = (recipient: Recipient) => {
  const { id, profile, user, name, currency, type, details, active, address } = recipient
  const iban = details.IBAN ?? null
  return {
    id,
    business: profile,
    profile,
    accountHolderName: name,
    currency,
    country: countryOf(recipient),
    type,
    user,
    active,
    ownedByCustomer: recipient.ownedByCustomer,
    details: {
      address: address ? { ...noAddress, ...address, countryCode: address.country } : noAddress,
      email: null,
      legalType: recipient.legalType,
      accountNumber: null,
      sortCode: null,
      abartn: null,
      accountType: null,
      bic: null,
      BIC: null,
      interacAccount: null,
      ...details,
      iban,
      IBAN: iban,
    },
  }
}

/** Two shapes are documented; clients may rely on `id`, `active` and `currency` only (sheet 6). */
export const recipientView = (book: Book, recipient: Recipient) =>
  book.world.switched<string>('recipients.shape', '2026') === '2026' ? view2026(recipient) : viewOlder(recipient)
