import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'
import { currency, decimal, id, text } from './shapes'

const Amount = z.object({ value: decimal, currency })

export const Balance = z.lazy(() =>
  z.object({
    id,
    currency,
    type: z.string(),
    name: text,
    /** What can be spent. */
    amount: Amount,
    /** Absent = visible. */
    visible: z.boolean().nullish(),
  }),
)
/** Money of the profile in one currency; amounts as decimal text. */
export type Balance = z.infer<typeof Balance>

/** Those that pay and are paid into; `types` is required (sheet 3). Jars and the like are left out. */
export const readBalances = (api: ReadApi, profile = api.account): Promise<Balance[]> =>
  api.read(get('v4', '/profiles/{profile}/balances', { profile }, { types: 'STANDARD' }), z.array(Balance))
