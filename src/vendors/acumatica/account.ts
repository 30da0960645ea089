import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Account, ReadApi } from '../../core/vendor'
import { inBranch, list } from './client'
import { tenantOf } from './credentials'
import { checkVersion } from './endpoints'
import { lockDateOf, Year } from './periods'
import { instanceOf, settingsOf } from './settings'
import { sameWord, text } from './shapes'

/**
 * Instance and tenant, which the client id names (sheet 3); proven by a list of vendors, since `/entity` answers anybody. Acumatica
 * tells no time zone, only the offset of each stamp.
 */
export const account = async (api: ReadApi, { clientId }: { clientId: string }): Promise<Account> => {
  const settings = settingsOf(api)
  const tenant = tenantOf(clientId)
  if (settings.tenant !== undefined && !sameWord(settings.tenant, tenant)) throw otherTenant(settings.tenant, tenant)
  await checkVersion(api)
  const vendors = list(api, 'Vendor', { $top: '1', $select: 'VendorID' })
  await api.read({ ...vendors, headers: inBranch(api) }, z.array(z.object({ VendorID: text })))
  const instance = instanceOf(settings)
  return {
    id: `${instance}@${tenant.toLowerCase()}`,
    name: `${tenant} (${instance})`,
    baseCurrency: await baseCurrency(api),
    timeZone: null,
    lockDate: await lockDate(api),
  }
}

const Ledger = z.object({ Type: text, Currency: text })

/** The currency of the actual ledger; null where several companies have several, or the user may not see it. */
const baseCurrency = async (api: ReadApi): Promise<string | null> => {
  const ledgers = await ifAllowed(api, 'Ledger', { $select: 'LedgerID,Type,Currency' }, Ledger)
  const currencies = new Set(ledgers.flatMap(({ Type, Currency }) => (sameWord(Type, 'Actual') ? [Currency] : [])))
  const [first = '', ...others] = currencies
  return first === '' || others.length > 0 ? null : first
}

const lockDate = async (api: ReadApi): Promise<string | null> =>
  lockDateOf(await ifAllowed(api, 'FinancialPeriod', { $expand: 'Details' }, Year))

/** What is good to know and not needed: empty where this user or this instance does not show it. */
const ifAllowed = async <T>(
  api: ReadApi,
  entity: string,
  query: Record<string, string>,
  row: z.ZodType<T>,
): Promise<T[]> => {
  try {
    return await api.read(list(api, entity, query), z.array(row))
  } catch (thrown) {
    if (thrown instanceof Failed && ['rejected', 'malformed'].includes(thrown.failure.kind)) return []
    throw thrown
  }
}

const otherTenant = (wanted: string, reached: string) =>
  rejected(
    'acumatica_other_tenant',
    `the client id belongs to the tenant ${reached}, the setting tenant says ${wanted}`,
    'Register the connected application (form SM303010) while signed in to the right tenant and store its client id and secret (PUT …/credentials), or correct the setting.',
  )
