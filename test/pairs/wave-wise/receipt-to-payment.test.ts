import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../../src/core/match'
import { receiptToPayment as flow } from '../../../src/pairs/wave-wise/receipt-to-payment'
import type { KnownMovement } from '../../../src/vendors/wise/movement-source'
import { lookups, movement, settings } from './samples'

const receipt = (reference: string | null, over: Partial<KnownMovement> = {}): KnownMovement =>
  movement({
    direction: 'credit',
    reference: 'BNK-7',
    transfer: null,
    ours: false,
    amount: '80',
    note: reference === null ? null : { reference, words: 'Received money from Acme' },
    ...over,
  })

const invoice = (number: string, total = '80', currency = 'USD'): Candidate => ({
  id: `id of ${number}`,
  number,
  terms: { kind: 'dated', number, date: '2026-03-01', total, currency, party: 'Acme' },
})

const chosen = (reference: string | null, ...found: Candidate[]): string => {
  const mapped = flow.map(receipt(reference), settings(), lookups({ found }))
  return Array.isArray(mapped) ? (mapped[0]?.draft.invoice ?? '') : mapped.kind
}

describe('which invoice a payer means', () => {
  it.each([
    ['INV-1042', 'INV-1042'],
    ['inv 1042 thanks', 'INV-1042'],
    ['Rechnung INV1042.', 'INV-1042'],
    ['invoice 1042', '1042'],
    ['INV1042', '1042'],
    ['2026/0007', '2026-0007'],
  ])('"%s" names %s', (words, number) => {
    expect(chosen(words, invoice(number), invoice('9999'))).toBe(`id of ${number}`)
  })

  it.each([
    ['INV-10423', 'INV-1042'],
    ['91042', '1042'],
    ['XINV-1042', 'INV-1042'],
    ['pay 42', '42'],
    ['', '1042'],
    [null, '1042'],
  ])('"%s" does not name %s: a person is asked', (words, number) => {
    expect(chosen(words, invoice(number))).toBe('conflict')
  })

  it('is certain with the amount and the currency only, and where one is named', () => {
    expect(chosen('1042', invoice('1042', '80.00'))).toBe('id of 1042')
    expect(chosen('1042', invoice('1042', '80.01'))).toBe('conflict')
    expect(chosen('1042', invoice('1042', '80', 'EUR'))).toBe('conflict')
    expect(chosen('1042 1043', invoice('1042'), invoice('1043'))).toBe('conflict')
    expect(chosen('1042 1043', invoice('1042'), invoice('1043', '81'))).toBe('id of 1042')
  })
})

describe('what no customer has paid', () => {
  it.each([
    ['money that was paid', { direction: 'debit' }],
    ['of transfer 47500002', { ours: true, transfer: '47500002' }],
    ['from another balance', { channel: 'CONVERSION' }],
    ['no Wave account stands for GBP', { currency: 'GBP' }],
  ] as const)('is left to the other flows: %s', (reason, over) => {
    expect(flow.skip?.(receipt('1042', over), settings(), lookups())).toContain(reason)
  })

  it('or what the rules or the bank feed of Wave say', () => {
    const rules = [{ reference: 'BNK-', account: 'loans' }]
    expect(flow.skip?.(receipt('1042'), settings({ rules }), lookups())).toContain('a rule')
    expect(flow.skip?.(receipt('1042'), settings({ bankFeed: true }), lookups())).toContain('bank feed')
    expect(flow.skip?.(receipt('1042'), settings(), lookups())).toBeUndefined()
  })
})
