import { type Call, profileOf } from './call'
import { number, plus } from './decimal'
import { notFound, unreadable } from './errors'
import type { Balance, Book, Entry, Profile } from './model'
import { profileView } from './profiles'
import { protect } from './sca'
import { DAY, fineStamp } from './stamps'

const LONGEST = 469 * DAY

const instant = (query: URLSearchParams, name: string): number => {
  const at = Date.parse(query.get(name) ?? '')
  if (Number.isNaN(at)) throw unreadable(name, `${name} must be a time stamp.`)
  return at
}

const readInterval = (query: URLSearchParams) => {
  const [from, to] = [instant(query, 'intervalStart'), instant(query, 'intervalEnd')]
  if (to < from || to - from > LONGEST) throw unreadable('intervalEnd', 'The interval can have 469 days at most.')
  const type = query.get('type') ?? 'COMPACT'
  if (!['COMPACT', 'FLAT'].includes(type)) throw unreadable('type', 'type must be COMPACT or FLAT.')
  return { from, to, flat: type === 'FLAT' }
}

/** The webhook says `BNK-…` or the bare transfer id; here transfers are `TRANSFER-<id>`, the key to match by (sheet 11). */
const referenceOf = ({ kind, reference }: Entry): string => (kind === 'TRANSFER' ? `TRANSFER-${reference}` : reference)

const signed = ({ direction, amount }: Entry): number => number(direction === 'debit' ? `-${amount}` : amount)

/** Debits are negative here, unlike in the webhook (sheet 11). */
const lineView = (entry: Entry, value: number, fees: number, type: string) => ({
  type: value < 0 ? 'DEBIT' : 'CREDIT',
  date: fineStamp(entry.at),
  amount: { value, currency: entry.currency },
  totalFees: { value: fees, currency: entry.currency },
  details: { type, description: entry.description, paymentReference: entry.paymentReference },
  exchangeDetails: null,
  runningBalance: { value: number(entry.after), currency: entry.currency },
  referenceNumber: referenceOf(entry),
})

/** FLAT shows fees as lines of their own; how exactly is not known, and the running balance is that of the whole. */
const linesOf = (entry: Entry, flat: boolean) => {
  const fee = number(entry.fee)
  if (!flat || fee === 0) return [lineView(entry, signed(entry), fee, entry.kind)]
  const rest = number(plus(entry.direction === 'debit' ? `-${entry.amount}` : entry.amount, entry.fee))
  return [lineView(entry, rest, 0, entry.kind), lineView(entry, -fee, 0, 'FEE')]
}

const holder = (book: Book, profile: Profile) => {
  const { address } = profileView(book, profile)
  const { addressFirstLine, city, postCode, stateCode } = address
  const name = profile.type === 'BUSINESS' ? { businessName: profile.name } : { fullName: profile.name }
  return {
    type: profile.type,
    address: { addressFirstLine, city, postCode, stateCode, countryName: profile.country },
    ...name,
  }
}

const balanceOf = (call: Call, profile: Profile): Balance => {
  const balance = call.book.balances.get(call.params.balance ?? '')
  if (!balance || balance.profile !== profile.id) throw notFound('Balance')
  if (call.query.get('currency') !== balance.currency)
    throw unreadable('currency', 'Currency is not that of the balance.')
  return balance
}

/** May lag behind the webhook by minutes (sheet 11): the switch `statements.lagMs`. */
export const statement = async (call: Call) => {
  const { book, query } = call
  const profile = profileOf(call)
  const headers = await protect(call, profile)
  const balance = balanceOf(call, profile)
  const { from, to, flat } = readInterval(query)
  const seen = Math.min(to, book.world.now() - book.world.switched('statements.lagMs', 0))
  const upTo = book.entries.all().filter((one) => one.balance === balance.id && one.at <= seen)
  const lines = upTo.filter(({ at }) => at >= from).flatMap((entry) => linesOf(entry, flat))
  const end = upTo.at(-1)?.after ?? balance.amount
  const body = {
    accountHolder: holder(book, profile),
    issuer: { name: 'Wise', firstLine: '', city: '', postCode: '', stateCode: '', country: '' },
    bankDetails: null,
    transactions: lines.toReversed(),
    endOfStatementBalance: { value: number(end), currency: balance.currency },
  }
  return { status: 200, headers, body }
}
