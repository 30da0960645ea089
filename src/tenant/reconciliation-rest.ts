import type { Compared, TargetRow } from '../core/reconciliation'
import { judge } from '../sync/reconcile'
import type { AttemptTools } from './attempt'
import { jobKey } from './inbox'
import { type Comparing, FOREIGN, isBefore, isWithin, LISTED, listedKey } from './reconciliation-sides'
import { type Progress, type ReconciliationStore, targetKey } from './reconciliation-store'

/** Says what only one list knows. */
export class Rest {
  readonly #tools: AttemptTools
  readonly #store: ReconciliationStore

  constructor(tools: AttemptTools, store: ReconciliationStore) {
    this.#tools = tools
    this.#store = store
  }

  /** Rows of the lists that no record stands for. */
  put(given: Comparing): void {
    const { progress, lists } = given
    if (lists.walked) this.#sync(progress, LISTED, this.#listedOnly(given))
    this.#sync(progress, FOREIGN, this.#foreign(given))
  }

  #sync(progress: Progress, prefix: string, rows: Map<string, Compared>): void {
    for (const key of this.#store.keys(progress, prefix)) {
      const date = this.#store.compared(progress, key)?.date ?? ''
      if (!rows.has(key) && isWithin(date, progress.window)) this.#store.dropCompared(progress, key)
    }
    for (const [key, compared] of rows) this.#store.putCompared(progress, key, compared)
  }

  #listedOnly({ progress, lists, integration, flow }: Comparing): Map<string, Compared> {
    const rows = [...lists.source.values()].filter(
      ({ id, date }) =>
        isWithin(date, progress.window) && !this.#tools.inbox.get(jobKey(progress.integration, flow.name, id)),
    )
    return new Map(
      rows.map(({ id, number, date }): [string, Compared] => {
        const verdict = judge({ is: 'listed', beforeStart: isBefore(date, integration) }, { is: 'none' }, undefined)
        const source = { flow: flow.name, sourceId: id, sourceNumber: number, variant: '', date }
        return [listedKey(id), { ...source, targetId: '', targetNumber: '', foreign: false, ...verdict }]
      }),
    )
  }

  #foreign({ progress, lists, flow }: Comparing): Map<string, Compared> {
    // Whichever flow posted it: two flows may write documents of one kind (bills and expenses).
    const query = `select target_id from links where integration = ? and target_id <> ''`
    const ours = new Set(
      this.#tools.storage.sql
        .exec<{ target_id: string }>(query, progress.integration)
        .toArray()
        .map(({ target_id }) => targetKey(target_id)),
    )
    const rows = [...lists.target.values()].filter(
      ({ id, booked, date }) => booked && !ours.has(targetKey(id)) && isWithin(date, progress.window),
    )
    return new Map(rows.map((row): [string, Compared] => [`${FOREIGN}${row.id}`, foreignOf(flow.name, row)]))
  }
}

const foreignOf = (flow: string, row: TargetRow): Compared => {
  const { id, number, date, currency, total, customer } = row
  return {
    flow,
    sourceId: '',
    variant: '',
    sourceNumber: '',
    targetId: id,
    targetNumber: number,
    date,
    status: 'only_target',
    code: 'not_ours',
    reason: 'made in the target by others',
    differences: [],
    source: null,
    target: { currency, total, tax: '0', customer, accounts: {} },
    foreign: true,
  }
}
