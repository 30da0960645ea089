import Big from 'big.js'
import { rounded, totalFits } from '../arithmetic'
import type { Books } from '../books'
import type { Call, Verbs } from '../call'
import { refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, guid, list, missing, missingInLine, oneOf, text } from '../fields'
import { contains, envelope, equals, filtered, isTrue, needed, paged } from '../lists'
import { journalAccount } from './accounts'
import type { Journal, JournalLine } from './model'

const WRITABLE = ['DRAFT', 'COMPLETED']

/** Empty text comes back as null (examples-finance.json). */
export const journalView = (journal: Journal) => ({
  ...journal,
  CurrencyConversionRate: Number(journal.CurrencyConversionRate),
  Narration: journal.Narration || null,
  Notes: journal.Notes || null,
  Lines: journal.Lines.map((line) => ({
    ...line,
    Amount: Number(line.Amount),
    BaseAmount: Number(line.BaseAmount),
  })),
  Attachments: [],
})

const isPlace = (amount: string): boolean => new Big(amount).eq(new Big(amount).round(2))

/** One amount from `Credit` to `Debit`; `BaseAmount` must be `Amount` × rate to the cent (sheet 10). */
const lineOf =
  (books: Books, rate: string) =>
  (body: Body): JournalLine => {
    round(...missingInLine(body, 'Lines', ['Debit', 'Credit', 'Amount', 'BaseAmount']))
    const Debit = text(body, 'Debit') ?? ''
    const Credit = text(body, 'Credit') ?? ''
    const Amount = decimal(body, 'Amount') ?? '0'
    const BaseAmount = decimal(body, 'BaseAmount') ?? '0'
    round((new Big(Amount).lte(0) || !isPlace(Amount)) && problem('Amount is invalid'))
    round(journalAccount(books, Debit), journalAccount(books, Credit))
    const expected = rounded(new Big(Amount).times(rate), 2)
    const text2 = new Big(expected).toFixed(2)
    round(
      !totalFits(BaseAmount, expected) &&
        problem(`attribute 'BaseAmount' doesn't match Amount and CurrencyConversionRate. Expected value is: ${text2}`),
    )
    return { Debit, Credit, Reference: text(body, 'Reference') ?? '', Amount, BaseAmount }
  }

const rateOf = (books: Books, currency: string, rate: string): string => {
  const isBase = currency === books.company().me.Currency
  round((new Big(rate).lte(0) || (isBase && !new Big(rate).eq(1))) && problem('CurrencyConversionRate is invalid'))
  return rate
}

const journalOf = (books: Books, body: Body, old: Partial<Journal>): Journal => {
  const Currency = (text(body, 'Currency') ?? old.Currency ?? '').toUpperCase()
  round(!/^[A-Z]{3}$/.test(Currency) && problem('Currency is invalid'))
  const rate = rateOf(books, Currency, decimal(body, 'CurrencyConversionRate') ?? old.CurrencyConversionRate ?? '1')
  const Status = oneOf(body, 'Status', WRITABLE) ?? old.Status ?? 'DRAFT'
  const Lines = list(body, 'Lines')?.map(lineOf(books, rate)) ?? old.Lines ?? []
  round(Status === 'COMPLETED' && Lines.length === 0 && problem('Journal without lines cannot be completed'))
  return {
    TaskID: old.TaskID ?? crypto.randomUUID(),
    Status,
    JournalNumber: old.JournalNumber ?? '',
    Currency,
    CurrencyConversionRate: rate,
    EffectiveDate: day(body, 'EffectiveDate') ?? old.EffectiveDate ?? '',
    Narration: text(body, 'Narration') ?? old.Narration ?? null,
    Notes: text(body, 'Notes') ?? old.Notes ?? null,
    Lines,
  }
}

const keep = (books: Books, journal: Journal): Journal => {
  refuseLocked(books, journal.EffectiveDate)
  const JournalNumber = journal.JournalNumber || books.number('JR')
  return books.journals.save(journal.TaskID, { ...journal, JournalNumber })
}

export const postJournal = (books: Books, body: Body): Journal => {
  round(...missing(body, 'Status', 'Currency', 'CurrencyConversionRate', 'EffectiveDate'))
  return keep(books, journalOf(books, body, {}))
}

export const journalById = (books: Books, id: string): Journal => {
  const journal = books.journals.get(id)
  if (!journal) throw refusal('Journal with specified ID not found')
  return journal
}

/** Only a draft can be changed (our reading, sheet 10). */
export const putJournal = (books: Books, body: Body): Journal => {
  round(...missing(body, 'TaskID'))
  const old = journalById(books, guid(body, 'TaskID') ?? '')
  if (old.Status !== 'DRAFT') throw refusal('Journal should be in DRAFT status')
  refuseLocked(books, old.EffectiveDate)
  return keep(books, journalOf(books, body, old))
}

/** VOIDED without its lines, or a completed one back to a draft (sheet 4, 15.17). */
export const removeJournal = (books: Books, id: string, voids: boolean): Journal => {
  const old = journalById(books, id)
  if (old.Status === 'VOIDED') throw refusal('Journal is voided already')
  if (!voids && old.Status !== 'COMPLETED') throw refusal(`Journal ${old.JournalNumber} has nothing to undo`)
  refuseLocked(books, old.EffectiveDate)
  const removed = voids ? { ...old, Status: 'VOIDED', Lines: [] } : { ...old, Status: 'DRAFT' }
  return books.journals.save(old.TaskID, removed)
}

/** No filter of dates; `Search` does not look into the lines (sheet 10). */
const listJournals = ({ books, query }: Call) => {
  const rows = filtered(books.journals.listed(), query, {
    TaskID: equals(({ TaskID }) => TaskID),
    Status: equals(({ Status }) => Status),
    Search: contains(
      ({ JournalNumber }) => JournalNumber,
      ({ Status }) => Status,
      ({ Narration }) => Narration,
      ({ Notes }) => Notes,
    ),
  })
  return paged(rows, query, 'Journals', journalView)
}

const answer = (journal: Journal) => envelope('Journals', journalView(journal))

/** DELETE takes `ID`, everything else `TaskID` (sheet 4). */
export const journalRoutes: Verbs = {
  GET: listJournals,
  POST: ({ books, body }) => answer(postJournal(books, body)),
  PUT: ({ books, body }) => answer(putJournal(books, body)),
  DELETE: ({ books, query }) => answer(removeJournal(books, needed(query, 'ID'), isTrue(query.get('Void')))),
}
