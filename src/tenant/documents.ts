import { rejected } from '../core/failure'
import { sha256 } from '../lib/bytes'
import { type DataKey, sealDocument, unsealDocument } from '../lib/seal'

/** A row of the platform holds 2 MB. */
const LARGEST = 1_500_000

export interface StoredDocument {
  body: unknown
  hash: string
  readAt: number
}

/** Source records as they were read, sealed: for replay without asking the source again, and for people who may see them. */
export class Documents {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  async get(data: DataKey, key: string): Promise<StoredDocument | undefined> {
    const [row] = this.#sql
      .exec<{ body: string; hash: string; read_at: number }>('select * from documents where key = ?', key)
      .toArray()
    if (!row) return undefined
    return { body: JSON.parse(await unsealDocument(data, key, row.body)), hash: row.hash, readAt: row.read_at }
  }

  /** Of what is stored; '' = nothing is. */
  hash(key: string): string {
    const [row] = this.#sql.exec<{ hash: string }>('select hash from documents where key = ?', key).toArray()
    return row?.hash ?? ''
  }

  /** `null` = the source has no such record: also kept, so that no older content comes back. Kept only where it differs from what is kept already: a written row is billed. */
  async put(data: DataKey, key: string, body: unknown, at: number): Promise<string> {
    const text = JSON.stringify(body)
    const hash = await sha256(text)
    if (this.hash(key) === hash) return hash
    const sealed = await sealDocument(data, key, text)
    if (sealed.length > LARGEST)
      throw rejected('record_too_large', `${text.length} characters`, 'Split the document in the source, then replay.')
    this.#sql.exec('insert or replace into documents values (?, ?, ?, ?)', key, hash, at, sealed)
    return hash
  }
}
