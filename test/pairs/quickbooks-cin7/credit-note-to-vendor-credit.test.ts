import { describe, expect, it } from 'vitest'
import { creditNoteToVendorCredit as flow } from '../../../src/pairs/quickbooks-cin7/credit-note-to-vendor-credit'
import { creditNote, lookups, purchase, settings } from './samples'

const credited = (...notes: Parameters<typeof creditNote>[0][]) => purchase({ creditNotes: notes.map(creditNote) })

describe('an authorised credit note of a purchase', () => {
  it('becomes a vendor credit, without due date and terms', () => {
    expect(flow.map(credited({}), settings(), lookups())).toEqual([
      {
        variant: 'n-1',
        draft: {
          vendor: '56',
          payable: '33',
          currency: 'USD',
          rate: '1',
          date: '2026-03-09',
          number: 'CN-7',
          memo: 'Cin7 PO-00042 / CN-7 for INV-88121',
          department: '1',
          tax: 'none',
          taxTotal: '0',
          total: '6',
          rounding: null,
          lines: [
            expect.objectContaining({ amount: '5', detail: { kind: 'account', account: '81' } }),
            expect.objectContaining({ amount: '1', detail: { kind: 'account', account: '88' } }),
          ],
        },
      },
    ])
  })

  it('has a date of its own', () => {
    expect(flow.partDate?.(credited({}), 'n-1')).toBe('2026-03-09')
  })

  it('is left as a draft, and gone once it is voided', () => {
    const record = credited({}, { id: 'n-2', status: 'DRAFT' }, { id: 'n-3', status: 'VOIDED' })
    expect(flow.parts?.(record)).toEqual(['n-1', 'n-2'])
    expect(flow.map(record, settings(), lookups())).toMatchObject([{ variant: 'n-1' }])
  })

  it('needs the supplier; a purchase without one needs nothing', () => {
    expect(flow.needs?.(credited({}), settings(), lookups())).toHaveLength(1)
    expect(flow.skip?.(purchase(), settings(), lookups())).toBe('no authorised credit note')
    expect(flow.needs?.(purchase(), settings(), lookups())).toEqual([])
  })

  it('says what QuickBooks is to show', () => {
    expect(flow.figures?.(credited({}), settings(), lookups())).toMatchObject([
      { variant: 'n-1', figures: { total: '6', accounts: { '81': '5', '88': '1' } } },
    ])
  })
})
