import type { WorldContext } from '../vendor'
import { type App, connectedApps, openRegistry } from './apps'
import { eventBody } from './event-bodies'
import { queue } from './outbox'

export interface Happening {
  realmId: string
  /** Also names of records that this simulator does not hold. */
  name: string
  id: string
  operation: 'Create' | 'Update' | 'Delete' | 'Merge' | 'Void' | 'Emailed'
  /** The record that went up in this one. */
  deletedId?: string
}

/** A happening with what stays the same when it is sent again. */
export interface Event extends Happening {
  eventId: string
  at: number
}

const hears = ({ hook }: App, name: string): boolean =>
  hook !== null && (hook.entities === 'all' || hook.entities.includes(name))

export const announce = (world: WorldContext, happening: Happening): void => {
  if (world.switched('webhook.lost', false)) return
  const event: Event = { ...happening, eventId: crypto.randomUUID(), at: world.now() }
  for (const app of connectedApps(world, event.realmId)) if (hears(app, event.name)) tell(world, app, event)
}

const held = (world: WorldContext) => world.store.collection<Event & { clientId: string }>('heldEvents')

const tell = (world: WorldContext, app: App, event: Event): void => {
  if (world.switched('webhook.hold', false))
    held(world).put(`${app.clientId}/${event.eventId}`, { ...event, clientId: app.clientId })
  else send(world, app, [event])
}

const send = (world: WorldContext, app: App, events: Event[]): void => {
  const { hook, verifierToken } = app
  if (!hook) return
  const body = JSON.stringify(eventBody(world, hook.format, events))
  const meta = { clientId: app.clientId, verifierToken, format: hook.format, contentType: hook.contentType }
  const delivery = {
    event: events.map(({ name, operation }) => `${name}.${operation}`).join(),
    url: hook.url,
    meta,
    body,
  }
  for (let copy = 0; copy < world.switched('webhook.copies', 1); copy += 1)
    if (world.switched('webhook.outbox', false)) queue(world, delivery)
    else world.deliver(delivery)
}

/** What was held goes out, one delivery per app. */
export const flushHeld = (world: WorldContext, reversed: boolean): number => {
  const all = held(world).all()
  for (const app of openRegistry(world).apps.all()) {
    const events = all.filter(({ clientId }) => clientId === app.clientId)
    if (events.length > 0) send(world, app, reversed ? events.reverse() : events)
  }
  for (const { clientId, eventId } of all) held(world).delete(`${clientId}/${eventId}`)
  return all.length
}

/** Any body at all, signed: a format that nobody knows yet. */
export const sendRaw = (world: WorldContext, app: App, body: string): void => {
  if (!app.hook) throw new Error('simulator: the app has no webhook')
  const { url, format, contentType } = app.hook
  const meta = { clientId: app.clientId, verifierToken: app.verifierToken, format, contentType }
  world.deliver({ event: 'raw', url, meta, body })
}
