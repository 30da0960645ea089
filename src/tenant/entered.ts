import type { Who } from '../core/guard'
import type { Owner } from '../core/ledger'
import { type DataKey, sealDocument, unsealDocument } from '../lib/seal'
import { withAsker } from './guards'

export type EnteredRow = { flow: string; source_id: string; variant: string; shown: string; askers: string; at: number }

/** What people have entered for records: sealed, and opened for their flow alone. */
export class Entered {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  async of(data: DataKey, owner: Owner): Promise<Record<string, unknown>> {
    const query = 'select variant, sealed from entered where integration = ? and flow = ? and source_id = ?'
    const rows = this.#sql
      .exec<{ variant: string; sealed: string }>(query, owner.integration, owner.flow, owner.sourceId)
      .toArray()
    const opened = rows.map(
      async ({ variant, sealed }): Promise<[string, unknown]> => [
        variant,
        JSON.parse(await unsealDocument(data, rowOf(owner, variant), sealed)),
      ],
    )
    return Object.fromEntries(await Promise.all(opened))
  }

  seal(data: DataKey, owner: Owner, variant: string, body: unknown): Promise<string> {
    return sealDocument(data, rowOf(owner, variant), JSON.stringify(body))
  }

  /** `shown` = what people may see of it. Whoever entered it before counts as its asker as well. */
  put(owner: Owner, variant: string, { sealed, shown, by, at }: Put): void {
    const known = this.known(owner, variant)
    this.#sql.exec(
      'insert or replace into entered values (?, ?, ?, ?, ?, ?, ?, ?)',
      owner.integration,
      owner.flow,
      owner.sourceId,
      variant,
      sealed,
      JSON.stringify(shown),
      withAsker(known?.askers ?? '[]', by),
      at,
    )
  }

  known(owner: Owner, variant: string): EnteredRow | undefined {
    return this.#rows(owner).find((row) => row.variant === variant)
  }

  #rows({ integration, flow, sourceId }: Owner): EnteredRow[] {
    const query = `select flow, source_id, variant, shown, askers, at from entered where integration = ? and flow = ? and source_id = ?`
    return this.#sql.exec<EnteredRow>(query, integration, flow, sourceId).toArray()
  }

  all(integration: string, flow: string): EnteredRow[] {
    const query = `select flow, source_id, variant, shown, askers, at from entered where integration = ? and flow = ?
      order by source_id, variant`
    return this.#sql.exec<EnteredRow>(query, integration, flow).toArray()
  }
}

interface Put {
  sealed: string
  shown: Record<string, string>
  by: Who
  at: number
}

const rowOf = ({ integration, flow, sourceId }: Owner, variant: string): string =>
  `entered/${integration}/${flow}/${sourceId}/${variant}`
