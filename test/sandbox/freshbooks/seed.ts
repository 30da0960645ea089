import type { WorldContext } from '../vendor'
import { openBooks } from './books'
import { addAccount, openChart } from './chart'
import { type Business, chainKey, type Directory, identityOf, openDirectory } from './directory'
import { type BusinessIn, Seed } from './seed-input'
import { seedRecords } from './seed-records'

/** Like the account id, business ids are none of the membership's. */
const FIRST = { business: 439_000, membership: 140_130, identity: 12_345 }

const nextNumber = ({ world }: Directory, kind: keyof typeof FIRST): number =>
  FIRST[kind] + 7 * world.store.next(`id/${kind}`)

const openBusiness = (directory: Directory, given: BusinessIn): Business => {
  const { name, accountId, currency, timezone, accountsPayable, manualJournal } = given
  const known = directory.businesses.all().find((one) => one.name === name && one.accountId === accountId)
  if (known) return known
  const id = given.businessId ?? nextNumber(directory, 'business')
  const own = { id, uuid: crypto.randomUUID(), accountId, name, currency, timezone, accountsPayable, manualJournal }
  return directory.businesses.put(String(id), { ...own, active: true })
}

const seedBusiness = (directory: Directory, given: BusinessIn) => {
  const business = openBusiness(directory, given)
  const { id: businessId, uuid: businessUuid, accountId, name } = business
  const head = { businessId, businessUuid, accountId, name }
  if (accountId === null) return head
  const books = openBooks(directory.world, accountId)
  openChart(books)
  for (const { parent: number, ...account } of given.accounts) {
    const parent = books.accounts.all().find((one) => one.number === number)
    addAccount(books, parent ? { ...account, parent } : account)
  }
  return { ...head, ...seedRecords(books, given) }
}

const seedIdentity = (directory: Directory, given: Seed['identities'][number]) => {
  const { email, firstName, lastName } = given
  const known = identityOf(directory, email)
  if (known) return known
  const id = given.id ?? nextNumber(directory, 'identity')
  const all = directory.businesses.all()
  const named =
    given.memberships ??
    all.map(({ name, accountId }) => ({ business: name, role: accountId === null ? 'client' : 'owner' }))
  const memberships = named.map(({ business: words, role }) => {
    const business = all.find(({ name, accountId }) => name === words || accountId === words)
    if (!business) throw new Error(`no business ${words}`)
    return { id: nextNumber(directory, 'membership'), business: business.id, role }
  })
  return directory.identities.put(String(id), { id, email, firstName, lastName, memberships })
}

const seedToken = (directory: Directory, given: Seed['tokens'][number]) => {
  const identity = identityOf(directory, given.identity)
  if (!identity) throw new Error(`no identity ${given.identity}`)
  const { token, clientId, scopes, refreshToken, expiresIn } = given
  const now = directory.world.now()
  const createdAt = now - (now % 1000)
  const own = { identity: identity.id, clientId, scopes, createdAt }
  directory.tokens.put(token, { token, ...own, expiresAt: createdAt + expiresIn * 1000, revoked: false })
  if (refreshToken !== undefined)
    directory.chains.put(chainKey(identity.id, clientId), { ...own, refreshToken, accessToken: token })
  return given
}

/** Seeding again adds to what is there; known businesses and people are not made twice. */
export const seed = (world: WorldContext, input: unknown) => {
  const given = Seed.parse(input ?? {})
  const directory = openDirectory(world)
  const applications = given.applications.map((one) => directory.applications.put(one.clientId, one))
  const businesses = given.businesses.map((one) => seedBusiness(directory, one))
  const identities = given.identities.map((one) => seedIdentity(directory, one))
  const tokens = given.tokens.map((one) => seedToken(directory, one))
  return { applications, businesses, identities, tokens }
}
