import { z } from 'zod'
import type { Change, Hook, HookRegistry, SetupApi, WebhookDoor } from '../../core/vendor'
import { sameSecret } from '../../lib/bytes'
import { parseJson } from '../../lib/json'
import { get, post, put, remove } from './client'
import { WithId } from './shapes'

const Thin = z.lazy(() => z.object({ EventType: z.string() }).loose())
const text = z.string().catch('')

/** Kinds of records by the first part of the event type, and the key that holds their id (sheet section 11). */
const KINDS: Record<string, { type: string; keys: string[] }> = {
  Sale: { type: 'sale', keys: ['SaleID', 'SaleTaskID'] },
  Purchase: { type: 'purchase', keys: ['TaskID', 'PurchaseID', 'ID'] },
  Customer: { type: 'customer', keys: ['ID', 'CustomerID'] },
  Supplier: { type: 'supplier', keys: ['ID', 'SupplierID'] },
  Product: { type: 'product', keys: ['ID', 'ProductID'] },
}

const EVENTS = [
  'Sale/OrderAuthorised',
  'Sale/InvoiceAuthorised',
  'Sale/Voided',
  'Sale/Undo',
  'Sale/PartialPaymentReceived',
  'Sale/FullPaymentReceived',
  'Sale/CreditNoteAuthorised',
  'Purchase/OrderAuthorised',
  'Purchase/InvoiceAuthorised',
  'Purchase/StockReceivedAuthorised',
  'Purchase/CreditNoteAuthorised',
  'Purchase/Updated',
  'Customer/Updated',
  'Supplier/Updated',
  'Product/Updated',
]

const Listed = z.lazy(() =>
  z.object({
    Webhooks: z.array(
      z.object({ ID: z.string(), Type: z.string(), IsActive: z.boolean(), ExternalURL: z.string().nullable() }),
    ),
  }),
)

/** The bearer token is ours; Cin7 signs nothing. */
const bodyOf = ({ event, url }: Hook, secret: string) => ({
  Type: event,
  IsActive: true,
  ExternalURL: url,
  ExternalAuthorizationType: 'bearerauth',
  ExternalBearerToken: secret,
})

const registry: HookRegistry = {
  events: EVENTS,

  async list(api) {
    const { Webhooks } = await api.read(get('/webhooks'), Listed)
    return Webhooks.map(({ ID, Type, IsActive, ExternalURL }) => ({
      remoteId: ID,
      event: Type,
      url: ExternalURL ?? '',
      active: IsActive,
    }))
  },

  async register(api, hook, secret) {
    const { Webhooks } = await api.change(post('/webhooks', bodyOf(hook, secret)), Listed)
    return Webhooks.find(({ ExternalURL }) => ExternalURL === hook.url)?.ID ?? ''
  },

  async unregister(api, remoteId) {
    await api.change(remove('/webhooks', { ID: remoteId }), z.unknown())
  },

  /** Cin7 switches a hook off after six failures, without a word. */
  async revive(api: SetupApi, hook, secret) {
    await api.change(put('/webhooks', { ID: hook.remoteId, ...bodyOf(hook, secret) }), z.unknown())
  },
}

export const webhook: WebhookDoor = {
  scope: 'hook',
  registry,
  probe: () => false,

  async verify({ headers }, secret) {
    const given = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    return given !== undefined && sameSecret(given, secret)
  },

  accounts: () => [],

  changes(delivery) {
    const thin = Thin.safeParse(parseJson(delivery.body)).data
    if (!thin) return undefined
    const kind = KINDS[thin.EventType.split('/')[0] ?? '']
    return kind ? bodiesOf(thin).flatMap((body) => changeOf(kind, body, thin.EventType)) : []
  },
}

/** `…Updated` events carry a list under a name that varies, its items flat or nested; the first array is it. */
const bodiesOf = (thin: Record<string, unknown>): Record<string, unknown>[] => {
  const list = Object.values(thin).find(Array.isArray)
  if (!list) return [thin]
  return z.array(z.record(z.string(), z.unknown())).catch([]).parse(list).map(unnested)
}

const unnested = (item: Record<string, unknown>): Record<string, unknown> => {
  const inner = Object.values(item).find((value) => WithId.safeParse(value).success)
  return 'ID' in item ? item : z.record(z.string(), z.unknown()).catch(item).parse(inner)
}

/** Ids may come in upper case. There is no id of the message. */
const changeOf = (kind: { type: string; keys: string[] }, body: Record<string, unknown>, event: string): Change[] => {
  const id = kind.keys.map((key) => text.parse(body[key])).find((value) => value !== '')
  return id === undefined ? [] : [{ type: kind.type, id: id.toLowerCase(), event }]
}
