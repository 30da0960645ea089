/** Who may call, and by what token. */
export interface User {
  id: number
  email: string
  name: string
  /** Public keys for signed one-time tokens, SPKI PEM, at most five (sheet 4). */
  scaKeys: string[]
}

/** A partner's application. `key` names it in paths of application webhooks. */
export interface Client {
  id: string
  secret: string
  key: string
  redirectUris: string[]
}

export interface Token {
  token: string
  kind: 'personal' | 'user' | 'client'
  readOnly: boolean
  /** `null` for client credentials. */
  user: number | null
  client: string | null
  expiresAt: number | null
  revoked: boolean
}

/** A code, a registration code, or a refresh token. */
export interface Grant {
  secret: string
  kind: 'code' | 'registration' | 'refresh'
  client: string
  user: number
  redirectUri: string
  accessToken: string | null
  expiresAt: number
}

/** For strong customer authentication; works once (sheet 4). */
export interface OneTimeToken {
  token: string
  user: number
  /** Method and path that it was given out for. */
  call: string
  expiresAt: number
  approved: boolean
  used: boolean
}
