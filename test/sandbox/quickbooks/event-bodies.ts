import type { WorldContext } from '../vendor'
import type { Hook } from './apps'
import type { Event } from './events'

const OPS = {
  Create: 'created',
  Update: 'updated',
  Delete: 'deleted',
  Merge: 'merged',
  Void: 'void',
  Emailed: 'emailed',
} as const

/** One source read `void` off Intuit's portal, others assume `voided` (sheet 15). */
const opOf = (world: WorldContext, { operation }: Event): string =>
  operation === 'Void' ? world.switched('webhook.voidWord', 'void') : OPS[operation]

const cloudEvent = (world: WorldContext, event: Event) => ({
  specversion: '1.0',
  id: world.switched('webhook.longIds', false) ? `${event.eventId}-${event.name}-${event.id}` : event.eventId,
  source: 'intuit.c2FuZGJveC1xdWlja2Jvb2tzLXNpbXVsYXRvci1zb3U=',
  type: `qbo.${event.name.toLowerCase()}.${opOf(world, event)}.v1`,
  datacontenttype: 'application/json',
  time: new Date(event.at).toISOString().replace('Z', '179851Z'),
  intuitentityid: event.id,
  intuitaccountid: event.realmId,
  data: event.deletedId === undefined ? {} : { deletedid: event.deletedId },
})

const legacyEntity = (event: Event) => ({
  name: event.name,
  id: event.id,
  operation: event.operation,
  lastUpdated: new Date(event.at).toISOString(),
  ...(event.deletedId === undefined ? {} : { deletedId: event.deletedId }),
})

const legacy = (events: Event[]) => {
  const realms = [...new Set(events.map(({ realmId }) => realmId))]
  const of = (realmId: string) => events.filter((event) => event.realmId === realmId).map(legacyEntity)
  return {
    eventNotifications: realms.map((realmId) => ({ realmId, dataChangeEvent: { entities: of(realmId) } })),
  }
}

/** Names of what changed, never the data (sheet 15). */
export const eventBody = (world: WorldContext, format: Hook['format'], events: Event[]): unknown =>
  format === 'legacy' ? legacy(events) : events.map((event) => cloudEvent(world, event))
