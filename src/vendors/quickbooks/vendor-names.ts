import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { query, quoted } from './client'
import { sameName } from './shapes'
import { Vendor } from './vendor-fields'

/** Put behind the name of one that was made inactive [R] (sheet 10). */
const GONE = ' (deleted)'

const Named = z.lazy(() => z.object({ Id: z.string(), DisplayName: z.string() }))

const named = async <T>(api: ReadApi, entity: string, row: z.ZodType<T>, names: string[]): Promise<T[]> => {
  const shape = z.object({ QueryResponse: z.object({ [entity]: z.array(row).optional() }) })
  const statement = `SELECT * FROM ${entity} WHERE DisplayName IN (${names.map(quoted).join(',')}) AND Active IN (true,false)`
  return (await api.read(query(api, statement), shape)).QueryResponse[entity] ?? []
}

/** Vendors of these names, also those that were made inactive and lost their name by it. */
export const vendorsNamed = (api: ReadApi, names: string[]): Promise<Vendor[]> =>
  named(api, 'Vendor', Vendor, [...new Set(names.flatMap((name) => [name, `${name}${GONE}`]))])

export const isNamed = ({ DisplayName }: Vendor, name: string): boolean =>
  sameName(DisplayName, name) || sameName(DisplayName, `${name}${GONE}`)

/** As it was before it was made inactive. */
export const nameOf = ({ DisplayName }: Vendor): string => DisplayName.replace(/ \(deleted\)$/, '')

/** Who has a name that no vendor has. */
const otherHolder = async (api: ReadApi, name: string): Promise<string> => {
  for (const entity of ['Customer', 'Employee']) {
    const [found] = await named(api, entity, Named, [name])
    if (found) return `the ${entity.toLowerCase()} ${found.DisplayName} (${found.Id})`
  }
  return 'a customer, employee or vendor'
}

/** A match by mere name is for a person to accept. */
export const vendorThere = (name: string, currency: string, { Id, DisplayName, Active, ...other }: Vendor): Failed => {
  const inactive = Active === false ? ' (inactive)' : ''
  return new Failed({
    kind: 'conflict',
    code: 'quickbooks_vendor_name_taken',
    message: `QuickBooks already has a vendor "${DisplayName}"${inactive}, which was not made by the connector`,
    remedy:
      'If it is the same supplier, link the two (accept the match; make the vendor active again if it is inactive). If not, rename one of the two. Then replay.',
    facts: {
      name,
      currency,
      target: Id,
      quickbooksName: DisplayName,
      quickbooksCurrency: other.CurrencyRef?.value ?? '',
      quickbooksEmail: other.PrimaryEmailAddr?.Address ?? '',
    },
  })
}

export const nameHeld = async (api: ReadApi, name: string): Promise<Failed> => {
  const holder = await otherHolder(api, name)
  return new Failed({
    kind: 'conflict',
    code: 'quickbooks_name_taken',
    message: `the name "${name}" belongs to ${holder} in QuickBooks; suppliers, customers and employees share one name space`,
    remedy:
      'Rename one of the two; or choose in the setting suppliers.suffix what is put behind such a name, e.g. " (Supplier)". Then replay.',
    facts: { name, holder },
  })
}
