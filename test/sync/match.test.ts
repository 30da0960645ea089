import { describe, expect, it } from 'vitest'
import type { Matching } from '../../src/core/flow'
import type { Candidate, Terms } from '../../src/core/match'
import { propose } from '../../src/sync/match'

const whole: Matching = { variant: () => '', brings: 'keep' }
const byCurrency: Matching = {
  variant: (terms) => (terms.kind === 'named' ? terms.currency : undefined),
  brings: 'align',
}

const party = (name: string, code = '', currency = 'USD'): Terms => ({ kind: 'named', name, code, currency })
const invoice = (number: string, date: string, total: string, party = 'Acme', currency = 'USD'): Terms => ({
  kind: 'dated',
  number,
  date,
  total,
  currency,
  party,
})
const there = (id: string, terms: Terms): Candidate => ({ id, number: id.toUpperCase(), terms })

/** In short: which source, in which variant, how sure, and which targets why. */
const said = (matching: Matching, sources: Record<string, Terms>, candidates: Record<string, Terms>) =>
  propose(
    'f',
    matching,
    Object.entries(sources).map(([id, terms]) => ({ id, terms })),
    Object.entries(candidates).map(([id, terms]) => there(id, terms)),
  ).map(({ sourceId, variant, sure, choices }) => ({
    [`${sourceId}${variant && ` ${variant}`}`]: [sure, ...choices.map(({ id, why }) => `${id}: ${why}`)],
  }))

describe('parties are the same', () => {
  it('for certain by their code, whatever their names', () => {
    expect(said(whole, { a: party('Acme', 'V1') }, { x: party('ACME Inc', 'v1'), y: party('Other', 'V2') })).toEqual([
      { a: ['certain', 'x: same code'] },
    ])
  })

  it('likely by their name, however it is written', () => {
    expect(said(whole, { a: party('Acme  Supplies') }, { x: party('ACME supplies') })).toEqual([
      { a: ['likely', 'x: same name'] },
    ])
  })

  it.each([
    ['a legal form', 'Acme Supplies Ltd', 'Acme Supplies'],
    ['accents and punctuation', 'Café Crème, Inc.', 'Cafe Creme'],
    ['the order of words', 'Miller, John', 'John Miller'],
    ['a letter left out', 'Northwind Trading', 'Northwnd Trading'],
    ['another letter', 'Northwind Trading', 'Northwond Trading'],
    ['two letters swapped', 'Northwind Trading', 'Northwidn Trading'],
  ])('possibly, where the names differ in %s', (_, source, target) => {
    expect(said(whole, { a: party(source) }, { x: party(target) })).toEqual([{ a: ['possible', 'x: similar name'] }])
  })

  it('not, where the names differ in more, or are short', () => {
    expect(
      said(whole, { a: party('Northwind'), b: party('Bolt') }, { x: party('Southwind'), y: party('Bold') }),
    ).toEqual([{ a: ['none'] }, { b: ['none'] }])
  })

  it('possibly, where the name is the same and the code is another', () => {
    expect(said(whole, { a: party('Acme', 'V1') }, { x: party('Acme', 'V7') })).toEqual([
      { a: ['possible', 'x: same name, other code'] },
    ])
  })

  it('in each currency of their own, where a party has one', () => {
    const targets = { x: party('Acme', '', 'USD'), y: party('Acme (EUR)', '', 'EUR') }
    expect(said(byCurrency, { a: party('Acme') }, targets)).toEqual([
      { 'a USD': ['likely', 'x: same name'] },
      { 'a EUR': ['likely', 'y: same name'] },
    ])
  })

  it('only possibly, where the one that bears the plain name is in another currency', () => {
    expect(said(byCurrency, { a: party('Acme') }, { x: party('Acme', '', 'EUR') })).toEqual([
      { 'a EUR': ['possible', 'x: same name, other currency'] },
    ])
  })
})

describe('what only a person can say', () => {
  it('is which of two that bear the name', () => {
    expect(said(whole, { a: party('Acme') }, { x: party('Acme'), y: party('acme') })).toEqual([
      { a: ['several', 'x: same name', 'y: same name'] },
    ])
  })

  it('is which of two source records one target is', () => {
    expect(said(whole, { a: party('Acme'), b: party('ACME') }, { x: party('Acme') })).toEqual([
      { a: ['several', 'x: same name'] },
      { b: ['several', 'x: same name'] },
    ])
  })
})

describe('a target that is surely another record’s', () => {
  it('is not offered where it is merely similar', () => {
    const sources = { a: party('Acme Ltd', 'V1'), b: party('Acme', 'V2') }
    expect(said(whole, sources, { x: party('Acme Ltd', 'V1') })).toEqual([
      { a: ['certain', 'x: same code and name'] },
      { b: ['none'] },
    ])
  })
})

describe('documents are the same', () => {
  const source = { a: invoice('7', '2026-03-01', '100.00') }

  it.each([
    ['for certain by number, date and total', invoice('7', '2026-03-01', '100'), 'certain', 'number, date and total'],
    ['likely by number and total', invoice('7', '2026-03-02', '100'), 'likely', 'number and total'],
    ['possibly by number and date', invoice('7', '2026-03-01', '90'), 'possible', 'number and date'],
    [
      'possibly by party, date and total',
      invoice('X', '2026-03-01', '100', 'ACME'),
      'possible',
      'party, date and total',
    ],
  ])('%s', (_, target, sure, why) => {
    expect(said(whole, source, { x: target })).toEqual([{ a: [sure, `x: same ${why}`] }])
  })

  it('not by a total in another currency, nor by a number alone', () => {
    const others = { x: invoice('7', '2026-03-05', '100', 'Acme', 'EUR'), y: invoice('7', '2026-03-05', '9') }
    expect(said(whole, source, others)).toEqual([{ a: ['none'] }])
  })

  it('never the same as a party', () => {
    expect(said(whole, source, { x: party('7') })).toEqual([{ a: ['none'] }])
  })
})
