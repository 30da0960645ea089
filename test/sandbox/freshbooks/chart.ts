import { type Books, fresh, nextId, save } from './books'
import { balanceOf, subNumber } from './journal-details'
import type { Account, AccountType } from './ledger-shapes'
import { paged, type Query } from './lists'
import { eastern } from './stamps'

export interface AccountIn {
  number: string
  name: string
  type: AccountType
  sub_type: string
  parent?: Account
  auto?: boolean
  description?: string
}

export const TYPES: AccountType[] = ['asset', 'equity', 'expense', 'income', 'liability']

/** What every account starts with; sub accounts of `6000` are the expense categories. */
const DEFAULT: [string, string, AccountType, string, string[]][] = [
  ['1000', 'Cash', 'asset', 'Cash & Bank', ['Petty Cash']],
  ['1200', 'Accounts Receivable', 'asset', 'Current Asset', ['Accounts Receivable']],
  ['2000', 'Accounts Payable', 'liability', 'Current Liability', ['Accounts Payable']],
  ['2100', 'Liabilities', 'liability', 'Current Liability', ['Sales Tax Payable', 'Client Credit']],
  ['3000', 'Equity', 'equity', 'Equity', ['Owner Equity']],
  ['4000', 'Revenue', 'income', 'Income', ['Sales', 'Other Income']],
  ['6000', 'Operating Expenses', 'expense', 'Operating Expense', ['Advertising', 'Office Expenses & Postage', 'Rent']],
]
const CATEGORIES = '6000'

export const addAccount = (books: Books, { parent, auto = false, description = '', ...given }: AccountIn): Account => {
  const at = books.now()
  const uuid = crypto.randomUUID()
  return books.accounts.put(uuid, {
    ...given,
    uuid,
    description,
    parent: parent?.uuid ?? null,
    journalId: nextId(books, parent ? 'subAccount' : 'journalAccount'),
    system: auto ? given.name : null,
    category: parent?.number === CATEGORIES ? addCategory(books, given.name) : null,
    auto_created: auto,
    state: 'active',
    createdAt: at,
    updatedAt: at,
  })
}

const addCategory = (books: Books, category: string): number =>
  save(books.categories, {
    ...fresh(books, 'category'),
    category,
    parentid: null,
    is_cogs: false,
    is_editable: false,
  }).id

export const openChart = (books: Books): void => {
  if (books.accounts.size > 0) return
  for (const [number, name, type, sub_type, subs] of DEFAULT) {
    const parent = addAccount(books, { number, name, type, sub_type, auto: true })
    for (const [index, sub] of subs.entries())
      addAccount(books, { number: `${number}-${index + 1}`, name: sub, type, sub_type, parent, auto: true })
  }
}

/** Parents with their sub accounts; no filter works (sheet 3). */
export const listJournalAccounts = (books: Books, query: Query): object => {
  const all = books.accounts.all()
  const { rows, ...page } = paged(
    all.filter(({ parent }) => parent === null),
    query,
  )
  const subsOf = ({ uuid }: Account) => all.filter(({ parent }) => parent === uuid)
  return {
    journal_entry_accounts: rows.map((parent) => ({
      account_name: parent.name,
      account_number: parent.number,
      accountid: parent.journalId,
      ...shared(books, parent),
      sub_accounts: subsOf(parent).map((sub) => ({
        account_sub_name: sub.name,
        account_sub_number: subNumber(sub),
        custom: !sub.auto_created,
        parentid: parent.journalId,
        sub_accountid: sub.journalId,
        transaction_posted: balanceOf(books, sub) !== '0',
        ...shared(books, sub),
      })),
    })),
    ...page,
  }
}

const shared = (books: Books, account: Account) => ({
  account_type: account.type,
  balance: balanceOf(books, account),
  created_at: eastern(account.createdAt),
  currency_code: books.business().currency,
  id: account.journalId,
})
