import type { AnyFlow } from '../core/flow'
import type { Compared, ReconciledFlow, Reconciliation, ReconciliationQuery } from '../core/reconciliation'
import type { IntegrationConfig } from '../store/config'
import { tally } from '../sync/tally'
import type { ReconciliationStore } from './reconciliation-store'

/** What the last comparison found, for a window of business dates. */
export const answerOf = (
  store: ReconciliationStore,
  { id }: IntegrationConfig,
  flows: AnyFlow[],
  { status, about, cursor = '', limit, ...window }: ReconciliationQuery,
): Reconciliation => {
  const names = flows.map(({ name }) => name)
  const rows = store.results(id, window).filter(({ flow }) => names.includes(flow))
  const placed = rows.map((row) => ({ ...row, place: `${row.flow} ${row.key}` }))
  const wanted = placed
    .filter(
      ({ compared, place }) =>
        place > cursor && (status ?? compared.status) === compared.status && isAbout(compared, about),
    )
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  const page = wanted.slice(0, limit)
  return {
    flows: names.map((flow) => flowOf(store, id, flow, rows)),
    items: page.map(({ compared }) => compared),
    next: wanted.length > limit ? (page.at(-1)?.place ?? null) : null,
  }
}

const isAbout = ({ sourceId, sourceNumber, targetId, targetNumber }: Compared, about: string | undefined): boolean =>
  about === undefined || [sourceId, sourceNumber, targetId, targetNumber].includes(about)

const flowOf = (
  store: ReconciliationStore,
  integration: string,
  flow: string,
  rows: ReturnType<ReconciliationStore['results']>,
): ReconciledFlow => {
  const known = store.get({ integration, flow })
  const sums = tally(rows.flatMap((row) => (row.flow === flow ? [row.compared] : [])))
  const { asOf = null, covered = null } = known ?? {}
  const state = known && known.stage !== 'done' ? 'running' : asOf === null ? 'never' : 'done'
  return { ...sums, agrees: sums.agrees && asOf !== null, flow, state, asOf, covered }
}
