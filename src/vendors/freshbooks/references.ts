import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi, Reference } from '../../core/vendor'
import { get } from './client'
import { readAll } from './lists'
import { pinned, readMe } from './me'
import { paymentTypes } from './payment-types'
import { taxCode } from './tax-codes'

const id = z.number().int().transform(String)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
/** Decimal text as a rule. */
const percent = z.union([z.string(), z.number()]).transform(String)

const SubAccount = z.object({ sub_accountid: id, account_sub_name: text, account_sub_number: text, account_type: text })
const JournalAccount = z.object({
  accountid: id,
  account_number: text,
  account_type: text,
  sub_accounts: z.array(SubAccount),
})
const Ledger = z.lazy(() =>
  z.object({
    data: z.array(z.object({ jesa_id: id.nullish(), state: text, sub_type: text, system_account_name: text })),
  }),
)
const Tax = z.object({ taxid: id, name: z.string(), amount: percent })
const Item = z.lazy(() => z.object({ itemid: id, name: z.string(), sku: text, vis_state: z.number() }))
const Category = z.lazy(() =>
  z.object({
    categoryid: id,
    category: z.string(),
    parentid: id.nullish(),
    is_cogs: z.boolean().nullish(),
    vis_state: z.number().nullish(),
  }),
)
const BillVendor = z.lazy(() => z.object({ vendorid: id, vendor_name: z.string(), vis_state: z.number().nullish() }))

const isActive = ({ vis_state }: { vis_state?: number | null | undefined }): boolean => (vis_state ?? 0) === 0

const used = (...uses: string[]): string[] => [
  ...new Set(uses.filter((use) => use !== '').map((use) => use.toLowerCase())),
]

/**
 * The sub-accounts, under the id that the legs of journal entries name; nothing is posted to their parents. Only the ledger view
 * of the same chart tells which are archived; that its `jesa_id` is that id is inferred (sheet section 4), so it may be silent.
 */
const accounts = async (api: ReadApi): Promise<Reference[]> => {
  const rest = 'journal_entry_accounts/journal_entry_accounts'
  const parents = await readAll(api, 'accounting', rest, JournalAccount, ({ accountid }) => accountid)
  const ledger = await ledgerBySubAccount(api)
  return parents.flatMap(({ account_number, account_type, sub_accounts }) =>
    sub_accounts.map((sub) => {
      const shown = ledger.get(sub.sub_accountid)
      return {
        kind: 'account',
        code: sub.sub_accountid,
        name: `${account_number}-${sub.account_sub_number} ${sub.account_sub_name}`,
        active: shown === undefined || shown.state === 'active',
        uses: used(sub.account_type || account_type, shown?.sub_type ?? ''),
      }
    }),
  )
}

type LedgerRow = z.infer<typeof Ledger>['data'][number]

/** Empty where FreshBooks does not let it be read: it only adds to what is known. */
const ledgerBySubAccount = async (api: ReadApi): Promise<Map<string, LedgerRow>> => {
  const { uuid } = pinned(await readMe(api), api.account)
  if (uuid === null) return new Map()
  const path = (business: string) => `/accounting/businesses/${business}/ledger_accounts/accounts`
  try {
    const { data } = await api.read(get(path(uuid), path('{business}')), Ledger)
    return new Map(data.flatMap((row) => (row.jesa_id ? [[row.jesa_id, row] as const] : [])))
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.kind === 'rejected') return new Map()
    throw thrown
  }
}

/** By name, and by name and percent: that is what a line of an invoice, bill or expense carries. */
const taxes = async (api: ReadApi): Promise<Reference[]> => {
  const rows = await readAll(api, 'accounting', 'taxes/taxes', Tax, ({ taxid }) => taxid)
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, same]) => [
    tax(name, `${name} (${same.map(({ amount }) => `${amount} %`).join(', ')})`),
    ...[...new Set(same.map(({ amount }) => taxCode({ name, percent: amount })))].map((code) => tax(code, code)),
  ])
}

const tax = (code: string, name: string): Reference => ({ kind: 'tax', code, name, active: true, uses: [] })

/** There is no such list in FreshBooks: what its documentation names. */
const typesOfPayment = async (): Promise<Reference[]> =>
  paymentTypes.map(({ code, name }) => ({ kind: 'payment-type', code, name, active: true, uses: [] }))

/** By name as well: a line of an invoice has neither the item's id nor its SKU (sheet section 0). */
const items = async (api: ReadApi): Promise<Reference[]> => {
  const rows = await readAll(api, 'accounting', 'items/items', Item, ({ itemid }) => itemid)
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, same]) => {
    const skus = [...new Set(same.flatMap(({ sku }) => (sku === '' ? [] : [sku])))]
    return {
      kind: 'item',
      code: name,
      name: skus.length === 0 ? name : `${name} (${skus.join(', ')})`,
      active: same.some(isActive),
      uses: [],
    }
  })
}

const categories = async (api: ReadApi): Promise<Reference[]> => {
  const rows = await readAll(api, 'accounting', 'expenses/categories', Category, ({ categoryid }) => categoryid)
  const names = new Map(rows.map(({ categoryid, category }) => [categoryid, category]))
  return rows.map((row) => ({
    kind: 'expense-category',
    code: row.categoryid,
    name: [names.get(row.parentid ?? ''), row.category].filter((part) => part !== undefined).join(' / '),
    active: isActive(row),
    uses: row.is_cogs === true ? ['cogs'] : [],
  }))
}

const vendors = async (api: ReadApi): Promise<Reference[]> =>
  (await readAll(api, 'accounting', 'bill_vendors/bill_vendors', BillVendor, ({ vendorid }) => vendorid)).map(
    (row) => ({
      kind: 'vendor',
      code: row.vendorid,
      name: row.vendor_name,
      active: isActive(row),
      uses: [],
    }),
  )

/** FreshBooks has lists of neither terms nor currencies: each invoice and client carries its own. */
export const references = {
  account: accounts,
  tax: taxes,
  'payment-type': typesOfPayment,
  item: items,
  'expense-category': categories,
  vendor: vendors,
}
