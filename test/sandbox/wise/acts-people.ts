import { z } from 'zod'
import { type Act, act, InProfile, profileOf, userBy } from './acting'
import { approve, deny, isRegistered } from './consent'
import { must, save } from './model'
import { forget, revoke } from './oauth'
import { DAY } from './stamps'

const OfUser = z.object({ email: z.string().optional() })

const issueToken = act(
  OfUser.extend({
    token: z.string().optional(),
    readOnly: z.boolean().default(false),
    expiresAt: z.iso.datetime().nullable().default(null),
  }),
  (book, { email, token, readOnly, expiresAt }) => {
    const ends = expiresAt === null ? null : Date.parse(expiresAt)
    const name = token ?? crypto.randomUUID()
    const of = { user: userBy(book, email).id, client: null, revoked: false }
    return book.tokens.put(name, { token: name, kind: 'personal', readOnly, expiresAt: ends, ...of })
  },
)

/** What the consent page does with a click: answers where the browser is sent. */
const consent = act(
  InProfile.extend({
    clientId: z.string().default('wise-client'),
    redirectUri: z.string(),
    state: z.string().nullable().default(null),
    deny: z.boolean().default(false),
  }),
  (book, { profile, deny: denied, ...asked }) => {
    if (!isRegistered(book, asked)) throw new Error('Invalid client or redirect URI')
    return { location: denied ? deny(asked) : approve(book, asked, profileOf(book, profile)) }
  },
)

const revokeApp = act(OfUser.extend({ clientId: z.string().default('wise-client') }), (book, { email, clientId }) =>
  forget(book, userBy(book, email).id, clientId),
)

/** A changed login e-mail revokes everything (sheet 4): personal tokens as well, as we read it. */
const changeEmail = act(OfUser.extend({ to: z.string() }), (book, { email, to }) => {
  const user = userBy(book, email)
  forget(book, user.id)
  for (const { token, user: owner } of book.tokens.all()) if (owner === user.id) revoke(book, token)
  return save(book.users, { ...user, email: to })
})

/** A partner made the user and holds a code for it. */
const registerUser = act(
  z.object({
    clientId: z.string().default('wise-client'),
    email: z.string(),
    name: z.string().default('New User'),
    registrationCode: z.string(),
  }),
  (book, { clientId, email, name, registrationCode: secret }) => {
    const user = save(book.users, { id: book.next('user'), email, name, scaKeys: [] })
    const of = { client: clientId, user: user.id, redirectUri: '', accessToken: null }
    book.grants.put(secret, { ...of, secret, kind: 'registration', expiresAt: book.world.now() + 365 * DAY })
    return user
  },
)

const MOST_KEYS = 5

const uploadKey = act(OfUser.extend({ pem: z.string() }), (book, { email, pem }) => {
  const user = userBy(book, email)
  if (user.scaKeys.length >= MOST_KEYS) throw new Error('No more than 5 public keys')
  return save(book.users, { ...user, scaKeys: [...user.scaKeys, pem] })
})

const approveToken = act(z.object({ token: z.string() }), (book, { token }) =>
  book.oneTimeTokens.put(token, { ...must(book.oneTimeTokens.get(token), 'one-time token'), approved: true }),
)

export const peopleActs: Record<string, Act> = {
  'issue-token': issueToken,
  'revoke-token': act(z.object({ token: z.string() }), (book, { token }) => revoke(book, token)),
  consent,
  'revoke-app': revokeApp,
  'change-email': changeEmail,
  'register-user': registerUser,
  'upload-sca-key': uploadKey,
  'approve-one-time-token': approveToken,
  'set-country': act(InProfile.extend({ country: z.string() }), (book, { profile, country }) =>
    save(book.profiles, { ...profileOf(book, profile), country }),
  ),
}
