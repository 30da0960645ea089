import type { WorldContext } from '../vendor'

/** Decoded form of a GraphQL id (sheet 3): base64 of `Type:id` parts, sorted by type name. */
export interface Decoded {
  kind: string
  id: string
  business: string
}

export const graphId = (kind: string, record: { id: string; business: string }): string => {
  const business = `Business:${record.business}`
  if (kind === 'Business' || kind === 'User') return btoa(`${kind}:${record.id}`)
  const own = `${kind}:${record.id}`
  return btoa(kind < 'Business' ? `${own};${business}` : `${business};${own}`)
}

export const decodeId = (text: string): Decoded | undefined => {
  const plain = decodeBase64(text)
  const lone = /^(Business|User):([^;:]+)$/.exec(plain)
  if (lone?.[1] && lone[2]) return { kind: lone[1], id: lone[2], business: lone[2] }
  const pair = /^(\w+):([^;:]+);(\w+):([^;:]+)$/.exec(plain)
  if (!pair) return undefined
  const [, firstKind = '', firstId = '', secondKind = '', secondId = ''] = pair
  const decoded =
    firstKind === 'Business'
      ? { kind: secondKind, id: secondId, business: firstId }
      : { kind: firstKind, id: firstId, business: secondId }
  return graphId(decoded.kind, decoded) === text ? decoded : undefined
}

const decodeBase64 = (text: string): string => {
  try {
    return atob(text)
  } catch {
    return ''
  }
}

/** Leading digits per type: 19 digits for invoices, accounts, payments; 8 for customers and products (sheet 3). */
const FORMS: Record<string, [prefix: string, digits: number]> = {
  Account: ['145088001', 19],
  Invoice: ['221004559', 19],
  InvoicePayment: ['231004559', 19],
  Transaction: ['241004559', 19],
  Customer: ['701', 8],
  Vendor: ['711', 8],
  Product: ['702', 8],
  SalesTax: ['703', 8],
  InvoiceItem: ['7024', 9],
}

/** Numbers pass 2^53, so they are put together as text. */
export const freshId = (world: WorldContext, kind: string): string => {
  const count = world.store.next(`id/${kind}`)
  if (kind === 'Business') return `7d1f4c0a-2b7e-4a53-9f0c-${count.toString(16).padStart(12, '0')}`
  const [prefix, digits] = FORMS[kind] ?? ['9', 8]
  return `${prefix}${String(count).padStart(digits - prefix.length, '0')}`
}
