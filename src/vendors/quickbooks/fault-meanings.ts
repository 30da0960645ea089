import type { Failure } from '../../core/failure'
import type { Call } from '../../core/vendor'
import type { Fault } from './faults'

interface Told {
  fault: Fault
  /** Everything that QuickBooks said, for people. */
  words: string
  call: Call
}

type Meaning = (told: Told) => Failure

const rejected =
  (code: string, remedy: string): Meaning =>
  ({ words }) => ({ kind: 'rejected', code, message: words, remedy })

/** Not the record's fault but ours. */
const misunderstood: Meaning = ({ words }) => ({
  kind: 'malformed',
  code: 'quickbooks_request_refused',
  message: words,
  remedy: 'QuickBooks does not understand what it was sent. Report it; replay once a fixed version is deployed.',
})

const closedPeriod: Meaning = ({ words }) => ({
  kind: 'closed_period',
  code: 'quickbooks_closed_period',
  message: words,
  remedy:
    'QuickBooks has closed the books for this date. Re-open the period there (Account and settings, Advanced, Accounting), or date the document later in the source; then replay.',
})

/** Beyond its 30 days, change data capture is an unsupported operation [T] (sheet 8). */
const unsupported: Meaning = (told) =>
  /older than fixed days/i.test(told.fault.detail)
    ? rejected(
        'quickbooks_changes_too_old',
        'QuickBooks shows changes of the last 30 days only: all records are listed instead.',
      )(told)
    : misunderstood(told)

/** The same code means that the record is gone, or that something it points at was made inactive (sheet 4). */
const missing: Meaning = (told) =>
  told.call.method === 'GET' || /deleted this transaction/i.test(told.fault.detail)
    ? rejected('quickbooks_not_found', 'Look in QuickBooks whether the record was deleted.')(told)
    : rejected(
        'quickbooks_missing_or_inactive',
        'An account, item, supplier, class or department of this document was made inactive in QuickBooks, or the document was deleted there. Make it active again or map another one; then replay.',
      )(told)

const NAMED: Record<string, string> = {
  Names: 'A supplier',
  Accounts: 'An account',
  Klasses: 'A class',
  Departments: 'A department',
}

const unknownReference: Meaning = (told) => {
  const list = /:\s*(\w+) element/i.exec(told.fault.detail)?.[1] ?? ''
  const what = (Object.hasOwn(NAMED, list) && NAMED[list]) || 'A record'
  return rejected(
    'quickbooks_reference_unknown',
    `${what} that this document points at does not exist in QuickBooks or is inactive there. Refresh the lists (POST …/references/refresh), correct the mapping or the settings; then replay.`,
  )(told)
}

/** Also for a period that was closed, in other words [T] (sheet 4). */
const staleObject: Meaning = (told) =>
  /period closed/i.test(`${told.fault.message} ${told.fault.detail}`)
    ? closedPeriod(told)
    : {
        kind: 'conflict',
        code: 'quickbooks_stale_object',
        message: told.words,
        remedy: 'Somebody changed it in QuickBooks at the same time. Replay to write on top of the newer state.',
        facts: { quickbooks: told.words },
      }

const numberTaken: Meaning = ({ fault, words }) => {
  const [, number, type, id] = /DocNumber=(.*?) is assigned to TxnType=(.*?) with TxnId=(\w+)/.exec(fault.detail) ?? []
  return {
    kind: 'conflict',
    code: 'quickbooks_number_taken',
    message: words,
    remedy:
      'QuickBooks has a document of this number already. If it is the same one, adopt it; otherwise change one of the two numbers. Then replay.',
    facts: { quickbooks: words, ...(number && type && id && { number, type, id }) },
  }
}

/** Suppliers, customers and employees share one name space (sheet 10). */
const nameTaken: Meaning = ({ words }) => ({
  kind: 'conflict',
  code: 'quickbooks_name_taken',
  message: words,
  remedy:
    'A supplier, customer or employee of this name exists in QuickBooks, perhaps inactive. If it is this supplier, link the two (accept the match); otherwise rename one of them. Then replay.',
  facts: { quickbooks: words },
})

const businessRule: Meaning = (told) =>
  /same currency/i.test(told.fault.detail)
    ? rejected(
        'quickbooks_currency_mismatch',
        'Document, supplier and payables account have to be in one currency: map a payables account of that currency, and use a supplier record in it (the currency of a supplier never changes). Then replay.',
      )(told)
    : rejected(
        'quickbooks_business_rule',
        'A rule of QuickBooks says no, see its words. Correct it there, in the source or in the mapping; then replay.',
      )(told)

/** What each code of a fault means for a record (sheet 4). */
export const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['500', unsupported],
  ['610', missing],
  ['2010', misunderstood],
  [
    '2020',
    rejected(
      'quickbooks_field_missing',
      'QuickBooks needs a field that the source leaves empty: fill it in there; then replay.',
    ),
  ],
  ['2030', rejected('quickbooks_id_invalid', 'QuickBooks has no record with such an id: check the id that was given.')],
  [
    '2050',
    rejected(
      'quickbooks_text_length',
      'A text is too long or too short for QuickBooks: change it in the source; then replay.',
    ),
  ],
  ['2170', misunderstood],
  ['2500', unknownReference],
  ['4000', misunderstood],
  ['4001', misunderstood],
  ['5010', staleObject],
  ['6000', businessRule],
  [
    '6070',
    rejected(
      'quickbooks_amount_refused',
      'QuickBooks computes another amount for a line than was sent. Report it with this record; replay once a fixed version is deployed.',
    ),
  ],
  ['6140', numberTaken],
  ['6210', closedPeriod],
  ['6240', nameTaken],
  [
    '6540',
    rejected(
      'quickbooks_deposited',
      'It is part of a bank deposit in QuickBooks: take it out of the deposit there; then replay.',
    ),
  ],
])
