import type Big from 'big.js'
import type { Books } from './books'
import { big, cents, sum } from './money'
import { businessRule } from './refusals'
import { detailOf } from './txn-lines'
import type { Line, TxnDraft } from './txn-schema'

/** Percent that a code adds to purchases; a code without a purchase list cannot be used on bills ([I] sheet 13). */
const purchaseRate = (books: Books, codeId: string): Big => {
  const list = books.of('TaxCode').get(codeId)?.fields.PurchaseTaxRateList?.TaxRateDetail ?? []
  if (list.length === 0) throw businessRule('The tax code cannot be used for purchases.')
  return sum(list.map(({ TaxRateRef }) => books.of('TaxRate').get(TaxRateRef.value)?.fields.RateValue))
}

/** That every line needs a code outside the US is inferred. */
const codeOf = (line: Line): string => {
  const code = detailOf(line)?.TaxCodeRef?.value
  if (code === undefined) throw businessRule('Make sure that every line of the transaction has a tax code.')
  return code
}

const taxable = (line: Line): boolean => !line.ItemBasedExpenseLineDetail || !!line.ItemBasedExpenseLineDetail.ItemRef

/** Tax on the net, once per code. */
const excludedTax = (books: Books, lines: Line[]): number => {
  const byCode = new Map<string, Big>()
  for (const line of lines.filter(taxable)) {
    const code = codeOf(line)
    byCode.set(code, big(line.Amount).plus(byCode.get(code) ?? 0))
  }
  const taxes = [...byCode].map(([code, net]) => cents(net.times(purchaseRate(books, code)).div(100)))
  return cents(sum(taxes))
}

/** Rounded per line, not per document ([T] sheet 11). The line then shows its net, and the gross beside it ([I]). */
const inclusive = (books: Books, line: Line): { line: Line; tax: number } => {
  if (!taxable(line)) return { line, tax: 0 }
  const gross = big(detailOf(line)?.TaxInclusiveAmt ?? line.Amount)
  const rate = purchaseRate(books, codeOf(line)).div(100)
  const net = big(cents(gross.div(rate.plus(1))))
  const { AccountBasedExpenseLineDetail: account, ItemBasedExpenseLineDetail: item } = line
  const TaxInclusiveAmt = cents(gross)
  const shown = {
    ...line,
    Amount: cents(net),
    ...(account ? { AccountBasedExpenseLineDetail: { ...account, TaxInclusiveAmt } } : {}),
    ...(item ? { ItemBasedExpenseLineDetail: { ...item, TaxInclusiveAmt } } : {}),
  }
  return { line: shown, tax: cents(gross.minus(net)) }
}

/** Lines with their tax, and the total. `GlobalTaxCalculation` is required outside the US and means nothing in it (sheet 11). */
export const taxed = (books: Books, draft: TxnDraft, lines: Line[]): TxnDraft & { Line: Line[]; TotalAmt: number } => {
  const { GlobalTaxCalculation: mode, TxnTaxDetail: told, ...rest } = draft
  const nets = (some: Line[]) => sum(some.map(({ Amount }) => Amount))
  if (books.realm().country === 'US') return { ...rest, Line: lines, TotalAmt: cents(nets(lines)) }
  if (mode === undefined) throw businessRule('GlobalTaxCalculation is required for this company.')
  const noted = (tax: number) => ({ ...rest, GlobalTaxCalculation: mode, TxnTaxDetail: { ...told, TotalTax: tax } })
  if (mode === 'NotApplicable')
    return { ...rest, GlobalTaxCalculation: mode, Line: lines, TotalAmt: cents(nets(lines)) }
  if (mode === 'TaxInclusive') {
    const settled = lines.map((line) => inclusive(books, line))
    const tax = cents(sum(settled.map((one) => one.tax)))
    const shown = settled.map(({ line }) => line)
    return { ...noted(tax), Line: shown, TotalAmt: cents(nets(shown).plus(tax)) }
  }
  const own = excludedTax(books, lines)
  const tax = told?.TotalTax ?? own
  return { ...noted(tax), Line: lines, TotalAmt: cents(nets(lines).plus(tax)) }
}
