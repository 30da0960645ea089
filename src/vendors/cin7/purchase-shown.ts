import { canonical } from '../../lib/json'
import { printOf } from '../../lib/print'
import type { Purchase, PurchaseInvoice } from './purchase-record'
import { rowsContent } from './purchase-standing'

/**
 * Short names of what Cin7 shows of a purchase that we carried: kept with the link, so that an edit in Cin7 is noticed even where
 * the total stays the same. Read from Cin7 both times, so it makes no difference how it writes what we sent.
 */
export const shownOrder = async (purchase: Purchase) => ({
  shownSupplier: await short(purchase.supplier.id),
  shownOrder: await short(rowsContent(purchase.order.rows)),
})

export const shownInvoice = async ({ number, date, dueDate, rate, rows }: PurchaseInvoice) => ({
  shownLines: await short(rowsContent(rows)),
  shownDates: await short([number, date, dueDate, rate]),
})

/** What of it is no longer as it was, in words. */
export const shownChanges = (
  name: string,
  before: Record<string, string>,
  now: Record<string, string | undefined>,
): string[] => {
  const words: Record<string, string> = {
    shownSupplier: 'the purchase was given to another supplier',
    shownOrder: 'lines of the order were changed',
    shownLines: `lines or accounts of ${name} were changed`,
    shownDates: `number, dates or exchange rate of ${name} were changed`,
  }
  return Object.entries(words).flatMap(([what, said]) =>
    before[what] === undefined || now[what] === undefined || before[what] === now[what] ? [] : [said],
  )
}

const short = (content: unknown): Promise<string> => printOf(canonical(content))
