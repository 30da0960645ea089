import type { Who } from '../../core/guard'
import type { AdminContext } from './api'

/** Who calls, as far as approvals care. */
export const personOf = (c: AdminContext): Who => {
  const { key, principal, madeBy } = c.get('caller')
  return { key, principal, madeBy }
}
