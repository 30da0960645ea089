import { describe, expect, it } from 'vitest'
import { customerToCustomer } from '../../../src/pairs/wave-cin7/customer-to-customer'
import { customerToSupplier } from '../../../src/pairs/wave-cin7/customer-to-supplier'
import { invoiceToSale } from '../../../src/pairs/wave-cin7/invoice-to-sale'
import { aCustomer, anInvoice } from '../../vendors/wave/samples'
import { lookups, settings } from './samples'

const suppliers = { accountPayable: '800', taxRule: 'Tax on Purchases' }

const carriedAs = (change: object) => {
  const given = settings({ suppliers, ...change })
  const carries = (flow: typeof customerToCustomer | typeof customerToSupplier) =>
    flow.skip?.(aCustomer(), given, lookups()) === undefined
  return { customer: carries(customerToCustomer), supplier: carries(customerToSupplier) }
}

describe('what a Wave customer becomes', () => {
  it.each([
    ['customer', { customer: true, supplier: false }],
    ['supplier', { customer: false, supplier: true }],
    ['both', { customer: true, supplier: true }],
  ])('is the role of the settings (%s)', (role, becomes) => {
    expect(carriedAs({ role })).toEqual(becomes)
  })

  it('is its own role where it has one', () => {
    expect(carriedAs({ role: 'customer', roles: { 'cust-1': 'supplier' } }).supplier).toBe(true)
    expect(carriedAs({ role: 'supplier', roles: { 'cust-2': 'both' } })).toEqual({ customer: false, supplier: true })
  })
})

describe('a supplier', () => {
  it('has what suppliers need, and the same contact and addresses', () => {
    const result = customerToSupplier.map(aCustomer(), settings({ suppliers, role: 'supplier' }), lookups())
    expect(result).toEqual([
      {
        variant: 'USD',
        draft: {
          name: 'Harbour Lane Offices Ltd',
          currency: 'USD',
          paymentTerm: '30 days',
          accountPayable: '800',
          taxRule: 'Tax on Purchases',
          contact: expect.objectContaining({ name: 'Ann Harbour' }),
          addresses: [expect.objectContaining({ line1: '1 Quay' })],
        },
      },
    ])
  })

  it('of another currency than before is a second one', () => {
    const result = customerToSupplier.map(
      aCustomer({ currency: { code: 'EUR' } }),
      settings({ suppliers, role: 'supplier' }),
      lookups({ variants: ['USD'] }),
    )
    expect(Array.isArray(result) && result.map(({ draft }) => draft.name)).toEqual([
      'Harbour Lane Offices Ltd (USD)',
      'Harbour Lane Offices Ltd',
    ])
  })
})

describe('an invoice to a supplier', () => {
  const given = settings({ suppliers, roles: { 'cust-1': 'supplier' } })

  it('does not wait for a customer that never comes, and says what to set', () => {
    const known = lookups({ linked: () => undefined })
    expect(invoiceToSale.needs?.(anInvoice(), given, known)).toEqual([])
    expect(invoiceToSale.map(anInvoice(), given, known)).toMatchObject({
      kind: 'rejected',
      code: 'customer_is_supplier',
      remedy: expect.stringContaining('"both"'),
    })
  })

  it('is carried where it was a customer before', () => {
    expect(invoiceToSale.map(anInvoice(), given, lookups())).toHaveLength(1)
  })
})
