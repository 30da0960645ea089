import { z } from 'zod'
import type { VendorResponse } from '../vendor'
import { type Call, sceneOf } from './call'
import { exception, malformed, notFound, Refusal, unpublished } from './errors'
import { parseJson, readSent } from './input'
import { JSON_TYPE, writeJson } from './json'
import type { Kept, Operation } from './model'
import { EFFECTS, finish } from './operations'
import { Problems } from './problems'
import { openRegistry } from './registry'
import { writeRecord } from './view'
import { everyField } from './wanted'

/** `Entity` with a capital works too ([R] sheet 7). */
const Body = z.looseObject({ entity: z.unknown().optional(), Entity: z.unknown().optional() })

/** `POST /{Entity}/{Action}`: 204 is done, 202 is running and says where to ask. */
export const serveAction = (call: Call, action: string): VendorResponse => {
  const { entity, world, books } = call
  const known = entity.name === 'Bill' || entity.name === 'PurchaseOrder' ? entity.name : undefined
  const effect = known && Object.hasOwn(EFFECTS[known], action) ? EFFECTS[known][action] : undefined
  if (!known || !effect) throw unpublished()
  const row = recordOf(call)
  const refused = effect.needs(books, row)
  if (refused !== undefined) throw cannot(call, row, refused)
  const polls = world.switched<number>('action.polls', 1)
  if (polls === 0) {
    effect.run(books, row)
    return { status: 204, body: null }
  }
  const operation = start(call, known, action, row, polls)
  return { status: 202, headers: { location: locationOf(call, operation) }, body: null }
}

const recordOf = ({ request, entity, version, books }: Call): Kept => {
  const body = Body.safeParse(parseJson(request.body))
  const named = body.data?.entity ?? body.data?.Entity
  if (named === undefined) throw malformed('entity', 'The entity is missing.')
  const sent = readSent(entity.shape, version, named)
  const keys = entity.keys.map((key) => String(sent.values[key] ?? ''))
  const found = sent.id === undefined ? books.byKeys(entity, keys) : books.of(entity.name).get(sent.id)
  if (!found) throw notFound()
  return found
}

/** Refused at once, as 422 with the record below `entity`, or as 500; which is not known (sheet 12.10). */
const cannot = (call: Call, row: Kept, text: string): Refusal => {
  if (call.world.switched<number>('action.refusal', 422) !== 422)
    return new Refusal(exception('PX.Data.PXException', `Error: ${text}`))
  const problems = new Problems()
  problems.add('Status', text)
  const { _links, custom, ...view } = writeRecord({ ...sceneOf(call, []), problems }, row, everyField())
  return new Refusal({ status: 422, headers: JSON_TYPE, body: writeJson({ entity: { error: text, ...view } }) })
}

const start = (
  { world, books, session }: Call,
  entity: Operation['entity'],
  action: string,
  row: Kept,
  polls: number,
) => {
  const id = crypto.randomUUID()
  return openRegistry(world).operations.put(id, {
    id,
    tenant: books.tenant.name,
    session: session.id,
    entity,
    action,
    recordId: row.id,
    pollsLeft: polls,
    endsAt: world.now() + world.switched('action.seconds', 60) * 1000,
    outcome: 'running',
  })
}

/** Relative with the site's name, or absolute (sheet 2). */
const locationOf = ({ base, request, world, entity }: Call, { id, action }: Operation): string => {
  const path = `${base}/${entity.name}/${action}/status/${id}`
  return world.switched('action.absolute', false) ? `${new URL(request.baseUrl).origin}${path}` : path
}

/** [U] What a failed operation answers, and how long the address lives: here 500, and for ever. */
export const serveStatus = ({ world, books }: Call, id: string): VendorResponse => {
  const operations = openRegistry(world).operations
  const found = operations.get(id)
  if (!found || found.tenant !== books.tenant.name) throw unpublished()
  const polled = found.outcome === 'running' && found.pollsLeft === 0 ? finish(world, found) : found
  if (polled.outcome === 'running') {
    operations.put(id, { ...polled, pollsLeft: polled.pollsLeft - 1 })
    return { status: 202, body: null }
  }
  if (polled.outcome === 'failed')
    throw new Refusal(exception('PX.Data.PXException', 'Error: The operation has failed.'))
  return { status: 204, body: null }
}
