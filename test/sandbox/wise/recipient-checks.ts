import { z } from 'zod'
import { isCurrency } from './currencies'
import type { Problem } from './errors'
import type { Address } from './model'
import { type Detail, type RecipientType, STATE_COUNTRIES, servesCurrency, TYPES } from './recipient-types'

export const RecipientBody = z.looseObject({
  profile: z.int().nullish(),
  currency: z.string().nullish(),
  type: z.string().nullish(),
  accountHolderName: z.string().nullish(),
  ownedByCustomer: z.boolean().nullish(),
  details: z.record(z.string(), z.unknown()).nullish(),
})
export type RecipientBody = z.infer<typeof RecipientBody>

/** `NOT_VALID` with the field and what was given for it (samples of the sheet). */
const notValid = (path: string, message: string, given?: string): Problem => ({
  code: 'NOT_VALID',
  message,
  path,
  arguments: given === undefined ? [path] : [path, given],
})

const NAME = /^[0-9A-Za-zÀ-ÖØ-öø-ÿ\-_()'*,.\s]{2,140}$/

/** A person has two names, each longer than one character, and no digits (sheet 6). */
const isPerson = (name: string): boolean => {
  const parts = name.trim().split(/\s+/)
  return parts.length >= 2 && parts.every((part) => part.length > 1) && !/\d/.test(name)
}

const nameProblem = (name: string, legalType: string): Problem[] => {
  if (!NAME.test(name)) return [notValid('accountHolderName', 'Please enter a valid account holder name.', name)]
  if (legalType === 'BUSINESS' || isPerson(name)) return []
  return [notValid('accountHolderName', 'Please enter the recipients first and last name.', name)]
}

const detailProblem = (detail: Detail, value: unknown): Problem[] => {
  if (typeof value !== 'string' || value === '')
    return [notValid(detail.key, detail.missing ?? `Please specify the ${detail.name}.`)]
  if (detail.pattern.test(value) && (detail.holds?.(value) ?? true)) return []
  return [notValid(detail.key, detail.wrong ?? `Please specify a valid ${detail.name}.`, value)]
}

/** The documented sort code refusal names the value; spaces and dashes are not taken out for the caller. */
export const detailProblems = (type: RecipientType, details: Record<string, unknown>): Problem[] =>
  type.details.flatMap((detail) => detailProblem(detail, details[detail.key]))

const AddressBody = z.looseObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  city: z.string().min(1),
  firstLine: z.string().min(1),
  postCode: z.string().min(1),
  state: z.string().min(1).nullish(),
})

export const readAddress = (given: unknown): Address | null => {
  const { data } = AddressBody.safeParse(given)
  if (!data) return null
  const { country, city, firstLine, postCode, state } = data
  return { country, city, firstLine, postCode, ...(state == null ? {} : { state }) }
}

/** An address may be left out here; half of one may not. */
const addressProblems = (given: unknown): Problem[] => {
  if (given === undefined || given === null) return []
  const parsed = AddressBody.safeParse(given)
  if (!parsed.success) {
    const field = `address.${parsed.error.issues[0]?.path.join('.') ?? ''}`
    return [notValid(field, `Please specify the ${field}.`)]
  }
  const { country, state } = parsed.data
  return STATE_COUNTRIES.includes(country) && !state ? [notValid('address.state', 'Please specify the state.')] : []
}

const legalTypeProblem = (type: string, legalType: unknown): Problem[] =>
  (type === 'email' && legalType == null) || legalType === 'PRIVATE' || legalType === 'BUSINESS'
    ? []
    : [notValid('legalType', 'Please specify the recipient type.')]

const headProblems = ({ profile, currency, accountHolderName }: RecipientBody): Problem[] => [
  ...(profile == null ? [notValid('profile', 'Please specify the profile.')] : []),
  ...(isCurrency(currency) ? [] : [notValid('currency', 'Please specify a valid currency.', currency ?? undefined)]),
  ...(accountHolderName ? [] : [notValid('accountHolderName', 'Please enter the account holder name.')]),
]

/** Everything that is wrong with a new recipient. Messages that the sheet does not have are ours. */
export const recipientProblems = (body: RecipientBody): Problem[] => {
  const head = headProblems(body)
  const name = body.type?.toLowerCase() ?? ''
  const type = TYPES[name]
  if (!type) return [...head, notValid('type', 'Please specify a valid recipient type.', body.type ?? undefined)]
  if (head.length > 0) return head
  if (!servesCurrency(type, body.currency ?? ''))
    return [notValid('currency', `${name} recipients cannot take ${body.currency}.`, body.currency ?? '')]
  const details = body.details ?? {}
  const legal = legalTypeProblem(name, details.legalType)
  return [
    ...legal,
    ...nameProblem(body.accountHolderName ?? '', String(details.legalType ?? 'PRIVATE')),
    ...detailProblems(type, details),
    ...addressProblems(details.address),
  ]
}
