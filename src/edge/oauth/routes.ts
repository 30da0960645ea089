import { Hono } from 'hono'
import type { html } from 'hono/html'
import { type Account, type Vendor, VendorName } from '../../core/vendor'
import { checkEnv, type Env } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { log } from '../../lib/log'
import { trace } from '../../lib/trace'
import { vendors } from '../../registry'
import { type ConnectionConfig, openDb } from '../../store/config'
import { findConnection } from '../../store/connections'
import type { Who } from '../admin/change'
import { giveBackUnused, type Obtained, obtain, type Refusal, settle } from './connect'
import { choicePage, connectedPage, HEADERS, refusedPage } from './pages'
import { leave, take, type UnderWay } from './state'

/** Where vendors send the user's browser back to. */
export const oauth = new Hono<{ Bindings: Env }>()

oauth.get('/:vendor/callback', (c) =>
  answered(c.env, c.req.param('vendor'), (vendor) => back(c.env, vendor, new URL(c.req.url).searchParams)),
)

oauth.post('/:vendor/choose', async (c) => {
  const form = await c.req.parseBody()
  const [ticket, account] = [String(form.ticket ?? ''), String(form.account ?? '')]
  return answered(c.env, c.req.param('vendor'), (vendor) => choose(c.env, vendor, ticket, account))
})

type Page = ReturnType<typeof html>
type Answer = { status: 200 | 400; page: Page }

const answered = async (env: Env, name: string, work: (vendor: Vendor) => Promise<Answer>): Promise<Response> => {
  checkEnv(env)
  const vendor = vendors[VendorName.safeParse(name).data ?? 'cin7']
  const { status, page } =
    vendor?.oauth && vendor.name === name
      ? await work(vendor).catch(broken)
      : no({ title: 'There is nothing here', remedy: '' })
  return new Response(String(await page), { status, headers: HEADERS })
}

const no = ({ title, remedy }: Refusal): Answer => ({ status: 400, page: refusedPage(title, remedy) })

const broken = (thrown: unknown): Answer => {
  log('connect_failed', { error: trace(thrown) })
  return no({
    title: 'Not connected',
    remedy: 'Something went wrong here; nothing was changed. Ask for a new link and try again.',
  })
}

const STALE: Refusal = {
  title: 'This link was used before, or is too old',
  remedy: 'It works once, within ten minutes. Ask for a new one (GET …/authorize). Nothing was changed.',
}

const GONE: Refusal = {
  title: 'This connection does not exist any more',
  remedy: 'It was deleted meanwhile. Make a new one, and ask for a new link.',
}

const back = async (env: Env, vendor: Vendor, query: URLSearchParams): Promise<Answer> => {
  const underWay = await take(env, vendor.name, query.get('state') ?? '')
  if (underWay?.waiting.kind !== 'code') return no(STALE)
  const denied = query.get('error')
  if (denied !== null) return no(refusedBy(vendor, denied))
  const code = query.get('code') ?? ''
  const connection = await findConnection(openDb(env.DB), underWay.tenant, underWay.connection)
  if (!connection) return no(GONE)
  if (code === '') return no(STALE)
  const { verifier, redirectUri } = underWay.waiting
  const account = query.get(vendor.oauth?.accountParameter ?? '') ?? undefined
  const obtained = await obtain(env, vendor, connection, { kind: 'code', code, verifier, redirectUri }, account)
  return 'title' in obtained ? no(obtained) : companyOf(env, vendor, connection, underWay, obtained)
}

/** The pinned company, the only one, or the one that the user chooses. */
const companyOf = async (
  env: Env,
  vendor: Vendor,
  connection: ConnectionConfig,
  underWay: UnderWay,
  obtained: Obtained,
): Promise<Answer> => {
  const { accounts, credentials, scope } = obtained
  const pinned = accounts.find(({ id }) => id === connection.account?.id)
  const account = pinned ?? (accounts.length === 1 || connection.account ? accounts[0] : undefined)
  if (account) return finish(whoOf(env, underWay), vendor, connection, obtained, account)
  if (accounts.length === 0) {
    await giveBackUnused(env, credentials.grant)
    return no({
      title: 'Not connected: this consent reaches no company',
      remedy: 'Consent as somebody who may open the company’s books.',
    })
  }
  const waiting = { kind: 'choice' as const, credentials, scope, accounts }
  const ticket = await leave(env, vendor.name, { ...underWay, waiting })
  return { status: 200, page: choicePage(vendor.name, ticket, accounts) }
}

const choose = async (env: Env, vendor: Vendor, ticket: string, chosen: string): Promise<Answer> => {
  const underWay = await take(env, vendor.name, ticket)
  if (underWay?.waiting.kind !== 'choice') return no(STALE)
  const { accounts, scope, credentials } = underWay.waiting
  const account = accounts.find(({ id }) => id === chosen)
  const connection = await findConnection(openDb(env.DB), underWay.tenant, underWay.connection)
  const grant = String(credentials.grant)
  if (!account || !connection) {
    await giveBackUnused(env, grant)
    return no(connection ? STALE : GONE)
  }
  return finish(
    whoOf(env, underWay),
    vendor,
    connection,
    { credentials: { ...credentials, kind: 'oauth', grant }, scope },
    account,
  )
}

const finish = async (
  who: Who,
  { name }: Vendor,
  connection: ConnectionConfig,
  obtained: Omit<Obtained, 'accounts'>,
  account: Account,
): Promise<Answer> => {
  const settled = await settle(who, connection, obtained, account)
  if ('title' in settled) return no(settled)
  return { status: 200, page: connectedPage(name, settled.account, settled.first, settled.warnings) }
}

const whoOf = (env: Env, { key, principal }: UnderWay): Who => ({ env, key, principal, request: newId('x', now()) })

const refusedBy = ({ name }: Vendor, error: string): Refusal =>
  error === 'access_denied'
    ? {
        title: 'Consent was denied',
        remedy: `Nothing was changed. Ask for a new link and agree in ${name}, if that was not meant.`,
      }
    : {
        title: `${name} refused: ${error.replace(/[^\w .-]/g, '').slice(0, 80)}`,
        remedy: 'Check the app’s settings at the vendor (scopes, redirect URL). Nothing was changed.',
      }
