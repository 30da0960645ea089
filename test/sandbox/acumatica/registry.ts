import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import type { AccessToken, App, AuthCode, Grant, Instance, Operation, Session, Tenant } from './model'

/** What belongs to the server rather than to one tenant's books. */
export interface Registry {
  tenants: Collection<Tenant>
  apps: Collection<App>
  grants: Collection<Grant>
  tokens: Collection<AccessToken>
  codes: Collection<AuthCode>
  sessions: Collection<Session>
  operations: Collection<Operation>
}

export const openRegistry = ({ store }: WorldContext): Registry => ({
  tenants: store.collection('tenant'),
  apps: store.collection('app'),
  grants: store.collection('grant'),
  tokens: store.collection('token'),
  codes: store.collection('code'),
  sessions: store.collection('session'),
  operations: store.collection('operation'),
})

const NO_INSTANCE: Instance = { site: '', build: '24.205.0007', endpoints: [] }

export const instanceOf = ({ store }: WorldContext): Instance =>
  store.collection<Instance>('instance').get('instance') ?? NO_INSTANCE

export const keepInstance = ({ store }: WorldContext, instance: Instance): void =>
  void store.collection<Instance>('instance').put('instance', instance)

export const knownTenant = (world: WorldContext, name: string): Tenant => {
  const tenant = openRegistry(world).tenants.get(name)
  if (!tenant) throw new Error(`simulator: no Acumatica tenant ${name}`)
  return tenant
}

/** `GUID@Tenant` */
export const tenantOf = (clientId: string): string => clientId.slice(clientId.indexOf('@') + 1)
