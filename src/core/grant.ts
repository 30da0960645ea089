import { z } from 'zod'
import type { Failure } from './failure'
import type { Answered } from './tenant'
import { Environment, OAuthApp, VendorName } from './vendor'

/** What a person, or the owner of a user and password, agreed to. */
export const Consent = z.object({
  vendor: VendorName,
  environment: Environment,
  /** Settings of the connection: an instance address, a base URL in development. */
  settings: z.record(z.string(), z.unknown()),
  /** Null = the app of the deployment. */
  app: OAuthApp.nullable(),
  how: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('code'), code: z.string(), verifier: z.string(), redirectUri: z.string() }),
    z.object({ kind: z.literal('password'), username: z.string(), password: z.string() }),
  ]),
})
export type Consent = z.infer<typeof Consent>

/** The live tokens of one consent. Times in milliseconds since 1970; null = not known, or never. */
export const Tokens = z.object({
  accessToken: z.string(),
  expiresAt: z.number().nullable(),
  refreshToken: z.string().nullable(),
  /** The refresh token before this one, where it may still be needed. */
  previous: z.string().nullable(),
  scope: z.string(),
  /** However often it is renewed, it ends then. */
  chainEndsAt: z.number().nullable(),
})
export type Tokens = z.infer<typeof Tokens>

/** `serial` counts the tokens of this object: whoever was refused with one says so by it. */
export type TokenAnswer =
  | { ok: true; accessToken: string; serial: number; renewAt: number | null }
  | { ok: false; failure: Failure }

/** How a chain of tokens stands, for people. */
export interface GrantState {
  state: 'none' | 'live' | 'refused'
  scope: string
  chainEndsAt: number | null
  /** Why it was refused, in the vendor's words. */
  cause: string
}

/** What others may ask of the object that owns one chain of tokens. */
export interface GrantApi {
  /** Redeems a consent at the vendor at once. A new one replaces the one before. */
  consent(consent: Consent): Promise<Answered<{ scope: string }>>
  /** An access token that is still good; `refused` = the serial of one that the vendor no longer takes. */
  token(refused?: number): Promise<TokenAnswer>
  /** A token of the app itself (client credentials), made for this once and kept nowhere. */
  appToken(): Promise<TokenAnswer>
  /** This chain belongs to that grant: it becomes the newest consent there, and is forgotten here. */
  moveTo(grant: string): Promise<void>
  /** The other end of `moveTo`. */
  take(consent: Consent, tokens: Tokens): Promise<void>
  state(): Promise<GrantState>
  /** Wraps its data key with the newest master key. Answers whether it was another before. */
  rewrap(): Promise<boolean>
  /**
   * No connection uses it any more: revoked at the vendor where that can be done, the data key destroyed. `last` = no connection
   * of its company is left either.
   */
  forget(last: boolean): Promise<void>
}
