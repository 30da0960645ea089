import { describe, expect, expectTypeOf, it } from 'vitest'
import { wave } from '../../../src/vendors/wave'
import { type Mutation, mutation } from '../../../src/vendors/wave/mutations'

const errors = (message: string, code?: string) => ({
  status: 200,
  headers: new Headers(),
  text: '',
  json: { errors: [{ message, ...(code && { extensions: { code } }) }], data: { moneyTransactionCreate: null } },
})

describe('what is written to Wave', () => {
  it('are money transactions and payments of invoices, and nothing else: the types hold it', () => {
    expectTypeOf<Mutation>().toEqualTypeOf<'moneyTransactionCreate' | 'invoicePaymentCreateManual'>()
    // @ts-expect-error -- no such mutation can be made
    expect(mutation('invoiceDelete', {}).body).toEqual({ variables: { input: {} }, operationName: 'invoiceDelete' })
  })

  it.each(['moneyTransactionCreate', 'invoicePaymentCreateManual'] as const)('%s is never a read', (name) => {
    expect(wave.reads(mutation(name, {}))).toBe(false)
  })

  it('has an unknown outcome where Wave fails in a way that nobody knows of; a query has only failed', () => {
    const call = mutation('moneyTransactionCreate', {})
    expect(wave.refusal?.(errors('boom'), call)).toMatchObject({ kind: 'uncertain', code: 'wave_outcome_unknown' })
    expect(wave.refusal?.(errors('boom', 'SOMETHING_NEW'), call)).toMatchObject({ kind: 'uncertain' })
    expect(wave.refusal?.(errors('Rate limit exceeded'), call)).toMatchObject({ kind: 'throttled' })
    const query = { ...call, body: { query: 'query A { user { id } }' } }
    expect(wave.refusal?.(errors('boom'), query)).toMatchObject({ kind: 'rejected', code: 'wave_refused' })
  })
})
