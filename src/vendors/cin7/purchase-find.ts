import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { TargetApi } from '../../core/flow'
import { readAll } from './lists'
import { readPurchase } from './purchase-read'
import type { Purchase } from './purchase-record'
import { isVoided } from './purchase-standing'
import { sameWord, text, word } from './shapes'

/** A step is looked for within minutes; after the connector was put back to an earlier time, within 30 days. */
const LOOK_BACK_MS = 35 * 24 * 3_600_000

/** Our marker stands on a line of its own. */
export const hasMarker = (note: string, marker: string): boolean =>
  note.split(/\r?\n/).some((line) => line.trim() === marker)

/** The flow whose marker a purchase carries, e.g. `freshbooks-cin7/bill-to-purchase`; undefined = it was not made by the connector. */
export const madeBy = ({ note }: Purchase): string | undefined => /^\s*mlc:([^:\s]+):/m.exec(note)?.[1]

const Row = z.object({ ID: z.string(), Status: text, SupplierID: text, InvoiceNumber: text })
type Row = z.infer<typeof Row>

export interface Sought {
  supplierId: string
  /** '' where it will have none. */
  invoiceNumber: string
}

/**
 * The purchase whose note holds our marker. No list shows the note (sheet section 12), so the supplier's likeliest ones are read:
 * headers that nothing was added to, then those with this invoice number, then all that changed of late and may be it. `now` =
 * milliseconds since 1970.
 */
export const findByMarker = async (api: TargetApi, sought: Sought, now: number): Promise<Purchase | null> => {
  const since = new Date(now - LOOK_BACK_MS).toISOString().slice(0, -1)
  const places = [
    { Status: 'DRAFT' },
    ...(sought.invoiceNumber === '' ? [] : [{ Search: sought.invoiceNumber }]),
    { UpdatedSince: since },
  ]
  const read = new Set<string>()
  for (const query of places) {
    const rows = (await readAll(api, '/purchaseList', 'PurchaseList', Row, query)).filter((row) => mayBe(row, sought))
    const found = await marked(api, rows, read)
    if (found.length > 1) throw twice(found)
    if (found[0]) return found[0]
  }
  return null
}

/** An ignored filter would list everything. */
const mayBe = ({ Status, SupplierID, InvoiceNumber }: Row, { supplierId, invoiceNumber }: Sought): boolean =>
  sameWord(SupplierID, supplierId) &&
  word(Status) !== 'VOIDED' &&
  (InvoiceNumber === '' || invoiceNumber === '' || sameWord(InvoiceNumber, invoiceNumber))

const marked = async (api: TargetApi, rows: Row[], read: Set<string>): Promise<Purchase[]> => {
  const found: Purchase[] = []
  for (const { ID } of rows) {
    if (read.has(ID)) continue
    read.add(ID)
    const purchase = await readPurchase(api, ID)
    if (purchase && !isVoided(purchase) && hasMarker(purchase.note, api.marker)) found.push(purchase)
  }
  return found
}

const twice = (found: Purchase[]): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_purchase_twice',
    message: `${found.length} purchases in Cin7 carry the mark of this record`,
    remedy: 'Void the one that is not right in Cin7, then replay.',
    facts: { purchases: found.map(({ number }) => number).join(', ') },
  })
