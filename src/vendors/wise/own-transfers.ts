import type { ReadApi } from '../../core/vendor'
import { theProfile } from './profiles'
import { readTransfer, type Transfer } from './transfer-reads'

/**
 * A transfer that this profile has made; null = of somebody else, or unknown. One without a business is a person's: of the same user,
 * perhaps, who has paid the business, so that the profile is looked at as well.
 */
export const readOwnTransfer = async (api: ReadApi, id: string): Promise<Transfer | null> => {
  const transfer = await readTransfer(api, id)
  if (transfer?.business !== null) return transfer
  return (await theProfile(api)).isBusiness ? null : transfer
}
