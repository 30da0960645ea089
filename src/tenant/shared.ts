import type { Owner, Shared } from '../core/ledger'
import { jobKey } from './inbox'
import type { LedgerTools } from './write'

type Tools = Pick<LedgerTools, 'storage' | 'links'>

/** `begun` = a write of this owner's is open. */
export const sharedOf = ({ storage, links }: Tools, owner: Owner, begun: boolean): Shared => {
  const key = jobKey(owner.integration, owner.flow, owner.sourceId)
  const [job] = storage.sql.exec<{ state: string }>('select state from jobs where key = ?', key).toArray()
  return {
    stands: links.all(owner).some(({ state, target }) => state === 'linked' && target !== null),
    begun,
    atRest: !job || job.state === 'done' || job.state === 'skipped',
  }
}
