import { Hono } from 'hono'
import type { AuditEntry } from '../core/audit'
import { type Message, recordKey, tidingsRow } from '../core/job'
import { type Change, type Delivery, type Environment, type Vendor, VendorName } from '../core/vendor'
import { appWebhookSecret, checkEnv, type Env, oauthApp, queueOf } from '../env'
import { readCapped } from '../lib/bytes'
import { now } from '../lib/clock'
import { idsInOrder } from '../lib/ids'
import { log, logUsual } from '../lib/log'
import { sealDocument } from '../lib/seal'
import { trace } from '../lib/trace'
import { pairs, vendors } from '../registry'
import { isCertified } from './certificate'
import { doorOf, type OpenDoor } from './doors'
import { isForHook, shakeHands } from './handshake'
import { RETRY_AFTER_S, refusalIsWithin } from './rate-limits'
import { SERVICE_TENANT, tenantKey, tenantOf } from './tenants'
import { noteLists } from './touched-lists'

const nextCorrelation = idsInOrder('x')

/** Larger bodies are not read. */
const LARGEST = 1_048_576

/** Vendors' webhooks: check the raw body, note what changed, hand over. Nothing is read again here; that is the tenant's work. */
export const webhooks = new Hono<{ Bindings: Env }>()

webhooks.post('/:vendor', (c) => receive(c.env, c.req.raw, c.req.param('vendor'), { environment: 'production' }))
webhooks.post('/:vendor/:connection', (c) =>
  receive(c.env, c.req.raw, c.req.param('vendor'), { connection: c.req.param('connection') }),
)

webhooks.post('/:vendor/:connection/:hook', (c) => {
  const { vendor, connection, hook } = c.req.param()
  // No pattern of its own: with two that fit one path, Hono walks a tree instead of trying one expression.
  const isOfApp = connection === 'app' && hook === 'sandbox'
  const address = isOfApp ? { environment: 'sandbox' as const } : { connection, hook }
  return receive(c.env, c.req.raw, vendor, address, (work) => c.executionCtx.waitUntil(work))
})

/** Vendors send to one URL per connection, or to one per app; then the signed body says whose it is. */
type Address = { connection: string; hook?: string } | { environment: Environment }

/** `certified`: whether the sender showed a client certificate that holds. */
type Arrived = Delivery & { certified(): boolean }

/** Work that goes on after the answer. */
type Later = (work: Promise<unknown>) => void

const receive = async (
  env: Env,
  request: Request,
  name: string,
  address: Address,
  later: Later = () => {},
): Promise<Response> => {
  checkEnv(env)
  const vendor = vendors[VendorName.safeParse(name).data ?? 'wise']
  if (!vendor?.webhook || vendor.name !== name) return refused(env, request)
  const body = await readCapped(request, LARGEST)
  if (body === undefined) return plain(413)
  const delivery: Delivery = { headers: request.headers, body }
  if (vendor.webhook.probe(delivery)) return plain(200)
  try {
    const answer = await take(env, vendor, { ...delivery, certified: () => isCertified(request) }, address, later)
    return answer.status === 401 ? await refused(env, request) : answer
  } catch (thrown) {
    log('webhook_failed', { vendor: name, error: trace(thrown) })
    return plain(503)
  }
}

/** Counted only now that it is refused: a delivery with a good signature never waits for bad ones. */
const refused = async (env: Env, request: Request): Promise<Response> =>
  (await refusalIsWithin(env, request, 'signature'))
    ? plain(401)
    : new Response('too many deliveries with a bad signature: check the secret of this webhook', {
        status: 429,
        headers: { 'retry-after': RETRY_AFTER_S },
      })

const take = async (env: Env, vendor: Vendor, delivery: Arrived, address: Address, later: Later): Promise<Response> => {
  const { webhook } = vendor
  if (!webhook) return plain(401)
  const known = 'connection' in address ? await doorOf(env, { connection: address.connection }) : undefined
  if (isClosedTo(delivery, known)) return plain(401)
  const hook = 'connection' in address && address.hook !== undefined ? address.hook : undefined
  if (hook !== undefined && known?.vendor === vendor.name && webhook.handshake?.(delivery))
    return plain((await shakeHands(env, webhook, known, hook, delivery, later)) ? 200 : 401)
  if (!(await isAuthentic(env, vendor, delivery, address, known))) return plain(401)
  const told = known ? [{ account: known.account, door: known }] : await doorsOf(env, vendor, delivery, address)
  if (told.some(({ door }) => isClosedTo(delivery, door))) return plain(401)
  for (const { account, door } of told) {
    const changes = webhook.changes(delivery, account || webhook.accounts(delivery)[0] || '')
    if (!changes) return plain(400)
    if (door) await notify(env, vendor, delivery, door)
    if (door) await noteLists(env, vendor, door.connection, changes)
    if (!door || changes.length === 0) await ignored(env, door, vendor, account)
    else await send(env, vendor, door, changes)
  }
  if (told.length === 0 && !webhook.changes(delivery, '')) return plain(400)
  return plain(200)
}

/** A connection may demand a client certificate beside the signature. */
const isClosedTo = ({ certified }: Arrived, door: OpenDoor | undefined): boolean =>
  door?.clientCertificate === true && !certified()

/** A delivery to the URL of an app may be about several companies, connected or not. */
const doorsOf = (
  env: Env,
  vendor: Vendor,
  delivery: Delivery,
  address: Address,
): Promise<{ account: string; door: OpenDoor | undefined }[]> => {
  const environment = 'environment' in address ? address.environment : 'production'
  const accounts = [...new Set(vendor.webhook?.accounts(delivery) ?? [])]
  return Promise.all(
    accounts.map(async (account) => ({
      account,
      door: await doorOf(env, { vendor: vendor.name, environment, account }),
    })),
  )
}

const isAuthentic = async (
  env: Env,
  vendor: Vendor,
  delivery: Delivery,
  address: Address,
  known: OpenDoor | undefined,
): Promise<boolean> => {
  const { webhook } = vendor
  if (!webhook) return false
  if ('connection' in address && address.hook !== undefined)
    return known?.vendor === vendor.name && isForHook(env, webhook, known, address.hook, delivery)
  const secret = 'connection' in address ? secretOf(known, vendor) : appSecret(env, vendor, address.environment)
  return secret !== null && webhook.verify(delivery, secret, now())
}

/** What proves that the vendor sent it: a key that it publishes, or a secret that only it and this connection know. */
const secretOf = (door: OpenDoor | undefined, { name, webhook }: Vendor): string | null => {
  if (door?.vendor !== name) return null
  return door.secret ?? webhook?.publicKey?.(door) ?? null
}

/** A stored one stands above the key that the vendor has published: it may publish another. Without an app, nothing comes here. */
const appSecret = (env: Env, { name, webhook }: Vendor, environment: Environment): string | null => {
  const stored = appWebhookSecret(env, name, environment)
  if (webhook?.scope === 'app') return stored ?? null
  const published = oauthApp(env, name, environment) && webhook?.publicKey?.({ environment, settings: {} })
  return published ? (stored ?? published) : null
}

/** To the queue of every pair that reads this vendor through this connection; 2xx only once all of them have it. */
const send = async (env: Env, vendor: Vendor, door: OpenDoor, changes: Change[]): Promise<void> => {
  const correlation = nextCorrelation(now())
  const using = door.integrations.filter(({ pair }) =>
    pairs[pair]?.flows.some(({ source, target }) => [source.vendor, target.vendor].includes(vendor.name)),
  )
  const sealed = await Promise.all(changes.map((change) => sealTidings(env, door, change)))
  const { tenant, connection } = door
  const integrations = using.map(({ id }) => id)
  logUsual('webhook', { correlation, vendor: vendor.name, tenant, connection, integrations, changes: changes.length })
  await Promise.all(
    using.flatMap(({ id, pair }) =>
      sealed.map((change) => {
        const message: Message = {
          v: 1,
          kind: 'change',
          tenant: door.tenant,
          integration: id,
          pair,
          vendor: vendor.name,
          change,
          correlation,
        }
        return queueOf(env, pair).send(message)
      }),
    ),
  )
}

/** What an event tells is sealed before it goes anywhere: a queue, a dead letter and the tenant's storage only ever hold that. */
const sealTidings = async (
  env: Env,
  { tenant, connection }: OpenDoor,
  { tells, ...change }: Change,
): Promise<Extract<Message, { kind: 'change' }>['change']> => {
  if (!tells) return change
  const record = recordKey(connection, change.type, change.id)
  const { key, body } = tells
  const row = tidingsRow(record, key)
  const sealed = await sealDocument(await tenantKey(env, tenant), row, JSON.stringify(body))
  return { ...change, tidings: { record, key, sealed } }
}

const notify = async (env: Env, { webhook }: Vendor, delivery: Delivery, door: OpenDoor): Promise<void> => {
  for (const { about, ...told } of webhook?.notices?.(delivery, door.account) ?? []) {
    const alert = { cause: `${about}/${door.connection}`, kind: 'account_notice' as const, integration: '', ...told }
    await tenantOf(env, door.tenant).alert(alert)
  }
}

/** A good signature that concerns nobody here, or nothing we know: 200, because an error would hold back what follows it. */
const ignored = async (env: Env, door: OpenDoor | undefined, vendor: Vendor, account: string): Promise<void> => {
  const correlation = nextCorrelation(now())
  const entry: AuditEntry = {
    at: now(),
    kind: 'ignored',
    actor: { by: 'webhook' },
    outcome: 'ignored',
    text: door
      ? `${vendor.name} event that is not carried`
      : `${vendor.name} event for an account that is not connected`,
    requests: [],
    correlation,
    details: { account, ...(door && { connection: door.connection }) },
  }
  await tenantOf(env, door?.tenant ?? SERVICE_TENANT).note([{ id: correlation, entry: JSON.stringify(entry) }])
}

const plain = (status: 200 | 400 | 401 | 413 | 503): Response =>
  new Response(status === 200 ? 'ok' : 'refused', { status })
