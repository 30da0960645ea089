import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { list } from './client'
import { textLiteral } from './filters'
import { oauth } from './oauth'
import { sameWord, text } from './shapes'

/** What stands in the way of the flows, as far as Acumatica says it in advance. */
export const warnings = async (api: ReadApi, _credentials: unknown, scope: string): Promise<string[]> => [
  ...missingScopes(scope),
  ...(await shutForms(api)),
  ...(await otherLanguage(api)),
  ...(await lyingFilter(api)),
]

/** Empty = not known. */
const missingScopes = (scope: string): string[] => {
  const granted = new Set(scope.split(' '))
  const missing = scope === '' ? [] : oauth.scopes.filter((wanted) => !granted.has(wanted))
  if (missing.length === 0) return []
  const renewal = missing.includes('offline_access') ? ' Without offline_access it ends within the hour.' : ''
  return [`Acumatica did not grant ${missing.join(', ')}: connect again and allow everything.${renewal}`]
}

const FORMS = [
  { entity: 'Bill', select: 'Type,ReferenceNbr', form: 'Bills and Adjustments (AP301000)' },
  { entity: 'PurchaseOrder', select: 'Type,OrderNbr', form: 'Purchase Orders (PO301000)' },
  { entity: 'Account', select: 'AccountCD', form: 'Chart of Accounts (GL202500)' },
]

/** Rights go by form; a module that was never set up refuses in the same place. */
const shutForms = async (api: ReadApi): Promise<string[]> => {
  const found: string[] = []
  for (const { entity, select, form } of FORMS) {
    const refused = await refusalOf(() => api.read(list(api, entity, { $top: '1', $select: select }), z.unknown()))
    if (refused) found.push(`Acumatica does not open ${form}: ${refused}. Flows that need it will fail.`)
  }
  return found
}

const refusalOf = async (read: () => Promise<unknown>): Promise<string | undefined> => {
  try {
    await read()
    return undefined
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.kind === 'rejected') return thrown.failure.message
    throw thrown
  }
}

const TYPES = ['Asset', 'Liability', 'Income', 'Expense']

/** Drop-downs come as labels in the language of the user (sheet 4). */
const otherLanguage = async (api: ReadApi): Promise<string[]> => {
  const query = { $top: '1', $select: 'AccountCD,Type' }
  const [first] = await orNone(() => api.read(list(api, 'Account', query), z.array(z.object({ Type: text }))))
  if (!first || TYPES.some((type) => sameWord(type, first.Type))) return []
  return [
    `Acumatica answers in another language than English (account type "${first.Type}"): give the user that connects an English locale, or stages of documents are not understood.`,
  ]
}

const Order = z.object({ OrderNbr: text, VendorRef: text })

/** A filter on a field of orders that is no key may answer an empty list, without a word (sheet 5, 10): tried with one that is there. */
const lyingFilter = async (api: ReadApi): Promise<string[]> => {
  const query = { $top: '100', $select: 'OrderNbr,VendorRef' }
  const orders = await orNone(() => api.read(list(api, 'PurchaseOrder', query), z.array(Order)))
  const known = orders.find(({ VendorRef }) => VendorRef !== '')
  if (!known) return []
  const filter = { ...query, $filter: `VendorRef eq ${textLiteral(known.VendorRef)}` }
  const found = await orNone(() => api.read(list(api, 'PurchaseOrder', filter), z.array(Order)))
  if (found.some(({ OrderNbr }) => OrderNbr === known.OrderNbr)) return []
  return [
    `Acumatica does not find order ${known.OrderNbr} by its vendor reference: orders are looked up in the whole list instead, which takes longer.`,
  ]
}

const orNone = async <T>(read: () => Promise<T[]>): Promise<T[]> => {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.kind === 'rejected') return []
    throw thrown
  }
}
