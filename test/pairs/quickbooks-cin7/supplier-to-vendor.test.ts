import { describe, expect, it } from 'vitest'
import { supplierToVendor } from '../../../src/pairs/quickbooks-cin7/supplier-to-vendor'
import type { Supplier } from '../../../src/vendors/cin7/supplier-records'
import { lookups, settings } from './samples'

const contact = { name: 'Ann van Harbour', email: 'ap@acme.example; x@y.example', phone: '1', mobile: '2', fax: '3' }
const address = { line1: '1 Main St', line2: '', city: 'Reno', state: 'NV', postcode: '89501', country: 'USA' }

const supplier = (change: Partial<Supplier> = {}): Supplier => ({
  id: 's-1',
  name: 'Acme Widgets',
  active: true,
  currency: 'USD',
  paymentTerm: '30 days',
  taxRule: 'Tax on Purchases',
  accountPayable: '800',
  taxNumber: '',
  comments: '',
  attributes: {},
  addresses: [
    { ...address, type: 'Shipping', line1: 'Dock 4', isDefault: true },
    { ...address, type: 'Business', isDefault: true },
  ],
  contacts: [
    { ...contact, name: 'Other', website: '', isDefault: false },
    { ...contact, website: 'acme.example', isDefault: true },
  ],
  updated: '2026-03-01T00:00:00.000Z',
  ...change,
})

const draftOf = (record: Supplier, given = settings()) => {
  const mapped = supplierToVendor.map(record, given, lookups())
  if (!Array.isArray(mapped) || !mapped[0]) throw new Error('no vendor')
  return mapped[0]
}

describe('a Cin7 supplier', () => {
  it('becomes a vendor with its default contact and the address that bills come from', () => {
    expect(draftOf(supplier())).toEqual({
      variant: 'vendor',
      draft: {
        name: 'Acme Widgets',
        suffix: '',
        currency: 'USD',
        company: 'Acme Widgets',
        given: 'Ann van',
        family: 'Harbour',
        email: 'ap@acme.example',
        phone: '1',
        mobile: '2',
        fax: '3',
        website: 'https://acme.example',
        address,
        term: '3',
        active: true,
      },
    })
  })

  it('without contact and address is a name', () => {
    expect(draftOf(supplier({ contacts: [], addresses: [], paymentTerm: 'odd' })).draft).toMatchObject({
      given: '',
      family: '',
      email: '',
      address: null,
      term: '',
    })
  })

  it('that is its own contact is no person', () => {
    const contacts = [{ ...contact, name: 'acme widgets', website: '', isDefault: true }]
    expect(draftOf(supplier({ contacts })).draft).toMatchObject({ given: '', family: '' })
  })

  it('that is deprecated is left until a document needs it', () => {
    const gone = supplier({ active: false })
    expect(supplierToVendor.skip?.(gone, settings(), lookups())).toContain('deprecated')
    expect(supplierToVendor.skip?.(gone, settings(), lookups({ variants: ['vendor'] }))).toBeUndefined()
  })

  it('makes its vendor inactive only where the setting says so', () => {
    const gone = supplier({ active: false })
    expect(draftOf(gone).draft.active).toBe(true)
    expect(draftOf(gone, settings({ suppliers: { deprecated: 'deactivate' } })).draft.active).toBe(false)
  })

  it('is the same whatever its accounts and tax rules in Cin7 are', () => {
    const print = (record: Supplier) => JSON.stringify(supplierToVendor.fingerprint(record, 'vendor'))
    expect(print(supplier({ accountPayable: '801', taxRule: 'X', updated: 'later' }))).toBe(print(supplier()))
    expect(print(supplier({ paymentTerm: '7 days' }))).not.toBe(print(supplier()))
  })

  it('can be matched with a vendor by name', () => {
    const { matching } = supplierToVendor
    expect(matching?.variant({ kind: 'named', code: '', name: 'Acme', currency: 'USD' })).toBe('vendor')
  })
})
