import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { customerToCustomer as flow } from '../../../src/pairs/wave-cin7/customer-to-customer'
import type { Customer } from '../../../src/vendors/wave/customers'
import { aCustomer } from '../../vendors/wave/samples'
import { lookups, settings } from './samples'

const mapped = (customer: Customer, variants: string[] = [], base: string | null = 'CAD') => {
  const result = flow.map(
    customer,
    settings(),
    lookups({ variants, sourceAccount: { id: 'wave', baseCurrency: base } }),
  )
  if (!Array.isArray(result)) throw new Error(result.code)
  return result
}
const names = (...given: Parameters<typeof mapped>) =>
  mapped(...given).map(({ variant, draft }) => [variant, draft.currency, draft.name])

describe('a Wave customer becomes a Cin7 customer per currency', () => {
  it('of its own currency, under its plain name', () => {
    expect(names(aCustomer())).toEqual([['USD', 'USD', 'Harbour Lane Offices Ltd']])
  })

  it('of the business’s currency where it has none', () => {
    expect(names(aCustomer({ currency: null }))).toEqual([['CAD', 'CAD', 'Harbour Lane Offices Ltd']])
    expect(
      flow.map(aCustomer({ currency: null }), settings(), lookups({ sourceAccount: { id: 'w', baseCurrency: null } })),
    ).toMatchObject({ kind: 'rejected', code: 'customer_without_currency' })
  })

  it('and of each currency that an invoice needs, which stands in the name', () => {
    expect(names(aCustomer(), ['EUR', 'USD'])).toEqual([
      ['EUR', 'EUR', 'Harbour Lane Offices Ltd (EUR)'],
      ['USD', 'USD', 'Harbour Lane Offices Ltd'],
    ])
  })

  it('renames the others before it takes the plain name for a new own currency', () => {
    expect(names(aCustomer({ currency: { code: 'EUR' } }), ['USD'])).toEqual([
      ['USD', 'USD', 'Harbour Lane Offices Ltd (USD)'],
      ['EUR', 'EUR', 'Harbour Lane Offices Ltd'],
    ])
  })
})

describe('what is carried of a customer', () => {
  it('takes defaults from the settings, contact and address from Wave', () => {
    expect(mapped(aCustomer())[0]?.draft).toEqual({
      name: 'Harbour Lane Offices Ltd',
      currency: 'USD',
      paymentTerm: '30 days',
      accountReceivable: '610',
      revenueAccount: '200',
      taxRule: 'Tax on Sales',
      location: 'Main Warehouse',
      contact: { name: 'Ann Harbour', email: 'ann@example.com', phone: '555 1', mobile: '', website: '' },
      addresses: [
        {
          type: 'Billing',
          line1: '1 Quay',
          line2: '',
          city: 'Toronto',
          state: 'Ontario',
          postcode: 'M5V',
          country: 'Canada',
        },
      ],
    })
  })

  it('leaves out an address that Cin7 would refuse, and a contact of nobody', () => {
    const { address } = aCustomer()
    if (!address) throw new Error('no address')
    const bare = aCustomer({
      firstName: null,
      lastName: '',
      email: '',
      phone: null,
      address: { ...address, country: null },
      shippingDetails: { address: { ...address, addressLine1: '', addressLine2: 'Gate 2' } },
    })
    const draft = mapped(bare)[0]?.draft
    expect(draft?.contact).toBeNull()
    expect(draft?.addresses).toEqual([expect.objectContaining({ type: 'Shipping', line1: 'Gate 2', line2: '' })])
  })

  it('a change of stamp alone is no change', () => {
    const print = (change: Partial<Customer>) => canonical(flow.fingerprint(aCustomer(change), ''))
    expect(print({ modifiedAt: '2027-01-01T00:00:00.000Z', isArchived: true })).toBe(print({}))
    expect(print({ email: 'new@example.com' })).not.toBe(print({}))
    expect(print({ name: 'New' })).not.toBe(print({}))
    expect(print({ currency: null })).not.toBe(print({}))
  })
})
