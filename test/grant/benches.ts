import type { Consent } from '../../src/core/grant'
import type { VendorName } from '../../src/core/vendor'
import type { TestWorld } from '../support/world'

/** What is different between vendors: the app, the page where the user agrees, the token endpoint, how long tokens live. */
export interface Bench {
  vendor: VendorName
  app: { clientId: string; clientSecret: string }
  /** Of the URL, where the vendor is an instance with a site of its own. */
  site: string
  page: string
  scope: string
  token: string
  /** After this time, the access token has ended, and the next refresh brings another refresh token. */
  life: number
  seed(world: TestWorld): Promise<unknown>
}

const HOUR = 3_600_000

const redirectOf = ({ vendor }: Pick<Bench, 'vendor'>) => `https://connector.test/oauth/${vendor}/callback`

export const wave: Bench = {
  vendor: 'wave',
  app: { clientId: 'wave-app', clientSecret: 'marker-secret-wave-app-secret' },
  site: '',
  page: '/oauth2/authorize/',
  scope: 'invoice:read',
  token: '/oauth2/token/',
  life: 2 * HOUR,
  seed: (world) =>
    world.seed({ wave: { applications: [{ ...wave.app, redirectUris: [redirectOf(wave)] }], businesses: [{}] } }),
}

export const quickbooks: Bench = {
  vendor: 'quickbooks',
  app: { clientId: 'quickbooks-app', clientSecret: 'marker-secret-quickbooks-app-secret' },
  site: '',
  page: '/connect/oauth2',
  scope: 'com.intuit.quickbooks.accounting',
  token: '/oauth2/v1/tokens/bearer',
  life: 25 * HOUR,
  seed: async (world) => {
    const apps = [{ ...quickbooks.app, redirectUris: [redirectOf(quickbooks)], environment: 'development' }]
    await world.switches({ 'quickbooks.oauth.consent': 'auto' })
    return world.seed({ quickbooks: { apps, realms: [{ environment: 'sandbox' }], grants: [] } })
  },
}

export const freshbooks: Bench = {
  vendor: 'freshbooks',
  app: { clientId: 'freshbooks-app', clientSecret: 'marker-secret-freshbooks-app-secret' },
  site: '',
  page: '/oauth/authorize',
  scope: 'user:profile:read',
  token: '/auth/oauth/token',
  life: 13 * HOUR,
  seed: async (world) => {
    const applications = [{ ...freshbooks.app, redirectUris: [redirectOf(freshbooks)] }]
    await world.switches({ 'freshbooks.oauth.consent': 'approve' })
    return world.seed({ freshbooks: { applications, businesses: [{ name: 'Maple Goods' }] } })
  },
}

export const acumatica: Bench = {
  vendor: 'acumatica',
  app: {
    clientId: '5e1f2a70-3c44-4b1d-9c0e-0a7b6d5c4e3f@MyTenant',
    clientSecret: 'marker-secret-acumatica-app',
  },
  site: '/Prod',
  page: '/identity/connect/authorize',
  scope: 'api offline_access',
  token: '/identity/connect/token',
  life: 2 * HOUR,
  seed: (world) => {
    const apps = [{ ...acumatica.app, redirectUris: [redirectOf(acumatica)] }]
    const tenants = [{ name: 'MyTenant', users: [{ name: 'api', password: 'marker-secret-acumatica-user' }] }]
    return world.seed({ acumatica: { instance: { site: 'Prod' }, apps, tenants, grants: [] } })
  },
}

export const wise: Bench = {
  vendor: 'wise',
  app: { clientId: 'wise-app', clientSecret: 'marker-secret-wise-app-secret' },
  site: '',
  page: '/oauth/authorize/',
  scope: '',
  token: '/oauth/token',
  life: 13 * HOUR,
  seed: async (world) => {
    const clients = [{ ...wise.app, redirectUris: [redirectOf(wise)] }]
    await world.switches({ 'wise.webhooks.probe': 'skip', 'wise.oauth.consent': 'approve' })
    return world.seed({ wise: { clients } })
  },
}

/** The user agrees, and is sent back with a code. */
export const agree = async (world: TestWorld, bench: Bench): Promise<Consent> => {
  const { vendor, app, site, page, scope } = bench
  const baseUrl = `${world.baseUrl(vendor)}${site}`
  const redirectUri = redirectOf(bench)
  const query = { client_id: app.clientId, redirect_uri: redirectUri, response_type: 'code', state: 's', scope }
  const response = await fetch(`${baseUrl}${page}?${new URLSearchParams(query)}`, { redirect: 'manual' })
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
  return {
    vendor,
    environment: 'sandbox',
    settings: { baseUrl, ...(site && { tenantUrl: baseUrl }) },
    app,
    how: { kind: 'code', code, verifier: 'a'.repeat(43), redirectUri },
  }
}
