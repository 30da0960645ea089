import type { GraphQLResolveInfo } from 'graphql'
import { getNamedType } from 'graphql'
import { failure } from './errors'
import type { Token } from './grants'
import type { Book } from './model'

/** The token of a call, if it still lives. */
export const liveToken = (book: Book, headers: Headers): Token | undefined => {
  const bearer = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1]
  const token = bearer === undefined ? undefined : book.tokens.get(bearer)
  if (!token || token.revoked) return undefined
  return token.expiresAt !== null && token.expiresAt <= book.world.now() ? undefined : token
}

const MUTATIONS: Record<string, string> = {
  customerCreate: 'customer:write',
  customerDelete: 'customer:write',
  customerPatch: 'customer:write',
  invoiceSend: 'invoice:send',
  moneyTransactionCreate: 'transaction:write',
  moneyTransactionsCreate: 'transaction:write',
  productArchive: 'product:write',
  productCreate: 'product:write',
  productPatch: 'product:write',
}

const READS: Record<string, string> = {
  User: 'user:read',
  Business: 'business:read',
  Account: 'account:read',
  Customer: 'customer:read',
  Vendor: 'vendor:read',
  Product: 'product:read',
  SalesTax: 'sales_tax:read',
  Invoice: 'invoice:read',
  InvoicePayment: 'invoice:read',
}

/** A mutation needs its write scope; any field that answers a record needs the read scope of the record's kind. */
const scopeFor = (info: GraphQLResolveInfo): string | undefined => {
  const parent = info.parentType.name
  if (parent === 'Mutation') return MUTATIONS[info.fieldName] ?? 'invoice:write'
  if (parent.endsWith('Output')) return undefined
  return READS[getNamedType(info.returnType).name.replace(/Connection$/, '')]
}

const holds = (scopes: Token['scopes'], scope: string): boolean =>
  scopes === 'full' || scopes.includes(scope) || scopes.includes(scope.replace(/:\w+$/, ':*'))

export const checkToken = (token: Token | undefined, info: GraphQLResolveInfo): void => {
  const root = info.parentType.name === 'Query' || info.parentType.name === 'Mutation'
  if (root && !token && info.fieldName !== '_') throw failure('UNAUTHENTICATED', 'Login required.')
}

export const checkScope = (book: Book, token: Token, info: GraphQLResolveInfo): void => {
  const scope = info.fieldName === '_' ? undefined : scopeFor(info)
  if (scope === undefined || holds(token.scopes, scope)) return
  throw failure(book.world.switched('forbidden.code', 'UNAUTHENTICATED'), `The scope '${scope}' is required.`)
}
