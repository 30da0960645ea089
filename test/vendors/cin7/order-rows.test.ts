import { describe, expect, it } from 'vitest'
import { type CarriedRow, mergedRows } from '../../../src/vendors/cin7/order-rows'
import type { PurchaseRow } from '../../../src/vendors/cin7/purchase-record'

const known = (change: Partial<PurchaseRow> = {}): PurchaseRow => ({
  kind: 'line',
  productId: 'p-1',
  sku: 'Bread',
  name: 'Baked Bread',
  quantity: '4',
  price: '2.5',
  discount: '10',
  tax: '0.9',
  taxRule: 'GST',
  account: '',
  comment: 'wholemeal',
  supplierSku: 'B-77',
  total: '9',
  nonInventory: null,
  ...change,
})

const row = (change: Partial<CarriedRow> = {}): CarriedRow => ({
  sku: 'bread',
  name: 'Baked Bread',
  quantity: '4',
  price: '2.25',
  total: '9',
  tax: null,
  taxRule: null,
  ...change,
})

describe('rows of an order that was changed on the other side', () => {
  it('stay as Cin7 has them where quantity and total are the same', () => {
    expect(mergedRows([known()], [row()])).toEqual([known()])
  })

  it('take quantity, price and total, keep comment and tax rule, and their tax in proportion', () => {
    expect(mergedRows([known()], [row({ quantity: '6', total: '13.5' })])).toEqual([
      known({ quantity: '6', price: '2.25', discount: '0', total: '13.5', tax: '1.35' }),
    ])
  })

  it('take a tax that the other side says', () => {
    expect(mergedRows([known()], [row({ tax: '0', taxRule: 'Tax Exempt' })])).toMatchObject([
      { tax: '0', taxRule: 'Tax Exempt', discount: '0', price: '2.25' },
    ])
  })

  it('find themselves where one product stands in several, those that stay first', () => {
    const [first, second] = [known({ comment: 'a', quantity: '1', total: '2.25' }), known({ comment: 'b' })]
    const merged = mergedRows([first, second], [row(), row({ quantity: '3', total: '6.75' })])
    expect(merged.map(({ comment, quantity }) => [comment, quantity])).toEqual([
      ['b', '4'],
      ['a', '3'],
    ])
  })

  it('go where the other side has none', () => {
    expect(mergedRows([known(), known({ kind: 'charge', sku: '', name: 'Freight' })], [row()])).toEqual([known()])
  })

  it('come new where the other side says how they are taxed', () => {
    const freight = row({ sku: '', name: 'Freight', quantity: '1', price: '5', total: '5', tax: '0.5', taxRule: 'GST' })
    expect(mergedRows([known()], [row(), freight])[1]).toMatchObject({
      kind: 'charge',
      name: 'Freight',
      tax: '0.5',
      taxRule: 'GST',
    })
    expect(() => mergedRows([known()], [row(), { ...freight, tax: null }])).toThrow('cin7_order_row_tax')
    expect(() => mergedRows([known()], [row(), { ...freight, taxRule: null }])).toThrow('cin7_order_row_tax')
  })

  it('of no total have no tax to go by', () => {
    expect(() => mergedRows([known({ total: '0' })], [row()])).toThrow('cin7_order_row_tax')
    expect(mergedRows([known({ total: '0', tax: '0' })], [row()])).toMatchObject([{ tax: '0', total: '9' }])
  })
})
