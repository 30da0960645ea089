import type { TestWorld } from '../world'
import type { Apps } from './apps'
import type { LocalWorkers } from './workers'

/** A FreshBooks business of one person, with our app there. No two worlds share an id: the connector remembers each. */
export interface Owner {
  identity: string
  account: string
}

const MOST = 2 ** 40

export const seedOwner = async (
  world: TestWorld,
  { apps, connector }: { apps: Apps } & Pick<LocalWorkers, 'connector'>,
  business: object,
): Promise<Owner> => {
  const { clientId, clientSecret } = apps.freshbooks ?? {}
  const identity = 10_000 + Math.floor(Math.random() * MOST)
  const account = `aB${crypto.randomUUID().slice(0, 6)}`
  const redirectUris = [`${connector}/oauth/freshbooks/callback`]
  // On this machine the connector is at no https address.
  await world.switches({ 'freshbooks.oauth.consent': 'approve', 'freshbooks.oauth.httpRedirect': true })
  await world.seed({
    freshbooks: {
      applications: [{ clientId, clientSecret, redirectUris }],
      identities: [{ id: identity }],
      businesses: [{ accountId: account, ...business }],
    },
  })
  return { identity: String(identity), account }
}
