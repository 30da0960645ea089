import { z } from 'zod'
import type { Failure } from './failure'

export const VENDORS = ['wave', 'wise', 'quickbooks', 'acumatica', 'freshbooks', 'cin7'] as const
export const VendorName = z.enum(VENDORS)
export type VendorName = z.infer<typeof VendorName>

export const Environment = z.enum(['production', 'sandbox'])
export type Environment = z.infer<typeof Environment>

/** One call to a vendor, as data: it can be sealed, counted, shown and sent again. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the vendor's base URL, starting with `/`. */
  path: string
  query?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
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
}

export interface WebhookDoor {
  /** What an unsigned probe looks like; it is answered 200 and does nothing. */
  probe(delivery: Delivery): boolean
  /** Pure: `now` in milliseconds. */
  verify(delivery: Delivery, secret: string, now: number): Promise<boolean>
  /** The accounts inside a signed body, for vendors with one URL per app. */
  account(delivery: Delivery): string | undefined
  /** `undefined` = the signed body is not what the vendor sends (400); `[]` = nothing in it concerns us. */
  changes(delivery: Delivery, account: string): Change[] | undefined
}

/** How to reach a vendor. Its kinds of records are in files of their own. */
export interface Vendor<C = unknown> {
  name: VendorName
  credentials: z.ZodType<C>
  settings: z.ZodType<{ baseUrl?: string | undefined }>
  limits: Limit[]
  concurrency: number
  /** Milliseconds for one call, long enough not to make outcomes unknown by ourselves. */
  timeout: number
  /** Largest answer taken, bytes. */
  maxBytes: number
  baseUrl(environment: Environment): string
  authorise(headers: Headers, credentials: C): void
  /** A call that changes nothing. The session refuses to `read` any other. */
  reads(call: Call): boolean
  /** The vendor's own way of saying no, before the meaning of plain status codes (tenant/session.ts). */
  refusal?(answer: Answer, call: Call): Failure | undefined
  /** Who was reached. */
  account(api: ReadApi, credentials: C): Promise<Account>
  /** What can be mapped, by kind. */
  references: Record<string, (api: ReadApi) => Promise<Reference[]>>
  webhook?: WebhookDoor
}
