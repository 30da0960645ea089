import type { Listed, Source } from '../../core/flow'
import { changesOf, everythingOf, type Watched } from './cdc'
import { utc } from './shapes'
import { ORDER, readTxn, Txn } from './txn-shapes'

/** Two changes within a second have one stamp; the token tells them apart. */
const rowOf = ({ SyncToken }: Txn): string => SyncToken

const versionOf = ({ MetaData }: Txn): string => utc(MetaData.LastUpdatedTime)

const listed = (txn: Txn): Listed => ({
  change: { type: ORDER.type, id: txn.Id, event: 'listed' },
  version: versionOf(txn),
  row: rowOf(txn),
  date: txn.TxnDate,
  number: txn.DocNumber,
})

const watched: Watched<Txn> = { entity: ORDER.entity, type: ORDER.type, row: Txn, listed }

/** Purchase orders of QuickBooks as they change there: one call of change data capture where nothing did (sheet 8). */
export const orderChanges: Source<Txn> = {
  vendor: 'quickbooks',
  type: ORDER.type,
  record: Txn,
  read: async (api, id) => (await readTxn(api, ORDER, id))?.txn ?? null,
  changes: (api, cursor) => changesOf(api, watched, cursor),
  all: (api, cursor) => everythingOf(api, watched, cursor),
  version: versionOf,
  number: ({ DocNumber, Id }) => DocNumber || Id,
  date: ({ TxnDate }) => TxnDate,
  row: rowOf,
}
