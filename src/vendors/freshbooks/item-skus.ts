import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { readPage } from './lists'
import { text, visState } from './shapes'

const Item = z.object({ name: z.string(), sku: text, vis_state: visState })

/**
 * SKU by name of the item: a line of an invoice carries the name only (sheet section 0). Reads on until all names are found. Left
 * out where no item has that name, or where items of one name have different SKUs.
 */
export const skusOf = async (api: ReadApi, names: Set<string>): Promise<Record<string, string>> => {
  const found = new Map<string, Set<string>>()
  const missing = new Set([...names].filter((name) => name !== ''))
  for (let page = 1; missing.size > 0; page++) {
    const { rows, pages } = await readPage(api, 'accounting', 'items/items', Item, page)
    for (const { name, sku } of rows)
      if (names.has(name) && sku !== '') found.set(name, (found.get(name) ?? new Set()).add(sku))
    for (const { name } of rows) missing.delete(name)
    if (rows.length === 0 || page >= pages) break
  }
  return Object.fromEntries([...found].flatMap(([name, skus]) => (skus.size === 1 ? [[name, [...skus][0] ?? '']] : [])))
}
