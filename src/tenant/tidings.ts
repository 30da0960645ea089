import { type SealedTidings, tidingsRow } from '../core/job'
import { type DataKey, unsealDocument } from '../lib/seal'

/** What events have told of records and no reading shows again, sealed. */
export class TidingsStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** The first delivery of an event is kept: the others say the same. */
  keep({ record, key, sealed }: SealedTidings, at: number): void {
    this.#sql.exec('insert into tidings values (?, ?, ?, ?) on conflict do nothing', record, key, sealed, at)
  }

  /** In the order of their keys, so that it does not matter in which they came. */
  async of(data: DataKey, record: string): Promise<unknown[]> {
    const rows = this.#sql
      .exec<{ key: string; sealed: string }>('select key, sealed from tidings where record = ? order by key', record)
      .toArray()
    return Promise.all(
      rows.map(
        async ({ key, sealed }): Promise<unknown> =>
          JSON.parse(await unsealDocument(data, tidingsRow(record, key), sealed)),
      ),
    )
  }
}
