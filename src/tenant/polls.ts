import type { AuditEntry, RequestMade } from '../core/audit'
import { toFailure } from '../core/failure'
import type { Page } from '../core/flow'
import { Actor, type Outcome } from '../core/job'
import { now } from '../lib/clock'
import { flowNamed } from '../registry'
import { nextPage, worthCarrying } from '../sync/poll'
import { afterFailure } from '../sync/retry'
import type { AttemptTools } from './attempt'
import { type JobRow, jobKey, type Standing } from './inbox'
import { Session } from './session'
import type { Setup } from './setup'

/** Reads one page of a list per run, and remembers how far it came: a walk of any length survives a reset in the middle. */
export class Polls {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  async run(setup: Setup, job: JobRow): Promise<void> {
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    this.#tools.inbox.start(job.key)
    if (!integration || !flow || !integration.flows[flow.name]?.enabled) return this.#off(job)
    const requests: RequestMade[] = []
    try {
      const session = new Session(await this.#tools.setups.line(setup, integration.sourceConnection))
      const cursor = this.#cursor(job)
      const page = await flow
        .use((opened) => nextPage(opened, session, cursor))
        .finally(() => requests.push(...session.requests))
      this.#took(job, page, integration.startDate, requests)
    } catch (thrown) {
      const failure = toFailure(thrown)
      if (failure.kind === 'bug')
        this.#tools.log('bug', { poll: job.key, stack: thrown instanceof Error ? thrown.stack : String(thrown) })
      this.#end(job, afterFailure(failure, now() - job.since, Math.random()), requests)
    }
  }

  #cursor(job: JobRow): string | null {
    const [row] = this.#tools.storage.sql
      .exec<{ cursor: string }>(
        'select cursor from cursors where integration = ? and flow = ?',
        job.integration,
        job.flow,
      )
      .toArray()
    return row?.cursor ?? null
  }

  /** What was found and how far the list was read are one transaction: a mark never passes a row that has no job (promise 7). */
  #took(job: JobRow, page: Page<string>, startDate: string, requests: RequestMade[]): void {
    const { storage, inbox } = this.#tools
    const at = now()
    const known = (sourceId: string) => inbox.get(jobKey(job.integration, job.flow, sourceId))
    const found = worthCarrying(page.items, startDate, (sourceId) => {
      const row = known(sourceId)
      return row && { version: row.version, willBeRead: row.state === 'queued' && row.fresh === 1 && row.tries === 0 }
    })
    storage.transactionSync(() => {
      for (const { change } of found)
        inbox.accept(
          {
            kind: 'carry',
            integration: job.integration,
            flow: job.flow,
            sourceId: change.id,
            variants: [],
            actor: { by: 'poll' },
            correlation: job.correlation,
          },
          at,
        )
      storage.sql.exec('insert or replace into cursors values (?, ?, ?, ?)', job.integration, job.flow, page.next, at)
      const standing = standingAt('done', page.done ? null : at)
      inbox.finish(job.key, at, standing)
      if (found.length > 0) this.#note(job, 'found', `${found.length} changed`, requests, at)
    })
  }

  #off(job: JobRow): void {
    this.#tools.inbox.finish(job.key, now(), standingAt('skipped', null))
  }

  #end(job: JobRow, outcome: Outcome, requests: RequestMade[]): void {
    const at = now()
    const dueAt = 'waitMs' in outcome && outcome.waitMs !== null ? at + outcome.waitMs : null
    const failure = 'failure' in outcome ? outcome.failure : null
    const reason = outcome.state === 'waiting' ? outcome.reason : ''
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job.key, at, { ...standingAt(outcome.state, dueAt), failure, reason })
      this.#note(job, outcome.state, failure?.message ?? '', requests, at, failure?.code)
    })
  }

  #note(job: JobRow, outcome: string, text: string, requests: RequestMade[], at: number, code?: string): void {
    const entry: AuditEntry = {
      at,
      kind: 'poll',
      actor: Actor.parse(JSON.parse(job.actor)),
      integration: job.integration,
      flow: job.flow,
      outcome,
      text,
      ...(code && { code }),
      requests,
      correlation: job.correlation,
    }
    this.#tools.outbox.add(entry, null)
  }
}

const standingAt = (state: Standing['state'], dueAt: number | null): Standing => ({
  state,
  dueAt,
  reason: '',
  failure: null,
  waitsFor: null,
  version: '',
  sourceNumber: '',
  targetId: '',
  targetNumber: '',
})
