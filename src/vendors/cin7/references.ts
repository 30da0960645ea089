import { z } from 'zod'
import type { ReadApi, Reference } from '../../core/vendor'
import { readAll } from './lists'
import { decimal, flag, sameWord, text } from './shapes'

const AccountRow = z.object({
  Code: z.string(),
  Name: text,
  Status: text,
  Type: text,
  Class: text,
  SystemAccount: text,
  SystemAccountCode: text,
  ForPayments: flag.nullish(),
})
const BankRow = z.object({ AccountCode: text })
const TaxRow = z.object({
  Name: z.string(),
  IsActive: flag,
  TaxPercent: decimal.nullish(),
  IsTaxForSale: flag.nullish(),
  IsTaxForPurchase: flag.nullish(),
})
const TermRow = z.object({ Name: z.string(), IsActive: flag })
const LocationRow = z.object({ Name: z.string(), IsDeprecated: flag.nullish(), ParentID: text })
const ProductRow = z.object({ SKU: z.string(), Name: text, Type: text, Status: text })

const chosen = (uses: [string, boolean][]): string[] => uses.flatMap(([use, fits]) => (fits ? [use] : []))

/** Same type and class is not enough for receivable and payable: only the system account is taken (sheet section 5). */
const accountUses = (row: z.infer<typeof AccountRow>, isBank: boolean): string[] => {
  const system = (words: string, code: string) =>
    sameWord(row.SystemAccount, words) || sameWord(row.SystemAccountCode, code)
  return chosen([
    ['receivable', system('Accounts receivable', 'DEBTORS')],
    ['payable', system('Accounts payable', 'CREDITORS')],
    ['revenue', sameWord(row.Class, 'REVENUE')],
    ['expense', sameWord(row.Class, 'EXPENSE')],
    ['payment', row.ForPayments === true || isBank || sameWord(row.Type, 'BANK')],
  ])
}

const accounts = async (api: ReadApi): Promise<Reference[]> => {
  const rows = await readAll(api, '/ref/account', 'AccountsList', AccountRow)
  const banks = await readAll(api, '/ref/account/bank', 'BankAccountsList', BankRow)
  const bankCodes = new Set(banks.map((bank) => bank.AccountCode))
  return rows.map((row) => ({
    kind: 'account',
    code: row.Code,
    name: row.Name,
    active: sameWord(row.Status, 'ACTIVE'),
    uses: accountUses(row, bankCodes.has(row.Code)),
  }))
}

const taxes = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, '/ref/tax', 'TaxRuleList', TaxRow)).map((row) => ({
    kind: 'tax',
    code: row.Name,
    name: row.TaxPercent ? `${row.Name} (${row.TaxPercent} %)` : row.Name,
    active: row.IsActive,
    uses: chosen([
      ['sale', row.IsTaxForSale === true],
      ['purchase', row.IsTaxForPurchase === true],
    ]),
  }))

const terms = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, '/ref/paymentterm', 'PaymentTermList', TermRow)).map((row) => ({
    kind: 'term',
    code: row.Name,
    name: row.Name,
    active: row.IsActive,
    uses: [],
  }))

/** Bins are in the same list, with a parent; a sale names a location. */
const locations = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, '/ref/location', 'LocationList', LocationRow))
    .filter((row) => row.ParentID === '')
    .map((row) => ({ kind: 'location', code: row.Name, name: row.Name, active: row.IsDeprecated !== true, uses: [] }))

const products = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, '/product', 'Products', ProductRow)).map((row) => ({
    kind: 'product',
    code: row.SKU,
    name: row.Name,
    active: sameWord(row.Status, 'Active'),
    uses: chosen([
      ['service', sameWord(row.Type, 'Service')],
      ['stock', sameWord(row.Type, 'Stock')],
    ]),
  }))

/** Service products by name: that is how a charge names one (sheet section 8.2). */
const services = async (api: ReadApi): Promise<Reference[]> =>
  (await products(api))
    .filter(({ uses }) => uses.includes('service'))
    .map((product) => ({ ...product, kind: 'service', code: product.name }))

export const references = {
  account: accounts,
  tax: taxes,
  term: terms,
  location: locations,
  product: products,
  service: services,
}
