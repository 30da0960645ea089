import { type AnyFlow, leadOf } from '../core/flow'
import { Actor } from '../core/job'
import { now } from '../lib/clock'
import type { IntegrationConfig } from '../store/config'
import type { Read, Task } from './attempt'
import { batchOf, type Inbox, type JobRow, jobKey } from './inbox'
import type { Links } from './links'
import { pairOf } from './setup'

export interface FollowerTools {
  inbox: Inbox
  links: Links
}

/** Flows that read what another flow of their pair has read, and have to do with few of its records: those cost a row only then. */
export class Followers {
  readonly #inbox: Inbox
  readonly #links: Links

  constructor({ inbox, links }: FollowerTools) {
    this.#inbox = inbox
    this.#links = links
  }

  /**
   * The jobs of the flows that follow this one, where they are concerned or once were. They are in the inbox before the job that
   * read the record comes to its end, so none is lost. `beside` = jobs that run anyway. What was not read anew is no news to those
   * that have seen it.
   */
  of({ job, integration, flow }: Task, read: Read, beside: JobRow[]): Task[] {
    if ('failure' in read) return []
    return followersOf(integration, flow).flatMap((follower) => {
      const key = jobKey(job.integration, follower.name, job.source_id)
      if (beside.some((other) => other.key === key)) return []
      const isWanted = this.#isKnown(job, key, follower)
        ? read.wasRead
        : isConcerned(follower, read.document, integration.settings)
      const made = isWanted ? this.#accept(job, follower) : undefined
      return made ? [{ job: made, integration, flow: follower }] : []
    })
  }

  /** The flow that reads for them is switched off: they read for themselves. */
  wake(job: JobRow, integration: IntegrationConfig, flow: AnyFlow, beside: JobRow[]): void {
    for (const follower of followersOf(integration, flow))
      if (!beside.some((other) => other.flow === follower.name)) this.#accept(job, follower)
  }

  /** Those that are on, as the job remembers it. */
  namesOf({ integration, flow }: Task): string {
    return followersOf(integration, flow)
      .map(({ name }) => name)
      .join(' ')
  }

  #isKnown({ integration, source_id }: JobRow, key: string, { name }: AnyFlow): boolean {
    const owner = { integration, flow: name, sourceId: source_id }
    return this.#inbox.get(key) !== undefined || this.#links.all(owner).length > 0
  }

  #accept(job: JobRow, { name }: AnyFlow): JobRow | undefined {
    const { integration, source_id, batch, correlation } = job
    this.#inbox.accept(
      {
        kind: 'carry',
        integration,
        flow: name,
        sourceId: source_id,
        batch: batch === '' ? '' : batchOf(job, name),
        // History is carried by the flows that a person named.
        history: false,
        actor: actorOf(job),
        correlation,
      },
      now(),
    )
    return this.#inbox.get(jobKey(integration, name, source_id))
  }
}

/** Whether this flow was asked when the record was last looked at. */
export const isFollowedBy = ({ followed }: JobRow, flow: string): boolean => followed.split(' ').includes(flow)

const followersOf = (integration: IntegrationConfig, lead: AnyFlow): AnyFlow[] => {
  const { flows } = pairOf(integration)
  return flows.filter((flow) => integration.flows[flow.name]?.enabled && leadOf(flows, flow)?.name === lead.name)
}

/** What a person asks of one flow is no decision about another, e.g. about a record that was set aside. */
const actorOf = ({ actor, id }: JobRow): Actor => {
  const known = Actor.parse(JSON.parse(actor))
  return known.by === 'key' ? { by: 'dependency', id } : known
}

/** What is not there is none of its business; what it cannot read it says itself. */
const isConcerned = (flow: AnyFlow, document: unknown, given: unknown): boolean =>
  flow.use(({ source, settings, concerns }) => {
    if (document === null) return false
    const record = source.record.safeParse(document).data
    const known = settings.safeParse(given).data
    return record === undefined || known === undefined || concerns?.(record, known) === true
  })
