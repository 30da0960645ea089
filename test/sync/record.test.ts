import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Flow } from '../../src/core/flow'
import type { Books, Link, OpenWrite, WriteContent } from '../../src/core/ledger'
import { sha256 } from '../../src/lib/bytes'
import { canonical } from '../../src/lib/json'
import { sourceFigures } from '../../src/sync/reconcile-record'
import { type Attempt, carry } from '../../src/sync/record'

const UNGUARDED = { stepState: () => undefined, allowed: () => undefined, withdrawn: () => undefined }

const Doc = z.object({ version: z.string(), total: z.string() })
type Doc = z.infer<typeof Doc>

const never = (): never => {
  throw new Error('nothing is to be written')
}

const flow: Flow<Doc, Doc, object> = {
  name: 'a/b',
  source: {
    vendor: 'wave',
    type: 'invoice',
    record: Doc,
    read: never,
    changes: never,
    version: ({ version }) => version,
    number: () => '1',
    date: () => '2026-01-01',
  },
  target: { vendor: 'cin7', type: 'sale', draft: Doc, create: never, update: never },
  settings: z.object({}),
  fingerprint: ({ total }) => total,
  map: (record) => [{ variant: 'sale', draft: record }],
  totals: ({ total }, draft) => [{ what: 'total', source: total, target: draft.total, currency: 'USD' }],
}

const attempt = (document: Doc, over: Partial<Attempt> = {}): Attempt => ({
  sourceId: '1',
  document,
  provenAbsent: false,
  settings: {},
  startDate: '2020-01-01',
  remap: false,
  lookups: {
    mapped: () => undefined,
    sourceAccount: { id: '', baseCurrency: null },
    targetAccount: { id: '', baseCurrency: null },
  },
  trouble: { ageMs: 0, retries: 0, random: 0 },
  history: false,
  ...over,
})

/** Links as `links` has them; what is taken back is noted. */
const booksOf = (links: Link[]) => {
  const removed: string[] = []
  const api = { account: '', settings: {}, read: never }
  const books: Books = {
    api,
    links: () => links,
    undecided: () => false,
    withdrawn: () => undefined,
    shared: () => ({ stands: false, begun: false, atRest: true }),
    linked: never,
    adopt: never,
    mirrored: () => undefined,
    pending: async () => [],
    async open(content) {
      const target = links[0]?.target ?? null
      const writeApi = { ...api, marker: '', step: never, refuseUnless: never, ...UNGUARDED }
      return {
        content,
        target,
        api: writeApi,
        adopted: () => false,
        failed: never,
        save: never,
        done: ({ id }) => removed.push(id),
      }
    },
  }
  return { books, removed }
}

const booksWith = async (carried: Doc): Promise<Books> => {
  const link: Link = {
    variant: 'sale',
    generation: 1,
    revision: 1,
    state: 'linked',
    target: { id: 't', number: 'T-1', facts: {} },
    fingerprint: await sha256(canonical(carried.total)),
    version: carried.version,
  }
  const api = { account: '', settings: {}, read: never }
  return {
    api,
    links: () => [link],
    undecided: () => false,
    withdrawn: () => undefined,
    shared: () => ({ stands: false, begun: false, atRest: true }),
    linked: never,
    mirrored: () => undefined,
    adopt: never,
    pending: async () => [],
    open: never,
  }
}

describe('a record that was carried before', () => {
  it('is left alone in an older version, whatever that says', async () => {
    const books = await booksWith({ version: '2', total: '20' })
    const { outcome } = await carry(flow, attempt({ version: '1', total: '10' }), books)
    expect(outcome).toMatchObject({ state: 'done', action: 'unchanged', targetNumber: 'T-1' })
  })

  it('is left alone where the fields that matter are the same', async () => {
    const books = await booksWith({ version: '1', total: '10' })
    const { outcome } = await carry(flow, attempt({ version: '2', total: '10' }), books)
    expect(outcome).toMatchObject({ state: 'done', action: 'unchanged' })
  })

  it('with an equal stamp and other content is new', async () => {
    const books = await booksWith({ version: '1', total: '10' })
    await expect(carry(flow, attempt({ version: '1', total: '11' }), books)).resolves.toMatchObject({
      outcome: { state: 'failed', failure: { kind: 'totals' } },
    })
  })

  it('is refused with both figures before a write is opened, where the totals differ', async () => {
    const books = await booksWith({ version: '1', total: '10' })
    const { outcome } = await carry(flow, attempt({ version: '2', total: '11' }), books)
    expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'totals_differ' } })
  })
})

describe('a record that the vendor itself calls deleted', () => {
  const link: Link = {
    variant: 'sale',
    generation: 1,
    revision: 1,
    state: 'linked',
    target: { id: 't', number: 'T-1', facts: {} },
    fingerprint: '',
    version: '1',
  }
  const gone = (removes: boolean): typeof flow => ({
    ...flow,
    source: { ...flow.source, deleted: ({ total }) => total === '0' },
    target: { ...flow.target, remove: async () => {} },
    removes: () => removes,
  })
  const doc = { version: '1', total: '0' }

  it('is taken back at once, without a second read', async () => {
    const { books, removed } = booksOf([link])
    expect(await carry(gone(true), attempt(doc), books)).toMatchObject({
      outcome: { state: 'done', action: 'removed', targetNumber: 'T-1' },
      version: '1',
      row: '1',
    })
    expect(removed).toEqual(['t'])
  })

  it('is left where the settings say so, and where there is nothing to take back', async () => {
    expect((await carry(gone(false), attempt(doc), booksOf([link]).books)).outcome).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('T-1 is left as it is'),
    })
    const removed: Link = { ...link, state: 'removed' }
    for (const links of [[], [removed]])
      expect((await carry(gone(true), attempt(doc), booksOf(links).books)).outcome).toEqual({
        state: 'skipped',
        reason: 'deleted in the source',
      })
  })

  it('has no figures for reconciliation', () => {
    const lookups = { ...attempt(doc).lookups, variants: [], linked: never }
    expect(sourceFigures(gone(true), doc, {}, lookups)).toBeNull()
    expect(sourceFigures(gone(true), { ...doc, total: '1' }, {}, lookups)).toMatchObject({ number: '1' })
    expect(sourceFigures(gone(true), { other: 1 }, {}, lookups)).toBeUndefined()
  })
})

describe('a part of a record', () => {
  const DATES: Record<string, string> = { old: '2019-12-31', young: '2020-01-02' }
  const made: string[] = []
  const parted: typeof flow = {
    ...flow,
    target: { ...flow.target, create: async (_api, { version }) => ({ id: version, number: version, facts: {} }) },
    parts: () => ['old', 'young'],
    partDate: (_record, part) => DATES[part] ?? '',
    map: (record) => ['old', 'young'].map((variant) => ({ variant, draft: { ...record, version: variant } })),
    totals: () => [],
  }
  const write = (content: WriteContent): OpenWrite => {
    made.push(content.variant)
    const api = { account: '', settings: {}, marker: '', read: never, step: never, refuseUnless: never, ...UNGUARDED }
    return { content, target: null, api, adopted: () => false, done: () => {}, failed: () => {}, save: () => {} }
  }
  const books = async (known: string[]): Promise<Books> => {
    const [like] = (await booksWith({ version: '1', total: '9' })).links()
    const links = known.flatMap((variant) => (like ? [{ ...like, variant }] : []))
    return {
      ...(await booksWith({ version: '1', total: '9' })),
      links: () => links,
      open: async (content) => write(content),
    }
  }
  const carried = async (known: string[], over: Partial<Attempt> = {}) => {
    made.length = 0
    const { outcome } = await carry(parted, attempt({ version: '2', total: '10' }, over), await books(known))
    return { made: [...made], outcome }
  }

  it('from before the start date does not come along with a younger one', async () => {
    expect((await carried([])).made).toEqual(['young'])
  })

  it('comes along where somebody asked for its history', async () => {
    expect((await carried([], { history: true })).made).toEqual(['old', 'young'])
  })

  it('alone waits for a person', async () => {
    const { outcome } = await carried([], { startDate: '2020-06-01' })
    expect(outcome).toMatchObject({ state: 'waiting', reason: 'start_date', failure: { code: 'before_start_date' } })
  })
})
