import { isEditable } from './bill-state'
import type { Books } from './books'
import type { Call } from './call'
import type { Entity } from './entities'
import { noRights, outcomeHasErrors } from './errors'
import type { Kept } from './model'
import { recordAt } from './reads'
import { sameText, textOf } from './rows'

/** `DELETE /{Entity}/{keys or id}`; what is in use or in the ledger stays (500, form of the refusal [U]). */
export const serveDelete = (call: Call, segments: string[]): void => {
  const { entity, books } = call
  if (!['Vendor', 'Bill', 'PurchaseOrder'].includes(entity.name)) throw noRights()
  const row = recordAt(call, segments)
  if (!removable(books, entity, row)) throw outcomeHasErrors(entity.title, 'Deleting')
  books.remove(entity.name, row)
}

export const removable = (books: Books, entity: Entity, row: Kept): boolean => {
  if (entity.name === 'Bill') return isEditable(row)
  if (entity.name === 'PurchaseOrder') return ['On Hold', 'Open', 'Pending Approval'].includes(textOf(row, 'Status'))
  const uses = (documents: Kept[], field: string) =>
    documents.some((one) => sameText(textOf(one, field), textOf(row, 'VendorID')))
  return !uses(books.of('Bill').all(), 'Vendor') && !uses(books.of('PurchaseOrder').all(), 'VendorID')
}
