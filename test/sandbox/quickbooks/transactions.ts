import { post } from './balances'
import type { Books } from './books'
import { dueDate } from './due-date'
import { currentRecord } from './identity'
import type { Kept, TxnName } from './model'
import { ownStatus, tellOrders, withPossibleLinks } from './order-links'
import { type Body, parsed, readSent, type Sent, sameContent } from './read-body'
import { checkReferences, withoutNames } from './references'
import { businessRule, missing, refusal } from './refusals'
import { pacificDay } from './stamps'
import { taxed } from './taxes'
import {
  checkAccountCurrency,
  checkFeatures,
  checkLineAccounts,
  checkNumber,
  checkOpenPeriod,
  currencyOf,
  payableAccount,
} from './txn-checks'
import { settleLines } from './txn-lines'
import { KEYS, type Txn, TxnDraft } from './txn-schema'
import { merged } from './vendors'

type Stored = Kept<Txn>

export interface WriteOptions {
  /** `include=allowduplicatedocnum`. */
  allowDuplicate: boolean
  /** For seeds, which may choose it. */
  id?: string
}

const draftOf = (name: TxnName, sent: Sent): TxnDraft => {
  // Read-only on an order: the link is made from the bill (sheet 12).
  const ignored = (key: string) => name === 'PurchaseOrder' && key === 'LinkedTxn'
  const fields = Object.entries(sent.fields).filter(([key]) => !ignored(key))
  const alien = fields.find(([key]) => !KEYS[name].has(key))
  if (alien)
    throw refusal('2010', `Property Name:Unrecognized field "${alien[0]}" (class com.intuit.schema.finance.v3.${name})`)
  return parsed(name, TxnDraft, withoutNames(Object.fromEntries(fields)))
}

export const createTxn = (books: Books, name: TxnName, body: Body, options: WriteOptions): Stored => {
  const draft = draftOf(name, readSent(name, body))
  const { fields, lastLine } = settled(books, name, draft, options)
  const made = books.add(name, options.id ?? books.freshId(name), fields, { lastLine })
  consequences(books, name, undefined, made)
  return made
}

export const updateTxn = (books: Books, name: TxnName, body: Body, options: WriteOptions): Stored => {
  const sent = readSent(name, body)
  const given = draftOf(name, sent)
  const old = currentRecord(books, name, sent)
  // Required on every write, sparse or not ([R] sheet 6).
  if (!given.VendorRef) throw missing('VendorRef')
  const { TotalAmt: _, ...before } = old.fields
  const draft = sent.sparse ? merged<TxnDraft>(before, given, sent.emptied) : given
  const { fields, lastLine } = settled(books, name, draft, options, old)
  if (sameContent(fields, old.fields)) return old
  const changed = books.change(name, old, { fields, lastLine })
  consequences(books, name, old, changed)
  return changed
}

const consequences = (books: Books, name: TxnName, before?: Stored, after?: Stored): void => {
  post(books, name, before, after)
  if (name === 'Bill') tellOrders(books, before, after)
}

/** A linked or paid one must be unlinked first (sheet 11, 12); the code is inferred. */
export const deleteTxn = (books: Books, name: TxnName, body: Body): string => {
  const old = currentRecord(books, name, readSent(name, body))
  checkOpenPeriod(books, old.fields.TxnDate)
  const linked = old.payments.length > 0 || old.billed.length > 0 || (old.fields.LinkedTxn ?? []).length > 0
  if (linked) throw businessRule('The transaction is linked to another one. Unlink it first.')
  removeTxn(books, name, old)
  return old.id
}

export const removeTxn = (books: Books, name: TxnName, old: Stored): void => {
  books.remove(name, old.id)
  consequences(books, name, old, undefined)
}

/** Everything checked, and everything that the vendor fills in filled in. */
const settled = (books: Books, name: TxnName, draft: TxnDraft, options: WriteOptions, old?: Stored) => {
  const vendor = draft.VendorRef
  if (!vendor) throw missing('VendorRef')
  if (!draft.Line || draft.Line.length === 0) throw missing('Line')
  checkReferences(books, draft)
  checkFeatures(books, name, draft)
  const currency = currencyOf(books, draft, vendor.value)
  const account = payableAccount(books, name, draft, currency)
  checkAccountCurrency(books, account, currency)
  const linked = name === 'Bill' ? withPossibleLinks(books, draft, vendor.value, old) : draft
  const before = { lines: old?.fields.Line ?? [], lastLine: old?.lastLine ?? 0 }
  const isUs = books.realm().country === 'US'
  const { lines, lastLine } = settleLines(linked, before, isUs, books.world.switched('amount.mismatch', 'recompute'))
  checkLineAccounts(books, lines)
  const { POStatus: _, ...computed } = taxed(books, linked, lines)
  const fields: Txn = {
    ...computed,
    ...ownStatus(draft, old),
    ...(books.realm().multicurrency ? { ExchangeRate: draft.ExchangeRate ?? 1 } : {}),
    ...dates(books, name, draft, old),
    ...numberOf(books, name, draft, old),
    VendorRef: vendor,
    APAccountRef: { value: account },
    CurrencyRef: { value: currency },
  }
  if (fields.TotalAmt < 0 && !books.world.switched('total.negative', false))
    throw businessRule('The total of the transaction must be 0 or more.')
  checkOpenPeriod(books, fields.TxnDate, ...(old ? [old.fields.TxnDate] : []))
  checkNumber(books, name, fields, options.allowDuplicate, old?.id)
  return { fields, lastLine }
}

const dates = (books: Books, name: TxnName, draft: TxnDraft, old?: Stored) => {
  const TxnDate = draft.TxnDate ?? old?.fields.TxnDate ?? pacificDay(books.world.now())
  if (name !== 'Bill') return { TxnDate }
  const term = draft.SalesTermRef && books.of('Term').get(draft.SalesTermRef.value)?.fields
  return { TxnDate, DueDate: draft.DueDate ?? dueDate(TxnDate, term) }
}

/** Bills are never numbered; orders are, unless the company numbers them itself (sheet 12). */
const numberOf = (books: Books, name: TxnName, draft: TxnDraft, old?: Stored): { DocNumber?: string } => {
  if (name !== 'PurchaseOrder' || old || draft.DocNumber !== undefined || books.realm().customTxnNumbers) return {}
  return { DocNumber: String(books.world.store.next(`${books.realm().realmId}/orders`, 1001)) }
}
