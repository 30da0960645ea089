import { type AnyFlow, leadOf } from '../core/flow'
import { Actor } from '../core/job'
import { now } from '../lib/clock'
import type { IntegrationConfig } from '../store/config'
import type { Read, Task } from './attempt'
import { type Inbox, type JobRow, jobKey } from './inbox'
import { batchOf } from './polls'
import { pairOf } from './setup'

/** Flows that read what another flow of their pair has read, and have to do with few of its records: those cost a row only then. */
export class Followers {
  readonly #inbox: Inbox

  constructor(inbox: Inbox) {
    this.#inbox = inbox
  }

  /**
   * The jobs of the flows that follow this one, where they are concerned or once were. They are in the inbox before the job that
   * read the record comes to its end, so none is lost. `beside` = jobs that run anyway. What was not read anew is no news to those that have seen it.
   */
  of({ job, integration, flow }: Task, read: Read, beside: JobRow[]): Task[] {
    if ('failure' in read) return []
    return followersOf(integration, flow).flatMap((follower) => {
      const key = jobKey(job.integration, follower.name, job.source_id)
      if (beside.some((other) => other.key === key)) return []
      const known = this.#inbox.get(key)
      if (known && !read.wasRead) return []
      if (!known && !isConcerned(follower, read.document, integration.settings)) return []
      const made = this.#accept(job, follower)
      return made ? [{ job: made, integration, flow: follower }] : []
    })
  }

  /** The flow that reads for them is switched off: they read for themselves. */
  wake(job: JobRow, integration: IntegrationConfig, flow: AnyFlow, beside: JobRow[]): void {
    for (const follower of followersOf(integration, flow))
      if (!beside.some((other) => other.flow === follower.name)) this.#accept(job, follower)
  }

  #accept(
    { integration, source_id, batch, history, actor, correlation }: JobRow,
    { name }: AnyFlow,
  ): JobRow | undefined {
    this.#inbox.accept(
      {
        kind: 'carry',
        integration,
        flow: name,
        sourceId: source_id,
        batch: batch === '' ? '' : batchOf({ correlation }, name),
        history: history === 1,
        actor: Actor.parse(JSON.parse(actor)),
        correlation,
      },
      now(),
    )
    return this.#inbox.get(jobKey(integration, name, source_id))
  }
}

const followersOf = (integration: IntegrationConfig, lead: AnyFlow): AnyFlow[] => {
  const { flows } = pairOf(integration)
  return flows.filter((flow) => integration.flows[flow.name]?.enabled && leadOf(flows, flow)?.name === lead.name)
}

/** What cannot be read is said by the flow that leads. */
const isConcerned = (flow: AnyFlow, document: unknown, given: unknown): boolean =>
  flow.use(({ source, settings, concerns }) => {
    const record = source.record.safeParse(document).data
    const known = settings.safeParse(given).data
    return record !== undefined && known !== undefined && concerns?.(record, known) === true
  })
