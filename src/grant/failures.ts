import type { Failure } from '../core/failure'
import type { Environment, VendorName } from '../core/vendor'
import type { Redeemed } from './token-endpoint'

/** What the token endpoint's no means for those who wait for a token. */
export const failureOf = (vendor: VendorName, redeemed: Exclude<Redeemed, { kind: 'tokens' }>): Failure => {
  if (redeemed.kind === 'outage') return patience(vendor, `its token endpoint gave no answer (${redeemed.words})`)
  switch (redeemed.code) {
    case 'invalid_client':
    case 'unauthorized_client':
      return no(
        vendor,
        'app_refused',
        redeemed.words,
        'Check the client id and secret of the app (worker secrets, or the connection’s own), and its redirect URL.',
      )
    case 'status_403':
      return no(
        vendor,
        'plan_lapsed',
        redeemed.words,
        `Look at the plan of the company in ${vendor}: access by apps may need a paid one. It goes on by itself once that is back.`,
      )
    default:
      return refusedFor(vendor, redeemed.words)
  }
}

export const refusedFor = (vendor: VendorName, cause: string): Failure =>
  no(vendor, 'consent_ended', cause, 'Connect it again (GET …/authorize). Waiting records go on by themselves.')

export const patience = (vendor: VendorName, why: string): Failure => ({
  kind: 'transient',
  code: `${vendor}_token_endpoint`,
  message: `no access token for ${vendor}: ${why}`,
  remedy: 'Nothing to do: it is tried again.',
})

export const noApp = (vendor: VendorName, environment: Environment): Failure =>
  no(
    vendor,
    'no_app',
    `this deployment has no ${environment} app for ${vendor}`,
    'Store the client id and secret of the app as worker secrets (see the README), then connect again.',
  )

export const notConnected = (): Failure => ({
  kind: 'unauthorised',
  code: 'not_connected',
  message: 'nobody has consented to this connection',
  remedy: 'Connect it (GET …/authorize). Waiting records go on by themselves.',
})

const no = (vendor: VendorName, code: string, message: string, remedy: string): Failure => ({
  kind: 'unauthorised',
  code: `${vendor}_${code}`,
  message,
  remedy,
})
