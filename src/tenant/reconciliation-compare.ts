import type { Link } from '../core/ledger'
import type { Booked, Compared } from '../core/reconciliation'
import { canonical } from '../lib/json'
import { judge } from '../sync/reconcile'
import { sourceFigures } from '../sync/reconcile-record'
import { type AttemptTools, documentKey, lookupsOf } from './attempt'
import { type JobRow, jobKey } from './inbox'
import {
  type Comparing,
  isWithin,
  listedKey,
  recordKey,
  type Subject,
  sourceOf,
  targetOf,
  workOf,
} from './reconciliation-sides'
import { type Progress, type ReconciliationStore, targetKey } from './reconciliation-store'
import type { Session } from './session'
import { ownerOf } from './standing'

/** Records looked at, and target documents read, in one run. */
const BATCH = 50
const READS = 8

/** What was compared: these records, and what is to be said of each of their variants. */
interface Done {
  sources: string[]
  rows: { key: string; compared: Compared }[]
}

/** Compares records with what stands in the target. */
export class Comparison {
  readonly #tools: AttemptTools
  readonly #store: ReconciliationStore

  constructor(tools: AttemptTools, store: ReconciliationStore) {
    this.#tools = tools
    this.#store = store
  }

  /** The next records after the cursor. What was read from the target is kept at once: a run that fails does not read it again. */
  async batch(given: Comparing & { session: Session }): Promise<{ cursor: string; done: boolean; store(): void }> {
    const done: Done = { sources: [], rows: [] }
    const jobs = this.#jobs(given.progress)
    let { cursor } = given.progress
    let [reads, isLast] = [0, jobs.length < BATCH]
    for (const job of jobs) {
      const subject = await this.#subject(given, job)
      if (isWithin(subject.date, given.progress.window)) {
        const unread = subject.links.filter(({ target }) => target && this.#known(given, target.id) === undefined)
        if (reads > 0 && reads + unread.length > READS) {
          isLast = false
          break
        }
        reads += unread.length
        done.sources.push(job.source_id)
        done.rows.push(...(await this.#compare(given, subject)))
      }
      cursor = job.key
    }
    return { cursor, done: isLast, store: () => this.#put(given.progress, done) }
  }

  #jobs({ integration, flow, cursor }: Progress): JobRow[] {
    const prefix = jobKey(integration, flow, '')
    const query = `select * from jobs where key > ? and key < ? and kind = 'carry' order by key limit ?`
    return this.#tools.storage.sql.exec<JobRow>(query, cursor || prefix, `${prefix}~`, BATCH).toArray()
  }

  async #subject({ setup, integration, flow, lists, progress }: Comparing, job: JobRow): Promise<Subject> {
    const { documents, links: known, entered } = this.#tools
    const owner = ownerOf(job)
    const links = known.all(owner)
    const stored = await documents.get(setup.key, documentKey(integration, flow, job.source_id))
    const lookups = {
      ...lookupsOf(setup, integration, flow),
      variants: links.map(({ variant }) => variant),
      entered: await entered.of(setup.key, owner),
      linked: (need: { flow: string; sourceId: string; variant: string }) =>
        known.get({ integration: integration.id, ...need }, need.variant)?.target ?? undefined,
    }
    const read =
      stored &&
      (stored.body === null
        ? null
        : flow.use((opened) => sourceFigures(opened, stored.body, integration.settings, lookups)))
    const target = links.flatMap((link) => lists.target.get(targetKey(link.target?.id ?? '')) ?? [])[0]
    const before = this.#store
      .keys(progress, recordKey(job.source_id, ''))
      .map((key) => this.#store.compared(progress, key))
    const date = read?.date || lists.source.get(job.source_id)?.date || target?.date || before[0]?.date || ''
    return { job, links, read, date }
  }

  async #compare(given: Comparing & { session: Session }, subject: Subject) {
    const { job, links, read } = subject
    const targets = links.filter(({ target }) => target)
    const variants = new Set([
      ...targets.map(({ variant }) => variant),
      ...(read?.variants ?? []).map(({ variant }) => variant),
    ])
    const rows: Done['rows'] = []
    // A bill without payments is no payment that is missing.
    if (variants.size === 0 && read?.unbooked === undefined && read?.variants.length === 0) return rows
    for (const variant of variants.size > 0 ? variants : ['']) {
      const link = targets.find((one) => one.variant === variant)
      const booked = link && (await this.#booked(given, job, link))
      rows.push({
        key: recordKey(job.source_id, variant),
        compared: this.#verdict(given, subject, variant, link, booked),
      })
    }
    return rows
  }

  #known({ progress, lists }: Comparing, targetId: string): Booked | null | undefined {
    const row = lists.target.get(targetKey(targetId))
    return row && this.#store.booked(progress, targetId, row.stamp)
  }

  /** One that the list does not show is read directly: it may be newer than the list, or gone. */
  async #booked(given: Comparing & { session: Session }, job: JobRow, link: Link): Promise<Booked | null> {
    const { target } = link
    if (!target) return null
    const known = link.state === 'open' ? undefined : this.#known(given, target.id)
    if (known !== undefined) return known
    const booked = await given.flow.use(async (opened) => (await opened.target.booked?.(given.session, target)) ?? null)
    if (!this.#isAtRest(job, link)) return booked && { ...booked, changes: [] }
    this.#store.putBooked(given.progress, target.id, given.lists.target.get(targetKey(target.id))?.stamp ?? '', booked)
    return booked
  }

  /** While we write it ourselves, nothing says that somebody else has changed it. */
  #isAtRest(job: JobRow, { variant, state, target }: Link): boolean {
    const now = this.#tools.links.get(ownerOf(job), variant)
    return state !== 'open' && now?.state === state && canonical(now.target) === canonical(target)
  }

  #verdict(
    given: Comparing,
    subject: Subject,
    variant: string,
    link: Link | undefined,
    booked: Booked | null | undefined,
  ): Compared {
    const { job, read } = subject
    const { figures, date = subject.date } = read?.variants.find((one) => one.variant === variant) ?? {}
    const verdict = judge(
      sourceOf(given, { ...subject, date, links: link ? [link] : [] }, figures),
      targetOf(link, booked),
      workOf(job),
    )
    return {
      flow: job.flow,
      sourceId: job.source_id,
      variant,
      sourceNumber: read?.number || job.source_number || given.lists.source.get(job.source_id)?.number || '',
      targetId: link?.target?.id ?? '',
      targetNumber: booked?.number || link?.target?.number || '',
      date: date || booked?.date || '',
      foreign: false,
      ...verdict,
    }
  }

  /** What a record no longer has, and what stood for it while it was only listed, goes. */
  #put(progress: Progress, { sources, rows }: Done): void {
    for (const sourceId of sources) {
      const stay = rows.flatMap(({ key, compared }) => (compared.sourceId === sourceId ? [key] : []))
      const before = this.#store.keys(progress, recordKey(sourceId, ''))
      for (const key of before.filter((one) => !stay.includes(one))) this.#store.dropCompared(progress, key)
      this.#store.dropCompared(progress, listedKey(sourceId))
    }
    for (const { key, compared } of rows) this.#store.putCompared(progress, key, compared)
  }
}
