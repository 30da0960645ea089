import { z } from 'zod'
import { toFailure } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'

/** Whether the plan has webhooks. That the account is itself connected to another ledger, no call shows (sheet section 17). */
export const warnings = async (api: ReadApi): Promise<string[]> => {
  try {
    await api.read(get('/webhooks'), z.unknown())
    return []
  } catch (thrown) {
    const { kind, message, remedy } = toFailure(thrown)
    if (kind !== 'rejected') throw thrown
    return [`${message}: ${remedy}`]
  }
}
