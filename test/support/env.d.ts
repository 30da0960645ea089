declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
    PROPERTY_SEED: string
    /** Three in a minute. */
    TIGHT_RATE: RateLimit
    WAVE_CLIENT_ID_SANDBOX: string
    WAVE_CLIENT_SECRET_SANDBOX: string
    FRESHBOOKS_CLIENT_ID_SANDBOX: string
    FRESHBOOKS_CLIENT_SECRET_SANDBOX: string
    WAVE_WEBHOOK_SECRET: string
    QUICKBOOKS_CLIENT_ID_SANDBOX: string
    QUICKBOOKS_CLIENT_SECRET_SANDBOX: string
    QUICKBOOKS_WEBHOOK_SECRET_SANDBOX: string
    WAVE_WEBHOOK_SECRET_SANDBOX: string
  }
}
