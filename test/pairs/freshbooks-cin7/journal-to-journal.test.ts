import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { journalToJournal as flow } from '../../../src/pairs/freshbooks-cin7/journal-to-journal'
import type { JournalEntry, JournalLeg } from '../../../src/vendors/freshbooks/journals'
import { drafts, lookups, onlyDraft, refusal, settings } from './samples'

const leg = (account: string, debit: string, credit: string, currency = 'CAD'): JournalLeg => ({
  account,
  label: `account ${account}`,
  debit,
  credit,
  currency,
})

const anEntry = (change: Partial<JournalEntry> = {}): JournalEntry => ({
  id: '55@2026-03-14',
  entryid: '55',
  date: '2026-03-14',
  name: 'Depreciation',
  description: 'Monthly',
  legs: [leg('601', '100.00', '0'), leg('105', '0', '100.00')],
  ...change,
})

const RATES = { rates: [{ currency: 'USD', from: '2026-01-01', rate: '1.35' }] }
const both = anEntry({
  legs: [...anEntry().legs, leg('601', '7', '0', 'USD'), leg('105', '0', '7', 'USD')],
})

describe('a manual journal entry', () => {
  it('becomes a journal over the mapped accounts, debits positive', () => {
    expect(onlyDraft(flow.map(anEntry(), settings(), lookups()))).toEqual({
      currency: 'CAD',
      rate: '1',
      date: '2026-03-14',
      narration: 'FreshBooks journal entry · Depreciation · Monthly',
      reference: 'FreshBooks JE 55',
      legs: [
        { account: '404', amount: '100' },
        { account: '710', amount: '-100' },
      ],
    })
  })

  it('is a journal in each of its currencies, with the rate of its day', () => {
    expect(flow.parts?.(both)).toEqual(['CAD', 'USD'])
    expect(
      drafts(flow.map(both, settings(RATES), lookups())).map(({ variant, draft }) => [
        variant,
        draft.currency,
        draft.rate,
        draft.legs[0],
      ]),
    ).toEqual([
      ['CAD', 'CAD', '1', { account: '404', amount: '100' }],
      ['USD', 'USD', '1.35', { account: '404', amount: '7' }],
    ])
    expect(refusal(flow.map(both, settings(), lookups())).code).toBe('exchange_rate_missing')
  })

  it('has one leg per Cin7 account, where several accounts of FreshBooks are one there', () => {
    const entry = anEntry({ legs: [leg('601', '60', '0'), leg('602', '40', '0'), leg('105', '0', '100')] })
    const known = lookups({}, { 'account/601': '404', 'account/602': '404', 'account/105': '710' })
    expect(onlyDraft(flow.map(entry, settings(), known)).legs).toEqual([
      { account: '404', amount: '100' },
      { account: '710', amount: '-100' },
    ])
  })

  it('that cancels out in Cin7 has nothing to book', () => {
    const same = lookups({}, { 'account/601': '404', 'account/105': '404' })
    expect(flow.skip?.(anEntry(), settings(), same)).toMatch(/nothing to book/)
    expect(flow.skip?.(anEntry(), settings(), lookups())).toBeUndefined()
    expect(flow.skip?.(anEntry(), settings(), lookups({}, { 'account/601': '404' }))).toBeUndefined()
  })

  it('names all accounts that nobody mapped, of all currencies', () => {
    const entry = anEntry({ legs: [...both.legs, leg('9', '1', '0'), leg('8', '0', '1')] })
    expect(refusal(flow.map(entry, settings(RATES), lookups({}, {})))).toMatchObject({
      kind: 'unmapped',
      codes: ['601', '105', '9', '8'].map((code) => ({ mapping: 'account', code, label: `account ${code}` })),
    })
  })

  it('whose debits and credits differ, or are finer than cents, is refused', () => {
    const off = anEntry({ legs: [leg('601', '100', '0'), leg('105', '0', '99.99')] })
    expect(refusal(flow.map(off, settings(), lookups()))).toMatchObject({
      code: 'journal_not_balanced',
      message: expect.stringContaining('0.01 CAD'),
    })
    const mixed = anEntry({ legs: [leg('601', '100', '0'), leg('105', '0', '100', 'USD')] })
    expect(refusal(flow.map(mixed, settings(RATES), lookups())).code).toBe('journal_not_balanced')
    const fine = anEntry({ legs: [leg('601', '0.005', '0'), leg('105', '0', '0.005')] })
    expect(refusal(flow.map(fine, settings(), lookups())).code).toBe('journal_beyond_cents')
  })

  it('has changed where its date, texts or legs have, each currency by itself', () => {
    const print = (entry: JournalEntry) => ['CAD', 'USD'].map((part) => canonical(flow.fingerprint(entry, part)))
    const [cad, usd] = print(both)
    for (const change of [{ date: '2026-03-15' }, { name: 'x' }, { description: 'x' }])
      expect(print({ ...both, ...change }).includes(cad ?? '')).toBe(false)
    const [, ...rest] = both.legs
    const dearer = print({ ...both, legs: [leg('601', '101', '0'), ...rest] })
    expect([dearer[0] === cad, dearer[1] === usd]).toEqual([false, true])
    expect(print({ ...both, legs: both.legs.map((one) => ({ ...one, label: 'x' })) })).toEqual([cad, usd])
  })

  it('that is gone in FreshBooks is taken back, unless the settings leave it', () => {
    expect(flow.removes?.(settings())).toBe(true)
    expect(flow.removes?.(settings({ deleted: 'leave' }))).toBe(false)
  })

  it('says what each account is to get, for reconciliation', () => {
    expect(flow.figures?.(anEntry(), settings(), lookups())).toEqual([
      {
        variant: 'CAD',
        figures: {
          currency: 'CAD',
          total: '100',
          tax: '0',
          customer: { id: '', name: '' },
          accounts: { '404': '100', '710': '-100' },
        },
      },
    ])
    expect(flow.figures?.(anEntry(), settings(), lookups({}, {}))[0]?.figures.accounts).toHaveProperty(
      'not mapped: account 601',
    )
  })
})
