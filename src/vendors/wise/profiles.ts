import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'
import { id, text } from './shapes'

const PEM = /^\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/

/**
 * `profileId` may be left out where the token reaches exactly one business. `webhookPublicKey` (SPKI PEM) takes the place of the key
 * that is built in, should Wise sign with another one day: no call and no header names the key (sheet 11).
 */
export const Settings = z.lazy(() =>
  z.object({
    baseUrl: z.url().optional(),
    profileId: id.optional(),
    webhookPublicKey: z.string().regex(PEM, 'must be a public key in PEM').optional(),
  }),
)

const Profile = z.lazy(() =>
  z
    .object({
      id,
      type: z.string(),
      businessName: text,
      fullName: text,
      currentState: text,
      address: z.object({ countryIso2Code: text }).nullish(),
    })
    .transform(({ id, type, businessName, fullName, currentState, address }) => ({
      id,
      isBusiness: type.toUpperCase() === 'BUSINESS',
      name: businessName || fullName || `profile ${id}`,
      /** `VISIBLE` as a rule; '' = not said. */
      state: currentState,
      /** ISO 3166, two letters; '' = not known. */
      country: address?.countryIso2Code.toUpperCase() ?? '',
    })),
)
/** A person or a business of the Wise user who gave access. */
export type Profile = z.infer<typeof Profile>

export const readProfiles = (api: ReadApi): Promise<Profile[]> => api.read(get('v2', '/profiles'), z.array(Profile))

/** The one that the setting names; else the pinned one, or the one that the user chose in consent; else the only business. */
export const theProfile = async (api: ReadApi): Promise<Profile> => {
  const { profileId } = Settings.parse(api.settings)
  const chosen = profileId ?? api.account
  return chosen === '' ? onlyBusiness(await readProfiles(api)) : oneProfile(api, chosen)
}

/** It may come from a redirect, so it is looked at before it becomes a path. */
const oneProfile = async (api: ReadApi, profile: string): Promise<Profile> => {
  if (!/^\d{1,19}$/.test(profile)) throw outOfReach(profile.slice(0, 40))
  try {
    return await api.read(get('v2', '/profiles/{profile}', { profile }), Profile)
  } catch (thrown) {
    if (thrown instanceof Failed && ['wise_not_found', 'wise_forbidden'].includes(thrown.failure.code))
      throw outOfReach(profile)
    throw thrown
  }
}

const onlyBusiness = (all: Profile[]): Profile => {
  const [first, ...more] = all.filter(({ isBusiness }) => isBusiness)
  if (first && more.length === 0) return first
  throw rejected(
    'wise_profile_not_chosen',
    all.length === 0
      ? 'the Wise user has no profile'
      : `the Wise user has ${first ? 'several businesses' : 'no business'}: ${all.map(shown).join(', ')}`,
    'Put the id of the right one into the setting profileId of the Wise connection.',
  )
}

/** For people, who choose by it. */
export const shown = ({ id, name, isBusiness }: Profile): string => `${name} (${isBusiness ? '' : 'personal, '}${id})`

const outOfReach = (profile: string): Failed =>
  rejected(
    'wise_profile_out_of_reach',
    `this access does not reach the Wise profile ${profile}`,
    'Check the setting profileId, and that the Wise user who gave access still works for this business; or connect again as somebody who does.',
  )
