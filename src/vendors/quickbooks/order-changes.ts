import type { Listed, Source } from '../../core/flow'
import { changesOf, everythingOf, type Watched } from './cdc'
import { utc } from './shapes'
import { BILL, CREDIT, ORDER, readTxn, Txn, type TxnKind } from './txn-shapes'

/** Two changes within a second have one stamp; the token tells them apart. */
const rowOf = ({ SyncToken }: Txn): string => SyncToken

const versionOf = ({ MetaData }: Txn): string => utc(MetaData.LastUpdatedTime)

const listed =
  ({ type }: TxnKind, event: string) =>
  (txn: Txn): Listed => ({
    change: { type, id: txn.Id, event },
    version: versionOf(txn),
    row: rowOf(txn),
    date: txn.TxnDate,
    number: txn.DocNumber,
  })

const watch = (kind: TxnKind, event: string): Watched<Txn> => ({ ...kind, row: Txn, listed: listed(kind, event) })

const watched: Watched<Txn> = {
  ...watch(ORDER, 'listed'),
  beside: [BILL, CREDIT].map((kind) => watch(kind, `${kind.type}.updated`)),
}

/** Purchase orders of QuickBooks as they change there, with bills and vendor credits: one call where nothing did (sheet 8). */
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
