import type { Guards } from '../../core/guard'
import type { Settings } from './settings'

/** Without a word on payouts, nothing passes. */
export const guardsOf = ({ payout, balances }: Settings): Guards => {
  if (!payout) return { limits: [], settings: { payout: 'none' } }
  const { from: currency, perTransfer, perDay, selfLimit: alone } = payout
  const balance = balances.find((one) => one.currency === currency)?.balance ?? ''
  return { limits: [{ currency, perTransfer, perDay, alone }], settings: { ...payout, balance } }
}
