import { z } from 'zod'
import type { Account, ReadApi } from '../../core/vendor'
import { get } from './client'
import { type Profile, readProfiles, Settings, theProfile } from './profiles'
import { id } from './shapes'

/** The profile that a connection stands for; its id is what webhooks carry. */
export const account = async (api: ReadApi): Promise<Account> => {
  await api.read(get('v1', '/me'), z.object({ id }))
  return accountOf(await theProfile(api))
}

/** What a consent reaches that named no profile: businesses first, and people, who may trade as themselves. */
export const accounts = async (api: ReadApi): Promise<Account[]> => {
  if (Settings.parse(api.settings).profileId !== undefined) return [accountOf(await theProfile(api))]
  const all = await readProfiles(api)
  const [businesses, people] = [all.filter(({ isBusiness }) => isBusiness), all.filter(({ isBusiness }) => !isBusiness)]
  return [...businesses, ...people].map(accountOf)
}

/** Balances have currencies, the profile has none; Wise knows neither a time zone nor closed books. */
const accountOf = ({ id: profile, name, isBusiness }: Profile): Account => ({
  id: profile,
  name: isBusiness ? name : `${name} (personal)`,
  baseCurrency: null,
  timeZone: null,
  lockDate: null,
})
