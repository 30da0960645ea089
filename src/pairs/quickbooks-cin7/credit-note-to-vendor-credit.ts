import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import {
  bookedCreditNotes,
  creditNoteContent,
  isBooked,
  standingCreditNotes,
} from '../../vendors/cin7/purchase-standing'
import { type Purchase, type PurchaseCreditNote, purchases } from '../../vendors/cin7/purchases'
import { type CreditDraft, vendorCredits } from '../../vendors/quickbooks/vendor-credits'
import { documentFigures } from './document-figures'
import { documentLines } from './document-lines'
import { totals } from './document-totals'
import { eachPart } from './each-part'
import { moneyOf } from './money'
import { CREDITS } from './names'
import { theVendor, vendorOf } from './needs'
import { shortNumber } from './numbers'
import { refuseBelowZero } from './refusals'
import { Settings } from './settings'
import { Translator } from './translate'

/** Each authorised credit note of a Cin7 purchase becomes a QuickBooks vendor credit. Which bill it is applied to, people say. */
export const creditNoteToVendorCredit: Flow<Purchase, CreditDraft, Settings> = {
  name: CREDITS,
  source: purchases,
  target: vendorCredits,
  settings: Settings,

  skip: (purchase, _settings, { variants }) =>
    bookedCreditNotes(purchase).length > 0 || variants.length > 0 ? undefined : 'no authorised credit note',

  needs: (purchase) => (bookedCreditNotes(purchase).length > 0 ? [vendorOf(purchase)] : []),

  parts: (purchase) => standingCreditNotes(purchase).map(({ id }) => id),

  partDate: (purchase, part) => noteOf(purchase, part)?.date ?? '',

  fingerprint(purchase, part) {
    const note = noteOf(purchase, part)
    return note && { purchase: purchase.number, booked: isBooked(note), ...creditNoteContent(purchase, note) }
  },

  map: (purchase, settings, lookups) =>
    eachPart(bookedCreditNotes(purchase), (note) => creditOf(purchase, note, settings, lookups)),

  totals: (_purchase, draft) => totals(draft),

  removes: ({ bills: { voided } }) => voided === 'delete',

  figures: (purchase, settings, lookups) =>
    bookedCreditNotes(purchase).map((note) => ({
      variant: note.id,
      figures: documentFigures(purchase, note, settings, lookups),
    })),

  matching: { variant: () => undefined, brings: 'keep' },
}

const noteOf = ({ creditNotes }: Purchase, part: string): PurchaseCreditNote | undefined =>
  creditNotes.find(({ id }) => id === part)

const creditOf = (
  purchase: Purchase,
  note: PurchaseCreditNote,
  settings: Settings,
  lookups: Lookups,
): Mapped<CreditDraft> | Failure => {
  const vendor = theVendor(purchase, lookups)
  if ('kind' in vendor) return vendor
  const money = moneyOf(purchase, purchase.rate, settings, lookups)
  if ('kind' in money) return money
  const translator = new Translator(settings, lookups)
  const lines = documentLines({ purchase, document: note, settings, translator })
  const department = translator.department(purchase)
  const failure = translator.failure() ?? refuseBelowZero(purchase, note)
  if (failure) return failure
  return {
    variant: note.id,
    draft: {
      vendor: vendor.id,
      ...money,
      date: note.date || purchase.orderDate,
      number: shortNumber(note.number || purchase.number),
      memo: [`Cin7 ${purchase.number} / ${note.number}`, note.invoiceNumber && `for ${note.invoiceNumber}`]
        .filter(Boolean)
        .join(' '),
      department,
      ...lines,
    },
  }
}
