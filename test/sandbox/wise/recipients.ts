import { z } from 'zod'
import { type Call, ok, ownProfile, readBody, userOf } from './call'
import { forbidden, notFound, recipientRefusal, refusal, unreadable } from './errors'
import { type Book, type Outcome, type Recipient, save } from './model'
import type { User } from './people'
import { RecipientBody, readAddress, recipientProblems } from './recipient-checks'
import { TYPES } from './recipient-types'
import { recipientView } from './recipient-view'

/** Names are compared only where the banks offer it (sheet 3). */
const NAME_CHECKED = ['EUR', 'INR', 'KRW', 'IDR', 'CNY']

const nameCheck = (book: Book, currency: string): Recipient['nameCheck'] => {
  const outcome = NAME_CHECKED.includes(currency)
    ? book.world.switched<Outcome>('recipients.nameCheck', 'SUCCESS')
    : 'SUCCESS'
  return { outcome, mustAccept: outcome === 'PARTIAL_FAILURE' || outcome === 'FAILURE', acceptedAt: null }
}

const detailsOf = (type: string, given: Record<string, unknown>): Record<string, string> => {
  const keys = TYPES[type]?.details.map(({ key }) => key) ?? []
  return Object.fromEntries(keys.map((key) => [key, String(given[key] ?? '')]))
}

/** No two are folded into one: assume duplicates (sheet 6). */
export const makeRecipient = (book: Book, user: User, body: RecipientBody, refund = false): Recipient => {
  const problems = recipientProblems(body)
  if (problems.length > 0) throw recipientRefusal(book.world.switched('recipients.refusal', 422), problems)
  const { currency, type, accountHolderName, ownedByCustomer, details, profile } = body
  const kind = type?.toLowerCase() ?? ''
  return save(book.recipients, {
    id: book.next('recipient'),
    profile: ownProfile(book, user, profile ?? 0).id,
    user: user.id,
    name: accountHolderName ?? '',
    currency: currency ?? '',
    type: kind,
    legalType: details?.legalType === 'BUSINESS' ? 'BUSINESS' : 'PRIVATE',
    details: detailsOf(kind, details ?? {}),
    address: readAddress(details?.address),
    ownedByCustomer: ownedByCustomer ?? false,
    refund,
    active: true,
    createdAt: book.world.now(),
    nameCheck: nameCheck(book, currency ?? ''),
  })
}

export const createRecipient = (call: Call) => {
  const made = makeRecipient(
    call.book,
    userOf(call),
    readBody(call, RecipientBody),
    call.query.get('refund') === 'true',
  )
  return ok(recipientView(call.book, made))
}

const isOwn = (book: Book, user: User, { profile }: Recipient): boolean =>
  book.profiles.get(String(profile))?.user === user.id

const recipientOf = (call: Call): Recipient => {
  const recipient = call.book.recipients.get(call.params.account ?? '')
  if (!recipient || !isOwn(call.book, userOf(call), recipient)) throw notFound('Recipient')
  return recipient
}

export const readRecipient = (call: Call) => ok(recipientView(call.book, recipientOf(call)))

/** Deactivates; a second time is 403, and there is no way back (sheet 6). */
export const deactivate = (book: Book, recipient: Recipient): Recipient => {
  if (!recipient.active) throw forbidden()
  return save(book.recipients, { ...recipient, active: false })
}

export const deleteRecipient = (call: Call) => ok(recipientView(call.book, deactivate(call.book, recipientOf(call))))

export const acceptNameCheck = (book: Book, recipient: Recipient): Recipient =>
  save(book.recipients, { ...recipient, nameCheck: { ...recipient.nameCheck, acceptedAt: book.world.now() } })

export const confirmRecipient = (call: Call) => {
  const { acceptedOutcomes } = readBody(call, z.looseObject({ acceptedOutcomes: z.boolean() }))
  if (!acceptedOutcomes) throw unreadable('acceptedOutcomes', 'Outcomes must be accepted.')
  return ok(recipientView(call.book, acceptNameCheck(call.book, recipientOf(call))))
}

/** For quotes and transfers of this profile; texts are ours. */
export const usableRecipient = (book: Book, profile: number, id: number, status: number): Recipient => {
  const recipient = book.recipients.get(String(id))
  const refuse = (message: string) => refusal(status, { code: 'INVALID_RECIPIENT', message })
  if (!recipient || recipient.profile !== profile) throw refuse('Recipient could not be found.')
  if (!recipient.active) throw refuse('Recipient is not active.')
  return recipient
}

/** A name that did not match blocks the recipient until somebody accepts it (sheet 6). */
export const refuseUnaccepted = ({ nameCheck: { mustAccept, acceptedAt } }: Recipient): void => {
  if (mustAccept && acceptedAt === null)
    throw refusal(422, { code: 'INVALID_RECIPIENT', message: 'The recipient name check needs to be accepted first.' })
}
