import { z } from 'zod'
import { Failed, type Failure } from '../core/failure'
import type { Mirrored, Need, TargetRef } from '../core/flow'
import type { Books, Guarded, Link, OpenWrite, Owner, Shared, WriteContent, WriteOp } from '../core/ledger'
import type { Decision } from '../core/tenant'
import type { ReadApi } from '../core/vendor'
import { now } from '../lib/clock'
import { canonical } from '../lib/json'
import { sealDocument, unsealDocument } from '../lib/seal'
import type { Links } from './links'
import { isProposed } from './proposed'
import { sharedOf } from './shared'
import { type LedgerTools, type StepState, Steps, Write } from './write'

const WriteOpName = z.enum(['create', 'update', 'remove'])

/** What the ledger keeps of a write from the beginning. */
interface Entry {
  key: string
  content: WriteContent
  draft: string
  /** The link as it was when the write was made ready, and as it is once it has begun. */
  known: Link
  link: Link
  beside: string[]
  guarded: Guarded | undefined
}

type WriteRow = {
  key: string
  op: string
  variant: string
  state: string
  draft: string
  steps: string
  fingerprint: string
  version: string
}

/**
 * The ledger (promise 2): the intent, with the sealed body, is committed before a call leaves; what is not known is looked up
 * before anything is sent again.
 */
export class Ledger implements Books {
  readonly #owner: Owner
  readonly #tools: LedgerTools

  constructor(owner: Owner, tools: LedgerTools) {
    this.#owner = owner
    this.#tools = tools
  }

  get api(): ReadApi {
    return this.#tools.session
  }

  links(): Link[] {
    return linksOf(this.#tools.links, this.#owner, this.#tools.mirrors?.flow)
  }

  mirrored(): Mirrored | undefined {
    return mirroredOf(this.#tools.links, this.#owner, this.#tools.mirrors?.flow)
  }

  undecided(): boolean {
    const { mirrors, mutual, storage } = this.#tools
    return mutual === true && isProposed(storage.sql, this.#owner, mirrors?.flow ?? '')
  }

  withdrawn(): string | undefined {
    return this.#tools.guards.withdrawn(this.#owner)
  }

  shared(flow: string): Shared {
    const owner = { ...this.#owner, flow }
    return sharedOf(this.#tools, owner, hasOpenWrite(this.#tools.storage.sql, owner))
  }

  adopt(link: Link): void {
    this.#tools.links.put(this.#owner, link)
  }

  linked(need: Need): TargetRef | undefined {
    const owner = { integration: this.#owner.integration, flow: need.flow, sourceId: need.sourceId }
    const link = this.#tools.links.get(owner, need.variant)
    return link?.state === 'linked' ? (link.target ?? undefined) : undefined
  }

  async pending(): Promise<OpenWrite[]> {
    const prefix = `${ownerKey(this.#owner)}|`
    const rows = this.#tools.storage.sql
      .exec<WriteRow>(`select * from writes where key >= ? and key < ? and state = 'open'`, prefix, `${prefix}~`)
      .toArray()
    return Promise.all(rows.map((row) => this.#resume(row)))
  }

  async #resume(row: WriteRow): Promise<OpenWrite> {
    const content: WriteContent = {
      op: WriteOpName.parse(row.op),
      variant: row.variant,
      draft: JSON.parse(await unsealDocument(this.#tools.key, row.key, row.draft)),
      fingerprint: row.fingerprint,
      version: row.version,
    }
    return new Write(
      row.key,
      this.#owner,
      content,
      this.#link(row.variant),
      Steps.parse(JSON.parse(row.steps)),
      this.#tools,
    )
  }

  async open(content: WriteContent, beside: string[] = [], guarded?: Guarded): Promise<OpenWrite> {
    const known = this.#standing(content.variant)
    const revision = known.revision + 1
    const key = writeKey(this.#owner, known, content.op, revision)
    const draft = await sealDocument(this.#tools.key, key, JSON.stringify(content.draft))
    const link: Link = { ...known, revision, state: 'open' }
    const steps = this.#kept(key)
    const entry = { key, content, draft, known, link, beside, guarded }
    const enter = (first: Record<string, StepState>) => this.#enter(entry, first)
    // A create has nothing to remember before its first step. A change takes its revision, and what is guarded its share of the limits.
    const isPutOff = content.op === 'create' && !guarded
    if (!isPutOff) enter(steps)
    return new Write(key, this.#owner, content, link, steps, this.#tools, isPutOff ? enter : undefined)
  }

  #enter({ key, content, draft, known, link, beside, guarded }: Entry, steps: Record<string, StepState>): void {
    const { storage, links, guards } = this.#tools
    const refused = storage.transactionSync(() => {
      if (canonical(this.#standing(content.variant)) !== canonical(known)) return linkChanged()
      const refusal = guarded && guards.pass(this.#owner, link, guarded, now())
      if (refusal) return refusal
      links.put(this.#owner, link)
      for (const variant of beside) links.want(this.#owner, variant)
      storage.sql.exec(
        `insert into writes values (?, ?, ?, 'open', ?, null, ?, ?, ?, ?) on conflict (key) do update set state = 'open',
           done_at = null, draft = excluded.draft, steps = excluded.steps, fingerprint = excluded.fingerprint,
           version = excluded.version`,
        key,
        content.op,
        content.variant,
        now(),
        content.fingerprint,
        content.version,
        draft,
        JSON.stringify(steps),
      )
      return undefined
    })
    if (refused) throw new Failed(refused)
  }

  /**
   * A create that failed is opened again under its old key: what it has done or sent stays known. What was not executed may be sent
   * with another content now, so never under the idempotency key of before.
   */
  #kept(key: string): Record<string, StepState> {
    const [row] = this.#tools.storage.sql
      .exec<{ steps: string }>('select steps from writes where key = ?', key)
      .toArray()
    const steps = Object.entries(row ? Steps.parse(JSON.parse(row.steps)) : {})
    return Object.fromEntries(steps.map(([name, step]) => [name, anew(step)]))
  }

  /** What was taken back and appears again is made anew, under new keys. */
  #standing(variant: string): Link {
    const link = this.#link(variant)
    if (link.state !== 'removed') return link
    return { ...link, generation: link.generation + 1, revision: 0, state: 'wanted', target: null }
  }

  #link(variant: string): Link {
    return this.links().find((link) => link.variant === variant) ?? unlinked(variant)
  }
}

/** `mirrors` = the flow that the owner's goes back. */
export const linksOf = (links: Links, owner: Owner, mirrors: string | undefined): Link[] => {
  const own = links.all(owner)
  return own.length > 0 ? own : [bornOf(mirroredOf(links, owner, mirrors)) ?? []].flat()
}

const mirroredOf = (
  links: Links,
  { integration, sourceId }: Owner,
  mirrors: string | undefined,
): Mirrored | undefined => {
  const found = mirrors === undefined ? undefined : links.ofTarget(integration, mirrors, sourceId)
  return found?.link.target
    ? { sourceId: found.sourceId, variant: found.link.variant, target: found.link.target }
    : undefined
}

/** Of a flow that goes back, before it has carried anything: the same two documents, linked by the other flow. */
const bornOf = (mirrored: Mirrored | undefined): Link | undefined =>
  mirrored && {
    ...unlinked(mirrored.variant),
    state: 'linked',
    target: { id: mirrored.sourceId, number: mirrored.target.number, facts: {} },
  }

const unlinked = (variant: string): Link => ({
  variant,
  generation: 1,
  revision: 0,
  state: 'wanted',
  target: null,
  fingerprint: '',
  version: '',
})

/** Somebody has linked the record, or let it begin anew, while its write was made ready. Nothing was sent. */
const linkChanged = (): Failure => ({
  kind: 'transient',
  code: 'link_changed',
  message: 'the record was linked otherwise while its write was made ready',
  remedy: 'Nothing to do: nothing was sent, and it is carried again as it stands now.',
})

const anew = (step: StepState): StepState =>
  step.state === 'refused' ? { ...step, refusals: step.refusals + 1 } : step

/** What a person decides about writes that stopped at a step without a look-up. Answers whether there was such a step. */
export const decideSteps = (sql: SqlStorage, owner: Owner, decision: Decision): boolean => {
  const prefix = `${ownerKey(owner)}|`
  const query = `select key, steps from writes where key >= ? and key < ? and state = 'open'`
  let decided = false
  for (const row of sql.exec<{ key: string; steps: string }>(query, prefix, `${prefix}~`).toArray()) {
    const steps = Steps.parse(JSON.parse(row.steps))
    for (const [name, step] of Object.entries(steps)) {
      if (step.state !== 'sent') continue
      steps[name] = decision.happened
        ? { ...step, state: 'told', targetId: decision.targetId }
        : { ...step, state: 'refused' }
      decided = true
    }
    sql.exec('update writes set steps = ? where key = ?', JSON.stringify(steps), row.key)
  }
  return decided
}

export const hasOpenWrite = (sql: SqlStorage, owner: Owner): boolean => {
  const prefix = `${ownerKey(owner)}|`
  const query = `select 1 from writes where key >= ? and key < ? and state = 'open' limit 1`
  return sql.exec(query, prefix, `${prefix}~`).toArray().length > 0
}

const ownerKey = ({ integration, flow, sourceId }: Owner): string => `${integration}|${flow}|${sourceId}`

/** Creates ignore the revision: whatever the content, there is one per generation. */
const writeKey = (owner: Owner, link: Link, op: WriteOp, revision: number): string =>
  [ownerKey(owner), link.variant, `g${link.generation}`, op === 'create' ? 'create' : `${op}-r${revision}`].join('|')
