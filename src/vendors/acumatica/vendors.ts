import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Listed, Page, Source } from '../../core/flow'
import { id, stamp, text } from './shapes'
import { changesOf, everything, type StampedList } from './since-list'
import { ContactRow, contactDigest, contactOf, EXPAND, readVendor, recordOf, VendorRecord } from './vendor-record'

/**
 * Vendors of one tenant. Whether a change of contact or address alone moves their stamp is not known, and a deletion never shows
 * (sheet 5): so all of them are compared once a day, contacts included.
 */
export const vendors: Source<VendorRecord> = {
  vendor: 'acumatica',
  type: 'vendor',
  record: VendorRecord,
  async read(api, vendor) {
    const row = await readVendor(api, vendor)
    return row && recordOf(row)
  },
  changes: (api, cursor) =>
    orPlain(
      () => changesOf(api, cursor, whole),
      () => changesOf(api, cursor, plain),
    ),
  all: (api, cursor) =>
    orPlain(
      () => everything(api, cursor, whole),
      () => everything(api, cursor, plain),
    ),
  version: ({ updated }) => updated,
  number: ({ code }) => code,
  date: () => null,
  row: contactDigest,
}

const PlainRow = z.object({ id, VendorID: text, VendorName: text, CurrencyID: text, LastModifiedDateTime: stamp })
const Row = PlainRow.extend({ MainContact: ContactRow })

const fieldsOf = (shape: object, path = ''): string[] => Object.keys(shape).map((name) => `${path}${name}`)

const PLAIN = fieldsOf(PlainRow.shape).filter((name) => name !== 'id')
const { Address, ...contact } = ContactRow.shape
const NESTED = [...fieldsOf(contact, 'MainContact/'), ...fieldsOf(Address.shape, 'MainContact/Address/')]

const whole: StampedList<z.infer<typeof Row>> = {
  entity: 'Vendor',
  row: Row,
  query: { $select: [...PLAIN, ...NESTED].join(','), ...EXPAND },
  item: (row) => itemOf(row, contactDigest(contactOf(row.MainContact))),
}

const plain: StampedList<z.infer<typeof PlainRow>> = {
  entity: 'Vendor',
  row: PlainRow,
  query: { $select: PLAIN.join(',') },
  item: (row) => itemOf(row, ''),
}

const itemOf = (row: z.infer<typeof PlainRow>, shown: string): Listed => ({
  change: { type: 'vendor', id: row.id, event: 'listed' },
  version: row.LastModifiedDateTime,
  number: row.VendorID,
  row: shown,
  terms: { kind: 'named', code: row.VendorID, name: row.VendorName, currency: row.CurrencyID },
})

/** Where an instance cannot list contacts in one query (sheet 5), they are seen by reading each vendor. */
const orPlain = async (
  list: () => Promise<Page<string>>,
  listPlain: () => Promise<Page<string>>,
): Promise<Page<string>> => {
  try {
    return await list()
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'acumatica_not_optimizable') return listPlain()
    throw thrown
  }
}
