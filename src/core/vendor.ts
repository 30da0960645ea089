import { z } from 'zod'
import type { Failure } from './failure'

export const VENDORS = ['wave', 'wise', 'quickbooks', 'acumatica', 'freshbooks', 'cin7'] as const
export const VendorName = z.enum(VENDORS)
export type VendorName = z.infer<typeof VendorName>

export const Environment = z.enum(['production', 'sandbox'])
export type Environment = z.infer<typeof Environment>

/** One call to a vendor, as data: it can be sealed, counted, shown and sent again. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the vendor's base URL, starting with `/`. */
  path: string
  query?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Beside those of every call, or in their place: a content type of its own, a version, a condition. */
  headers?: Record<string, string>
  /** The path without ids, for audit and logs; `path` where that holds none. */
  route?: string
}

/** What a vendor's code may do without asking: read. Every answer is parsed; every call passes the limiter. */
export interface ReadApi {
  /** The pinned company, e.g. Wave business id. */
  readonly account: string
  /** Connection settings, already valid for this vendor. */
  readonly settings: unknown
  read<T>(call: Call, schema: z.ZodType<T>): Promise<T>
}

/** Where a connection's vendor is: `settings` are the connection's own (an instance address, for example). */
export interface Place {
  environment: Environment
  settings: unknown
}

/** The company that was reached with a connection's credentials. */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  baseCurrency: z.string().nullable(),
  timeZone: z.string().nullable(),
  /** Business date up to which the vendor's books are closed. */
  lockDate: z.string().nullable(),
})
export type Account = z.infer<typeof Account>

/** Something a mapping or a setting can point at. */
export const Reference = z.object({
  kind: z.string(),
  code: z.string(),
  name: z.string(),
  active: z.boolean(),
  /** What it can be used for, e.g. `receivable`, `payment`, `sale`. */
  uses: z.array(z.string()),
})
export type Reference = z.infer<typeof Reference>

/** Calls per window, per connection. */
export interface Limit {
  calls: number
  perMs: number
}

/** An HTTP answer before it is parsed. `json` is undefined where the body is not JSON. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  json: unknown
}

/** A webhook as it arrived; `body` is raw, because that is what is signed. */
export interface Delivery {
  headers: Headers
  body: string
}

/** What a webhook or a list says has changed. A hint: the record is read again. */
export interface Change {
  /** Kind of record, as the vendor's sources name it. */
  type: string
  id: string
  /** The vendor's own id of this message, to drop repeats. */
  eventId?: string
  event: string
  /** What no reading shows again: kept sealed with the record, and handed to its source whenever it is read. */
  tells?: Tidings
}

/** What an event says of a record. `key` makes it one, whatever delivery brings it, and sorts what was told of one record. */
export interface Tidings {
  key: string
  body: unknown
}

/** A URL of the vendor's that is not below its API: a custom base URL of the connection takes the place of `host`. */
export interface Door {
  host(place: Place): string
  path: string
}

/** An app that is registered at the vendor. */
export const OAuthApp = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) })
export type OAuthApp = z.infer<typeof OAuthApp>

/** Connected by consent: the tokens are in the grant object of this name. Made by the connector, never entered. */
export const OAuthCredentials = z.object({ kind: z.literal('oauth'), grant: z.string().min(1) })

/** The token endpoint's answer beside the fields of RFC 6749. */
export type TokenExtras = Record<string, unknown>

/** Authorization code with PKCE and state; what differs between vendors. The exchange itself is written once (grant/). */
export interface OAuth {
  /** Whose app it is: of the deployment (worker secrets), or of the connection (in its credentials: clientId, clientSecret). */
  app: 'deployment' | 'connection'
  authorize: Door
  token: Door
  revoke?: Door
  /** What the revoke endpoint takes: a form (RFC 7009, the default), or the same as JSON. */
  revokeBody?: 'form' | 'json'
  /** Revoking one token may end every consent of this app for the company: done only when the connection is deleted. */
  revokesCompany?: boolean
  scopes: string[]
  /** Of the authorisation request, beside the standard ones. */
  extra?: Record<string, string>
  /** How the app shows itself at the token endpoint. `basic+id`: id and secret as they are, not form-encoded; the id in the body too. */
  clientAuth: 'basic' | 'body' | 'basic+id'
  /**
   * The token endpoint wants a client certificate. Where the deployment has a binding of this name (`…_SANDBOX` for the vendor's
   * sandbox; an `mtls_certificates` of wrangler.toml), it is asked at `host`, with it; where not, at the usual host without.
   */
  mtls?: { binding: string; host(place: Place): string }
  /** A refresh repeats the redirect URI. */
  redirectOnRefresh?: boolean
  /** Header names and values that the token request carries. */
  tokenHeaders?: Record<string, string>
  /** The refresh token before the last may still work: tried once where an answer was lost. */
  keepsPrevious?: boolean
  /** When the token ends, ms since 1970, where it is not `expires_in` from now. */
  expiresAt?(extras: TokenExtras, now: number): number
  /** When the whole chain ends however often it is renewed, ms since 1970; null = not known or never. `consentAt` = of the consent. */
  chainEndsAt?(extras: TokenExtras, consentAt: number): number | null
  /** The parameter of the redirect that names the account, e.g. `realmId`. */
  accountParameter?: string
  /** Who consented, where a chain belongs to a person: all their connections share one grant. */
  identity?(api: ReadApi): Promise<string>
}

/** A webhook that the connector registered at the vendor. */
export interface Hook {
  /** Part of its URL, unguessable. */
  id: string
  event: string
  url: string
  /** The vendor's id of it; null while it is not known. */
  remoteId: string | null
}

/** What a vendor shows of a hook. */
export interface RemoteHook {
  remoteId: string
  event: string
  url: string
  active: boolean
}

/** Calls that change a vendor's own settings, never its books: registering webhooks. */
export interface SetupApi extends ReadApi {
  change<T>(call: Call, schema: z.ZodType<T>): Promise<T>
  /** The same as the app, not as one of its users; `account` = the vendor's name for the app (worker secret `…_CLIENT_KEY`). */
  readonly app?: SetupApi | undefined
}

/** How webhooks are registered by API. Absent = by hand, see `WebhookDoor.byHand`. */
export interface HookRegistry {
  /** Events to register, each as a hook of its own. */
  events: string[]
  /** Events that only an app is told of, for all companies that consented to it: hooks at the URL of the app, by `api.app`. */
  appEvents?: string[]
  list(api: SetupApi): Promise<RemoteHook[]>
  /** `secret` was made by us; a vendor that makes its own ignores it. Answers the vendor's id. */
  register(api: SetupApi, hook: Hook, secret: string): Promise<string>
  unregister(api: SetupApi, remoteId: string): Promise<void>
  /** Switches on again what the vendor has switched off, or asks for its handshake again. */
  revive?(api: SetupApi, hook: Hook, secret: string): Promise<void>
  /** Answers the vendor's handshake. False = it does not take that secret, or no longer. */
  confirm?(api: SetupApi, hook: Hook, secret: string): Promise<boolean>
}

/** What to do in the vendor's own screens, where it has no API for it. */
export interface ByHand {
  events: string[]
  /** Header that the vendor sends and what it holds, where it is not the vendor's own signature. */
  header?: string
  /** In order, in words; `{url}` stands for the URL. */
  steps: string[]
}

/** What a vendor tells of the account itself, for people: shown as an alert of the connection. */
export interface Notice {
  /** One word for what it is about; the newest of one word holds. */
  about: string
  text: string
  remedy: string
  /** When it happened, ms since 1970: the vendor may tell it late, or in another order. */
  at: number
  /** It is over. */
  resolved: boolean
}

export interface WebhookDoor {
  /** `app`: one URL and one secret per app; `connection`: each connection has its own URL and secret; `hook`: each hook has. */
  scope: 'app' | 'connection' | 'hook'
  /** The key that the vendor publishes, where signatures are not made with a secret of ours: for all its URLs, also the app's. */
  publicKey?(place: Place): string
  /** A delivery that is not news but the vendor's handshake for one hook: the secret it brings, or undefined. */
  handshake?(delivery: Delivery): { remoteId: string; secret: string } | undefined
  registry?: HookRegistry
  byHand?: ByHand
  /** What an unsigned probe looks like; it is answered 200 and does nothing. */
  probe(delivery: Delivery): boolean
  /** Pure: `now` in milliseconds. */
  verify(delivery: Delivery, secret: string, now: number): Promise<boolean>
  /** The accounts inside a signed body, for vendors with one URL per app; several fan out. */
  accounts(delivery: Delivery): string[]
  /** `undefined` = the signed body is not what the vendor sends (400); `[]` = nothing in it concerns us. */
  changes(delivery: Delivery, account: string): Change[] | undefined
  notices?(delivery: Delivery, account: string): Notice[]
}

/** How to reach a vendor. Its kinds of records are in files of their own. */
export interface Vendor<C = unknown> {
  name: VendorName
  credentials: z.ZodType<C>
  settings: z.ZodType<{ baseUrl?: string | undefined }>
  limits: Limit[]
  /** Where the limit is a matter of the customer's licence, so that the connection's settings say it. */
  limitsOf?(settings: unknown): Limit[]
  concurrency: number
  /** Milliseconds for one call, long enough not to make outcomes unknown by ourselves. */
  timeout: number
  /** Largest answer taken, bytes. */
  maxBytes: number
  baseUrl(place: Place): string
  /** The setting that holds the address of the customer's own server: only public https addresses are let in. */
  instance?: string
  /** `token` = the access token of the grant that the credentials name; '' where they name none. */
  authorise(headers: Headers, credentials: C, token: string): void
  oauth?: OAuth
  /** A call that changes nothing. The session refuses to `read` any other. */
  reads(call: Call): boolean
  /** The vendor's own way of saying no, before the meaning of plain status codes (tenant/session.ts). */
  refusal?(answer: Answer, call: Call): Failure | undefined
  /** A 5xx that says that nothing was done; any other 5xx to a write leaves open what happened. */
  undone?(answer: Answer): boolean
  /** What is parsed of an answer, where that is not its body; undefined = the body. */
  content?(answer: Answer): unknown
  /** Who was reached: the pinned or chosen company, with one real call. */
  account(api: ReadApi, credentials: C): Promise<Account>
  /** All companies that the credentials reach, where they may be several. */
  accounts?(api: ReadApi, credentials: C): Promise<Account[]>
  /** What a person has to know before relying on it: a missing scope, plan or add-on, each with its remedy. `scope` = as granted. */
  warnings?(api: ReadApi, credentials: C, scope: string): Promise<string[]>
  /** What can be mapped, by kind. */
  references: Record<string, (api: ReadApi) => Promise<Reference[]>>
  webhook?: WebhookDoor
}
