import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import { zulu } from './stamps'

export interface Application {
  clientId: string
  clientSecret: string
  redirectUris: string[]
  /** Enabled on the application's settings page. */
  scopes: string[]
}

export interface Business {
  id: number
  uuid: string
  /** `null` for a business that keeps no books here. */
  accountId: string | null
  name: string
  currency: string
  timezone: string
  active: boolean
  accountsPayable: boolean
  manualJournal: boolean
}

export interface Identity {
  id: number
  email: string
  firstName: string
  lastName: string
  memberships: { id: number; business: number; role: string }[]
}

export interface Token {
  token: string
  identity: number
  clientId: string
  scopes: string[]
  createdAt: number
  expiresAt: number
  revoked: boolean
}

export interface Code {
  code: string
  clientId: string
  identity: number
  scopes: string[]
  redirectUri: string
  challenge: string | null
  expiresAt: number
}

/** The one refresh token that is good for a person and an application (sheet 0.1). */
export interface Chain {
  refreshToken: string
  accessToken: string
  identity: number
  clientId: string
  scopes: string[]
  createdAt: number
}

/** People, applications and consents: what does not belong to one account. */
export interface Directory {
  world: WorldContext
  applications: Collection<Application>
  businesses: Collection<Business>
  identities: Collection<Identity>
  tokens: Collection<Token>
  codes: Collection<Code>
  chains: Collection<Chain>
}

export const openDirectory = (world: WorldContext): Directory => ({
  world,
  applications: world.store.collection('application'),
  businesses: world.store.collection('business'),
  identities: world.store.collection('identity'),
  tokens: world.store.collection('token'),
  codes: world.store.collection('code'),
  chains: world.store.collection('chain'),
})

export const chainKey = (identity: number, clientId: string): string => `${identity}/${clientId}`

export const liveToken = (directory: Directory, headers: Headers): Token | undefined => {
  const bearer = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? ''
  const token = directory.tokens.get(bearer)
  return token && !token.revoked && token.expiresAt > directory.world.now() ? token : undefined
}

export const identityOf = (directory: Directory, words: string | undefined): Identity | undefined => {
  const all = directory.identities.all()
  return words === undefined ? all[0] : all.find(({ id, email }) => email === words || String(id) === words)
}

export const membershipsOf = (directory: Directory, identity: number) =>
  (directory.identities.get(String(identity))?.memberships ?? []).flatMap((membership) => {
    const business = directory.businesses.get(String(membership.business))
    return business ? [{ ...membership, business }] : []
  })

export const ownerOf = (directory: Directory, business: number): Identity | undefined =>
  directory.identities.all().find(({ memberships }) => memberships.some((one) => one.business === business))

const businessView = (business: Business) => ({
  id: business.id,
  business_uuid: business.uuid,
  name: business.name,
  account_id: business.accountId,
  active: business.active,
  status: business.active ? 'active' : 'suspended',
  timezone: business.timezone,
  date_format: 'mm/dd/yyyy',
  address: null,
  phone_number: null,
  business_clients: [],
})

/** `users/me`: no `result` layer (sheet 2). Permissions are one flat map per account. */
export const meView = (directory: Directory, identity: Identity) => {
  const memberships = membershipsOf(directory, identity.id)
  const accounts = memberships.flatMap(({ business }) =>
    business.accountId === null ? [] : [{ account: business.accountId, business }],
  )
  const flags = ({ accountsPayable, manualJournal }: Business) => ({
    'accounts_payable.access': accountsPayable,
    'manual_journal_entries_feature.access': manualJournal,
  })
  return {
    id: identity.id,
    identity_id: identity.id,
    identity_uuid: `00000000-0000-4000-8000-${String(identity.id).padStart(12, '0')}`,
    first_name: identity.firstName,
    last_name: identity.lastName,
    email: identity.email,
    language: 'en',
    confirmed_at: zulu(Date.UTC(2025, 0, 7, 9, 30)),
    created_at: zulu(Date.UTC(2025, 0, 7, 9, 25)),
    setup_complete: true,
    permissions: Object.fromEntries(accounts.map(({ account, business }) => [account, flags(business)])),
    subscription_statuses: Object.fromEntries(
      accounts.map(({ account, business }) => [account, business.active ? 'active' : 'cancelled']),
    ),
    business_memberships: memberships.map(({ id, role, business }) => ({
      id,
      role,
      unacknowledged_change: false,
      business: businessView(business),
    })),
    roles: [],
  }
}
