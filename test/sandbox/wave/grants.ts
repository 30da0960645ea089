export interface Token {
  token: string
  businesses: string[] | 'all'
  scopes: string[] | 'full'
  expiresAt: number | null
  revoked: boolean
}

export interface Grant {
  /** A refresh token, or a code. */
  secret: string
  accessToken: string | null
  clientId: string
  businesses: string[] | 'all'
  scopes: string[]
  redirectUri: string
  expiresAt: number | null
}

export interface Application {
  clientId: string
  clientSecret: string
  redirectUris: string[]
}

export interface Registration {
  id: string
  url: string
  secret: string
  events: string[]
  scopes: string[]
}
