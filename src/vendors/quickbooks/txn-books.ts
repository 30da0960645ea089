import type { TargetPage, TargetRef } from '../../core/flow'
import type { Booked, Figures, TargetRow } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { parseJson } from '../../lib/json'
import { add, type Decimal, subtract } from '../../lib/money'
import { preferences } from './account'
import { Spot, START, walkOn } from './query-walk'
import { linesOf, readTxn, Txn, type TxnKind, type TxnLine } from './txn-shapes'
import { editsOf } from './txn-shown'

/** A page of all transactions of a kind, whoever made them. */
export const txnPage = async (api: ReadApi, kind: TxnKind, cursor: string | null): Promise<TargetPage> => {
  const spot = cursor === null ? START : Spot.parse(parseJson(cursor))
  const { rows, next } = await walkOn(api, { entity: kind.entity, row: Txn, until: null }, spot)
  const home = rows.some(({ CurrencyRef }) => !CurrencyRef) ? await homeCurrency(api) : ''
  return { rows: rows.map((txn) => rowOf(txn, home)), next: JSON.stringify(next ?? spot), done: next === null }
}

/** A company of one currency leaves it out of its documents. */
const homeCurrency = async (api: ReadApi): Promise<string> =>
  (await preferences(api)).CurrencyPrefs.HomeCurrency?.value ?? ''

const rowOf = (txn: Txn, home: string): TargetRow => ({
  id: txn.Id,
  number: txn.DocNumber || txn.Id,
  date: txn.TxnDate,
  stamp: `${txn.MetaData.LastUpdatedTime} ${txn.SyncToken}`,
  booked: !isClosed(txn),
  currency: txn.CurrencyRef?.value ?? home,
  total: txn.TotalAmt,
  customer: vendorOf(txn),
})

/** A closed order commits to nothing any more. */
const isClosed = ({ POStatus }: Txn): boolean => POStatus === 'Closed'

const vendorOf = ({ VendorRef }: Txn) => ({ id: VendorRef.value, name: VendorRef.name ?? '' })

/** What it says in the books. Being paid or linked is everyday life and no change. */
export const bookedTxn = async (api: ReadApi, kind: TxnKind, { id, facts }: TargetRef): Promise<Booked | null> => {
  const known = await readTxn(api, kind, id)
  if (!known) return null
  const { txn } = known
  return {
    number: txn.DocNumber || txn.Id,
    date: txn.TxnDate,
    figures: isClosed(txn) ? nothing(txn, facts) : figuresOf(txn, facts),
    changes: await editsOf(txn, facts),
  }
}

const figuresOf = (txn: Txn, facts: Record<string, string>): Figures => {
  const accounts = accountsOf(txn)
  return {
    currency: currencyOf(txn, facts),
    total: txn.TotalAmt,
    tax: txn.TxnTaxDetail?.TotalTax ?? subtract(txn.TotalAmt, add('0', ...Object.values(accounts))),
    customer: vendorOf(txn),
    accounts,
  }
}

const nothing = (txn: Txn, facts: Record<string, string>): Figures => ({
  currency: currencyOf(txn, facts),
  total: '0',
  tax: '0',
  customer: vendorOf(txn),
  accounts: {},
})

const currencyOf = ({ CurrencyRef }: Txn, { currency = '' }: Record<string, string>): string =>
  CurrencyRef?.value ?? currency

const accountsOf = (txn: Txn): Record<string, Decimal> => {
  const sums: Record<string, Decimal> = {}
  for (const line of linesOf(txn)) {
    const account = accountOf(line)
    sums[account] = add(sums[account] ?? '0', line.Amount ?? '0')
  }
  return sums
}

/** An item line is booked on the item's own accounts, which the line does not name. */
export const itemAccount = (item: string): string => `item ${item}`

const accountOf = ({ AccountBasedExpenseLineDetail: account, ItemBasedExpenseLineDetail: item }: TxnLine): string =>
  account?.AccountRef?.value ?? itemAccount(item?.ItemRef?.value ?? '')
