import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { type InvoiceDocument, rowsOf, type Sale, type SaleRow } from './sale-shapes'

/**
 * Short names of what Cin7 shows of a sale that we carried: kept with the link, so that an edit in Cin7 is noticed even where the
 * total stays the same. Read from Cin7 both times, so it makes no difference how it writes what we sent.
 */
export const shownOf = async (sale: Sale, invoice: InvoiceDocument): Promise<Record<string, string>> => {
  const { InvoiceDate, InvoiceDueDate, CurrencyConversionRate } = invoice
  return {
    shownCustomer: await short(sale.CustomerID.toLowerCase()),
    shownLines: await short(listed(rowsOf(invoice))),
    shownOrder: await short(listed(rowsOf(sale.Order ?? {}))),
    shownDates: await short([day(InvoiceDate), day(InvoiceDueDate), CurrencyConversionRate ?? '']),
  }
}

/** What of it is no longer as it was, in words. */
export const shownChanges = (name: string, before: Record<string, string>, now: Record<string, string>): string[] => {
  const words: Record<string, string> = {
    shownCustomer: 'the sale was given to another customer',
    shownLines: `lines or accounts of ${name} were changed`,
    shownOrder: 'lines of the order were changed',
    shownDates: `dates or exchange rate of ${name} were changed`,
  }
  return Object.entries(words).flatMap(([what, said]) =>
    before[what] === undefined || before[what] === now[what] ? [] : [said],
  )
}

const short = async (content: unknown): Promise<string> => (await sha256(canonical(content))).slice(0, 12)

const day = (date: string): string => date.slice(0, 10)

/** In any order: nothing says that Cin7 keeps ours. */
const listed = (rows: SaleRow[]): string[] =>
  rows
    .map(({ SKU, TaxRule, ...rest }) => canonical({ ...rest, SKU: SKU.toLowerCase(), TaxRule: TaxRule.toLowerCase() }))
    .sort()
