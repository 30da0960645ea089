import type { Db } from '../store/config'
import { findRecord, type RecordRow } from '../store/records'
import { noRecord } from './decisions'
import { type Inbox, jobKey } from './inbox'

/** Which job the id of a record stands for. D1 knows that: an index here would be a billed row for each record. */
export class Named {
  readonly #db: Db
  readonly #tenant: string
  readonly #inbox: Inbox
  readonly #tell: () => Promise<void>

  /** `tell` = D1 is told of all that it does not know yet. */
  constructor(db: Db, tenant: string, inbox: Inbox, tell: () => Promise<void>) {
    this.#db = db
    this.#tenant = tenant
    this.#inbox = inbox
    this.#tell = tell
  }

  /** Throws where there is no such record. D1 may be of another time than this object, so the job has to have the id. */
  async keyOf(record: string): Promise<string> {
    const row = await this.#find(record)
    const key = row && jobKey(row.integration, row.flow, row.sourceId)
    if (key === undefined || this.#inbox.get(key)?.id !== record) throw noRecord(record)
    return key
  }

  async #find(record: string): Promise<RecordRow | undefined> {
    const known = await findRecord(this.#db, this.#tenant, record)
    if (known) return known
    await this.#tell()
    return findRecord(this.#db, this.#tenant, record)
  }
}
