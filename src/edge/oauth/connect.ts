import type { Failure } from '../../core/failure'
import type { Consent, GrantApi } from '../../core/grant'
import type { Answered, Trial } from '../../core/tenant'
import { type Account, OAuthApp, type Vendor } from '../../core/vendor'
import { type Env, oauthApp } from '../../env'
import { sha256 } from '../../lib/bytes'
import { now, pause } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { log } from '../../lib/log'
import { type ConnectionConfig, openDb } from '../../store/config'
import { connectAccount, holderOf, sharesGrant } from '../../store/connections'
import { changeAs, type Who } from '../admin/change'
import { forgetDoors } from '../doors'
import { tenantOf } from '../tenants'
import { openCredentials, sealCredentials } from './state'

export const grantOf = (env: Env, name: string): GrantApi => env.GRANT.get(env.GRANT.idFromName(name))

/** A refusal in words that a person in front of a browser understands. */
export interface Refusal {
  title: string
  remedy: string
}

/** The app that asks for consent: the connection's own, or the deployment's. */
export const appOf = async (
  env: Env,
  connection: ConnectionConfig,
  { oauth, name }: Vendor,
): Promise<{ app: OAuthApp; own: boolean } | undefined> => {
  const own = oauth?.app === 'connection'
  const app = own
    ? OAuthApp.safeParse(await openCredentials(env, connection)).data
    : oauthApp(env, name, connection.environment)
  return app && { app, own }
}

/** Tokens that were obtained and are not used yet. */
export interface Obtained {
  credentials: { kind: 'oauth'; grant: string } & Partial<OAuthApp>
  scope: string
  accounts: Account[]
}

/**
 * Redeems a consent into a grant of its own, so that a refused company leaves the tokens in use alone; where a chain belongs to a
 * person, it goes to that person's grant. Then asks which companies it reaches.
 */
export const obtain = async (
  env: Env,
  vendor: Vendor,
  connection: ConnectionConfig,
  how: Consent['how'],
  account: string | undefined,
): Promise<Obtained | Refusal> => {
  const { id, tenant, environment, settings } = connection
  const known = await appOf(env, connection, vendor)
  if (!known) return noApp(vendor)
  const fresh = newId('g', now())
  const app = known.own ? known.app : null
  const consented = await grantOf(env, fresh).consent({ vendor: vendor.name, environment, settings, app, how })
  if (!consented.ok) return refusalOf(consented.failure)
  const { scope } = consented.value
  const trial = async (grant: string) => {
    const credentials = { kind: 'oauth' as const, grant, ...(known.own && known.app) }
    const sealed = await sealCredentials(env, connection, credentials)
    return { credentials, trial: { sealed, scope, ...(account !== undefined && { account }) } }
  }
  const first = await trial(fresh)
  const person = await whoConsented(env, connection, first.trial)
  if (!person.ok) return dropped(env, fresh, person.failure)
  const grant = person.value === '' ? fresh : await personal(env, vendor, connection, fresh, known.app, person.value)
  const final = grant === fresh ? first : await trial(grant)
  const reached = await tenantOf(env, tenant).companies(id, final.trial)
  if (!reached.ok) return dropped(env, grant, reached.failure)
  return { credentials: final.credentials, scope, accounts: reached.value }
}

/** Asked three times: the consent has ended the chain of this person's other connections, which need the new one. */
const whoConsented = async (
  env: Env,
  connection: Pick<ConnectionConfig, 'id' | 'tenant'>,
  trial: Trial,
  waits = [1_000, 4_000],
): Promise<Answered<string>> => {
  const person = await tenantOf(env, connection.tenant).identity(connection.id, trial)
  const [wait, ...more] = waits
  if (person.ok || wait === undefined || !['transient', 'throttled'].includes(person.failure.kind)) return person
  await pause(wait)
  return whoConsented(env, connection, trial, more)
}

/** All connections that one person made with one app share one chain of tokens. */
const personal = async (
  env: Env,
  { name }: Vendor,
  { environment }: ConnectionConfig,
  fresh: string,
  { clientId }: OAuthApp,
  person: string,
): Promise<string> => {
  const grant = `g_${await sha256(`${name}|${environment}|${clientId}|${person}`)}`
  await grantOf(env, fresh).moveTo(grant)
  return grant
}

const dropped = async (env: Env, grant: string, failure: Failure): Promise<Refusal> => {
  await giveBackUnused(env, grant)
  return refusalOf(failure)
}

/** What was obtained in vain is given back; not where it has become the chain of connections that this person made before. */
export const giveBackUnused = async (env: Env, grant: string): Promise<void> => {
  if (!(await sharesGrant(openDb(env.DB), { id: '', grant }))) await giveBack(env, grant)
}

/** `last` = no connection of the company is left. */
export const giveBack = async (env: Env, grant: string, last = false): Promise<void> => {
  await grantOf(env, grant)
    .forget(last)
    .catch((thrown: unknown) => log('forget_failed', { error: thrown instanceof Error ? thrown.name : 'error' }))
}

export type Settled = { account: Account; first: boolean; warnings: string[] }

/** The company is known: pinned, stored, told to the tenant. The tokens used before are given back. */
export const settle = async (
  who: Who,
  connection: ConnectionConfig,
  { credentials, scope }: Omit<Obtained, 'accounts'>,
  account: Account,
  state?: 'ready',
): Promise<Settled | Refusal> => {
  const { env } = who
  const db = openDb(env.DB)
  const back = async (refusal: Refusal): Promise<Refusal> => {
    await giveBackUnused(env, credentials.grant)
    return refusal
  }
  if (connection.account && connection.account.id !== account.id) return back(otherCompany(connection.account, account))
  if (await holderOf(db, connection, account.id)) return back(taken(account))
  const sealed = await sealCredentials(env, connection, credentials)
  const first = connection.account === null || connection.state === 'confirm'
  const connected = {
    account,
    credentials: sealed,
    grant: credentials.grant,
    state: state ?? (first ? 'confirm' : 'ready'),
  } as const
  const details = {
    id: connection.id,
    before: { account: connection.account, state: connection.state },
    after: { account, state: connected.state },
    scope,
  }
  const action = { tenant: connection.tenant, name: 'connection.connect', details }
  await changeAs(who, action, [connectAccount(db, connection.id, connected)])
  forgetDoors()
  const { grant } = connection
  if (grant !== null && grant !== credentials.grant && !(await sharesGrant(db, connection))) await giveBack(env, grant)
  const trial = { sealed, scope, account: account.id }
  const tested = await tenantOf(env, connection.tenant).reach(connection.id, trial)
  return { account, first, warnings: tested.ok ? tested.value.warnings : [] }
}

const noApp = ({ name, oauth }: Vendor): Refusal => ({
  title: `There is no app for ${name}`,
  remedy:
    oauth?.app === 'connection'
      ? 'Store the client id and secret of the app with the connection first (PUT …/credentials).'
      : 'The operator of this deployment has to store the client id and secret of the app as worker secrets.',
})

const refusalOf = ({ message, remedy }: Failure): Refusal => ({ title: `Not connected: ${message}`, remedy })

const otherCompany = (pinned: Account, reached: Account): Refusal => ({
  title: `Not connected: this consent reaches ${reached.name}`,
  remedy: `The connection stands for ${pinned.name} and for nothing else. Consent again and choose ${pinned.name}, or make a new connection for ${reached.name}. Nothing was changed.`,
})

const taken = ({ name }: Account): Refusal => ({
  title: `Not connected: ${name} already has a connection`,
  remedy: 'One company has one connection in a deployment, because the vendor’s limits are per company. Use that one.',
})
