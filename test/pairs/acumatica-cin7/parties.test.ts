import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { codeFrom } from '../../../src/pairs/acumatica-cin7/references'
import { supplierToVendor } from '../../../src/pairs/acumatica-cin7/supplier-to-vendor'
import { vendorToSupplier } from '../../../src/pairs/acumatica-cin7/vendor-to-supplier'
import { lookups, settings, supplier, vendorRecord } from './samples'

const TEXTS = {
  code: 'BAYSIDE',
  name: 'Bayside Wholesale & Co',
  attention: 'Ann',
  email: 'ap@bayside.example',
  phone: '1',
  website: '',
  line1: '1 Harbour Rd',
  line2: '',
  city: 'Perth',
  state: 'WA',
  postcode: '6001',
  country: 'AU',
}

const agreed = (facts: Record<string, string>, sourceId = 'v-1'): Lookups =>
  lookups({}, '', { mirrored: { sourceId, variant: 'party', target: { id: 's-1', number: 'Bayside', facts } } })
const known = agreed({ agreed: JSON.stringify(TEXTS) })

describe('a supplier and its vendor', () => {
  it('say the same in one writing', () => {
    expect(supplierToVendor.map(supplier(), settings(), lookups())).toMatchObject([
      {
        variant: 'party',
        draft: { base: null, texts: TEXTS, wins: 'ask', code: 'BAYSIDE', terms: '30D', taxNumber: '12-345' },
      },
    ])
    expect(vendorToSupplier.map(vendorRecord(), settings(), lookups())).toMatchObject([
      {
        variant: 'party',
        draft: { base: null, texts: TEXTS, attribute: '3', currency: 'USD', paymentTerm: '30 days' },
      },
    ])
  })

  it('are no news to each other while both say what they agreed on', () => {
    expect(supplierToVendor.agreed?.(supplier(), settings(), known)).toBe(true)
    expect(vendorToSupplier.agreed?.(vendorRecord(), settings(), known)).toBe(true)
    expect(supplierToVendor.agreed?.(supplier({ name: 'New' }), settings(), known)).toBe(false)
    expect(vendorToSupplier.agreed?.(vendorRecord({ code: 'NEW' }), settings(), known)).toBe(false)
    expect(supplierToVendor.agreed?.(supplier(), settings(), lookups())).toBe(false)
  })

  it.each<['ask' | 'cin7' | 'acumatica', string, string]>([
    ['ask', 'ask', 'ask'],
    ['cin7', 'source', 'target'],
    ['acumatica', 'target', 'source'],
  ])('are as the master says: %s', (master, there, back) => {
    const given = settings({ suppliers: { attribute: 3, master } })
    expect(supplierToVendor.map(supplier(), given, known)).toMatchObject([{ draft: { base: TEXTS, wins: there } }])
    expect(vendorToSupplier.map(vendorRecord(), given, known)).toMatchObject([{ draft: { base: TEXTS, wins: back } }])
  })

  it('wait for the flow that has begun to make or link them', () => {
    const begun = agreed({})
    expect(supplierToVendor.needs?.(supplier(), settings(), begun)).toEqual([
      { flow: 'acumatica-cin7/vendor-to-supplier', sourceId: 'v-1', variant: 'party' },
    ])
    expect(supplierToVendor.needs?.(supplier(), settings(), known)).toEqual([])
  })

  it('are never made from what the connector made', () => {
    const marked = supplier({ comments: 'mlc:acumatica-cin7/vendor-to-supplier:x' })
    expect(supplierToVendor.skip?.(marked, settings(), lookups())).toContain('made by the connector')
    const vendor = vendorRecord({ accountRef: 'mlc:0123456789abcdef' })
    expect(vendorToSupplier.skip?.(vendor, settings(), lookups())).toContain('made by the connector')
  })

  it('are left out while they are out of use, or of another class', () => {
    expect(supplierToVendor.skip?.(supplier({ active: false }), settings(), lookups())).toContain('deprecated')
    expect(vendorToSupplier.skip?.(vendorRecord({ status: 'Inactive' }), settings(), lookups())).toContain('inactive')
    const goods = settings({ vendors: { classes: ['GOODS'] } })
    expect(vendorToSupplier.skip?.(vendorRecord(), goods, lookups())).toContain('SUPPLIER')
    expect(vendorToSupplier.skip?.(vendorRecord(), goods, known)).toBeUndefined()
  })

  it('are recognised by the attribute that the settings name', () => {
    const terms = {
      kind: 'named',
      code: '',
      name: 'Bayside',
      currency: 'USD',
      attributes: { '3': 'BAY', '4': 'X' },
    } as const
    expect(supplierToVendor.matching?.terms?.(terms, settings())).toMatchObject({ code: 'BAY' })
  })

  it('without a code get one from the name, always the same and short enough', () => {
    const draft = supplierToVendor.map(supplier({ attributes: {} }), settings(), lookups())
    expect(draft).toMatchObject([
      { draft: { code: expect.stringMatching(/^BAYSIDE[A-Z0-9]{3}$/), texts: { code: '' } } },
    ])
    expect(codeFrom('Zoë & Sons', 10)).toBe('ZOESONS')
    expect(codeFrom('東京商事', 10)).toMatch(/^[A-Z0-9]{7}$/)
  })
})
