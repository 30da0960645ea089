import { z } from 'zod'
import type { Account, ReadApi, Vendor } from '../../core/vendor'
import { get } from './client'
import { refusal } from './errors'
import { references } from './references'
import { text } from './shapes'
import { warnings } from './warnings'
import { webhook } from './webhook'

const Credentials = z.lazy(() => z.object({ accountId: z.string().min(1), applicationKey: z.string().min(1) }))
type Credentials = z.infer<typeof Credentials>

const Me = z.object({ Company: z.string(), Currency: text, TimeZone: text, LockDate: text })

/** `/me` shows no account id; the one of the credentials names one company for good (sheet section 1). */
const account = async (api: ReadApi, { accountId }: Credentials): Promise<Account> => {
  const { Company, Currency, TimeZone, LockDate } = await api.read(get('/me'), Me)
  return {
    id: accountId.toLowerCase(),
    name: Company,
    baseCurrency: Currency || null,
    timeZone: TimeZone || null,
    lockDate: LockDate.slice(0, 10) || null,
  }
}

/** Cin7 Core (formerly DEAR): REST, two headers, no OAuth, no idempotency key. */
export const cin7: Vendor<Credentials> = {
  name: 'cin7',
  credentials: Credentials,
  settings: z.object({ baseUrl: z.url().optional() }),
  // 60 in 60 s per application key, perhaps shared by the account (sheet section 3.3).
  limits: [{ calls: 55, perMs: 60_000 }],
  concurrency: 2,
  timeout: 90_000,
  maxBytes: 20_000_000,
  baseUrl: () => 'https://inventory.dearsystems.com',
  authorise(headers, { accountId, applicationKey }) {
    headers.set('api-auth-accountid', accountId)
    headers.set('api-auth-applicationkey', applicationKey)
  },
  reads: ({ method }) => method === 'GET',
  refusal,
  account,
  warnings,
  references,
  webhook,
}
