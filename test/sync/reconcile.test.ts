import { describe, expect, it } from 'vitest'
import type { Figures } from '../../src/core/reconciliation'
import { differencesOf, judge, type SourceSide, type TargetSide } from '../../src/sync/reconcile'

const figures = (over: Partial<Figures> = {}): Figures => ({
  currency: 'CAD',
  total: '110',
  tax: '10',
  customer: { id: 'c1', name: 'Fir Tree Bakery' },
  accounts: { 200: '100' },
  ...over,
})

const source = (over: Partial<Extract<SourceSide, { is: 'stands' }>> = {}): SourceSide => ({
  is: 'stands',
  figures: figures(),
  stale: false,
  beforeStart: false,
  ...over,
})

const target = (over: Partial<Extract<TargetSide, { is: 'stands' }>> = {}): TargetSide => ({
  is: 'stands',
  number: 'SO-1',
  date: '2026-03-02',
  figures: figures(),
  changes: [],
  ...over,
})

const done = { state: 'done', reason: 'created', code: '', text: '' }
const failed = { state: 'failed', reason: '', code: 'unmapped', text: 'no counterpart for: Grants' }
const NONE: TargetSide = { is: 'none' }

describe('figures', () => {
  it('are the same by value, not by how they are written', () => {
    expect(differencesOf(figures(), figures({ total: '110.00', accounts: { 200: '100.0', 260: '0' } }))).toEqual([])
  })

  it('differ apart: total, tax, each account, customer and currency', () => {
    const other = figures({
      currency: 'USD',
      total: '110.01',
      tax: '9.99',
      customer: { id: 'c2', name: '' },
      accounts: { 201: '100.02' },
    })
    expect(differencesOf(figures(), other).map(({ what, source: a, target: b }) => [what, a, b])).toEqual([
      ['currency', 'CAD', 'USD'],
      ['customer', 'c1', 'c2'],
      ['total', '110', '110.01'],
      ['tax', '10', '9.99'],
      ['account 200', '100', '0'],
      ['account 201', '0', '100.02'],
    ])
  })
})

describe('a document', () => {
  it.each([
    ['stands on both sides and agrees', source(), target(), done, 'matched', ''],
    [
      'was changed in the target, at the same figures',
      source(),
      target({ changes: ['dates'] }),
      done,
      'changed',
      'changed_in_target',
    ],
    [
      'differs for a mapping that was changed since',
      source(),
      target({ figures: figures({ accounts: { 201: '100' } }) }),
      done,
      'differs',
      'figures_differ',
    ],
    [
      'differs for the source has changed',
      source({ stale: true }),
      target({ figures: figures({ total: '1' }) }),
      done,
      'differs',
      'source_is_newer',
    ],
    [
      'differs for its change was refused',
      source(),
      target({ figures: figures({ total: '1' }) }),
      failed,
      'differs',
      'unmapped',
    ],
    ['is newer and agrees', source({ stale: true }), target(), done, 'matched', ''],
    ['failed', source(), NONE, failed, 'only_source', 'unmapped'],
    ['is held', source(), NONE, { ...done, state: 'held', reason: '' }, 'only_source', 'held'],
    ['waits', source(), NONE, { ...done, state: 'waiting', reason: 'reconnect' }, 'only_source', 'not_carried'],
    ['was skipped', source(), NONE, { ...done, state: 'skipped', reason: 'x' }, 'only_source', 'skipped'],
    ['was never seen', { is: 'listed', beforeStart: false } as const, NONE, undefined, 'only_source', 'not_carried'],
    [
      'is posted, and its source is not stored',
      { is: 'listed', beforeStart: false } as const,
      target(),
      done,
      'differs',
      'source_not_stored',
    ],
    [
      'is from before the start',
      { is: 'listed', beforeStart: true } as const,
      NONE,
      undefined,
      'only_source',
      'before_start',
    ],
    ['is a draft', { is: 'unbooked', reason: 'draft' } as const, NONE, done, 'only_source', 'not_booked'],
    ['was voided in the target', source(), { is: 'gone' } as const, done, 'only_source', 'gone_in_target'],
    ['was deleted in the source', { is: 'gone', proven: true } as const, target(), done, 'only_target', 'deleted'],
    [
      'is missing in the source',
      { is: 'gone', proven: false } as const,
      target(),
      done,
      'only_target',
      'missing_in_source',
    ],
    [
      'was set back to a draft',
      { is: 'unbooked', reason: 'draft' } as const,
      target(),
      done,
      'only_target',
      'not_booked',
    ],
    [
      'is gone on both sides',
      { is: 'gone', proven: true } as const,
      { is: 'gone' } as const,
      done,
      'neither',
      'deleted',
    ],
    ['was deleted before it was posted', { is: 'gone', proven: true } as const, NONE, done, 'neither', 'deleted'],
  ])('%s', (_, one, other, work, status, code) => {
    expect(judge(one, other, work)).toMatchObject({ status, code })
  })

  it('counts on a side only where it is in the books', () => {
    expect(judge(source(), NONE, failed)).toMatchObject({ source: { total: '110' }, target: null })
    expect(judge(source({ beforeStart: true }), NONE, done)).toMatchObject({ source: null, target: null })
    expect(judge({ is: 'unbooked', reason: 'draft' }, NONE, done)).toMatchObject({ source: null, target: null })
    expect(judge({ is: 'gone', proven: true }, target(), done)).toMatchObject({
      source: null,
      target: { total: '110' },
    })
  })
})
