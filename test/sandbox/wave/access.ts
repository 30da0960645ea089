import { failure, Refused } from './errors'
import type { Token } from './grants'
import { decodeId } from './ids'
import type { Book } from './model'
import type { Business, Kind, Records } from './records'

/** Who asks: finds records by the references that this caller may use. */
export interface Access {
  find<K extends Kind>(kind: K, ref: string, business?: string): Records[K] | undefined
  businesses(): Business[]
}

/** Through the API: GraphQL ids only, and only of businesses that the token reaches. */
export const tokenAccess = (book: Book, token: Token): Access => {
  const reaches = (business: string) => token.businesses === 'all' || token.businesses.includes(business)
  const lapsed = (business: string) =>
    token.scopes !== 'full' && book.records.Business.get(business)?.plan === 'starter'
  return {
    find(kind, ref, business) {
      const decoded = decodeId(ref)
      if (decoded?.kind !== kind || !reaches(decoded.business)) return undefined
      if (lapsed(decoded.business)) throw planLapsed(book)
      return owned(book, kind, decoded.id, decoded.business, business)
    },
    businesses: () => book.records.Business.all().filter(({ id }) => reaches(id) && !lapsed(id)),
  }
}

/** A user in Wave's own screens: everything, by bare or GraphQL id. */
export const userAccess = (book: Book): Access => ({
  find(kind, ref, business) {
    const id = decodeId(ref)?.id ?? ref
    return owned(book, kind, id, book.records[kind].get(id)?.business, business)
  },
  businesses: () => book.records.Business.all(),
})

const owned = <K extends Kind>(
  book: Book,
  kind: K,
  id: string,
  owner: string | undefined,
  business = owner,
): Records[K] | undefined => {
  const found: Records[K] | undefined = book.records[kind].get(id)
  return found?.business === owner && owner === business ? found : undefined
}

/** For writes: what is not there, or belongs to another business, is an input error (sheet 8.6). */
export const need = <K extends Kind>(
  access: Access,
  kind: K,
  ref: string,
  path: (string | number)[],
  business?: string,
): Records[K] => {
  const found = access.find(kind, ref, business)
  if (!found) throw new Refused(path, `${kind} '${ref}' could not be found.`, 'NOT_FOUND')
  return found
}

const planLapsed = (book: Book) =>
  failure(book.world.switched('forbidden.code', 'UNAUTHENTICATED'), 'An active Pro subscription is required.')
