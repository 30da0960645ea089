import type { VendorRequest, VendorResponse } from '../vendor'
import type { Book, Profile } from './model'
import { makeCode } from './oauth'

/** What stands in the link to Wise's consent page (sheet 4). */
export interface Asked {
  clientId: string
  redirectUri: string
  state: string | null
}

export const readAsked = (form: URLSearchParams): Asked => ({
  clientId: form.get('client_id') ?? '',
  redirectUri: form.get('redirect_uri') ?? '',
  state: form.get('state'),
})

const page = (status: number, content: string): VendorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><html><head><title>Wise</title></head><body>${content}</body></html>`,
})

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The page with a form for each answer; a test may also put `decision=approve|deny` (and `profileId`) into the link. */
const form = (book: Book, { clientId, redirectUri, state }: Asked): string => {
  const kept = Object.entries({ client_id: clientId, redirect_uri: redirectUri, ...(state === null ? {} : { state }) })
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`).join('')
  const choices = book.profiles.all().map(({ id, name }) => `<option value="${id}">${escaped(name)}</option>`)
  return `<form method="post">${hidden}<select name="profileId">${choices.join('')}</select>
    <button name="decision" value="approve">Give access</button><button name="decision" value="deny">Cancel</button></form>`
}

/** Registered addresses are compared whole, query included (sheet 4). */
export const isRegistered = (book: Book, { clientId, redirectUri }: Asked): boolean =>
  book.clients.get(clientId)?.redirectUris.includes(redirectUri) ?? false

const backTo = ({ redirectUri, state }: Asked, result: Record<string, string>): string => {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value)
  if (state !== null) url.searchParams.set('state', state)
  return url.href
}

export const approve = (book: Book, asked: Asked, profile: Profile): string => {
  const code = makeCode(book, { client: asked.clientId, user: profile.user, redirectUri: asked.redirectUri })
  return backTo(asked, { code, profileId: String(profile.id) })
}

export const deny = (asked: Asked): string =>
  backTo(asked, { error: 'access_denied', error_description: 'User denied access' })

const chosen = (book: Book, id: string | null): Profile | undefined =>
  id === null ? book.profiles.all().at(-1) : book.profiles.get(id)

export const consentPage = (book: Book, request: VendorRequest): VendorResponse => {
  const given = new URLSearchParams(request.method === 'POST' ? request.body : request.query)
  const asked = readAsked(given)
  if (!isRegistered(book, asked)) return page(400, '<h1>Invalid client or redirect URI</h1>')
  const decision = given.get('decision') ?? book.world.switched('oauth.consent', 'ask')
  const profile = chosen(book, given.get('profileId'))
  if (decision === 'deny') return { status: 302, headers: { location: deny(asked) }, body: null }
  if (decision === 'approve' && profile)
    return { status: 302, headers: { location: approve(book, asked, profile) }, body: null }
  return page(200, form(book, asked))
}
