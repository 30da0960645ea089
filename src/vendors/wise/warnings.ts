import type { ReadApi } from '../../core/vendor'
import { readBalances } from './balances'
import { type Profile, theProfile } from './profiles'
import { asksForSca } from './sca'
import { unverified } from './verification'

interface Access {
  kind: 'token' | 'oauth'
}

/** What stands in the way of paying and booking, as far as Wise says it in advance. */
export const warnings = async (api: ReadApi, { kind }: Access, scope: string): Promise<string[]> => {
  const profile = await theProfile(api)
  const balances = await readBalances(api, profile.id)
  const currencies = [...new Set(balances.map(({ currency }) => currency))]
  return [
    ...scopeMissing(scope),
    ...standing(profile),
    ...noBalance(currencies),
    ...strongAuthentication(profile, kind),
    ...(await unverified(api, profile.id, currencies)),
  ]
}

const SCOPE = 'transfers'

/** A personal token has none, and none is asked for: Wise grants this one (sheet 4). */
const scopeMissing = (scope: string): string[] =>
  scope === '' || scope.split(/[ ,]+/).includes(SCOPE)
    ? []
    : [`Wise did not grant the scope ${SCOPE}: ask Wise to give it to the app, then connect again.`]

const standing = ({ name, isBusiness, state }: Profile): string[] => [
  ...(isBusiness
    ? []
    : [`${name} is a personal profile of Wise: if the books are those of a business, connect the business profile.`]),
  ...(state === '' || state === 'VISIBLE'
    ? []
    : [`Wise shows the profile ${name} as ${state}: look on wise.com why, before anything is paid with it.`]),
]

const noBalance = (currencies: string[]): string[] =>
  currencies.length > 0
    ? []
    : ['The Wise profile has no balance: open one on wise.com in each currency that is to be paid from.']

const strongAuthentication = ({ country }: Profile, kind: Access['kind']): string[] => {
  if (!asksForSca(country)) return []
  return kind === 'token'
    ? [
        `Wise asks accounts in ${country} for strong customer authentication, which a personal token cannot give: transfers are prepared here and have to be funded by a person on wise.com, and statements cannot be read.`,
      ]
    : [
        `Wise may ask accounts in ${country} for strong customer authentication: a transfer that it asks for is funded by a person on wise.com.`,
      ]
}
