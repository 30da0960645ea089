import { type Books, fresh } from './books'
import { read } from './fields'
import { money } from './money'
import type { Spec } from './resource'
import { type Item, ItemFields, type Tax, TaxFields } from './sales-shapes'
import { eastern } from './stamps'

const itemView = (books: Books, row: Item) => {
  const { createdAt: _created, updatedAt, serial: _serial, unit_cost, ...fields } = row
  const code = unit_cost?.code ?? books.business().currency
  return {
    ...fields,
    accounting_systemid: books.accountId,
    itemid: row.id,
    unit_cost: unit_cost === null ? null : money(unit_cost.amount, code),
    updated: eastern(updatedAt),
  }
}

/** No filter is known to work: whatever is searched, everything is answered. */
export const items: Spec<Item> = {
  single: 'item',
  plural: 'items',
  idField: 'itemid',
  noun: 'item',
  scope: 'billable_items',
  rows: (books) => books.items,
  make: (books, body) => ({ ...fresh(books, 'item'), ...read(ItemFields, body, 'item') }),
  edit: (_books, row, body) => ({ ...row, ...read(ItemFields, { ...row, ...body }, 'item') }),
  view: itemView,
}

/** Has no `vis_state`: it is deleted for real (sheet 4). */
export const taxes: Spec<Tax> = {
  single: 'tax',
  plural: 'taxes',
  idField: 'taxid',
  noun: 'tax',
  scope: 'taxes',
  rows: (books) => books.taxes,
  make: (books, body) => ({ ...fresh(books, 'tax'), ...read(TaxFields, body, 'tax') }),
  edit: (_books, row, body) => ({ ...row, ...read(TaxFields, { ...row, ...body }, 'tax') }),
  view(books, row) {
    const { createdAt: _created, updatedAt, serial: _serial, vis_state: _state, ...fields } = row
    return { ...fields, accounting_systemid: books.accountId, taxid: row.id, updated: eastern(updatedAt) }
  },
  erase: 'remove',
}
