import { signingKey } from './key-pair'
import type { Book } from './model'

/** Everything held; amounts are decimal text, times milliseconds since 1970. */
export const dump = (book: Book) => ({
  publicKey: signingKey(book).publicKey,
  users: book.users.all(),
  clients: book.clients.all(),
  tokens: book.tokens.all(),
  grants: book.grants.all(),
  oneTimeTokens: book.oneTimeTokens.all(),
  profiles: book.profiles.all(),
  balances: book.balances.all(),
  entries: book.entries.all(),
  quotes: book.quotes.all(),
  recipients: book.recipients.all(),
  transfers: book.transfers.all(),
  payments: book.payments.all(),
  effects: book.effects.all(),
  subscriptions: book.subscriptions.all(),
  notifications: book.notifications.all(),
})
