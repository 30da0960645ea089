import type { Books } from './books'
import type { Call, Verbs } from './call'
import { problem, refusal, round } from './errors'
import { type Body, flag, guid, list, missing, oneOf, text } from './fields'
import { needed } from './lists'
import type { Hook } from './model'

const MOST_OF_ONE_TYPE = 5

// biome-ignore format: one line for each family of events
export const EVENT_TYPES = [
  'Sale/Created', 'Sale/QuoteAuthorised', 'Sale/OrderAuthorised', 'Sale/Voided', 'Sale/Backordered', 'Sale/ShipmentAuthorised',
  'Sale/InvoiceAuthorised', 'Sale/PickAuthorised', 'Sale/PackAuthorised', 'Sale/CreditNoteAuthorised', 'Sale/Undo',
  'Sale/PartialPaymentReceived', 'Sale/FullPaymentReceived', 'Sale/AttachmentAdded', 'Sale/AdditionalAttributesChanged',
  'Sale/ShipmentTrackingNumberChanged',
  'Purchase/OrderAuthorised', 'Purchase/InvoiceAuthorised', 'Purchase/StockReceivedAuthorised', 'Purchase/CreditNoteAuthorised',
  'Purchase/Updated',
  'Customer/Updated', 'Supplier/Updated', 'Product/Updated', 'Stock/AvailableStockLevelChanged',
  'Lead/Updated', 'Lead/Converted',
  'Opportunity/Authorized', 'Opportunity/AttachmentAdded', 'Opportunity/Voided', 'Opportunity/Converted',
  'Task/Overdue',
] as const

const AUTH = ['noauth', 'basicauth', 'bearerauth']

/** Without the Automation add-on the vendor refuses; how, is not known (sheet 15.18). */
const needAddOn = (books: Books): void => {
  const status = books.world.switched<number | false>('webhooks.noAddOn', false)
  if (status) throw refusal('Automation module is not available in your subscription', status)
}

const hookView = (hook: Hook) => ({ ...hook, Name: `${hook.Type.replace('/', ' ').toLowerCase()} event` })

const all = (books: Books) => ({ Webhooks: books.hooks.all().map(hookView) })

const headersOf = (body: Body): { Key: string; Value: string }[] | undefined =>
  list(body, 'ExternalHeaders')?.map((row) => ({ Key: text(row, 'Key') ?? '', Value: text(row, 'Value') ?? '' }))

const hookOf = (body: Body, old: Partial<Hook>): Hook => ({
  ID: old.ID ?? crypto.randomUUID(),
  Type: oneOf(body, 'Type', EVENT_TYPES) ?? old.Type ?? '',
  IsActive: flag(body, 'IsActive') ?? old.IsActive ?? true,
  ExternalURL: text(body, 'ExternalURL') ?? old.ExternalURL ?? '',
  ExternalAuthorizationType:
    oneOf(body, 'ExternalAuthorizationType', AUTH) ?? old.ExternalAuthorizationType ?? 'noauth',
  ExternalUserName: text(body, 'ExternalUserName') ?? old.ExternalUserName ?? null,
  ExternalPassword: text(body, 'ExternalPassword') ?? old.ExternalPassword ?? null,
  ExternalBearerToken: text(body, 'ExternalBearerToken') ?? old.ExternalBearerToken ?? null,
  ExternalHeaders: headersOf(body) ?? old.ExternalHeaders ?? [],
})

const keep = (books: Books, hook: Hook) => {
  round(!URL.canParse(hook.ExternalURL) && problem('ExternalURL is invalid'))
  const twins = books.hooks.all().filter(({ ID, Type }) => ID !== hook.ID && Type === hook.Type)
  round(twins.length >= MOST_OF_ONE_TYPE && problem(`You cannot have more than 5 webhooks of type ${hook.Type}`))
  return { Webhooks: [hookView(books.hooks.save(hook.ID, hook))] }
}

const found = (hook: Hook | undefined): Hook => {
  if (!hook) throw refusal('Webhook with specified ID not found')
  return hook
}

const handlers = {
  GET: ({ books }: Call) => all(books),
  POST({ books, body }: Call) {
    round(...missing(body, 'Type', 'IsActive', 'ExternalURL', 'ExternalAuthorizationType'))
    return keep(books, hookOf(body, {}))
  },
  PUT({ books, body }: Call) {
    round(...missing(body, 'ID'))
    return keep(books, hookOf(body, found(books.hooks.get(guid(body, 'ID') ?? ''))))
  },
  /** Answers what remains (sheet 11). */
  DELETE({ books, query }: Call) {
    books.hooks.remove(found(books.hooks.get(needed(query, 'ID'))).ID)
    return all(books)
  },
}

export const webhookRoutes: Verbs = Object.fromEntries(
  Object.entries(handlers).map(([verb, handler]) => [
    verb,
    (call: Call) => {
      needAddOn(call.books)
      return handler(call)
    },
  ]),
)
