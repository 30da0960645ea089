import { z } from 'zod'

/** The live tokens of one consent. Times in milliseconds since 1970. */
export const Tokens = z.object({
  accessToken: z.string(),
  expiresAt: z.number().nullable(),
  refreshToken: z.string().nullable(),
  scope: z.string(),
})
export type Tokens = z.infer<typeof Tokens>

export type TokenAnswer = { ok: true; accessToken: string; consent: number } | { ok: false; reason: 'none' | 'expired' }

/** What others may ask of the object that owns one chain of tokens. */
export interface GrantApi {
  /** A new consent replaces the one before. Answers its number. */
  consent(tokens: Tokens): Promise<number>
  /** The access token, if it is still good. */
  token(): Promise<TokenAnswer>
  /** The last connection that used it is gone: the data key is destroyed. */
  forget(): Promise<void>
}
