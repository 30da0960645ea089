import type { AuditEntry, RequestMade } from '../core/audit'
import { Actor } from '../core/job'
import type { ReconciledFlow } from '../core/reconciliation'
import type { AttemptTools } from './attempt'
import type { JobRow } from './inbox'

type Tools = Pick<AttemptTools, 'outbox' | 'alerts'>

/** `gone` = posted, and no longer in the target's books. */
type Found = ReconciledFlow & { gone: number }

/** One entry in the audit for a comparison, and one alert while documents were changed in the target, left it or do not agree. */
export const report = (
  tools: Tools,
  job: JobRow,
  { counts, gone }: Found,
  requests: RequestMade[],
  at: number,
): void => {
  const text = Object.entries(counts)
    .flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []))
    .join(', ')
  note(tools, job, { outcome: 'reconciled', text }, requests, at)
  const cause = `books/${job.integration}/${job.flow}`
  const bad = counts.differs + counts.changed + gone
  if (bad === 0) tools.alerts.resolve(cause, at)
  else
    tools.alerts.raise({
      cause,
      kind: 'books_differ',
      integration: job.integration,
      text: `${job.flow}: ${bad} documents differ from the source, were changed in the target or are gone there (${text})`,
      remedy: `See them with GET …/integrations/${job.integration}/reconciliation: correct them in the target, or replay their records.`,
      at,
    })
}

export const note = (
  { outbox }: Tools,
  { actor, integration, flow, correlation }: JobRow,
  said: Pick<AuditEntry, 'outcome' | 'text' | 'code'>,
  requests: RequestMade[],
  at: number,
): void => {
  const by = Actor.parse(JSON.parse(actor))
  outbox.add({ at, kind: 'poll', actor: by, integration, flow, requests, correlation, ...said }, null)
}

export const setAside = ({ alerts }: Tools, { key, integration, flow, tries }: JobRow, at: number): void =>
  alerts.raise({
    cause: `set_aside/${key}`,
    kind: 'set_aside',
    integration,
    text: `comparing ${flow} was started ${tries} times without coming to an end`,
    remedy: 'Ask for it again (POST …/reconciliation). Report it.',
    at,
  })
