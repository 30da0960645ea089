import type { Value } from './schema'
import type { TenantSeed } from './seed-input'

/** `custom.View.Field` */
export type Custom = Record<string, Record<string, { type: string; value: Value }>>

/** A record or a part of one. Every field of its shape has an entry in `values` once it was set. */
export interface Row {
  id: string
  values: Record<string, Value>
  linked: Record<string, Row>
  lines: Record<string, Row[]>
  custom: Custom
  note: string
}

/** A record as kept; times in milliseconds. */
export interface Kept extends Row {
  createdAt: number
  modifiedAt: number
  files: { id: string; filename: string; comment: string }[]
  /** Bills: what was paid, as decimal text. */
  paid: string
}

export interface StoredFile {
  id: string
  filename: string
  comment: string
  content: string
}

export interface Published {
  name: string
  version: string
  /** A tenant's own endpoint; only shown to and served for that tenant. */
  tenant?: string | undefined
}

/** The server itself; several tenants live on it. */
export interface Instance {
  /** Part of the address below the host: `Prod`, or nothing. */
  site: string
  build: string
  endpoints: Published[]
}

export type Tenant = TenantSeed
export type Preferences = Tenant['preferences']
export type Item = Tenant['items'][number]

export interface App {
  /** `GUID@Tenant`: the suffix selects the tenant. */
  clientId: string
  clientSecret: string
  redirectUris: string[]
  /** `fixed`: the chain ends 30 days after consent. `sliding`: each refresh extends it; `absoluteDays` null is for ever. */
  refresh: { mode: 'fixed' } | { mode: 'sliding'; slidingDays: number; absoluteDays: number | null }
}

/** One consent (or password sign-in) and the tokens that came from it. */
export interface Grant {
  id: string
  clientId: string
  tenant: string
  user: string
  scopes: string[]
  startedAt: number
  /** Present refresh token; null without `offline_access`. */
  refreshToken: string | null
  /** When the chain ends; null is never. */
  endsAt: number | null
  spent: string[]
  ended: 'revoked' | 'reused' | null
}

export interface AccessToken {
  token: string
  grant: string
  expiresAt: number
}

export interface AuthCode {
  code: string
  clientId: string
  user: string
  scopes: string[]
  redirectUri: string
  challenge: string | null
  expiresAt: number
}

/** A seat of the licence. */
export interface Session {
  id: string
  tenant: string
  user: string
  kind: 'cookie' | 'grant' | 'token' | 'concurrent'
  openedAt: number
  usedAt: number
  /** Fixed end; sessions of an `api` token end with it. */
  endsAt: number | null
  /** Cookie sign-in: branch chosen there. */
  branch: string | null
}

/** A long operation on one form in one session. */
export interface Operation {
  id: string
  tenant: string
  session: string
  entity: 'Bill' | 'PurchaseOrder'
  action: string
  recordId: string
  /** Status calls that still answer 202. */
  pollsLeft: number
  endsAt: number
  outcome: 'running' | 'done' | 'failed'
}
