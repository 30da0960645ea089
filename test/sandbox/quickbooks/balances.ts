import type Big from 'big.js'
import type { Books } from './books'
import type { Kept, TxnName } from './model'
import { big, cents, sum } from './money'
import type { Txn } from './txn-schema'

export const openBalance = (txn: Kept<Txn>): number =>
  cents(big(txn.fields.TotalAmt).minus(sum(txn.payments.map(({ amount }) => amount))))

/** What a transaction adds to what the vendor is owed; orders do not post. */
const owed = (name: TxnName, txn: Kept<Txn> | undefined): Big => {
  if (!txn || name === 'PurchaseOrder') return big(0)
  const open = big(openBalance(txn))
  return name === 'VendorCredit' ? open.neg() : open
}

/** Both sides show the posting: balance and stamp move, SyncToken stays. The account's figure is negative when owed (sample). */
export const post = (
  books: Books,
  name: TxnName,
  before: Kept<Txn> | undefined,
  after: Kept<Txn> | undefined,
): void => {
  if (name === 'PurchaseOrder') return
  for (const [txn, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!txn) continue
    const amount = owed(name, txn).times(sign)
    const { VendorRef, APAccountRef } = txn.fields
    const vendor = books.of('Vendor').get(VendorRef.value)
    if (vendor) books.nudge('Vendor', vendor.id, cents(big(vendor.balance).plus(amount)))
    const account = books.of('Account').get(APAccountRef.value)
    if (account) books.nudge('Account', account.id, cents(big(account.balance).minus(amount)))
  }
}
