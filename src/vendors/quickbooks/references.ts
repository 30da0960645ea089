import { z } from 'zod'
import type { ReadApi, Reference } from '../../core/vendor'
import { preferences } from './account'
import { BY_NAME, readAll, WITH_PSEUDO_CODES } from './lists'
import { active, flag, Ref, text } from './shapes'

const Row = z.object({ Id: z.string(), Name: text, Active: active })
const Nested = Row.extend({ FullyQualifiedName: text })
const AccountRow = Nested.extend({
  AcctNum: text,
  AccountType: text,
  AccountSubType: text,
  Classification: text,
  CurrencyRef: Ref.nullish(),
})
const Rates = z.lazy(() => z.object({ TaxRateDetail: z.array(z.unknown()).nullish() }).nullish())
const TaxCodeRow = Row.extend({ Taxable: flag, PurchaseTaxRateList: Rates, SalesTaxRateList: Rates })
const ItemRow = Nested.extend({
  Sku: text,
  Type: text,
  ExpenseAccountRef: Ref.nullish(),
  IncomeAccountRef: Ref.nullish(),
})
const VendorRow = z.object({ Id: z.string(), DisplayName: text, Active: active, CurrencyRef: Ref.nullish() })
const CurrencyRow = z.lazy(() => z.object({ Id: z.string(), Code: z.string(), Name: text, Active: active }))

const chosen = (uses: [string, boolean][]): string[] => uses.flatMap(([use, fits]) => (fits ? [use] : []))

/** A supplier and a payables account have one currency for good, which a bill has to share (sheet 10). */
const currencyUse = (currency: z.infer<typeof Ref> | null | undefined): string[] =>
  currency ? [`currency:${currency.value}`] : []

const reference = (
  kind: string,
  row: { Id: string; Active: boolean },
  name: string,
  uses: string[] = [],
): Reference => ({
  kind,
  code: row.Id,
  name,
  active: row.Active,
  uses,
})

/** A payables account is one by its subtype (sheet 11), not by being a liability. */
const accountUses = ({ AccountType, AccountSubType, Classification, CurrencyRef }: z.infer<typeof AccountRow>) => [
  ...chosen([
    ['payable', Classification === 'Liability' && AccountSubType === 'AccountsPayable'],
    ['receivable', AccountType === 'Accounts Receivable'],
    ['payment', AccountType === 'Bank' || AccountType === 'Credit Card'],
    ['expense', Classification === 'Expense'],
    ['revenue', Classification === 'Revenue'],
    ['asset', Classification === 'Asset'],
    ['liability', Classification === 'Liability'],
    ['equity', Classification === 'Equity'],
  ]),
  ...currencyUse(CurrencyRef),
]

const accounts = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'Account', AccountRow)).map((row) =>
    reference('account', row, [row.AcctNum, nameOf(row)].filter(Boolean).join(' '), accountUses(row)),
  )

/** Outside the US, only a code with a purchase list is usable on bills [I]; the US pseudo codes TAX and NON have no lists (sheet 11, 13). */
const taxCodes = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'TaxCode', TaxCodeRow, WITH_PSEUDO_CODES)).map((row) => {
    const pseudo = /^(TAX|NON)$/.test(row.Id)
    const hasRates = (list: z.infer<typeof Rates>) => pseudo || (list?.TaxRateDetail ?? []).length > 0
    const uses = chosen([
      ['purchase', hasRates(row.PurchaseTaxRateList)],
      ['sale', hasRates(row.SalesTaxRateList)],
      ['taxable', row.Taxable],
    ])
    return reference('tax-code', row, row.Name, uses)
  })

/** Categories are in the same list; no line can name one. An item can be bought where it has an expense account. */
const items = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'Item', ItemRow))
    .filter(({ Type }) => Type !== 'Category')
    .map((row) => {
      const uses = chosen([
        ['purchase', !!row.ExpenseAccountRef],
        ['sale', !!row.IncomeAccountRef],
        [row.Type.toLowerCase(), row.Type !== ''],
      ])
      return reference('item', row, [nameOf(row), row.Sku && `(${row.Sku})`].filter(Boolean).join(' '), uses)
    })

/** `Parent:Child`, which tells two children of one name apart. */
const nameOf = ({ FullyQualifiedName, Name }: z.infer<typeof Nested>): string => FullyQualifiedName || Name

const nested = (kind: string, entity: string) => async (api: ReadApi) =>
  (await readAll(api, entity, Nested)).map((row) => reference(kind, row, nameOf(row)))

const terms = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'Term', Row, BY_NAME)).map((row) => reference('term', row, row.Name))

const vendors = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'Vendor', VendorRow)).map((row) =>
    reference('vendor', row, row.DisplayName, currencyUse(row.CurrencyRef)),
  )

/** The home currency, and where multicurrency is on, those that the company added. Code = ISO 4217. */
const currencies = async (api: ReadApi): Promise<Reference[]> => {
  const { HomeCurrency, MultiCurrencyEnabled } = (await preferences(api)).CurrencyPrefs
  const home = HomeCurrency?.value
  const added = MultiCurrencyEnabled ? await readAll(api, 'CompanyCurrency', CurrencyRow) : []
  return [
    ...(home === undefined ? [] : [{ kind: 'currency', code: home, name: home, active: true, uses: ['home'] }]),
    ...added
      .filter(({ Code }) => Code !== home)
      .map(({ Code, Name, Active }) => ({
        kind: 'currency',
        code: Code,
        name: Name || Code,
        active: Active,
        uses: [],
      })),
  ]
}

/** All but currencies by their QuickBooks id: names change, and an inactive row is renamed (sheet 13). */
export const references = {
  account: accounts,
  'tax-code': taxCodes,
  term: terms,
  item: items,
  department: nested('department', 'Department'),
  class: nested('class', 'Class'),
  vendor: vendors,
  currency: currencies,
}
