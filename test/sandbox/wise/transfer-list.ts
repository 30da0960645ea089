import { type Call, ok, ownProfile, userOf } from './call'
import { gatewayRefusal } from './errors'
import type { Transfer } from './model'
import { DAY } from './stamps'
import { transferView } from './transfer-view'

const DEFAULT = 10
const MOST = 100

const whole = (query: URLSearchParams, name: string, otherwise: number): number => {
  const value = query.get(name) ?? String(otherwise)
  if (!/^\d+$/.test(value)) throw gatewayRefusal(400, `Invalid ${name}`)
  return Number(value)
}

/** A calendar date or a stamp; a date as the upper end takes in its whole day. */
const instant = (query: URLSearchParams, name: string, isEnd: boolean): number | undefined => {
  const value = query.get(name)
  if (value === null) return undefined
  const at = Date.parse(value)
  if (Number.isNaN(at)) throw gatewayRefusal(400, `Invalid ${name}`)
  return isEnd && value.length === 10 ? at + DAY - 1 : at
}

const filter = (query: URLSearchParams): ((transfer: Transfer) => boolean) => {
  const [profile, source, target] = ['profile', 'sourceCurrency', 'targetCurrency'].map((name) => query.get(name))
  const statuses = query.get('status')?.split(',')
  const from = instant(query, 'createdDateStart', false)
  const to = instant(query, 'createdDateEnd', true)
  return (one) =>
    (profile ?? String(one.profile)) === String(one.profile) &&
    (source ?? one.sourceCurrency) === one.sourceCurrency &&
    (target ?? one.targetCurrency) === one.targetCurrency &&
    (statuses?.includes(one.status) ?? true) &&
    one.createdAt >= (from ?? one.createdAt) &&
    one.createdAt <= (to ?? one.createdAt)
}

/** Newest first and ten to a page [U]; a filter by `customerTransactionId` does not exist and is ignored (sheet 3). */
export const listTransfers = (call: Call) => {
  const { book, query } = call
  const user = userOf(call)
  const profile = query.get('profile')
  if (profile !== null) ownProfile(book, user, profile)
  const limit = Math.min(MOST, whole(query, 'limit', DEFAULT))
  const offset = whole(query, 'offset', 0)
  const rows = book.transfers.all().filter((one) => one.user === user.id)
  const found = rows.filter(filter(query)).toSorted((a, b) => b.id - a.id)
  return ok(found.slice(offset, offset + limit).map((one) => transferView(book, one)))
}
