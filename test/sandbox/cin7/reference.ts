import type { Call, Verbs } from './call'
import { PRICE_TIERS } from './checks'
import { refusal } from './errors'
import { contains, equals, filtered, paged, startsWith } from './lists'
import type { Account } from './model'
import { accountView, attributeSetView, locationView, taxView } from './reference-views'
import { accountWrites, locationWrites, taxWrites, termWrites } from './reference-writes'

const me = ({ books }: Call) => books.company().me

/** An unknown code is an error here, not an empty list (sheet 3.2, 15.6). */
const listAccounts = ({ books, query }: Call) => {
  const code = query.get('Code')
  if (code !== undefined && !books.accounts.get(code)) throw refusal('Account with specified ID not found')
  const rows = filtered(books.accounts.listed(), query, {
    Code: equals(({ Code }) => Code),
    Name: startsWith(({ Name }) => Name),
    Type: equals(({ Type }) => Type),
    Status: equals(({ Status }) => Status),
  })
  return paged(rows, query, 'AccountsList', accountView)
}

const bankView = (account: Account) => ({
  AccountID: account.BankAccountId,
  Bank: account.Bank,
  AccountName: account.Name,
  AccountNumber: account.BankAccountNumber,
  AccountCode: account.Code,
  Currency: account.Currency,
  StatementBalance: 0,
  BalanceInDear: 0,
  InitialBalance: 0,
})

const listBanks = ({ books, query }: Call) => {
  const banks = books.accounts.listed().filter(({ Type }) => Type === 'BANK')
  const rows = filtered(banks, query, {
    ID: equals(({ BankAccountId }) => BankAccountId),
    Name: startsWith(({ Name }) => Name),
    Bank: contains(({ Bank }) => Bank),
  })
  return paged(rows, query, 'BankAccountsList', bankView)
}

const listTaxes = ({ books, query }: Call) => {
  const rows = filtered(books.taxes.listed(), query, {
    ID: equals(({ ID }) => ID),
    Name: startsWith(({ Name }) => Name),
    IsActive: equals(({ IsActive }) => IsActive),
    IsTaxForSale: equals(({ IsTaxForSale }) => IsTaxForSale),
    IsTaxForPurchase: equals(({ IsTaxForPurchase }) => IsTaxForPurchase),
    Account: equals(({ Account }) => Account),
  })
  return paged(rows, query, 'TaxRuleList', taxView)
}

/** Inactive terms still appear here and are refused on use (sheet 5). */
const listTerms = ({ books, query }: Call) => {
  const rows = filtered(books.terms.listed(), query, {
    ID: equals(({ ID }) => ID),
    Name: startsWith(({ Name }) => Name),
    Method: equals(({ Method }) => Method),
    IsActive: equals(({ IsActive }) => IsActive),
    IsDefault: equals(({ IsDefault }) => IsDefault),
  })
  return paged(rows, query, 'PaymentTermList', (term) => term)
}

const listLocations = ({ books, query }: Call) => {
  const rows = filtered(books.locations.listed(), query, {
    ID: equals(({ ID }) => ID),
    Name: startsWith(({ Name }) => Name),
    Deprecated: equals(({ IsDeprecated }) => IsDeprecated),
  })
  return paged(rows, query, 'LocationList', locationView)
}

const listAttributeSets = ({ books, query }: Call) => {
  const rows = filtered(books.attributeSets.listed(), query, {
    ID: equals(({ ID }) => ID),
    Name: startsWith(({ Name }) => Name),
  })
  return paged(rows, query, 'AttributeSetList', attributeSetView)
}

export const referenceRoutes = {
  '/me': { GET: me },
  '/ref/account': { GET: listAccounts, ...accountWrites },
  '/ref/account/bank': { GET: listBanks },
  '/ref/tax': { GET: listTaxes, ...taxWrites },
  '/ref/paymentterm': { GET: listTerms, ...termWrites },
  '/ref/location': { GET: listLocations, ...locationWrites },
  '/ref/attributeset': { GET: listAttributeSets },
  '/ref/pricetier': { GET: () => ({ PriceTiers: PRICE_TIERS }) },
} satisfies Record<string, Verbs>
