import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { type App, type Family, openRegistry } from './apps'
import { knownRealm } from './books'
import { announce, flushHeld, sendRaw } from './events'
import { end, startFamily } from './families'
import { freshCode } from './oauth-consent'
import { answered, nextDue } from './outbox'
import { seedGrant } from './seed'
import { HookSeed } from './seed-input'

/** What happens around the companies: consents, tokens, webhooks. */
export type AppAct = (world: WorldContext, input: unknown) => unknown

const appAct =
  <S extends z.ZodType>(schema: S, run: (world: WorldContext, input: z.infer<S>) => unknown): AppAct =>
  (world, input) =>
    run(world, schema.parse(input))

const OfApp = z.looseObject({ clientId: z.string().optional() })
const OfRealm = z.looseObject({ realmId: z.string().optional() })

const appOf = (world: WorldContext, clientId: string | undefined): App => {
  const { apps } = openRegistry(world)
  const app = clientId === undefined ? apps.all()[0] : apps.get(clientId)
  if (!app) throw new Error(`simulator: no app ${clientId}`)
  return app
}

const liveFamilies = (world: WorldContext, realmId: string | undefined): Family[] =>
  openRegistry(world)
    .families.all()
    .filter((family) => family.ended === null && (realmId === undefined || family.realmId === realmId))

/** The user has said yes: a code, as the consent page would have sent it back. */
const consent = appAct(
  OfApp.extend({ realmId: z.string(), redirectUri: z.string().optional() }),
  (world, { clientId, realmId, redirectUri }) => {
    const app = appOf(world, clientId)
    const to = redirectUri ?? app.redirectUris[0] ?? ''
    return { code: freshCode(world, app, knownRealm(world, realmId), to), realmId, redirectUri: to }
  },
)

const grant = appAct(z.looseObject({}), (world, input) => seedGrant(world, input))

/** A consent whose tokens nobody knows: for webhooks of companies that are connected elsewhere. */
const connect = appAct(OfApp.extend({ realmId: z.string() }), (world, { clientId, realmId }) => {
  startFamily(world, appOf(world, clientId).clientId, realmId)
})

const disconnect = appAct(OfRealm, (world, { realmId }) => {
  for (const family of liveFamilies(world, realmId)) end(world, family, 'disconnected')
})

const admin = (lostAdmin: boolean): AppAct =>
  appAct(OfRealm, (world, { realmId }) => {
    const { families } = openRegistry(world)
    for (const family of liveFamilies(world, realmId)) families.put(family.id, { ...family, lostAdmin })
  })

const expireAccess: AppAct = (world) => {
  const { tokens } = openRegistry(world)
  for (const token of tokens.all()) tokens.put(token.token, { ...token, expiresAt: world.now() })
}

const hook = appAct(OfApp.extend({ hook: HookSeed.nullable() }), (world, { clientId, hook }) => {
  const app = appOf(world, clientId)
  return openRegistry(world).apps.put(app.clientId, { ...app, hook })
})

const Emit = z.looseObject({
  realmId: z.string(),
  entity: z.string(),
  id: z.string(),
  operation: z.enum(['Create', 'Update', 'Delete', 'Merge', 'Void', 'Emailed']).default('Update'),
  deletedId: z.string().optional(),
})

/** An event about anything, also about what this simulator does not hold. */
const emit = appAct(Emit, (world, { realmId, entity, id, operation, deletedId }) =>
  announce(world, { realmId, name: entity, id, operation, ...(deletedId === undefined ? {} : { deletedId }) }),
)

const emitRaw = appAct(OfApp.extend({ body: z.string() }), (world, { clientId, body }) =>
  sendRaw(world, appOf(world, clientId), body),
)

const flush = appAct(z.looseObject({ reversed: z.boolean().default(false) }), (world, { reversed }) => ({
  sent: flushHeld(world, reversed),
}))

const next = appAct(z.looseObject({ tampered: z.boolean().default(false) }), (world, { tampered }) =>
  nextDue(world, tampered),
)

const told = appAct(
  z.looseObject({ id: z.string(), status: z.number(), ms: z.number().default(0) }),
  (world, { id, status, ms }) => answered(world, id, status, ms),
)

export const APP_ACTS: Record<string, AppAct> = {
  consent,
  grant,
  connect,
  disconnect,
  'lose-admin': admin(true),
  'regain-admin': admin(false),
  'expire-access': expireAccess,
  hook,
  emit,
  'emit-raw': emitRaw,
  'flush-webhooks': flush,
  'next-webhook': next,
  'answer-webhook': told,
}
