import { openBalance } from './balances'
import type { Books } from './books'
import { currencyName } from './currencies'
import { REFERENCES } from './entities'
import type { EntityName, Kept, Shapes } from './model'
import { big, cents } from './money'
import { isClosed } from './order-links'
import { Body } from './read-body'
import { pacific } from './stamps'
import type { Txn } from './txn-schema'
import type { VendorFields } from './vendor-schema'

/** A record as it travels. */
export type View = Record<string, unknown> & { Id: string; SyncToken: string }

type View1<F> = (books: Books, kept: Kept<F>, fresh: boolean) => object

/** `fresh`: the answer to the very call that made it. */
export const viewOf = <K extends EntityName>(books: Books, entity: K, kept: Kept<Shapes[K]>, fresh = false): View => {
  const { id, syncToken, createdAt, updatedAt } = kept
  const own: View1<Shapes[K]> = SHOWN[entity]
  return {
    ...asObject(withNames(books, own(books, kept, fresh))),
    domain: 'QBO',
    sparse: false,
    Id: id,
    SyncToken: String(syncToken),
    MetaData: { CreateTime: pacific(createdAt), LastUpdatedTime: pacific(updatedAt) },
  }
}

const asObject = (value: unknown): Record<string, unknown> => Body.parse(value)

/** References come back with the name of what they point at (sheet 6). */
const withNames = (books: Books, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => withNames(books, one))
  const object = Body.safeParse(value).data
  if (!object) return value
  const entries = Object.entries(object).map(([key, one]): [string, unknown] => [
    key,
    key.endsWith('Ref') ? namedRef(books, key, one) : withNames(books, one),
  ])
  return Object.fromEntries(entries)
}

const namedRef = (books: Books, key: string, ref: unknown): unknown => {
  const value = Body.safeParse(ref).data?.value
  if (typeof value !== 'string') return ref
  const name = key === 'CurrencyRef' ? currencyName(value) : nameOfRecord(books, key, value)
  return name === undefined ? { value } : { value, name }
}

const nameOfRecord = (books: Books, key: string, id: string): string | undefined => {
  const entity = key === 'ParentRef' ? undefined : REFERENCES[key.replace(/^(Expense|Income|Asset)Account/, 'Account')]
  const fields = entity === undefined ? undefined : books.of(entity).get(id)?.fields
  if (!fields) return undefined
  if ('DisplayName' in fields && fields.DisplayName) return fields.DisplayName
  return 'Name' in fields ? fields.Name : undefined
}

/** Read back masked, so that writing back what was read spoils it (sheet 10). */
const masked = (taxId: string): string => `XXXXXX${taxId.slice(-4)}`

const vendor: View1<VendorFields> = (_books, { id, fields, balance }) => ({
  ...fields,
  ...(fields.TaxIdentifier === undefined ? {} : { TaxIdentifier: masked(fields.TaxIdentifier) }),
  ...(fields.BillAddr ? { BillAddr: { ...fields.BillAddr, Id: `9${id}` } } : {}),
  Balance: balance,
})

const account: View1<Shapes['Account']> = (_books, { fields, balance }) => {
  // A deactivated account shows 0, whatever its history ([R] sheet 13).
  const shown = fields.Active ? balance : 0
  return { ...fields, CurrentBalance: shown, CurrentBalanceWithSubAccounts: shown }
}

/** Currency and rate show only where several currencies are in use. */
const money = (books: Books, { fields }: Kept<Txn>) => {
  const { CurrencyRef, ExchangeRate, ...rest } = fields
  return books.realm().multicurrency ? { ...rest, CurrencyRef, ExchangeRate } : rest
}

const owing = (books: Books, kept: Kept<Txn>) => {
  const Balance = openBalance(kept)
  const home = cents(big(Balance).times(kept.fields.ExchangeRate ?? 1))
  return books.realm().multicurrency ? { Balance, HomeBalance: home } : { Balance }
}

const links = (found: object[]) => (found.length > 0 ? { LinkedTxn: found } : {})

const bill: View1<Txn> = (books, kept) => ({
  ...money(books, kept),
  ...owing(books, kept),
  ...links([
    ...(kept.fields.LinkedTxn ?? []),
    ...kept.payments.map(({ id }) => ({ TxnId: id, TxnType: 'BillPaymentCheck' })),
  ]),
})

/** The answer to a create may lack `POStatus` (sheet 12): absent means open. */
const order: View1<Txn> = (books, kept, fresh) => {
  const bills = [...new Set(kept.billed.map(({ billId }) => billId))]
  const { POStatus: _, ...rest } = money(books, kept)
  const silent = fresh && !books.world.switched('order.statusAtOnce', false)
  return {
    ...rest,
    ...(silent ? {} : { POStatus: isClosed(kept) ? 'Closed' : 'Open' }),
    ...links(bills.map((TxnId) => ({ TxnId, TxnType: 'Bill' }))),
  }
}

const credit: View1<Txn> = (books, kept) => ({ ...money(books, kept), ...owing(books, kept) })

const plain = (_books: Books, { fields }: Kept<object>) => fields

const SHOWN: { [K in EntityName]: View1<Shapes[K]> } = {
  Vendor: vendor,
  Bill: bill,
  PurchaseOrder: order,
  VendorCredit: credit,
  Account: account,
  Department: plain,
  Class: plain,
  Term: plain,
  TaxCode: plain,
  TaxRate: plain,
  Item: plain,
  CompanyCurrency: plain,
  Customer: plain,
  Employee: plain,
}

export const viewsOf = (books: Books, entity: EntityName): View[] =>
  books
    .of(entity)
    .all()
    .map((kept) => viewOf(books, entity, kept))
