import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { isZero } from '../../lib/money'
import { post } from './client'
import { currency, decimal } from './shapes'

/** Not in the sheet: as the public documentation of this call has it (docs.wise.com, profile creation and reference, 2026). */
const Status = z.lazy(() =>
  z.object({
    routes: z.array(
      z.object({
        source_currency: currency,
        current_status: z.string(),
        /** In all, not for each transfer. Means something only while not verified. */
        maximum_entitled_amount: decimal.nullish(),
      }),
    ),
  }),
)
type Route = z.infer<typeof Status>['routes'][number]

/** Where Wise has not verified the profile, in words; empty = verified, or Wise does not tell this token (sheet 3: user tokens). */
export const unverified = async (api: ReadApi, profile: string, currencies: string[]): Promise<string[]> => {
  if (currencies.length === 0) return []
  const call = post('v3', '/profiles/{profile}/verification-status/bank-transfer', { profile }, undefined, {
    query: { source_currencies: currencies.join(',') },
  })
  try {
    return (await api.read(call, Status)).routes.flatMap(worded)
  } catch (thrown) {
    if (thrown instanceof Failed && ['rejected', 'malformed'].includes(thrown.failure.kind)) return []
    throw thrown
  }
}

const worded = ({ source_currency, current_status, maximum_entitled_amount: most }: Route): string[] => {
  if (current_status !== 'not_verified') return []
  const limit =
    most == null || isZero(most) ? 'payments are delayed until it is' : `only ${most} can be paid in all until it is`
  return [
    `Wise has not verified the profile for payments from ${source_currency}: ${limit}. Finish the verification on wise.com.`,
  ]
}
