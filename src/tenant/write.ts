import { z } from 'zod'
import { type Difference, Failed, type Failure, rejected } from '../core/failure'
import type { Mirroring, StepPlan, TargetApi, TargetRef } from '../core/flow'
import type { Cost } from '../core/guard'
import type { Link, OpenWrite, Owner, WriteContent } from '../core/ledger'
import type { Call } from '../core/vendor'
import { sha256 } from '../lib/bytes'
import { now } from '../lib/clock'
import { uuidOf } from '../lib/ids'
import { type DataKey, seal, unseal } from '../lib/seal'
import { markerOf } from '../sync/marker'
import { isDeferral, isDefinite, LOOK_UP_WAITS } from '../sync/retry'
import { totalsFailure } from '../sync/totals'
import type { GuardStore } from './guards'
import type { Links } from './links'
import type { Session } from './session'

/**
 * One mutating call in the ledger. `sent` = the intent is stored, the outcome is not known; `deferred` = certainly not executed, and
 * nothing but patience or a token was asked for; `refused` = certainly not executed; `told` = a person says that it happened; `done` =
 * executed, with what it answered.
 */
export const StepState = z.object({
  state: z.enum(['sent', 'deferred', 'refused', 'told', 'done']),
  /** SHA-256 of the call. */
  hash: z.string(),
  /** The call itself, while it may have to be sent again; '' once its outcome is known. */
  sealed: z.string(),
  at: z.number(),
  /** Look-ups that found nothing, and when the next one is due. */
  looks: z.number(),
  nextLook: z.number(),
  /** How often the vendor has refused the content: each time, the call gets another idempotency key. */
  refusals: z.number().default(0),
  targetId: z.string().optional(),
  result: z.unknown().optional(),
})
export type StepState = z.infer<typeof StepState>
export const Steps = z.record(z.string(), StepState)

const StoredCall = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string(),
  query: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  route: z.string().optional(),
})

/** What the ledger of one attempt works with. */
export interface LedgerTools {
  storage: DurableObjectStorage
  links: Links
  guards: GuardStore
  key: DataKey
  session: Session
  /** The flow that this one goes back. */
  mirrors?: Mirroring | undefined
  /** That one goes back to this one as well. */
  mutual?: boolean
  /** Facts that do not count this time, since a person has said that the source holds (`Target.observed`). */
  forgets?: readonly string[]
  /** A flow goes this one back: it reads what this one makes. */
  mirrored?: boolean
  /** The object was put back to an earlier time: what it does not know of may have happened all the same. */
  recovering: boolean
}

/** Puts a write into the ledger, with its steps as they are. Throws where it must not begin. */
type Opening = (steps: Record<string, StepState>) => void

/**
 * One write in work: its steps, each stored before it leaves (promise 2). What happened is stored before anything that follows from
 * it: together with the next step, or with the end. After a crash in between it is looked up, as if the answer had been lost.
 */
export class Write implements OpenWrite, TargetApi {
  readonly content: WriteContent
  readonly target: TargetRef | null
  readonly marker: string
  readonly #key: string
  readonly #owner: Owner
  readonly #tools: LedgerTools
  readonly #steps: Record<string, StepState>
  #link: Link
  #adopted = false
  /** Undefined once the write is in the ledger: at the latest with its first step. */
  #opening: Opening | undefined
  /** What is only known here so far: that a step is done, and that the target came into being. */
  #unsaved = false
  #born = false

  constructor(
    key: string,
    owner: Owner,
    content: WriteContent,
    link: Link,
    steps: Record<string, StepState>,
    tools: LedgerTools,
    opening?: Opening,
  ) {
    this.#opening = opening
    this.#key = key
    this.#owner = owner
    this.content = content
    this.#link = link
    this.#steps = steps
    this.#tools = tools
    this.target = content.op === 'create' ? null : without(link.target, tools.forgets ?? [])
    this.marker = markerOf(owner, link)
  }

  get api(): TargetApi {
    return this
  }

  get account(): string {
    return this.#tools.session.account
  }

  get settings(): unknown {
    return this.#tools.session.settings
  }

  read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    return this.#tools.session.read(call, schema)
  }

  adopted(): boolean {
    return this.#adopted
  }

  stepState(name: string): StepState['state'] | undefined {
    return this.#steps[name]?.state
  }

  allowed(): Cost | undefined {
    return this.#tools.guards.allowed(this.#owner)
  }

  withdrawn(): string | undefined {
    return this.#tools.guards.withdrawn(this.#owner)
  }

  refuseUnless(differences: Difference[], standing: string): void {
    const failure = totalsFailure(differences, standing)
    if (failure) throw new Failed(failure)
  }

  async step<T>(plan: StepPlan<T>): Promise<T> {
    const known = this.#steps[plan.name]
    if (known?.state === 'done') return plan.answer.parse(known.result)
    if (known?.state === 'sent') return this.#lookUp(plan, known)
    if (known?.state === 'told') return this.#told(plan, known)
    const call = plan.keyed ? plan.call(await this.#keyOf(plan.name, known)) : plan.call()
    if (!known && this.#tools.recovering) return this.#recover(plan, call)
    return this.#send(plan, call)
  }

  #keyOf(step: string, known: StepState | undefined): Promise<string> {
    return uuidOf(`${this.#row(step)}|${known?.refusals ?? 0}`)
  }

  async #send<T>(plan: StepPlan<T>, call: Call): Promise<T> {
    const intent = await this.#intent(plan.name, JSON.stringify(call))
    try {
      const answer = await this.#tools.session.send(call, plan.answer)
      return this.#happened(plan, intent, answer)
    } catch (thrown) {
      if (thrown instanceof Failed && thrown.failure.kind === 'uncertain')
        return this.#unknown(plan, intent, thrown.failure)
      if (thrown instanceof Failed) this.#refused(plan.name, intent, thrown.failure)
      throw thrown
    }
  }

  /** Stored before the call leaves: the platform holds it back until this is on disk (platform sheet 3). */
  async #intent(name: string, text: string): Promise<StepState> {
    const [hash, sealed] = await Promise.all([sha256(text), seal(this.#tools.key, this.#row(name), text)])
    const { refusals = 0 } = this.#steps[name] ?? {}
    const intent: StepState = { state: 'sent', hash, sealed, at: now(), looks: 0, nextLook: 0, refusals }
    this.#record(name, intent)
    return intent
  }

  /** Not executed. Where only patience or a token was asked for, the same call comes again, and may keep its key. */
  #refused(name: string, intent: StepState, failure: Failure): void {
    const refusals = intent.refusals + (isDefinite(failure) ? 1 : 0)
    this.#record(name, { ...intent, state: isDeferral(failure) ? 'deferred' : 'refused', sealed: '', refusals })
  }

  #told<T>(plan: StepPlan<T>, step: StepState): T {
    if (!plan.adopt) throw rejected('cannot_adopt', `the step "${plan.name}" can be looked up`, 'Replay the record.')
    this.#adopted = true
    return this.#happened(plan, step, plan.adopt(step.targetId ?? ''))
  }

  /** Nothing is known of this step, but it may stand in the target from before the object was put back. */
  async #recover<T>(plan: StepPlan<T>, call: Call): Promise<T> {
    const found = plan.find ? await plan.find() : null
    if (plan.find && found === null) return this.#send(plan, call)
    const intent = await this.#intent(plan.name, JSON.stringify(call))
    if (found === null) throw new Failed({ ...unknownOutcome(plan.name, null), ...NO_LOOK_UP })
    this.#adopted = true
    return this.#happened(plan, intent, found)
  }

  /** The outcome is not known: looked up at once, unless nothing can be looked up. */
  #unknown<T>(plan: StepPlan<T>, step: StepState, failure: Failure): Promise<T> {
    if (plan.find) return this.#lookUp(plan, step)
    throw new Failed({ ...failure, ...NO_LOOK_UP })
  }

  async #lookUp<T>(plan: StepPlan<T>, step: StepState): Promise<T> {
    if (!plan.find) throw new Failed({ ...unknownOutcome(plan.name, null), ...NO_LOOK_UP })
    const early = step.nextLook - now()
    if (early > 0) throw new Failed(unknownOutcome(plan.name, early))
    const found = await plan.find()
    if (found !== null) {
      this.#adopted = true
      return this.#happened(plan, step, found)
    }
    const wait = LOOK_UP_WAITS[step.looks]
    if (wait === undefined && plan.once) throw new Failed({ ...unknownOutcome(plan.name, null), remedy: NOT_FOUND })
    if (wait === undefined) return this.#resend(plan, step)
    this.#record(plan.name, { ...step, looks: step.looks + 1, nextLook: now() + wait })
    throw new Failed(unknownOutcome(plan.name, wait))
  }

  /** The whole schedule found nothing: the same body, once more. */
  async #resend<T>(plan: StepPlan<T>, step: StepState): Promise<T> {
    const { method, path, query, body, headers, route } = StoredCall.parse(
      JSON.parse(await unseal(this.#tools.key, this.#row(plan.name), step.sealed)),
    )
    const call: Call = {
      method,
      path,
      ...(query && { query }),
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
      ...(route && { route }),
    }
    return this.#send(plan, call)
  }

  #row(step: string): string {
    return `${this.#key}|${step}`
  }

  /**
   * Stored at once where nobody could look it up later, and where the target is read by a flow that goes back: it must know whose it
   * is.
   */
  #happened<T>(plan: StepPlan<T>, step: StepState, result: T): T {
    const born = plan.born?.(result)
    this.#steps[plan.name] = { ...step, state: 'done', sealed: '', result }
    if (born) this.#link = { ...this.#link, target: born }
    this.#born ||= born !== undefined
    this.#unsaved = true
    if (!plan.find || (born && this.#tools.mirrored)) this.#save()
    return result
  }

  #record(name: string, step: StepState): void {
    this.#steps[name] = step
    this.#unsaved = true
    this.#save()
  }

  save(): void {
    this.#tools.session.throwIfLost()
    if (this.#unsaved) this.#save()
  }

  #save(): void {
    if (this.#opening || this.#born) this.#tools.storage.transactionSync(() => this.#saveAll())
    else this.#saveSteps()
    this.#stored()
  }

  #saveAll(): void {
    if (this.#opening) this.#opening(this.#steps)
    else this.#saveSteps()
    if (this.#born) this.#relink(this.#link)
  }

  #saveSteps(): void {
    const { sql } = this.#tools.storage
    sql.exec('update writes set steps = ? where key = ?', JSON.stringify(this.#steps), this.#key)
  }

  #stored(): void {
    this.#opening = undefined
    this.#unsaved = false
    this.#born = false
  }

  #relink(link: Link): void {
    this.#link = link
    this.#tools.links.put(this.#owner, link)
  }

  done(target: TargetRef): void {
    const { fingerprint, version } = this.content
    this.#tools.storage.transactionSync(() => {
      this.#end('done')
      const state = this.content.op === 'remove' ? 'removed' : 'linked'
      this.#relink({ ...this.#link, state, target, fingerprint, version })
      if (this.content.op === 'update') this.#agree(target)
    })
  }

  /** What was carried back is no news to the flow that it came by. */
  #agree(target: TargetRef): void {
    const { links, mirrors } = this.#tools
    const { integration, sourceId } = this.#owner
    if (!mirrors) return
    const other = links.ofTarget(integration, mirrors.flow, sourceId)
    if (!other?.link.target) return
    const facts = { ...other.link.target.facts, ...mirrors.agrees(target) }
    const owner = { integration, flow: mirrors.flow, sourceId: other.sourceId }
    links.put(owner, { ...other.link, target: { ...other.link.target, facts } })
  }

  failed(failure: Failure): void {
    const { storage, guards, session } = this.#tools
    session.throwIfLost()
    storage.transactionSync(() => {
      const isBorn = this.#born
      this.#end('failed')
      if (isBorn) this.#relink(this.#link)
      // A bug proves nothing: what was reserved stays so.
      if (this.content.op === 'create' && failure.kind !== 'bug') guards.release(this.#owner)
      if (failure.kind === 'waits' && failure.reason === 'approval' && failure.offer)
        guards.propose(this.#owner, this.content.variant, failure.offer)
    })
  }

  #end(state: 'done' | 'failed'): void {
    const { sql } = this.#tools.storage
    this.#opening?.(this.#steps)
    const query = 'update writes set state = ?, done_at = ?, steps = ? where key = ?'
    sql.exec(query, state, now(), JSON.stringify(this.#steps), this.#key)
    this.#stored()
  }
}

const without = (target: TargetRef | null, forgets: readonly string[]): TargetRef | null => {
  if (!target || forgets.length === 0) return target
  const facts = Object.entries(target.facts).filter(([name]) => !forgets.includes(name))
  return { ...target, facts: Object.fromEntries(facts) }
}

const unknownOutcome = (step: string, waitMs: number | null): Failure => ({
  kind: 'uncertain',
  code: 'outcome_unknown',
  message: `it is not known whether the step "${step}" happened`,
  remedy: 'Nothing to do yet: it is looked up in the target before anything is sent again.',
  waitMs,
})

const NOT_FOUND =
  'It was looked for in the target and not found, which is no proof: it is never sent again by itself. Look there yourself, then adopt what you find or let it be sent again.'

const NO_LOOK_UP = {
  kind: 'uncertain',
  waitMs: null,
  remedy:
    'The target cannot be asked whether it happened. Look there yourself, then adopt what you find or let it be sent again.',
} as const
