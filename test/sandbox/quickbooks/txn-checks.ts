import type { Books } from './books'
import type { Kept, TxnName } from './model'
import { checkReference } from './references'
import { businessRule, missing, refusal } from './refusals'
import { detailOf } from './txn-lines'
import type { Line, Txn, TxnDraft } from './txn-schema'

export const checkOpenPeriod = (books: Books, ...days: string[]): void => {
  const closed = books.realm().bookCloseDate
  if (closed !== null && days.some((day) => day <= closed))
    throw refusal('6210', `Account Period Closed : The books are closed for transactions up to ${closed}.`, '')
}

/** Which error the vendor gives for a feature that is off is not known: 6000 here (sheet 12). */
export const checkFeatures = (books: Books, name: TxnName, draft: TxnDraft): void => {
  const { plan, classTracking, trackDepartments } = books.realm()
  const off = (what: string) => businessRule(`${what} are not turned on for this company.`)
  if (name === 'PurchaseOrder' && plan !== 'plus') throw off('Purchase orders')
  if (draft.DepartmentRef && !(plan === 'plus' && trackDepartments)) throw off('Locations')
  const classes = draft.ClassRef !== undefined || (draft.Line ?? []).some((line) => detailOf(line)?.ClassRef)
  if (classes && (plan !== 'plus' || classTracking === 'off')) throw off('Classes')
}

const isPayable = (books: Books, id: string): boolean => {
  const { Classification, AccountSubType } = books.of('Account').get(id)?.fields ?? {}
  return Classification === 'Liability' && AccountSubType === 'AccountsPayable'
}

const currencyOfAccount = (books: Books, id: string): string =>
  books.of('Account').get(id)?.fields.CurrencyRef?.value ?? books.realm().homeCurrency

/** Sent, or the only one there is of the currency (sheet 11). */
export const payableAccount = (books: Books, name: TxnName, draft: TxnDraft, currency: string): string => {
  const given = draft.APAccountRef?.value
  if (given !== undefined) {
    checkReference(books, 'Account', given)
    if (!isPayable(books, given)) throw businessRule('The account is not an accounts payable account.')
    return given
  }
  if (name === 'PurchaseOrder' && books.world.switched('order.needsAccount', true)) throw missing('APAccountRef')
  const fits = books
    .of('Account')
    .all()
    .filter(({ id, fields }) => fields.Active && isPayable(books, id) && currencyOfAccount(books, id) === currency)
  const [only] = fits
  if (!only || fits.length > 1) throw missing('APAccountRef')
  return only.id
}

/** The currency of the transaction, which must be the vendor's and the payable account's (sheet 10). */
export const currencyOf = (books: Books, draft: TxnDraft, vendorId: string): string => {
  const { multicurrency, homeCurrency } = books.realm()
  const given = draft.CurrencyRef?.value
  if (multicurrency && given === undefined) throw missing('CurrencyRef')
  const currency = given ?? homeCurrency
  if (!multicurrency && currency !== homeCurrency)
    throw businessRule('Multicurrency is not enabled; only the home currency can be used.')
  if (books.of('Vendor').get(vendorId)?.fields.CurrencyRef.value !== currency) throw otherCurrency()
  return currency
}

const otherCurrency = () =>
  businessRule('The transaction needs to be in the same currency as the A/R and A/P accounts you use.')

export const checkAccountCurrency = (books: Books, accountId: string, currency: string): void => {
  if (currencyOfAccount(books, accountId) !== currency) throw otherCurrency()
}

/** Documented for expense accounts; that others but receivables and payables pass is inferred (switch `bill.expenseAccountsOnly`). */
export const checkLineAccounts = (books: Books, lines: Line[]): void => {
  const strict = books.world.switched('bill.expenseAccountsOnly', false)
  for (const { AccountBasedExpenseLineDetail: detail } of lines) {
    const { Classification, AccountType } = books.of('Account').get(detail?.AccountRef.value ?? '')?.fields ?? {}
    const ledger = AccountType === 'Accounts Payable' || AccountType === 'Accounts Receivable'
    if (detail && (ledger || (strict && Classification !== 'Expense')))
      throw businessRule('The account of a line must be an expense account.')
  }
}

/** A duplicate is refused only when the company's hidden setting says so; its scope is not known (sheet 11, 19). */
export const checkNumber = (books: Books, name: TxnName, fields: Txn, allowed: boolean, own?: string): void => {
  const { DocNumber, VendorRef } = fields
  if (name === 'PurchaseOrder' || allowed || !DocNumber || !books.realm().warnDuplicateBills) return
  const perVendor = books.world.switched<string>('docNumber.scope', 'company') === 'vendor'
  const is = ({ id, fields: other }: Kept<Txn>) =>
    id !== own && other.DocNumber === DocNumber && (!perVendor || other.VendorRef.value === VendorRef.value)
  const twin = books.of(name).all().find(is)
  if (!twin) return
  const what = name === 'Bill' ? 'Bill' : 'Vendor Credit'
  throw refusal(
    '6140',
    `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${DocNumber} is assigned to TxnType=${what} with TxnId=${twin.id}`,
    '',
  )
}
