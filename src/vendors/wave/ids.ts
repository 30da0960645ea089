/**
 * Wave's ids: base64 of `Business:<uuid>` or of two such parts, sorted by type name and joined by `;` (sheet section 3). They
 * are opaque to us but for one need: webhooks carry bare numbers.
 */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const decoded = (id: string): string => {
  try {
    return atob(id)
  } catch {
    return ''
  }
}

/** The business uuid in lower case, from a bare uuid or a GraphQL id; undefined where it is neither. */
export const businessUuid = (text: string): string | undefined => {
  const uuid = UUID.test(text) ? text : (/^Business:([^;]+)$/.exec(decoded(text))?.[1] ?? '')
  return UUID.test(uuid) ? uuid.toLowerCase() : undefined
}

export const businessId = (uuid: string): string => btoa(`Business:${uuid}`)

/** `type` in Wave's spelling, e.g. `Invoice`; `number` a bare number, or a GraphQL id, which is answered as it is. */
export const childId = (uuid: string, type: 'Invoice' | 'Customer', number: string): string | undefined => {
  if (/^\d+$/.test(number)) return btoa([`Business:${uuid}`, `${type}:${number}`].sort().join(';'))
  return decoded(number).includes(`${type}:`) ? number : undefined
}

/** The bare number of a child, which people know from Wave's URLs; undefined where the id does not hold one. */
export const bareNumber = (id: string, type: 'Product' | 'InvoicePayment' | 'Transaction'): string | undefined =>
  decoded(id)
    .split(';')
    .find((part) => part.startsWith(`${type}:`))
    ?.slice(type.length + 1)
