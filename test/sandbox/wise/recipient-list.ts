import { type Call, ok, ownProfile, userOf } from './call'
import { forbidden, unreadable } from './errors'
import type { Book, Profile, Recipient } from './model'
import type { User } from './people'
import { recipientView } from './recipient-view'

const MOST = 20

const whole = (query: URLSearchParams, name: string, otherwise: number): number => {
  const value = query.get(name)
  if (value === null) return otherwise
  if (!/^\d+$/.test(value)) throw unreadable(name, `${name} must be a number.`)
  return Number(value)
}

/** Left out, it is the personal profile [U]. */
const wantedProfile = (book: Book, user: User, id: string | null): Profile => {
  if (id !== null) return ownProfile(book, user, id)
  const personal = book.profiles.all().find((one) => one.user === user.id && one.type === 'PERSONAL')
  if (!personal) throw forbidden()
  return personal
}

const matches = (query: URLSearchParams, { currency, type, active }: Recipient): boolean =>
  (query.get('currency') ?? currency) === currency &&
  (query.get('type') ?? type).toLowerCase() === type &&
  String(active) === (query.get('active') ?? 'true')

const ORDERS = ['id,asc', 'id,desc']

const ordered = (query: URLSearchParams): ((a: Recipient, b: Recipient) => number) => {
  const sort = query.get('sort') ?? 'id,asc'
  if (!ORDERS.includes(sort)) throw unreadable('sort', 'Only id can be sorted by.')
  return sort === 'id,asc' ? (a, b) => a.id - b.id : (a, b) => b.id - a.id
}

/** Rows behind the position, in the order asked for; position 0 is the start. */
const behind = (rows: Recipient[], position: number): Recipient[] => {
  const place = rows.findIndex(({ id }) => id === position)
  return position === 0 ? rows : rows.slice(place + 1)
}

type End = 0 | null | 'last'

/** How the last page ends is not documented (sheet 6): 0, null, or the last id once more and then an empty page. */
const nextPosition = (book: Book, page: Recipient[], more: boolean): number | null => {
  const last = page.at(-1)?.id ?? 0
  if (more) return last
  const end = book.world.switched<End>('recipients.endMarker', 0)
  return end === 'last' ? last : end
}

/** `GET /v2/accounts`: seek paging, twenty at most. */
export const listRecipients = (call: Call) => {
  const { book, query } = call
  const profile = wantedProfile(book, userOf(call), query.get('profileId'))
  const position = whole(query, 'seekPosition', 0)
  const size = Math.min(MOST, Math.max(1, whole(query, 'size', MOST)))
  const own = book.recipients.all().filter((one) => one.profile === profile.id)
  // Seeking in all rows: one that was removed meanwhile still marks its place.
  const rest = behind(own.toSorted(ordered(query)), position).filter((one) => matches(query, one))
  const page = rest.slice(0, size)
  return ok({
    content: page.map((one) => recipientView(book, one)),
    sort: { empty: !query.has('sort'), sorted: query.has('sort') },
    size: page.length,
    seekPositionForNext: nextPosition(book, page, rest.length > size),
    seekPositionForCurrent: position,
  })
}
