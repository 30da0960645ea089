import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/lib/json'
import { productToProduct as flow } from '../../../src/pairs/wave-cin7/product-to-product'
import type { Product } from '../../../src/vendors/wave/products'
import { aProduct, BUSINESS, VAT } from '../../vendors/wave/samples'
import { lookups, MAPPINGS, settings } from './samples'

const mapped = (product: Product, given = settings(), known = lookups()) => {
  const result = flow.map(product, given, known)
  if (!Array.isArray(result)) throw new Error(result.code)
  return result[0]
}

describe('a Wave product', () => {
  it('becomes a service product, its SKU made of a prefix and Wave’s number', () => {
    expect(mapped(aProduct())).toEqual({
      variant: 'product',
      draft: {
        kind: 'service',
        sku: 'WAVE-80000001',
        name: 'Misc. Services',
        description: 'By the hour',
        category: 'Other',
        unit: 'Item',
        revenueAccount: '201',
        taxRule: 'VAT 20',
        deprecated: false,
      },
    })
    expect(mapped(aProduct(), settings({ products: { prefix: 'W', category: 'Labour' } }))?.draft).toMatchObject({
      sku: 'W80000001',
      category: 'Labour',
    })
  })

  it('needs no mapping of account and tax: they are left out', () => {
    expect(mapped(aProduct(), settings(), lookups({}, {}))?.draft).toMatchObject({ revenueAccount: '', taxRule: '' })
  })

  it('that a person mapped is that product, whatever the rule says', () => {
    const { id } = aProduct()
    const known = lookups({}, { ...MAPPINGS, [`product/${id}`]: 'BREAD' })
    expect(mapped(aProduct(), settings(), known)?.draft).toEqual({ kind: 'chosen', sku: 'BREAD' })
  })

  it('without a number in its id says what to do', () => {
    expect(flow.map(aProduct({ id: btoa(`Business:${BUSINESS}`) }), settings(), lookups())).toMatchObject({
      kind: 'rejected',
      code: 'product_without_number',
    })
  })

  it('that is only bought is skipped', () => {
    expect(flow.skip?.(aProduct({ isSold: false }), settings(), lookups())).toContain('not sold')
    expect(flow.skip?.(aProduct(), settings(), lookups())).toBeUndefined()
  })

  it('that is archived is deprecated only where the settings say so', () => {
    const archived = aProduct({ isArchived: true })
    expect(mapped(archived)?.draft).toMatchObject({ deprecated: false })
    const given = settings({ products: { archived: 'deprecate' } })
    expect(mapped(archived, given)?.draft).toMatchObject({ deprecated: true })
    expect(mapped(aProduct(), given)?.draft).toMatchObject({ deprecated: false })
  })

  it('has changed where its name, text, account, taxes or archiving have', () => {
    const print = (change: Partial<Product>) => canonical(flow.fingerprint(aProduct(change), ''))
    const changes: Partial<Product>[] = [
      { name: 'x' },
      { description: null },
      { isArchived: true },
      { incomeAccount: null },
      { defaultSalesTaxes: [] },
    ]
    for (const change of changes) expect(print(change)).not.toBe(print({}))
    expect(print({ modifiedAt: '2027-01-01T00:00:00.000Z', isBought: true })).toBe(print({}))
    const two = [VAT, { id: 'tax-gst', name: 'GST' }]
    expect(print({ defaultSalesTaxes: two })).toBe(print({ defaultSalesTaxes: two.toReversed() }))
  })
})
