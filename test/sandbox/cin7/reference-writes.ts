import Big from 'big.js'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { accountKnown } from './checks'
import { problem, refusal, round } from './errors'
import { type Body, decimal, flag, guid, missing, oneOf, text, tooLong } from './fields'
import { envelope, needed } from './lists'
import type { Account, Location, TaxRule, Term } from './model'
import { accountView, locationView, taxView } from './reference-views'

const CLASSES = ['ASSET', 'LIABILITY', 'EXPENSE', 'EQUITY', 'REVENUE']
const METHODS = ['number of days', 'day of next month', 'last day of next month', 'days since the end of the month']

/** The chart and the rules of tax belong to Xero or QuickBooks while one is connected (sheet 5, 13). */
const refuseWhenConnected = (books: Books, what: string): void => {
  if (books.company().ledgerConnected)
    throw refusal(`${what} cannot be changed while it is connected to an external accounting system`)
}

const accountOf = (body: Body, old: Partial<Account>): Account => ({
  Code: old.Code ?? text(body, 'Code') ?? '',
  Name: text(body, 'Name') ?? old.Name ?? '',
  Type: (text(body, 'Type') ?? old.Type ?? '').toUpperCase(),
  Status: (text(body, 'Status') ?? old.Status ?? 'ACTIVE').toUpperCase(),
  Description: text(body, 'Description') ?? old.Description ?? '',
  Class: oneOf(body, 'Class', CLASSES) ?? old.Class ?? 'EXPENSE',
  SystemAccount: text(body, 'SystemAccount') ?? old.SystemAccount ?? null,
  SystemAccountCode: text(body, 'SystemAccountCode') ?? old.SystemAccountCode ?? null,
  ForPayments: flag(body, 'ForPayments') ?? old.ForPayments ?? false,
  Bank: text(body, 'Bank') ?? old.Bank ?? null,
  BankAccountNumber: text(body, 'BankAccountNumber') ?? old.BankAccountNumber ?? null,
  BankAccountId: old.BankAccountId ?? null,
  Currency: text(body, 'Currency') ?? old.Currency ?? null,
})

const keepAccount = (books: Books, account: Account) => {
  const bankId = account.BankAccountId ?? (account.Type === 'BANK' ? crypto.randomUUID() : null)
  const kept = books.accounts.save(account.Code, { ...account, BankAccountId: bankId })
  return envelope('AccountsList', accountView(kept))
}

const postAccount = ({ books, body }: Call) => {
  const bank = text(body, 'Type')?.toUpperCase() === 'BANK' ? ['Bank', 'BankAccountNumber'] : []
  round(...missing(body, 'Code', 'Name', 'Type', 'Status', ...bank), ...tooLong(body, { Code: 50, Name: 256 }))
  const account = accountOf(body, {})
  round(books.accounts.get(account.Code) && problem(`Account with code ${account.Code} already exists`))
  return keepAccount(books, account)
}

const putAccount = ({ books, body }: Call) => {
  refuseWhenConnected(books, 'Account')
  round(...missing(body, 'Code'), ...tooLong(body, { Name: 256 }))
  const old = books.accounts.get(text(body, 'Code') ?? '')
  if (!old) throw refusal('Account with specified ID not found')
  return keepAccount(books, accountOf(body, old))
}

const deleteAccount = ({ books, query }: Call) => {
  if (!books.accounts.remove(needed(query, 'Code'))) throw refusal('Account with specified ID not found')
  return { Success: true }
}

const taxOf = (body: Body, old: Partial<TaxRule>): TaxRule => ({
  ID: old.ID ?? crypto.randomUUID(),
  Name: text(body, 'Name') ?? old.Name ?? '',
  Account: text(body, 'Account') ?? old.Account ?? '',
  IsActive: flag(body, 'IsActive') ?? old.IsActive ?? true,
  TaxInclusive: flag(body, 'TaxInclusive') ?? old.TaxInclusive ?? false,
  TaxPercent: new Big(decimal(body, 'TaxPercent') ?? old.TaxPercent ?? 0).toNumber(),
  IsTaxForSale: flag(body, 'IsTaxForSale') ?? old.IsTaxForSale ?? false,
  IsTaxForPurchase: flag(body, 'IsTaxForPurchase') ?? old.IsTaxForPurchase ?? false,
})

const writeTax = (books: Books, body: Body, old: Partial<TaxRule>) => {
  const rule = taxOf(body, old)
  round(rule.Name === '' && problem(`Required property 'Name' not found`), accountKnown(books, rule.Account))
  return envelope('TaxRuleList', taxView(books.taxes.save(rule.ID, rule)))
}

const termOf = (body: Body, old: Partial<Term>): Term => ({
  ID: old.ID ?? crypto.randomUUID(),
  Name: text(body, 'Name') ?? old.Name ?? '',
  Duration: new Big(decimal(body, 'Duration') ?? old.Duration ?? 0).toNumber(),
  Method: oneOf(body, 'Method', METHODS) ?? old.Method ?? 'number of days',
  IsActive: flag(body, 'IsActive') ?? old.IsActive ?? true,
  IsDefault: flag(body, 'IsDefault') ?? old.IsDefault ?? false,
})

const writeTerm = (books: Books, body: Body, old: Partial<Term>) => {
  const term = termOf(body, old)
  round(term.Name === '' && problem(`Required property 'Name' not found`))
  return envelope('PaymentTermList', books.terms.save(term.ID, term))
}

const locationOf = (body: Body, old: Partial<Location>): Location => ({
  ID: old.ID ?? crypto.randomUUID(),
  Name: text(body, 'Name') ?? old.Name ?? '',
  IsDefault: flag(body, 'IsDefault') ?? old.IsDefault ?? false,
  IsDeprecated: flag(body, 'IsDeprecated') ?? old.IsDeprecated ?? false,
})

const writeLocation = (books: Books, body: Body, old: Partial<Location>) => {
  const location = locationOf(body, old)
  round(location.Name === '' && problem(`Required property 'Name' not found`))
  return envelope('LocationList', locationView(books.locations.save(location.ID, location)))
}

const known = <T>(record: T | undefined, what: string): T => {
  if (record === undefined) throw refusal(`${what} with specified ID not found`)
  return record
}

export const accountWrites: Verbs = { POST: postAccount, PUT: putAccount, DELETE: deleteAccount }

export const taxWrites: Verbs = {
  POST: ({ books, body }) => writeTax(books, body, {}),
  PUT({ books, body }) {
    refuseWhenConnected(books, 'Tax rule')
    return writeTax(books, body, known(books.taxes.get(guid(body, 'ID') ?? ''), 'Tax rule'))
  },
}

export const termWrites: Verbs = {
  POST: ({ books, body }) => writeTerm(books, body, {}),
  PUT: ({ books, body }) => writeTerm(books, body, known(books.terms.get(guid(body, 'ID') ?? ''), 'Payment term')),
  DELETE({ books, query }) {
    if (!books.terms.remove(needed(query, 'ID'))) throw refusal('Payment term with specified ID not found')
    return { Success: true }
  },
}

export const locationWrites: Verbs = {
  POST: ({ books, body }) => writeLocation(books, body, {}),
  PUT: ({ books, body }) => writeLocation(books, body, known(books.locations.get(guid(body, 'ID') ?? ''), 'Location')),
  DELETE({ books, query }) {
    if (!books.locations.remove(needed(query, 'ID'))) throw refusal('Location with specified ID not found')
    return { Success: true }
  },
}
