import { signingKey } from './key-pair'
import { balanceIn, openBalance } from './ledger'
import { type Book, must, type Profile, save } from './model'
import { grantTo } from './oauth'
import type { User } from './people'
import { makeRecipient } from './recipients'
import { type ClientSeed, defaultClients, defaultUsers, type ProfileSeed, Seed, type UserSeed } from './seed-input'
import { keepSubscription } from './subscriptions'

const putBalances = (book: Book, { id }: Profile, seeds: ProfileSeed['balances']): void => {
  for (const { currency, amount } of seeds) {
    const known = balanceIn(book, id, currency)
    if (known) save(book.balances, { ...known, amount })
    else openBalance(book, id, currency, amount)
  }
}

const putProfile = (book: Book, user: User, seed: ProfileSeed): Profile => {
  const { type, name, country, verified } = seed
  const known = book.profiles.all().find((one) => one.user === user.id && one.type === type && one.name === name)
  if (known) return save(book.profiles, { ...known, country, verified })
  const id = seed.id ?? book.next('profile')
  const [publicId, account] = [crypto.randomUUID(), book.next('account')]
  const of = { id, publicId, user: user.id, type, name, country, account, verified }
  return save(book.profiles, { ...of, createdAt: book.world.now() })
}

const seedProfile = (book: Book, user: User, seed: ProfileSeed) => {
  const profile = putProfile(book, user, seed)
  putBalances(book, profile, seed.balances)
  const recipients = seed.recipients.map((one) => makeRecipient(book, user, { ...one, profile: profile.id }))
  const scope = { domain: 'profile', id: String(profile.id) } as const
  const subscriptions = seed.subscriptions.map(({ event, version, url, name }) =>
    keepSubscription(book, { name, trigger_on: event, delivery: { version, url } }, scope, String(user.id)),
  )
  const balances = book.balances.all().filter((one) => one.profile === profile.id)
  return { ...profile, balances, recipients, subscriptions }
}

const seedUser = (book: Book, seed: UserSeed) => {
  const known = book.users.all().find(({ email }) => email === seed.email)
  const { email, name, scaKeys } = seed
  const user = save(book.users, { id: known?.id ?? seed.id ?? book.next('user'), email, name, scaKeys })
  for (const { token, readOnly, expiresAt } of seed.tokens) {
    const ends = expiresAt === null ? null : Date.parse(expiresAt)
    const of = { user: user.id, client: null, revoked: false }
    book.tokens.put(token, { token, kind: 'personal', readOnly, expiresAt: ends, ...of })
  }
  const profiles = seed.profiles.map((one) => seedProfile(book, user, one))
  return { ...user, tokens: seed.tokens.map(({ token }) => token), profiles }
}

const seedClient = (book: Book, { clientId, clientSecret, clientKey, redirectUris }: ClientSeed) =>
  save(book.clients, { id: clientId, secret: clientSecret, key: clientKey, redirectUris })

const seedGrant = (book: Book, { clientId, email }: { clientId: string; email?: string | undefined }) => {
  const client = must(book.clients.get(clientId), `client ${clientId}`)
  const user = must(
    book.users.all().find((one) => one.email === (email ?? one.email)),
    `user ${email}`,
  )
  const redirectUri = client.redirectUris[0] ?? ''
  const { access, secret } = grantTo(book, { client: clientId, user: user.id, redirectUri })
  return { clientId, user: user.id, accessToken: access.token, refreshToken: secret }
}

/** What was made, with the key that verifies webhooks. Seeding again adds; without users, the default ones are made once. */
export const seed = (book: Book, input: unknown) => {
  const { users, clients, grants, rates } = Seed.parse(input ?? {})
  for (const [pair, rate] of Object.entries(rates)) book.rates.put(pair, rate)
  const wanted = users ?? (book.users.size === 0 ? defaultUsers() : [])
  return {
    publicKey: signingKey(book).publicKey,
    users: wanted.map((one) => seedUser(book, one)),
    clients: (clients ?? (book.clients.size === 0 ? defaultClients() : [])).map((one) => seedClient(book, one)),
    grants: grants.map((one) => seedGrant(book, one)),
  }
}
