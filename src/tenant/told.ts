import type { AuditEntry, RequestMade } from '../core/audit'
import { toFailure } from '../core/failure'
import type { AnyFlow, Listed } from '../core/flow'
import { Actor, type ToldJob } from '../core/job'
import type { Link } from '../core/ledger'
import type { Booked } from '../core/reconciliation'
import { now } from '../lib/clock'
import { flowNamed } from '../registry'
import { afterFailure } from '../sync/retry'
import type { AttemptTools } from './attempt'
import { type JobRow, jobKey, MOST_STARTS, targetOfTold } from './inbox'
import { Session } from './session'
import { type Setup, sidesOf } from './setup'
import { afterOutcome, listStanding } from './standing'
import { hasOpenWrite } from './writes'

/** What the target tells of its own records. Nothing is ever posted because of it. */
export class Told {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  /** Wakes what waited for that document. Answers whether it is one of ours that has to be looked at. */
  concerns({ integration, flow, targetId, event }: ToldJob, at: number): boolean {
    this.#tools.inbox.wakeConflicts(integration, flow, targetId, at)
    const canLook = flowNamed(flow)?.use(
      ({ target }) => target.booked !== undefined && (target.disturbs?.includes(event) ?? false),
    )
    return canLook === true && this.#tools.links.ofTarget(integration, flow, targetId) !== undefined
  }

  /** What a list of changes has of a record that this flow may have posted; each state of it is looked at once. */
  listed({ integration, flow, correlation }: JobRow, target: AnyFlow, { change, ...row }: Listed, at: number): void {
    const { links, inbox } = this.#tools
    const found = links.ofTarget(integration, target.name, change.id)?.link.target
    const known = found && target.use(({ target: opened }) => opened.asLeft?.({ change, ...row }, found))
    const job: ToldJob = {
      kind: 'told',
      integration,
      flow: target.name,
      targetId: change.id,
      event: change.event,
      actor: { by: 'poll' },
      correlation,
    }
    const state = [integration, target.name, change.id, row.version, row.row].join('|')
    if (!known && this.concerns(job, at) && inbox.fresh(`listed|${flow}|${state}`, at)) inbox.accept(job, at)
  }

  async run(setup: Setup, job: JobRow, signal: AbortSignal): Promise<void> {
    const { inbox, links } = this.#tools
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    const found = links.ofTarget(job.integration, job.flow, targetOfTold(job.source_id))
    if (!integration || !flow || !found || job.tries >= MOST_STARTS)
      return void inbox.finish(job, now(), listStanding('skipped'))
    inbox.start(job.key)
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).target), signal)
    try {
      const { target } = found.link
      const booked =
        target && (await flow.use(async (opened) => (await opened.target.booked?.(session, target)) ?? null))
      signal.throwIfAborted()
      this.#saw(job, found, booked, session.requests)
    } catch (thrown) {
      signal.throwIfAborted()
      const [failure, at] = [toFailure(thrown), now()]
      const outcome = afterFailure(failure, { ageMs: at - job.since, retries: job.retries, random: Math.random() })
      inbox.finish(job, at, afterOutcome(outcome, failure, at))
    }
  }

  /** A line in the timeline of the record, once for each thing that was seen; our own changes are none. */
  #saw(job: JobRow, found: { sourceId: string; link: Link }, booked: Booked | null, requests: RequestMade[]): void {
    const { storage, inbox, outbox } = this.#tools
    const owner = { integration: job.integration, flow: job.flow, sourceId: found.sourceId }
    const record = inbox.get(jobKey(job.integration, job.flow, found.sourceId))
    const isAtRest = found.link.state === 'linked' && !hasOpenWrite(storage.sql, owner)
    const seen = isAtRest ? said(booked) : ''
    const at = now()
    storage.transactionSync(() => {
      inbox.finish(job, at, { ...listStanding('done'), reason: seen })
      if (record && seen !== '' && seen !== job.reason)
        outbox.add(entryOf(job, record, found.link, seen, requests, at), null)
    })
  }
}

const said = (booked: Booked | null): string => {
  if (booked?.figures) return booked.changes.join('; ')
  return booked === null ? 'it is gone' : 'it no longer stands in the books'
}

const entryOf = (
  { actor }: JobRow,
  record: JobRow,
  { target }: Link,
  seen: string,
  requests: RequestMade[],
  at: number,
): AuditEntry => ({
  at,
  kind: 'attempt',
  actor: Actor.parse(JSON.parse(actor)),
  integration: record.integration,
  flow: record.flow,
  record: record.id,
  sourceId: record.source_id,
  sourceNumber: record.source_number,
  targetId: target?.id ?? '',
  targetNumber: target?.number ?? '',
  outcome: 'changed_in_target',
  text: `changed in ${flowNamed(record.flow)?.target.vendor}: ${seen}`,
  remedy:
    'Nothing is posted because of it. If it was meant, ignore it; if not, undo it there, or replay the record. The reconciliation shows it until then.',
  requests,
  correlation: record.correlation,
})
