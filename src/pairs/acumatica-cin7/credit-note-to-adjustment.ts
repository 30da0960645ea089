import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import type { BillDraft } from '../../vendors/acumatica/bill-draft'
import { debitAdjustments } from '../../vendors/acumatica/bill-target'
import {
  bookedCreditNotes,
  creditNoteContent,
  isBooked,
  standingCreditNotes,
} from '../../vendors/cin7/purchase-standing'
import { type Purchase, type PurchaseCreditNote, purchases } from '../../vendors/cin7/purchases'
import { billDraft } from './bill-document'
import { documentFigures } from './document-figures'
import { totals } from './document-totals'
import { eachPart } from './each-part'
import { CREDITS } from './names'
import { vendorOf } from './needs'
import { notOurs, refuseBelowZero } from './refusals'
import { Settings } from './settings'

/** Each authorised credit note of a Cin7 purchase becomes a debit adjustment. Which bill it is applied to, people say. */
export const creditNoteToAdjustment: Flow<Purchase, BillDraft, Settings> = {
  name: CREDITS,
  source: purchases,
  target: debitAdjustments,
  settings: Settings,

  skip(purchase, _settings, { variants }) {
    if (variants.length > 0) return undefined
    return bookedCreditNotes(purchase).length > 0 ? notOurs(purchase) : 'no authorised credit note'
  },

  needs: (purchase) => (bookedCreditNotes(purchase).length > 0 ? [vendorOf(purchase)] : []),

  parts: (purchase) => standingCreditNotes(purchase).map(({ id }) => id),

  partDate: (purchase, part) => noteOf(purchase, part)?.date ?? '',

  fingerprint(purchase, part) {
    const note = noteOf(purchase, part)
    return note && { purchase: purchase.number, booked: isBooked(note), ...creditNoteContent(purchase, note) }
  },

  map: (purchase, settings, lookups) =>
    eachPart(bookedCreditNotes(purchase), (note) => adjustmentOf(purchase, note, settings, lookups)),

  totals: (_purchase, draft) => totals(draft),

  removes: ({ bills: { voided } }) => voided === 'delete',

  figures: (purchase, settings, lookups) =>
    bookedCreditNotes(purchase).map((note) => ({
      variant: note.id,
      figures: documentFigures(purchase, note, settings, lookups, { sign: -1 }),
    })),

  matching: { variant: () => undefined, brings: 'keep' },
}

const noteOf = ({ creditNotes }: Purchase, part: string): PurchaseCreditNote | undefined =>
  creditNotes.find(({ id }) => id === part)

const adjustmentOf = (
  purchase: Purchase,
  note: PurchaseCreditNote,
  settings: Settings,
  lookups: Lookups,
): Mapped<BillDraft> | Failure => {
  const refused = refuseBelowZero(purchase, note)
  if (refused) return refused
  // Goods went back, and no order is taken from: every line stands on an account.
  const plain: Settings = { ...settings, bills: { ...settings.bills, lines: 'accounts' } }
  const draft = billDraft(
    purchase,
    {
      document: note,
      reference: note.number || `${purchase.number} CN`,
      date: note.date || purchase.orderDate,
      dueDate: null,
      text: [`Cin7 ${purchase.number} / ${note.number}`, note.invoiceNumber && `for ${note.invoiceNumber}`]
        .filter(Boolean)
        .join(' '),
    },
    plain,
    lookups,
  )
  return 'kind' in draft ? draft : { variant: note.id, draft }
}
