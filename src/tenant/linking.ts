import { type AnyFlow, canLink } from '../core/flow'
import type { Actor } from '../core/job'
import type { Link, Owner } from '../core/ledger'
import type { Linked, Pick, Wanted } from '../core/match'
import { now } from '../lib/clock'
import type { AttemptTools } from './attempt'
import type { MatchingStore } from './matching-store'
import { mutualOf } from './mutual'
import { isProposed } from './proposed'
import { hasOpenWrite } from './writes'

const MOST = 100_000

interface Asked {
  integration: string
  flows: AnyFlow[]
  actor: Actor
  correlation: string
}

/** Links what a person says is the same; the record is carried then, which looks at the target first (sync/adopt). */
export class Linking {
  readonly #tools: AttemptTools
  readonly #store: MatchingStore

  constructor(tools: AttemptTools, store: MatchingStore) {
    this.#tools = tools
    this.#store = store
  }

  link(asked: Asked, wanted: Wanted): Linked {
    const answer: Linked = { linked: 0, refused: [] }
    this.#tools.storage.transactionSync(() => {
      for (const pick of this.#picks(asked.integration, wanted)) {
        const reason = this.#refusal(asked, pick)
        if (reason !== undefined) answer.refused.push({ ...pick, reason })
        else {
          this.#wake(asked, pick)
          this.#put(asked, pick)
          answer.linked += 1
        }
      }
    })
    return answer
  }

  #picks(integration: string, wanted: Wanted): Pick[] {
    if ('links' in wanted) return wanted.links
    const { items } = this.#store.page(integration, { ...wanted, limit: MOST })
    return items.flatMap(({ flow, sourceId, variant, choices: [best] }) =>
      best ? [{ flow, sourceId, variant, targetId: best.id }] : [],
    )
  }

  #refusal({ integration, flows }: Asked, { flow, sourceId, variant, targetId }: Pick): string | undefined {
    const known = flows.find(({ name }) => name === flow)
    if (!known) return 'there is no such flow in this integration'
    if (!canLink(known)) return 'records of this flow cannot be linked by hand'
    const owner: Owner = { integration, flow, sourceId }
    if (hasOpenWrite(this.#tools.storage.sql, owner)) return 'a write of this record has not come to its end'
    const link = this.#tools.links.get(owner, variant)
    if (targetId === null)
      return link?.state === 'matched' || this.#isOpen(known, owner)
        ? undefined
        : 'no link of this record waits to be looked at'
    if (isTaken(link)) return `this record is linked with ${link?.target?.number || link?.target?.id}`
    const other = this.#tools.links.ofTarget(integration, flow, targetId)?.sourceId
    return other && other !== sourceId ? `that one is linked with record ${other}` : undefined
  }

  /** Flows that mirror each other wait until somebody has decided, also that it is none of what was proposed. */
  #isOpen(flow: AnyFlow, owner: Owner): boolean {
    return mutualOf(flow) !== undefined && isProposed(this.#tools.storage.sql, owner, '')
  }

  /** Whatever was proposed does not wait any longer, or waits for another one only. */
  #wake({ integration, flows, actor, correlation }: Asked, { flow, sourceId, variant }: Pick): void {
    const back = mutualOf(flows.find(({ name }) => name === flow))
    if (!back) return
    for (const proposed of this.#store.proposed({ integration, flow }, sourceId, variant)) {
      const job = { kind: 'carry', integration, flow: back.name, sourceId: proposed, history: true } as const
      this.#tools.inbox.accept({ ...job, actor, correlation }, now())
    }
  }

  #put({ integration, actor, correlation }: Asked, { flow, sourceId, variant, targetId }: Pick): void {
    const owner: Owner = { integration, flow, sourceId }
    const known = this.#tools.links.get(owner, variant) ?? fresh(variant)
    const target = targetId === null ? null : { id: targetId, number: '', facts: {} }
    const state = target ? 'matched' : 'wanted'
    this.#tools.links.put(owner, { ...afresh(known), state, target })
    this.#store.settle({ integration, flow }, sourceId, variant)
    const job = { kind: 'carry', integration, flow, sourceId, history: true, actor, correlation } as const
    this.#tools.inbox.accept(job, now())
  }
}

/** What a person linked and nobody looked at yet may be linked otherwise. */
const isTaken = (link: Link | undefined): boolean =>
  link?.target != null && link.state !== 'removed' && link.state !== 'matched'

const fresh = (variant: string): Link => ({
  variant,
  generation: 1,
  revision: 0,
  state: 'wanted',
  target: null,
  fingerprint: '',
  version: '',
})

/** What was taken back before begins a new generation. */
const afresh = (link: Link): Link => ({
  ...fresh(link.variant),
  generation: link.state === 'removed' ? link.generation + 1 : link.generation,
  revision: link.state === 'removed' ? 0 : link.revision,
})
