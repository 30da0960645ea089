import { beforeEach, describe, expect, it } from 'vitest'
import { idAt, openRig, type Rig } from './cin7/rig'

const PAIR = { Debit: '400', Credit: '718', Reference: 'fb:je:42', Amount: 12.5, BaseAmount: 12.5 }
const JOURNAL = {
  Status: 'COMPLETED',
  Currency: 'USD',
  CurrencyConversionRate: 1,
  EffectiveDate: '2026-03-01T00:00:00',
  Narration: 'FreshBooks JE 42',
  Notes: 'fb:je:42',
  Lines: [PAIR],
}

let rig: Rig

beforeEach(() => {
  rig = openRig()
})

const post = (extra: object = {}) => rig.ok('POST', '/journal', { ...JOURNAL, ...extra })
const refused = (extra: object) => rig.refused('POST', '/journal', { ...JOURNAL, ...extra })
const task = (extra: object = {}): string => idAt(post(extra), 'Journals', 0, 'TaskID')

describe('journal', () => {
  it('is answered in the list form, numbered, with empty texts as null', () => {
    expect(post({ Narration: '' })).toMatchObject({
      Total: 1,
      Page: 1,
      Journals: [{ JournalNumber: 'JR-00001', Status: 'COMPLETED', Narration: null, Notes: 'fb:je:42', Lines: [PAIR] }],
    })
  })

  it('is a draft or completed when written, nothing else', () => {
    expect(refused({ Status: 'AUTHORISED' })).toBe('Status is invalid')
    expect(refused({ Status: 'VOIDED' })).toBe('Status is invalid')
    expect(refused({ Lines: [] })).toContain('without lines')
    expect(post({ Status: 'DRAFT', Lines: [] })).toMatchObject({ Journals: [{ Status: 'DRAFT', Lines: [] }] })
  })

  it('needs its fields and pairs of known accounts', () => {
    expect(rig.refused('POST', '/journal', {})).toContain("'EffectiveDate'")
    const lines = (change: object) => refused({ Lines: [{ ...PAIR, ...change }] })
    expect(lines({ Debit: '999' })).toBe('Account with specified ID not found')
    expect(lines({ Credit: undefined })).toBe("'Credit' is required for 'Lines' line")
    expect(lines({ BaseAmount: undefined })).toBe("'BaseAmount' is required for 'Lines' line")
    expect(lines({ Amount: -12.5, BaseAmount: -12.5 })).toBe('Amount is invalid')
    expect(lines({ Amount: 12.505, BaseAmount: 12.505 })).toBe('Amount is invalid')
    expect(refused({ Currency: 'dollars' })).toBe('Currency is invalid')
  })

  it('converts to the cent, and the base currency only by one', () => {
    const foreign = { Currency: 'CAD', CurrencyConversionRate: 0.731234 }
    expect(post({ ...foreign, Lines: [{ ...PAIR, Amount: 100, BaseAmount: 73.12 }] })).toMatchObject({
      Journals: [{ Currency: 'CAD', CurrencyConversionRate: 0.731234, Lines: [{ Amount: 100, BaseAmount: 73.12 }] }],
    })
    expect(refused({ ...foreign, Lines: [{ ...PAIR, Amount: 100, BaseAmount: 73.2 }] })).toMatch(/is: 73\.12$/)
    expect(refused({ CurrencyConversionRate: 2 })).toBe('CurrencyConversionRate is invalid')
  })

  it('may touch system accounts, unless switched', () => {
    const payable = { Lines: [{ ...PAIR, Credit: '800' }] }
    post(payable)
    rig.switches['journals.refuseSystemAccounts'] = true
    expect(refused(payable)).toContain('System account')
  })

  it('is changed by PUT while a draft, and keeps what is left out', () => {
    const id = task({ Status: 'DRAFT' })
    expect(rig.ok('PUT', '/journal', { TaskID: id, Status: 'COMPLETED' })).toMatchObject({
      Journals: [{ TaskID: id, JournalNumber: 'JR-00001', Status: 'COMPLETED', Lines: [PAIR] }],
    })
    expect(rig.refused('PUT', '/journal', { TaskID: id, Notes: 'x' })).toContain('DRAFT')
  })

  it('is undone by DELETE, or voided without its lines', () => {
    const id = task()
    expect(rig.refused('DELETE', `/journal?TaskID=${id}`)).toContain("'ID'")
    expect(rig.ok('DELETE', `/journal?ID=${id}`)).toMatchObject({ Journals: [{ Status: 'DRAFT', Lines: [PAIR] }] })
    expect(rig.refused('DELETE', `/journal?ID=${id}`)).toContain('nothing to undo')
    expect(rig.ok('DELETE', `/journal?ID=${id}&Void=true`)).toMatchObject({
      Journals: [{ Status: 'VOIDED', Lines: [] }],
    })
    expect(rig.refused('DELETE', `/journal?ID=${id}&Void=true`)).toContain('voided already')
  })

  it('is found by number, status, narration and notes, not by the references of its lines', () => {
    task()
    task({ Narration: 'Other', Notes: '', Lines: [{ ...PAIR, Reference: 'fb:je:43' }], Status: 'DRAFT' })
    const total = (query: string) => rig.ok('GET', `/journal?${query}`)
    expect(total('Search=FB:JE:42')).toMatchObject({ Total: 1 })
    expect(total('Search=fb:je:43')).toMatchObject({ Total: 0 })
    expect(total('Search=JR-')).toMatchObject({ Total: 2 })
    expect(total('Status=draft')).toMatchObject({ Total: 1, Journals: [{ Narration: 'Other' }] })
    expect(total('FromDate=2030-01-01')).toMatchObject({ Total: 2 })
  })

  it('is refused on or before the lock date, its undo too', () => {
    const id = task()
    rig.act('set-lock-date', { date: '2026-03-01' })
    expect(refused({})).toContain('locked period')
    expect(rig.refused('DELETE', `/journal?ID=${id}&Void=true`)).toContain('locked period')
    post({ EffectiveDate: '2026-03-02' })
  })
})
