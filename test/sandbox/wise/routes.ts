import { createBalance, createMovement, listBalances, readBalance } from './balances'
import type { Handler } from './call'
import { listRates } from './currencies'
import { fundTransfer, listPayments } from './funding'
import { estimateDelivery, listOldProfiles, listProfiles, readMe, readProfile, verificationStatus } from './profiles'
import { createQuote, patchQuote, previewQuote, readOneQuote } from './quotes'
import { listRecipients } from './recipient-list'
import { confirmRecipient, createRecipient, deleteRecipient, readRecipient } from './recipients'
import { cancelTransfer, receipt } from './refunds'
import { quoteRequirements, routeRequirements } from './requirements'
import { oneTimeTokenStatus } from './sca'
import { simulatePayoutFailure, simulateState, simulateTopUp, verifyInPath, verifyProfile } from './simulation'
import { statement } from './statements'
import { create, list, ofApplication, ofProfile, read, remove, testNotification } from './subscriptions'
import { listTransfers } from './transfer-list'
import { transferRequirements } from './transfer-rules'
import { createTransfer, readTransfer } from './transfers'

/** `personal`: any user's token; `user`: listed for user tokens only; `client`: client credentials; `open`: no token. */
export type Who = 'personal' | 'user' | 'client' | 'open'

export interface Route {
  method: string
  version: string
  parts: string[]
  who: Who
  run: Handler
  /** Refused to a read-only token. */
  writes: boolean
}

const on = (line: string, who: Who, run: Handler, kind?: 'reads' | 'writes'): Route => {
  const [method = '', version = '', path = ''] = line.split(' ')
  const writes = kind ? kind === 'writes' : method !== 'GET'
  return { method, version, parts: path.split('/').slice(1), who, run, writes }
}

const PROFILE_HOOKS = '/profiles/{profile}/subscriptions'
const APP_HOOKS = '/applications/{client}/subscriptions'

/** Sheet 3, and 10 for the simulation. On calendar paths the same without the version. */
// biome-ignore format: a table
const ROUTES: Route[] = [
  on('GET v1 /me', 'personal', readMe),
  on('GET v2 /profiles', 'personal', listProfiles),
  on('GET v2 /profiles/{profile}', 'personal', readProfile),
  on('GET v4 /profiles/{profile}/balances', 'personal', listBalances),
  on('GET v4 /profiles/{profile}/balances/{balance}', 'personal', readBalance),
  on('POST v4 /profiles/{profile}/balances', 'personal', createBalance),
  on('POST v2 /profiles/{profile}/balance-movements', 'personal', createMovement),
  on('GET v1 /rates', 'personal', listRates),
  on('POST v3 /profiles/{profile}/quotes', 'user', createQuote),
  on('GET v3 /profiles/{profile}/quotes/{quote}', 'user', readOneQuote),
  on('PATCH v3 /profiles/{profile}/quotes/{quote}', 'user', patchQuote),
  on('POST v3 /quotes', 'open', previewQuote, 'reads'),
  on('GET v1 /quotes/{quote}/account-requirements', 'user', quoteRequirements),
  on('POST v1 /quotes/{quote}/account-requirements', 'user', quoteRequirements, 'reads'),
  on('POST v1 /accounts', 'user', createRecipient),
  on('GET v2 /accounts', 'user', listRecipients),
  on('GET v2 /accounts/{account}', 'user', readRecipient),
  on('DELETE v2 /accounts/{account}', 'user', deleteRecipient),
  on('PATCH v2 /accounts/{account}/confirmations', 'user', confirmRecipient),
  on('POST v1 /transfer-requirements', 'personal', transferRequirements, 'reads'),
  on('POST v1 /transfers', 'personal', createTransfer),
  on('GET v1 /transfers', 'personal', listTransfers),
  on('GET v1 /transfers/{transfer}', 'personal', readTransfer),
  on('PUT v1 /transfers/{transfer}/cancel', 'personal', cancelTransfer),
  on('POST v3 /profiles/{profile}/transfers/{transfer}/payments', 'personal', fundTransfer),
  on('GET v1 /transfers/{transfer}/payments', 'personal', listPayments),
  on('GET v1 /transfers/{transfer}/receipt.pdf', 'personal', receipt),
  on('GET v1 /delivery-estimates/{transfer}', 'user', estimateDelivery),
  on('GET v1 /profiles/{profile}/balance-statements/{balance}/statement.json', 'personal', statement),
  on('POST v3 /profiles/{profile}/verification-status/bank-transfer', 'user', verificationStatus, 'reads'),
  on('GET v1 /one-time-token/status', 'user', oneTimeTokenStatus),
  on(`POST v3 ${PROFILE_HOOKS}`, 'user', create(ofProfile)),
  on(`GET v3 ${PROFILE_HOOKS}`, 'user', list(ofProfile)),
  on(`GET v3 ${PROFILE_HOOKS}/{subscription}`, 'user', read(ofProfile)),
  on(`DELETE v3 ${PROFILE_HOOKS}/{subscription}`, 'user', remove(ofProfile)),
  on(`POST v3 ${APP_HOOKS}`, 'client', create(ofApplication)),
  on(`GET v3 ${APP_HOOKS}`, 'client', list(ofApplication)),
  on(`GET v3 ${APP_HOOKS}/{subscription}`, 'client', read(ofApplication)),
  on(`DELETE v3 ${APP_HOOKS}/{subscription}`, 'client', remove(ofApplication)),
  on(`POST v3 ${APP_HOOKS}/{subscription}/test-notifications`, 'client', testNotification),
  on('POST v1 /simulation/transfers/{transfer}/payout-failure', 'personal', simulatePayoutFailure),
  on('GET v1 /simulation/transfers/{transfer}/{state}', 'personal', simulateState, 'writes'),
  on('POST v1 /simulation/balance/topup', 'personal', simulateTopUp),
  on('POST v1 /simulation/verify-profile', 'personal', verifyProfile),
  on('POST v1 /simulation/profiles/{profile}/verifications', 'personal', verifyInPath),
]

const LEGACY_ONLY: Route[] = [
  on('GET v1 /profiles', 'personal', listOldProfiles),
  on('GET v1 /account-requirements', 'user', routeRequirements),
]

const CALENDAR = ['2026Q3', '2026Q4', '2027Q1']

/** Parameters of the path where it fits the pattern. */
const parametersOf = (pattern: string[], parts: string[]): Record<string, string> | undefined => {
  if (pattern.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [place, wanted] of pattern.entries()) {
    const given = parts[place] ?? ''
    if (wanted.startsWith('{')) params[wanted.slice(1, -1)] = given
    else if (wanted !== given) return undefined
  }
  return params
}

export interface Found {
  route: Route
  params: Record<string, string>
}

/** All routes of a path, any method: none is a 404, none with the method a 405. */
export const routesOf = (path: string): Found[] => {
  const [, version = '', ...parts] = path.split('/')
  const known = CALENDAR.includes(version)
    ? ROUTES
    : [...ROUTES, ...LEGACY_ONLY].filter((route) => route.version === version)
  return known.flatMap((route) => {
    const params = parametersOf(route.parts, parts)
    return params ? [{ route, params }] : []
  })
}
