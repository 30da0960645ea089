import { z } from 'zod'

/** What both sides of a mirrored party say of it; '' where nothing is entered. */
export const PartyTexts = z.record(z.string(), z.string())
export type PartyTexts = z.infer<typeof PartyTexts>

const CONTACT = ['attention', 'email', 'phone', 'website'] as const
export const ADDRESS = ['line1', 'line2', 'city', 'state', 'postcode', 'country'] as const

type Field = 'code' | 'name' | (typeof CONTACT)[number] | (typeof ADDRESS)[number]

/** As a vendor shows a party. `country` = two letters. */
export type Party = Record<Field, string>

/** Longer texts are cut on both sides, so that they stay alike: each vendor holds at least so much. */
const LONGEST: Partial<Record<Field, number>> = { phone: 50, postcode: 20 }
const LONGEST_OTHERWISE = 255

/** In one writing, whichever vendor it is of: a contact that is called like the party is nobody; an address without street or country is none. */
export const partyTexts = (party: Party, active: boolean | undefined): PartyTexts => {
  const told = Object.fromEntries(Object.entries(party).map(([field, text]) => [field, plain(field, text)]))
  const isNobody = told.attention?.toLowerCase() === told.name?.toLowerCase()
  return {
    ...told,
    ...(isNobody && { attention: '' }),
    ...(!hasAddress(told) && emptyAddress()),
    ...(active !== undefined && { active: String(active) }),
  }
}

const lengthOf = (field: string): number =>
  Object.entries(LONGEST).find(([name]) => name === field)?.[1] ?? LONGEST_OTHERWISE

const plain = (field: string, text: string): string => {
  const clean = text.trim().replace(/\s+/g, ' ')
  const limit = lengthOf(field)
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 1)}…`
}

export const hasAddress = ({ line1 = '', country = '' }: PartyTexts): boolean => line1 !== '' && country !== ''

const emptyAddress = (): PartyTexts => Object.fromEntries(ADDRESS.map((field) => [field, '']))

/** An address is changed and never taken away: neither vendor says what becomes of one that is left out. */
export const withAddressOf = (texts: PartyTexts, other: PartyTexts): PartyTexts =>
  hasAddress(texts) ? texts : { ...texts, ...Object.fromEntries(ADDRESS.map((field) => [field, other[field] ?? ''])) }
