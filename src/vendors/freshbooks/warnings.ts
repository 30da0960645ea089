import type { ReadApi } from '../../core/vendor'
import { type Business, type Me, pinned, readMe } from './me'
import { oauth } from './oauth'

/** What stands in the way of the flows, as far as FreshBooks says it in advance. */
export const warnings = async (api: ReadApi, _credentials: unknown, scope: string): Promise<string[]> => {
  const missing = missingScopes(scope)
  if (api.account === '') return missing
  const me = await readMe(api)
  const business = pinned(me, api.account)
  return [...missing, ...standing(me, business), ...role(business), ...features(me, business)]
}

/** Empty = not known. */
const missingScopes = (scope: string): string[] => {
  if (scope === '') return []
  const granted = new Set(scope.split(' '))
  const missing = oauth.scopes.filter((wanted) => !granted.has(wanted))
  if (missing.length === 0) return []
  return [
    `FreshBooks granted fewer scopes than asked for; missing: ${missing.join(', ')}. Tick them in the app at FreshBooks, then connect again.`,
  ]
}

const standing = (me: Me, { accountId, name, active }: Business): string[] => {
  const subscription = me.subscription_statuses?.[accountId] ?? ''
  if (active && !/cancel|expire|suspend|inactive/i.test(subscription)) return []
  return [
    `FreshBooks shows ${name} as ${active ? `having a subscription that is "${subscription}"` : 'not active'}: renew it in FreshBooks, or nothing can be read.`,
  ]
}

/** Who is not in this list sees a part of the books only. */
const SEES_ALL = ['owner', 'business_partner', 'business_manager', 'business_accountant']

const role = ({ role, name }: Business): string[] =>
  SEES_ALL.includes(role)
    ? []
    : [
        `The FreshBooks user who consented is "${role}" in ${name} and may not see all of its books: let an owner, partner, manager or accountant connect.`,
      ]

/** Meaning inferred from live answers (sheet section 2): only a plain no is taken as one. */
const FEATURES = [
  {
    flag: ['accounts_payable', 'access'],
    lacking: 'accounts payable: bills, bill payments and vendors cannot be read',
  },
  {
    flag: ['manual_journal_entries_feature', 'access'],
    lacking: 'manual journal entries: there are none to carry',
  },
] as const

const features = (me: Me, { accountId, name }: Business): string[] =>
  FEATURES.filter(({ flag }) => isOff(me.permissions?.[accountId] ?? {}, flag)).map(
    ({ lacking }) =>
      `The FreshBooks plan of ${name} lacks ${lacking}. Choose a plan that has them, or switch those flows off.`,
  )

/** `{"a.b": false}` or `{"a": {"b": false}}`: the sheet leaves open which. */
const isOff = (flags: Record<string, unknown>, [noun, verb]: readonly [string, string]): boolean =>
  flags[`${noun}.${verb}`] === false || Object(flags[noun])[verb] === false
