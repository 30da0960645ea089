import { authRefusal, forbidden } from './errors'
import type { Book } from './model'
import type { Token } from './people'
import type { Route } from './routes'

/** The text of `missing_token` is ours (sheet 14). */
export const authorise = (book: Book, headers: Headers): Token => {
  const header = headers.get('authorization')
  if (!header) throw authRefusal(401, 'missing_token', 'Access token is missing')
  const token = book.tokens.get(/^Bearer (\S+)$/i.exec(header)?.[1] ?? '')
  const expired = token?.expiresAt != null && token.expiresAt <= book.world.now()
  if (!token || token.revoked || expired) throw authRefusal(401, 'invalid_token', 'Invalid token')
  return token
}

/** Without the headers of strong authentication a 403 is a matter of permissions (sheet 4). */
export const permit = (book: Book, token: Token, route: Route): void => {
  if (token.readOnly && route.writes) throw forbidden()
  const partnerOnly = route.who === 'client'
  if (partnerOnly !== (token.kind === 'client')) throw forbidden()
  const userOnly = route.who === 'user' && !book.world.switched('auth.personalEverywhere', true)
  if (userOnly && token.kind === 'personal') throw forbidden()
}
