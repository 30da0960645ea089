import { z } from 'zod'
import { Failed, rejected, toFailure } from '../core/failure'
import type { AnyFlow, Listed, Page } from '../core/flow'
import type { Owner } from '../core/ledger'
import type { Previewed, PreviewedRecord, PreviewQuery } from '../core/preview'
import { fromBase64Url, toBase64Url } from '../lib/bytes'
import { parseJson } from '../lib/json'
import type { IntegrationConfig } from '../store/config'
import { nextPage } from '../sync/poll'
import { preview, saidOf } from '../sync/preview'
import { afterFailure } from '../sync/retry'
import { type AttemptTools, documentKey, lookupsOf } from './attempt'
import { mutualOf } from './mutual'
import { Session } from './session'
import { pairOf, type Setup, sidesOf } from './setup'
import { hasOpenWrite, Ledger } from './writes'

/** Where a window goes on: the vendor's cursor of the page, and how many of its rows are behind us. */
const Place = z.object({ page: z.string().nullable(), skip: z.number().int().min(0) })
type Place = z.infer<typeof Place>

interface Asked {
  setup: Setup
  integration: IntegrationConfig
  flow: AnyFlow
  query: PreviewQuery
}

const NO_TROUBLE = { ageMs: 0, retries: 0, random: 0 }

/** The vendor cannot be asked just now: what comes next is left for another call. */
const PAUSES = ['rate_limit', 'outage', 'reconnect']

/** What would come of records, told from this object's limits, links and mappings. Stores nothing, and asks for nothing to be done. */
export class Previews {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  async run(setup: Setup, id: string, query: PreviewQuery): Promise<Previewed> {
    const integration = setup.config.integrations.get(id)
    const flow = integration && pairOf(integration).flows.find(({ name }) => name === query.flow)
    if (!integration || !flow) throw noFlow(query.flow)
    const asked: Asked = { setup, integration, flow, query }
    if (!('sourceId' in query)) return this.#window(asked, query)
    return { items: [await this.#one(asked, query.sourceId)], next: null }
  }

  /** One page of the source's list at most, and so many records of it. */
  async #window(asked: Asked, query: Extract<PreviewQuery, { from: string }>): Promise<Previewed> {
    const place = placeOf(query.cursor)
    const page = await this.#page(asked, place.page)
    const isWithin = (date: string) => date === '' || (date >= query.from && date <= query.to)
    const items: PreviewedRecord[] = []
    let [at, looked] = [place.skip, 0]
    for (const row of page.items.slice(place.skip)) {
      if (looked === query.limit) return { items, next: cursorOf({ page: place.page, skip: at }) }
      if (isWithin(row.date ?? '')) {
        const item = await this.#one(asked, row.change.id)
        looked += 1
        if (PAUSES.includes(item.reason) && items.length > 0)
          return { items, next: cursorOf({ page: place.page, skip: at }) }
        if (isWithin(item.date)) items.push(named(item, row))
      }
      at += 1
    }
    return { items, next: page.done ? null : cursorOf({ page: page.next, skip: 0 }) }
  }

  async #page({ setup, integration, flow }: Asked, cursor: string | null): Promise<Page<string>> {
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).source))
    return flow.use((opened) => nextPage(opened, 'backfill', session, cursor))
  }

  async #one(asked: Asked, sourceId: string): Promise<PreviewedRecord> {
    try {
      return { sourceId, ...(await this.#rehearse(asked, sourceId)) }
    } catch (thrown) {
      if (!(thrown instanceof Failed)) throw thrown
      return { ...blank(sourceId), ...saidOf(afterFailure(toFailure(thrown), NO_TROUBLE), false) }
    }
  }

  async #rehearse(asked: Asked, sourceId: string): Promise<Omit<PreviewedRecord, 'sourceId'>> {
    const { setup, integration, flow, query } = asked
    const owner: Owner = { integration: integration.id, flow: flow.name, sourceId }
    if (hasOpenWrite(this.#tools.storage.sql, owner)) return { ...blank(sourceId), ...IN_WORK }
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).target))
    const tools = {
      ...this.#tools,
      key: setup.key,
      session,
      mirrors: flow.mirrors,
      mutual: mutualOf(flow) !== undefined,
      recovering: false,
    }
    const attempt = {
      sourceId,
      document: await this.#document(asked, sourceId),
      provenAbsent: false,
      settings: integration.settings,
      startDate: integration.startDate,
      remap: query.remap,
      history: query.history,
      lookups: { ...lookupsOf(setup, integration, flow), entered: await this.#tools.entered.of(setup.key, owner) },
      trouble: NO_TROUBLE,
    }
    return flow.use((opened) => preview(opened, attempt, new Ledger(owner, tools), owner))
  }

  /** As the source shows it now; of a replay, as it is stored. */
  async #document({ setup, integration, flow, query }: Asked, sourceId: string): Promise<unknown> {
    const key = documentKey(integration, flow, sourceId)
    const stored = query.remap ? await this.#tools.documents.get(setup.key, key) : undefined
    if (stored) return stored.body
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).source))
    const told = await this.#tools.tidings.of(setup.key, key)
    return flow.use(({ source }): Promise<unknown> => source.read(session, sourceId, told))
  }
}

const cursorOf = (place: Place): string => toBase64Url(JSON.stringify(place))

const placeOf = (cursor: string | undefined): Place => {
  if (cursor === undefined) return { page: null, skip: 0 }
  const place = Place.safeParse(parseJson(fromBase64Url(cursor) ?? ''))
  if (!place.success) throw rejected('not_a_cursor', 'this is no cursor of a preview', 'Leave it out to begin anew.')
  return place.data
}

const named = (item: PreviewedRecord, { number = '' }: Listed): PreviewedRecord => ({
  ...item,
  number: item.number || number,
})

const blank = (sourceId: string): PreviewedRecord => ({
  sourceId,
  number: '',
  date: '',
  outcome: 'unchanged',
  reason: '',
  code: '',
  text: '',
  remedy: '',
  assumes: [],
  mapped: [],
  writes: [],
  effect: [],
})

const IN_WORK = {
  outcome: 'waiting',
  reason: 'write_open',
  text: 'a write of this record has begun',
  remedy: 'It comes to its end first: look at the record.',
} as const

const noFlow = (flow: string) => rejected('no_flow', `this integration has no flow ${flow}`, 'Name one of its flows.')
