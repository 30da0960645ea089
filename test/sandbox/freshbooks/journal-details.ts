import { type Books, must } from './books'
import type { Account, Entry, Leg } from './ledger-shapes'
import { bound, type Filters, oneId, paged, type Query } from './lists'
import { cents, exact, money } from './money'

interface Row {
  entry: Entry
  leg: Leg
}

/** Both ends belong to the window unless switched (no source tells of the last day). */
const filters: Filters<Row> = {
  ...oneId('sub_accountid', ({ leg }) => leg.sub_accountid),
  ...bound('start_date', ({ entry }, day) => entry.user_entered_date >= day),
  ...bound('end_date', ({ entry }, day, { world }) =>
    world.switched('journal.endDateInclusive', true) ? entry.user_entered_date <= day : entry.user_entered_date < day,
  ),
}

/** One row for each leg of every entry, newest first. */
export const listDetails = (books: Books, query: Query): object => {
  const tests = [...query.search].flatMap(([name, values]) => filters[name]?.(values, name) ?? [])
  const all = books.entries.all().flatMap((entry) => entry.legs.map((leg) => ({ entry, leg })))
  const wanted = all.filter((row) => tests.every((test) => test(row, books))).sort((a, b) => b.leg.id - a.leg.id)
  const { rows, ...page } = paged(wanted, query)
  const chart = new Map(books.accounts.all().map((account) => [account.uuid, account]))
  return { journal_entry_details: rows.map((row) => detailView(books, chart, row)), ...page }
}

const accountsOf = (chart: Map<string, Account>, { sub_accountid }: Leg) => {
  const sub = must(
    [...chart.values()].find((one) => one.parent !== null && one.journalId === sub_accountid),
    'sub account',
  )
  return { sub, parent: must(chart.get(sub.parent ?? ''), 'parent account') }
}

export const subNumber = ({ number }: Account): string => number.split('-')[1] ?? number

const detailView = (books: Books, chart: Map<string, Account>, { entry, leg }: Row) => {
  const { sub, parent } = accountsOf(chart, leg)
  const { accountId: accounting_systemid } = books
  const { currency_code: code } = entry
  const side = (amount: string | null) => (amount === null ? null : money(amount, code))
  return {
    account: {
      account_name: parent.name,
      account_number: parent.number,
      account_type: parent.type,
      accountid: parent.journalId,
      accounting_systemid,
      id: parent.journalId,
    },
    accounting_systemid,
    balance: money(exact(leg.credit ?? '0').minus(leg.debit ?? '0'), code),
    credit: side(leg.credit),
    debit: side(leg.debit),
    description: entry.description,
    detail_type: leg.detail_type,
    detailid: leg.id,
    entry: { ...entry.origin, accounting_systemid, entryid: entry.id, id: entry.id },
    id: leg.id,
    name: entry.name,
    sub_account: {
      account_sub_name: sub.name,
      account_sub_number: subNumber(sub),
      accounting_systemid,
      id: sub.journalId,
      parentid: parent.journalId,
      sub_accountid: sub.journalId,
    },
    user_entered_date: entry.user_entered_date,
  }
}

/** Debits less credits of one sub account, or of all below a parent. */
export const balanceOf = (books: Books, { uuid, journalId, parent }: Account): string => {
  const subs = books.accounts.all().filter((one) => one.parent === uuid)
  const own = parent === null ? subs.map((one) => one.journalId) : [journalId]
  const legs = books.entries
    .all()
    .flatMap(({ legs }) => legs.filter(({ sub_accountid }) => own.includes(sub_accountid)))
  const total = legs.reduce((sum, { debit, credit }) => sum.plus(debit ?? '0').minus(credit ?? '0'), exact('0'))
  return total.eq(0) ? '0' : cents(total)
}
