import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import type { BillDraft, BillType } from './bill-draft'
import { type BillRow, readBill } from './bill-record'
import { list } from './client'
import { both, textLiteral } from './filters'
import { stampIn } from './marks'
import { date, decimal, id, sameWord, text } from './shapes'

const Light = z.object({
  id,
  ReferenceNbr: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  Amount: decimal,
  Status: text,
  Description: text,
})
type Light = z.infer<typeof Light>

/** Two public clients rely on this filter (sheet 10). */
const sameReference = (api: ReadApi, type: BillType, { vendor, reference }: BillDraft): Promise<Light[]> => {
  const $filter = both(
    `Vendor eq ${textLiteral(vendor)}`,
    `VendorRef eq ${textLiteral(reference)}`,
    `Type eq ${textLiteral(type)}`,
  )
  return api.read(list(api, 'Bill', { $filter, $select: Object.keys(Light.shape).slice(1).join(',') }), z.array(Light))
}

const isOurs = ({ Description }: Light, mark: string): boolean => stampIn(Description)?.mark === mark

export const findBill = async (
  api: ReadApi,
  type: BillType,
  draft: BillDraft,
  mark: string,
): Promise<BillRow | null> => {
  const found = (await sameReference(api, type, draft)).find((row) => isOurs(row, mark))
  return found ? readBill(api, found.id) : null
}

/** Somebody may have entered it already: the same vendor does not send two documents of one number. */
export const refuseTaken = async (api: ReadApi, type: BillType, draft: BillDraft, mark: string): Promise<void> => {
  const rows = await sameReference(api, type, draft)
  const other = rows.find((row) => !isOurs(row, mark) && !sameWord(row.Status, 'Voided'))
  if (!other || rows.some((row) => isOurs(row, mark))) return
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_vendor_ref_taken',
    message: `Acumatica already has ${type} ${other.ReferenceNbr} of vendor ${draft.vendor} with the vendor reference ${draft.reference}, which was not made by the connector`,
    remedy:
      'If it is the same document, link the two (accept the match). If not, change the number in the source. Then replay.',
    facts: {
      acumaticaId: other.id,
      number: other.ReferenceNbr,
      date: other.Date,
      total: other.Amount,
      currency: other.CurrencyID,
      sourceDate: draft.date,
      sourceTotal: draft.total,
      sourceCurrency: draft.currency,
    },
  })
}
