import { createRoute, z } from '@hono/zod-openapi'
import type { MappingKind } from '../../core/pair'
import { Reference } from '../../core/vendor'
import { invalid } from '../../lib/problem'
import type { IntegrationConfig } from '../../store/config'
import { type MappingChange, mappingOf, mergeMapping } from '../../store/mappings'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InIntegration, makeApi, notFound } from './api'
import { needs, withinTenant } from './auth'
import { change, note } from './change'
import { theConnection } from './connection-shapes'
import { theIntegration, thePair } from './integration-checks'
import { checkUses, readReferences, referencesOf } from './references'

const InKind = InIntegration.extend({ kind: z.string() })
const Side = z.enum(['source', 'target'])

const Mapping = z
  .object({ kind: z.string(), about: z.string(), entries: z.array(z.object({ code: z.string(), target: z.string() })) })
  .openapi('Mapping')

/** A person sees how many are left, and asks again. */
const MOST_REPLAYED = 500

const Entries = z
  .strictObject({
    entries: z.array(z.strictObject({ code: z.string().min(1), target: z.string().min(1).nullable() })).max(500),
    replay: z
      .boolean()
      .optional()
      .openapi({
        description: `Replay the failed records that wait for these codes, ${MOST_REPLAYED} at most`,
      }),
  })
  .openapi({
    description: 'Merged with what is there; target null removes',
    example: { entries: [{ code: 'QWNjb3VudDox', target: '200' }], replay: true },
  })

const Saved = Mapping.extend({
  waiting: z.number().openapi({ description: 'So many failed records wait for one of these codes' }),
  replayed: z.number().openapi({ description: 'So many of them run now' }),
}).openapi('SavedMapping', {
  example: {
    kind: 'account',
    about: 'Wave account to Cin7 account',
    entries: [{ code: 'QWNjb3VudDox', target: '200' }],
    waiting: 12,
    replayed: 12,
  },
})

const Listed = z.object({
  at: z.number().nullable(),
  items: z.array(Reference.extend({ suggestion: z.string().optional() })),
})

const BASE = '/tenants/{tenant}/integrations/{integration}'

const theKind = ({ pair }: IntegrationConfig, kind: string): MappingKind => {
  const { mappings: known } = thePair(pair)
  const found = Object.hasOwn(known, kind) ? known[kind] : undefined
  if (!found) throw notFound('mapping')
  return found
}

export const mappings = makeApi()

mappings.openapi(
  createRoute({
    method: 'get',
    path: `${BASE}/mappings/{kind}`,
    summary: 'Show a mapping',
    middleware: [needs('read'), withinTenant],
    request: { params: InKind },
    responses: answers(Mapping, 'The mapping'),
  }),
  async (c) => {
    const { tenant, integration, kind } = c.req.valid('param')
    return c.json(await show(c, await theIntegration(c, tenant, integration), kind), 200)
  },
)

const show = async (c: AdminContext, integration: IntegrationConfig, kind: string) => ({
  kind,
  about: theKind(integration, kind).about,
  entries: await mappingOf(dbOf(c), integration.id, kind),
})

mappings.openapi(
  createRoute({
    method: 'put',
    path: `${BASE}/mappings/{kind}`,
    summary: 'Map codes; what is posted already stays as it is',
    middleware: [needs('operate'), withinTenant],
    request: { params: InKind, ...bodyOf(Entries) },
    responses: answers(Saved, 'The mapping as it is now, and the failed records that wait for it'),
  }),
  async (c) => {
    const { tenant, integration: id, kind } = c.req.valid('param')
    const integration = await theIntegration(c, tenant, id)
    const { entries, replay = false } = c.req.valid('json')
    await refuseUnusable(c, integration, theKind(integration, kind), entries)
    const db = dbOf(c)
    const before = await mappingOf(db, id, kind)
    const changed = before.filter(({ code }) => entries.some((entry) => entry.code === code))
    const details = { kind, before: changed, after: entries }
    await change(c, { tenant, name: 'mapping.update', integration: id, details }, mergeMapping(db, id, kind, entries))
    const released = await release(c, integration, kind, entries, replay)
    return c.json({ ...(await show(c, integration, kind)), ...released }, 200)
  },
)

/** A record that lacks other codes as well fails again, before anything is sent, and then names only those. */
const release = async (
  c: AdminContext,
  { tenant, id: integration }: IntegrationConfig,
  mapping: string,
  entries: MappingChange[],
  replay: boolean,
): Promise<{ waiting: number; replayed: number }> => {
  const codes = entries.flatMap(({ code, target }) => (target === null ? [] : [code]))
  const filter = { integration, unmapped: { mapping, codes } }
  const options = { reread: false, remap: false }
  const most = replay ? MOST_REPLAYED : 0
  const { queued, left } = await tenantOf(c.env, tenant).replayFailed(filter, most, options, c.get('caller').key)
  const details = { kind: mapping, codes, queued, left }
  if (queued > 0) await note(c, { tenant, name: 'records.replay', integration, details })
  return { waiting: queued + left, replayed: queued }
}

/** The code of several taxes at once (`a+b`) is in no list of the vendor. */
const isCombined = (code: string): boolean => code.includes('+')

const refuseUnusable = async (
  c: AdminContext,
  integration: IntegrationConfig,
  { source, target, use }: MappingKind,
  entries: MappingChange[],
): Promise<void> => {
  const set = entries.flatMap((entry, at) => (entry.target === null ? [] : [{ ...entry, target: entry.target, at }]))
  const codes = set
    .filter(({ code }) => !isCombined(code))
    .map(({ code, at }) => ({ path: `entries.${at}.code`, kind: source, code, any: true }))
  const targets = set.map(({ target: code, at }) => ({
    path: `entries.${at}.target`,
    kind: target,
    code,
    ...(use && { use }),
  }))
  const problems = [
    ...(await checkUses(c, await connectionOf(c, integration, 'source'), codes)),
    ...(await checkUses(c, await connectionOf(c, integration, 'target'), targets)),
  ]
  if (problems.length > 0) throw invalid(problems)
}

mappings.openapi(
  createRoute({
    method: 'get',
    path: `${BASE}/references/{side}/{kind}`,
    summary: 'What can be mapped, with suggestions for the source side',
    middleware: [needs('read'), withinTenant],
    request: { params: InKind.extend({ side: Side }) },
    responses: answers(Listed, 'The vendor’s list, and when it was read'),
  }),
  async (c) => {
    const { tenant, integration: id, side, kind } = c.req.valid('param')
    const integration = await theIntegration(c, tenant, id)
    const list = await referencesOf(c, await connectionOf(c, integration, side), kind)
    const targets = side === 'source' ? await counterparts(c, integration, kind) : []
    const items = list.entries.map((entry) => {
      const suggestion = suggest(entry, targets)
      return { ...entry, ...(suggestion !== undefined && { suggestion }) }
    })
    return c.json({ at: list.at, items }, 200)
  },
)

mappings.openapi(
  createRoute({
    method: 'post',
    path: `${BASE}/references/refresh`,
    summary: 'Read a list of the vendor anew',
    middleware: [needs('operate'), withinTenant],
    request: { params: InIntegration, ...bodyOf(z.strictObject({ side: Side, kind: z.string() })) },
    responses: answers(z.object({ at: z.number().nullable(), count: z.number() }), 'It was read'),
  }),
  async (c) => {
    const { tenant, integration: id } = c.req.valid('param')
    const { side, kind } = c.req.valid('json')
    const integration = await theIntegration(c, tenant, id)
    const { at, entries } = await readReferences(c, await connectionOf(c, integration, side), kind)
    const details = { side, kind, count: entries.length }
    await note(c, { tenant, name: 'references.refresh', integration: id, details })
    return c.json({ at, count: entries.length }, 200)
  },
)

const connectionOf = (c: AdminContext, integration: IntegrationConfig, side: z.infer<typeof Side>) =>
  theConnection(c, integration.tenant, side === 'source' ? integration.sourceConnection : integration.targetConnection)

const counterparts = async (c: AdminContext, integration: IntegrationConfig, kind: string): Promise<Reference[]> => {
  const mapping = Object.values(thePair(integration.pair).mappings).find(({ source }) => source === kind)
  if (!mapping) return []
  return (await referencesOf(c, await connectionOf(c, integration, 'target'), mapping.target)).entries
}

/** Same code, then same name. */
const suggest = ({ code, name }: Reference, targets: Reference[]): string | undefined => {
  const usable = targets.filter(({ active }) => active)
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()
  return (usable.find((target) => target.code === code) ?? usable.find((target) => same(target.name, name)))?.code
}
