import Big from 'big.js'
import { z } from 'zod'
import type { Access } from './access'
import { need } from './access'
import { Refused } from './errors'
import { freshId, graphId } from './ids'
import { DateText } from './invoice-input'
import type { Book } from './model'
import { got, risen } from './model'
import { DecimalText, decimalsOf, plain } from './money'
import type { Account, MoneyTransaction, TransactionLine } from './records'
import { increaseSide, opposite, typeOf, typeView } from './subtypes'
import { emitSeedNamed } from './webhooks'

const Line = z.object({
  accountId: z.string(),
  amount: DecimalText,
  balance: z.enum(['CREDIT', 'DEBIT', 'DECREASE', 'INCREASE']).default('INCREASE'),
  customerId: z.string().nullish(),
  description: z.string().nullish(),
  taxes: z.array(z.object({ salesTaxId: z.string(), amount: DecimalText })).nullish(),
})
type Line = z.infer<typeof Line>

const Details = z.object({
  externalId: z.string(),
  date: DateText,
  description: z.string(),
  notes: z.string().nullish(),
  anchor: z.object({ accountId: z.string(), amount: DecimalText, direction: z.enum(['DEPOSIT', 'WITHDRAWAL']) }),
  lineItems: z.array(Line),
})
type Details = z.infer<typeof Details>

const One = Details.extend({ businessId: z.string() })
const Many = z.object({ businessId: z.string(), transactions: z.array(Details) })

type Path = (string | number)[]

export const createTransaction = (book: Book, access: Access, raw: unknown): MoneyTransaction => {
  const input = One.parse(raw)
  const business = bookable(book, access, input.businessId)
  return stored(book, checked(book, access, business, input, []))
}

/** All or nothing (sheet 5): every one is checked before the first is stored. */
export const createTransactions = (book: Book, access: Access, raw: unknown): MoneyTransaction[] => {
  const input = Many.parse(raw)
  const business = bookable(book, access, input.businessId)
  if (input.transactions.length === 0) throw new Refused(['transactions'], 'At least one transaction is required.')
  const given = input.transactions.map(({ externalId }) => externalId)
  const twice = given.findIndex((id, n) => given.indexOf(id) !== n)
  if (twice >= 0 && policy(book) === 'refuse') throw duplicate(['transactions', twice])
  return input.transactions
    .map((details, n) => checked(book, access, business, details, ['transactions', n]))
    .map((transaction) => stored(book, transaction))
}

const bookable = (book: Book, access: Access, ref: string): string => {
  const business = need(access, 'Business', ref, ['businessId'])
  if (business.isClassicAccounting)
    throw new Refused(['businessId'], 'Transactions are not available with classic accounting.')
  return got(book.records.Business.get(business.id), business.id).id
}

const policy = (book: Book) => book.world.switched<'refuse' | 'accept' | 'same'>('externalId.duplicate', 'refuse')

const duplicate = (path: Path) =>
  new Refused([...path, 'externalId'], 'A transaction with this external id already exists.', 'DUPLICATE')

const earlier = (book: Book, business: string, externalId: string): MoneyTransaction | undefined =>
  book.transactions.all().find((one) => one.business === business && one.externalId === externalId)

const checked = (
  book: Book,
  access: Access,
  business: string,
  input: Details,
  path: Path,
): Omit<MoneyTransaction, 'id' | 'graphId' | 'createdAt'> => {
  if (input.externalId.trim() === '') throw new Refused([...path, 'externalId'], 'This field is required.')
  if (policy(book) === 'refuse' && earlier(book, business, input.externalId)) throw duplicate(path)
  const account = anchorAccount(book, access, business, input.anchor.accountId, [...path, 'anchor'])
  checkAmount(input.anchor.amount, [...path, 'anchor', 'amount'])
  if (input.lineItems.length === 0) throw new Refused([...path, 'lineItems'], 'At least one line item is required.')
  const lineItems = input.lineItems.map((line, n) => lineFrom(book, access, business, line, [...path, 'lineItems', n]))
  const { accountId: _, ...anchor } = input.anchor
  checkBalance(book, anchor, lineItems, [...path, 'lineItems'])
  const { externalId, date, description } = input
  const notes = input.notes ?? null
  return { business, externalId, date, description, notes, anchor: { ...anchor, account: account.id }, lineItems }
}

const anchors = (book: Book): string[] =>
  book.world.switched('anchor.subtypes', ['CASH_AND_BANK', 'CREDIT_CARD', 'LOANS'])

const anchorAccount = (book: Book, access: Access, business: string, ref: string, path: Path): Account => {
  const account = need(access, 'Account', ref, [...path, 'accountId'], business)
  if (account.isArchived) throw new Refused([...path, 'accountId'], 'The account is archived.')
  if (!anchors(book).includes(account.subtype))
    throw new Refused([...path, 'accountId'], 'This type of account cannot be the anchor.')
  return account
}

/** Positive, with two decimals at most, whatever the currency (sheet 5). */
const checkAmount = (amount: string, path: Path): void => {
  if (new Big(amount).lte(0)) throw new Refused(path, 'Must be greater than zero.')
  if (decimalsOf(amount) > 2) throw new Refused(path, 'Must have two decimal places at most.')
}

const lineFrom = (book: Book, access: Access, business: string, line: Line, path: Path): TransactionLine => {
  const account = need(access, 'Account', line.accountId, [...path, 'accountId'], business)
  if (account.isArchived) throw new Refused([...path, 'accountId'], 'The account is archived.')
  if (anchors(book).includes(account.subtype) && !book.world.switched('lineItems.anchorTypes', false))
    throw new Refused([...path, 'accountId'], 'This type of account cannot be a line item.')
  checkAmount(line.amount, [...path, 'amount'])
  const customer = line.customerId
    ? need(access, 'Customer', line.customerId, [...path, 'customerId'], business).id
    : null
  return {
    account: account.id,
    amount: line.amount,
    balance: line.balance,
    side: sideOf(line.balance, account),
    customer,
    description: line.description ?? null,
    taxes: (line.taxes ?? []).map((tax, n) => taxFrom(access, business, tax, [...path, 'taxes', n])),
  }
}

const taxFrom = (access: Access, business: string, tax: { salesTaxId: string; amount: string }, path: Path) => {
  checkAmount(tax.amount, [...path, 'amount'])
  return {
    salesTax: need(access, 'SalesTax', tax.salesTaxId, [...path, 'salesTaxId'], business).id,
    amount: tax.amount,
  }
}

const sideOf = (balance: Line['balance'], account: Account): 'debit' | 'credit' => {
  if (balance === 'DEBIT') return 'debit'
  if (balance === 'CREDIT') return 'credit'
  const increase = increaseSide(account.subtype)
  return balance === 'INCREASE' ? increase : opposite(increase)
}

const anchorSide = (direction: string): 'debit' | 'credit' => (direction === 'DEPOSIT' ? 'debit' : 'credit')

/** The first message is Wave's own (sheet 5, seen live); the second is ours. */
const checkBalance = (
  book: Book,
  anchor: { amount: string; direction: string },
  lines: TransactionLine[],
  path: Path,
): void => {
  const onTop = book.world.switched<string>('lineItems.taxes', 'inside') === 'onTop'
  const taxes = (line: TransactionLine) => (onTop ? line.taxes : []).map(({ amount }) => ({ side: line.side, amount }))
  const entries = [{ side: anchorSide(anchor.direction), amount: anchor.amount }, ...lines, ...lines.flatMap(taxes)]
  const total = (side: string) =>
    entries.filter((entry) => entry.side === side).reduce((all, { amount }) => all.plus(amount), new Big(0))
  if (total('debit').eq(0) || total('credit').eq(0))
    throw new Refused(path, 'Transaction must have at least one debit and credit line item.')
  if (!total('debit').eq(total('credit'))) throw new Refused(path, 'The line items must balance the anchor.')
}

const stored = (book: Book, checkedOne: Omit<MoneyTransaction, 'id' | 'graphId' | 'createdAt'>): MoneyTransaction => {
  const same = policy(book) === 'same' ? earlier(book, checkedOne.business, checkedOne.externalId) : undefined
  if (same) return same
  const id = freshId(book.world, 'Transaction')
  const own = { id, business: checkedOne.business }
  const transaction = { ...checkedOne, id, graphId: graphId('Transaction', own), createdAt: risen(book.world) }
  moveBalances(book, transaction)
  emitSeedNamed(book, 'transaction.created', transaction.business, { transaction_id: id })
  return book.transactions.put(id, transaction)
}

const moveBalances = (book: Book, { anchor, lineItems }: MoneyTransaction): void => {
  move(book, anchor.account, anchorSide(anchor.direction), anchor.amount)
  for (const line of lineItems) move(book, line.account, line.side, line.amount)
}

const move = (book: Book, id: string, side: 'debit' | 'credit', amount: string): void => {
  const account = got(book.records.Account.get(id), id)
  const normal = typeView(typeOf(account.subtype)).normalBalanceType.toLowerCase()
  const balance = new Big(account.balance).plus(side === normal ? amount : new Big(amount).times(-1))
  book.records.Account.put(id, { ...account, balance: plain(balance) })
}
