import type { Failure } from '../core/failure'
import type { Flow, Lookups, Need, Target, TargetApi, TargetRef } from '../core/flow'
import type { Outcome } from '../core/job'
import type { Books, Link, OpenWrite, Owner, WriteContent } from '../core/ledger'
import type { PreviewedRecord } from '../core/preview'
import { Rehearsal, unknown } from './foresee'
import { markerOf } from './marker'
import { type Attempt, type Carried, carry } from './record'

/** What is known beforehand; nothing of it is changed. */
export type Known = Pick<Books, 'links' | 'linked' | 'mirrored' | 'undecided' | 'withdrawn' | 'shared' | 'api'>

/** What would come of one attempt: the same way as any other, with its writes noted instead of sent. */
export const preview = async <R, D, S>(
  flow: Flow<R, D, S>,
  attempt: Attempt,
  known: Known,
  owner: Owner,
): Promise<Omit<PreviewedRecord, 'sourceId'>> => {
  const alone = new Draft(known, owner, [])
  const first = await rehearse(flow, attempt, alone)
  if (first.carried.needs.length === 0) return report(flow, attempt, alone, first)
  // Before anything is carried, all that matters waits for something: shown is what comes once that is there.
  const assuming = new Draft(known, owner, first.carried.needs)
  return report(flow, attempt, assuming, await rehearse(flow, attempt, assuming))
}

interface Rehearsed {
  carried: Carried
  mapped: PreviewedRecord['mapped']
}

const rehearse = async <R, D, S>(flow: Flow<R, D, S>, attempt: Attempt, books: Draft): Promise<Rehearsed> => {
  const seen = new Map<string, PreviewedRecord['mapped'][number]>()
  const mapped = (mapping: string, code: string): string | undefined => {
    const target = attempt.lookups.mapped(mapping, code)
    seen.set(`${mapping} ${code}`, { mapping, code, target: target ?? null })
    return target
  }
  const carried = await carry(foreseeing(flow), { ...attempt, lookups: { ...attempt.lookups, mapped } }, books)
  return { carried, mapped: [...seen.values()] }
}

/** The same flow, where the end of what can be foreseen is the end of a write. */
const foreseeing = <R, D, S>(flow: Flow<R, D, S>): Flow<R, D, S> => {
  const { target } = flow
  const { update, remove } = target
  const guarded: Target<D> = {
    ...target,
    create: (api, draft) => upToTheEnd(api, NEW, () => target.create(api, draft)),
    ...(update && { update: (api, ref, draft) => upToTheEnd(api, ref, () => update.call(target, api, ref, draft)) }),
    ...(remove && {
      remove: (api, ref, how) => upToTheEnd(api, undefined, () => remove.call(target, api, ref, how)),
    }),
  }
  return { ...flow, target: guarded }
}

const NEW: TargetRef = { id: unknown('id of the new document'), number: '', facts: {} }

const upToTheEnd = async <T>(api: TargetApi, otherwise: T, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (thrown) {
    if (api instanceof Rehearsal && api.isEnd(thrown)) return otherwise
    throw thrown
  }
}

/** Books in which everything is pencilled in: they show what was, and keep what would be. */
class Draft implements Books {
  readonly writes: Rehearsal[] = []
  readonly #known: Known
  readonly #owner: Owner
  readonly assumes: Need[]
  #links: Link[]

  constructor(known: Known, owner: Owner, assumes: Need[]) {
    this.#known = known
    this.#owner = owner
    this.assumes = assumes
    this.#links = known.links()
  }

  get api() {
    return this.#known.api
  }

  links(): Link[] {
    return this.#links
  }

  linked(need: Need): TargetRef | undefined {
    return this.#known.linked(need) ?? (this.assumes.some((one) => isSame(one, need)) ? assumed(need) : undefined)
  }

  mirrored() {
    return this.#known.mirrored()
  }

  undecided(): boolean {
    return this.#known.undecided()
  }

  withdrawn() {
    return this.#known.withdrawn()
  }

  shared(flow: string) {
    return this.#known.shared(flow)
  }

  adopt(link: Link): void {
    this.#links = [...this.#links.filter(({ variant }) => variant !== link.variant), link]
  }

  async pending(): Promise<OpenWrite[]> {
    return []
  }

  async open(content: WriteContent): Promise<OpenWrite> {
    const link = this.#links.find(({ variant }) => variant === content.variant)
    const isAnew = link?.state === 'removed'
    const generation = (link?.generation ?? 1) + (isAnew ? 1 : 0)
    const marker = markerOf(this.#owner, { variant: content.variant, generation })
    const target = content.op === 'create' ? null : (link?.target ?? null)
    const write = new Rehearsal(content, target, marker, this.api)
    this.writes.push(write)
    return write
  }
}

const isSame = (a: Need, b: Need): boolean => a.flow === b.flow && a.sourceId === b.sourceId && a.variant === b.variant

/** A record that is not there yet: whatever is asked of it is open. */
const assumed = ({ flow, sourceId }: Need): TargetRef => {
  const of = (what: string): string => unknown(`${what} of ${flow} ${sourceId}`)
  const facts = new Proxy<Record<string, string>>({}, { get: (_, name) => of(String(name)) })
  return { id: of('id'), number: of('number'), facts }
}

const report = <R, D, S>(
  flow: Flow<R, D, S>,
  attempt: Attempt,
  books: Draft,
  { carried, mapped }: Rehearsed,
): Omit<PreviewedRecord, 'sourceId'> => {
  const writes = books.writes.map(({ content, target, requests, complete }) => ({
    op: content.op,
    variant: content.variant,
    target: target?.number ?? '',
    draft: flow.sealed ? null : content.draft,
    requests: flow.sealed ? requests.map((request) => ({ ...request, body: null })) : requests,
    complete,
  }))
  return {
    number: carried.number,
    date: dateOf(flow, attempt.document),
    ...saidOf(carried.outcome, writes.length > 0),
    assumes: books.assumes,
    mapped,
    writes,
    effect: effectOf(flow, attempt, books),
  }
}

const dateOf = <R, D, S>({ source }: Flow<R, D, S>, document: unknown): string => {
  const record = source.record.safeParse(document)
  return record.success ? (source.date(record.data) ?? '') : ''
}

const NOTHING = { reason: '', code: '', text: '', remedy: '' }

/** `writes` = something would be sent, even where it then fails. */
export const saidOf = (outcome: Outcome, writes: boolean) => {
  switch (outcome.state) {
    case 'done':
      return writes
        ? { ...NOTHING, outcome: 'writes' as const }
        : { ...NOTHING, outcome: 'unchanged' as const, reason: outcome.action }
    case 'skipped':
    case 'held':
      return { ...NOTHING, outcome: 'skipped' as const, reason: outcome.reason }
    case 'failed':
      return { ...wordsOf(outcome.failure), outcome: 'failed' as const, reason: '' }
    case 'waiting':
      return { ...wordsOf(outcome.failure), outcome: 'waiting' as const, reason: outcome.reason }
    case 'uncertain':
      return { ...wordsOf(outcome.failure), outcome: 'waiting' as const, reason: 'uncertain' }
  }
}

const wordsOf = ({ code, message, remedy }: Failure) => ({ code, text: message, remedy })

/** Of the documents that would be made or changed. */
const effectOf = <R, D, S>(flow: Flow<R, D, S>, attempt: Attempt, books: Draft): PreviewedRecord['effect'] => {
  const record = flow.source.record.safeParse(attempt.document)
  const written = books.writes.filter(({ content }) => content.op !== 'remove').map(({ content }) => content.variant)
  if (!flow.figures || !record.success || written.length === 0) return []
  const lookups: Lookups = {
    ...attempt.lookups,
    variants: books.links().map(({ variant }) => variant),
    linked: (need) => books.linked(need),
    mirrored: books.mirrored(),
  }
  const figures = flow.figures(record.data, flow.settings.parse(attempt.settings), lookups)
  return figures.filter(({ variant }) => written.includes(variant))
}
