import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { freshCode } from './authorize'
import type { App } from './model'
import { answerPush, nextPush, resendPush } from './outbox'
import { openRegistry } from './registry'
import { seedGrant } from './seed'
import { closeSession, liveSessions } from './sessions'

/** What happens around the books: consents, tokens, seats, pushes. */
export type ServerAct = (world: WorldContext, input: unknown) => unknown

const serverAct =
  <S extends z.ZodType>(schema: S, run: (world: WorldContext, input: z.infer<S>) => unknown): ServerAct =>
  (world, input) =>
    run(world, schema.parse(input))

const OfApp = z.looseObject({ clientId: z.string().optional() })

const appOf = (world: WorldContext, clientId: string | undefined): App => {
  const { apps } = openRegistry(world)
  const app = clientId === undefined ? apps.all()[0] : apps.get(clientId)
  if (!app) throw new Error(`simulator: no connected application ${clientId}`)
  return app
}

/** The user has said yes: a code, as the redirect would carry it. */
const consent = serverAct(
  OfApp.extend({
    redirectUri: z.string().optional(),
    user: z.string().nullable().default(null),
    scopes: z.array(z.string()).default(['api', 'offline_access']),
  }),
  (world, { clientId, redirectUri, user, scopes }) => {
    const app = appOf(world, clientId)
    const to = redirectUri ?? app.redirectUris[0] ?? ''
    return { code: freshCode(world, app, { redirectUri: to, scopes, challenge: null, user }), redirectUri: to }
  },
)

/** An administrator ends the consents of an application, or removes it altogether. */
const revoke = serverAct(OfApp, (world, { clientId }) => {
  const { grants } = openRegistry(world)
  const app = appOf(world, clientId)
  for (const grant of grants.all()) {
    if (grant.clientId !== app.clientId) continue
    grants.put(grant.id, { ...grant, ended: 'revoked' })
    closeSession(world, grant.id)
  }
})

const removeApp = serverAct(OfApp, (world, { clientId }) => {
  revoke(world, { clientId })
  openRegistry(world).apps.delete(appOf(world, clientId).clientId)
})

const changeSecret = serverAct(OfApp.extend({ clientSecret: z.string() }), (world, { clientId, clientSecret }) => {
  const app = appOf(world, clientId)
  openRegistry(world).apps.put(app.clientId, { ...app, clientSecret })
})

const expireAccess: ServerAct = (world) => {
  const { tokens } = openRegistry(world)
  for (const token of tokens.all()) tokens.put(token.token, { ...token, expiresAt: world.now() })
}

const endSessions: ServerAct = (world) => {
  for (const { id } of liveSessions(world)) closeSession(world, id)
}

const next = serverAct(
  z.looseObject({ reversed: z.boolean().default(false), tampered: z.boolean().default(false) }),
  (world, options) => nextPush(world, options),
)

const answered = serverAct(z.looseObject({ id: z.string(), status: z.number() }), (world, { id, status }) =>
  answerPush(world, id, status),
)

const resend = serverAct(z.looseObject({ id: z.string() }), (world, { id }) => resendPush(world, id))

export const SERVER_ACTS: Readonly<Record<string, ServerAct>> = {
  consent,
  grant: (world, input) => seedGrant(world, input),
  revoke,
  'remove-app': removeApp,
  'change-secret': changeSecret,
  'expire-access': expireAccess,
  'end-sessions': endSessions,
  'next-push': next,
  'answer-push': answered,
  'resend-push': resend,
}
