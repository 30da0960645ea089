import { z } from 'zod'
import { text } from './shapes'

/** One event of a delivery, in either format. */
export interface Event {
  realm: string
  /** Lower case, without separators: `purchaseorder`. */
  entity: string
  /** `created`, `updated`, `deleted`, `merged`, `voided`, `emailed`. */
  operation: string
  id: string
  /** Of a merge: the record that went. */
  deletedId: string
  /** '' = there is nothing to know a repetition by. */
  eventId: string
}

/** The older format has other words, and `void` is spelled in two ways (sheet 15). */
const OPERATIONS = new Map([
  ['create', 'created'],
  ['update', 'updated'],
  ['delete', 'deleted'],
  ['merge', 'merged'],
  ['void', 'voided'],
])

const operationOf = (word: string): string => OPERATIONS.get(word.toLowerCase()) ?? word.toLowerCase()

/** An id as a JSON number would have lost its last digits by now: text only. */
const id = z.string().min(1)

const CloudEvent = z.lazy(() =>
  z
    .object({
      id: text,
      type: z.string().regex(/^qbo\.[a-z]+\.[a-z]+\.v\d+$/i),
      intuitentityid: id,
      intuitaccountid: id,
      data: z.object({ deletedid: text }).catch({ deletedid: '' }),
    })
    .transform((event): Event => {
      const [, entity = '', operation = ''] = event.type.split('.')
      return {
        realm: event.intuitaccountid,
        entity: entity.toLowerCase(),
        operation: operationOf(operation),
        id: event.intuitentityid,
        deletedId: event.data.deletedid,
        eventId: event.id,
      }
    }),
)

const Notification = z.lazy(() =>
  z.object({
    realmId: id,
    dataChangeEvent: z.object({ entities: z.array(z.unknown()) }),
  }),
)

/** `deletedId` is spelled in two ways (sheet 15). */
const Entity = z.object({ name: id, id, operation: id, lastUpdated: text, deletedId: text, deletedID: text })

const Older = z.lazy(() => z.object({ eventNotifications: z.array(z.unknown()) }))

/** An array of CloudEvents, or the older envelope; anything else holds no events. One that cannot be read hides no other. */
export const eventsOf = (body: unknown): Event[] => {
  if (Array.isArray(body)) return readable(CloudEvent, body)
  const { eventNotifications } = Older.safeParse(body).data ?? {}
  return readable(Notification, eventNotifications ?? []).flatMap(({ realmId, dataChangeEvent }) =>
    readable(Entity, dataChangeEvent.entities).map((entity) => legacy(realmId, entity)),
  )
}

/** It has no id: the same operation on the same record at the same time is the same event. */
const legacy = (
  realm: string,
  { name, id, operation, lastUpdated, deletedId, deletedID }: z.infer<typeof Entity>,
): Event => ({
  realm,
  entity: name.toLowerCase(),
  operation: operationOf(operation),
  id,
  deletedId: deletedId || deletedID,
  eventId: lastUpdated && `${realm}:${name}:${id}:${operation}:${lastUpdated}`,
})

const readable = <T>(schema: z.ZodType<T>, values: unknown[]): T[] =>
  values.flatMap((value) => {
    const parsed = schema.safeParse(value)
    return parsed.success ? [parsed.data] : []
  })
