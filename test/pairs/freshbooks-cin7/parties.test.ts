import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { clientToCustomer } from '../../../src/pairs/freshbooks-cin7/client-to-customer'
import { vendorToSupplier } from '../../../src/pairs/freshbooks-cin7/vendor-to-supplier'
import { aClient, aVendor, drafts, lookups, onlyDraft, type Row, refusal, settings } from './samples'

const customers = (change = {}, variants: string[] = []) =>
  drafts(clientToCustomer.map(aClient(change), settings(), lookups({ variants })))
const suppliers = (change = {}, variants: string[] = []) =>
  drafts(vendorToSupplier.map(aVendor(change), settings(), lookups({ variants })))

describe('a FreshBooks client', () => {
  it('becomes a customer with defaults of the settings, contact and addresses of FreshBooks', () => {
    const shipping = { s_street: '9 Dock', s_street2: 'Gate 2', s_city: 'Halifax', s_country: 'Canada' }
    expect(
      onlyDraft(
        clientToCustomer.map(aClient({ bus_phone: '555 1', mob_phone: '555 2', ...shipping }), settings(), lookups()),
      ),
    ).toEqual({
      name: 'Harbour Lane',
      currency: 'CAD',
      contact: { name: 'Ada Quay', email: 'ada@harbour.example', phone: '555 1', mobile: '555 2', website: '' },
      addresses: [
        {
          type: 'Billing',
          line1: '1 Pier',
          line2: '',
          city: 'Toronto',
          state: 'Ontario',
          postcode: 'M5T 2B3',
          country: 'Canada',
        },
        {
          type: 'Shipping',
          line1: '9 Dock',
          line2: 'Gate 2',
          city: 'Halifax',
          state: '',
          postcode: '',
          country: 'Canada',
        },
      ],
      paymentTerm: '30 days',
      accountReceivable: '610',
      revenueAccount: '200',
      taxRule: 'Tax on Sales',
      location: 'Main Warehouse',
    })
  })

  it('is one per currency that it is billed in; its own keeps the plain name', () => {
    expect(customers({}, ['USD', 'CAD']).map(({ variant, draft }) => [variant, draft.currency, draft.name])).toEqual([
      ['USD', 'USD', 'Harbour Lane (USD)'],
      ['CAD', 'CAD', 'Harbour Lane'],
    ])
  })

  it('is called by its organization, else the person, else the e-mail', () => {
    const name = (change: Row) => customers(change)[0]?.draft.name
    expect(name({ organization: '' })).toBe('Ada Quay')
    expect(name({ organization: ' ', fname: '', lname: '' })).toBe('ada@harbour.example')
    expect(name({ organization: '', fname: '', lname: '', email: '' })).toBe('client 12')
  })

  it('without a person to reach has no contact, and without street or country no address', () => {
    const nobody = { fname: '', lname: '', email: '', bus_phone: ' ', mob_phone: null }
    expect(customers(nobody)[0]?.draft.contact).toBeNull()
    expect(customers({ p_country: '' })[0]?.draft.addresses).toEqual([])
    expect(customers({ p_street: ' ', p_street2: 'Back door' })[0]?.draft.addresses).toMatchObject([
      { line1: 'Back door' },
    ])
  })

  it('without a currency is refused', () => {
    expect(refusal(clientToCustomer.map(aClient({ currency_code: null }), settings(), lookups()))).toMatchObject({
      kind: 'rejected',
      code: 'party_without_currency',
    })
  })

  it('that was deleted is carried only where a document needs it', () => {
    const skip = (variants: string[]) =>
      clientToCustomer.skip?.(aClient({ vis_state: 1 }), settings(), lookups({ variants }))
    expect(skip([])).toBe('deleted in FreshBooks')
    expect(skip(['CAD'])).toBeUndefined()
    expect(clientToCustomer.skip?.(aClient({ vis_state: 2 }), settings(), lookups())).toBeUndefined()
  })

  it('has changed where name, currency, contact or address have', () => {
    const print = (change: Row) => canonical(clientToCustomer.fingerprint(aClient(change), ''))
    const before = print({})
    for (const change of [{ organization: 'x' }, { currency_code: 'USD' }, { email: 'x' }, { p_city: 'x' }])
      expect(print(change)).not.toBe(before)
    expect(print({ updated: '2026-01-01 10:00:00', vis_state: 2, language: 'fr' })).toBe(before)
  })
})

describe('a vendor of FreshBooks', () => {
  it('becomes a supplier', () => {
    expect(suppliers({ street: '5 Mill', country: 'Canada' })).toEqual([
      {
        variant: 'CAD',
        draft: {
          name: 'Staples',
          currency: 'CAD',
          contact: { name: 'Hannah D', email: 'hannah@staples.example', phone: '8335970553', mobile: '', website: '' },
          addresses: [
            { type: 'Billing', line1: '5 Mill', line2: '', city: '', state: '', postcode: '', country: 'Canada' },
          ],
          paymentTerm: '30 days',
          accountPayable: '800',
          taxRule: 'Tax on Purchases',
        },
      },
    ])
    expect(suppliers({}, ['USD']).map(({ draft }) => draft.name)).toEqual(['Staples (USD)', 'Staples'])
  })

  it('needs the settings for purchases', () => {
    const none = settings({ purchases: undefined })
    expect(refusal(vendorToSupplier.map(aVendor(), none, lookups()))).toMatchObject({
      kind: 'unmapped',
      codes: [{ mapping: 'settings.purchases' }],
    })
  })
})
