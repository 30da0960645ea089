import { describe, expect, it } from 'vitest'
import type { Call } from '../../../src/core/vendor'
import { type ProductDraft, products } from '../../../src/vendors/cin7/products'
import { type Ledger, scripted, type Trouble } from './scripted'

type Row = Record<string, unknown>

const draft = (change: object = {}): ProductDraft => ({
  kind: 'service',
  sku: 'WAVE-77',
  name: 'Consulting',
  description: 'By the hour',
  category: 'Other',
  unit: 'Item',
  revenueAccount: '201',
  taxRule: '',
  deprecated: false,
  ...change,
})

/** `Sku` is taken for a beginning; deprecated ones show only when asked for. */
const shelf = (rows: Row[]) => (call: Call) => {
  if (call.method === 'GET') {
    const { ID, Sku = '', IncludeDeprecated } = call.query ?? {}
    const found = rows.filter(
      (row) =>
        (IncludeDeprecated === 'true' || row.Status !== 'Deprecated') &&
        (ID ? row.ID === ID : String(row.SKU).toLowerCase().startsWith(Sku.toLowerCase())),
    )
    return { Total: found.length, Page: 1, Products: found }
  }
  const body: Row = Object(call.body)
  const known = rows.find((row) => row.ID === body.ID)
  const row = Object.assign(known ?? { ID: `p-${rows.length + 1}` }, body)
  if (!known) rows.push(row)
  return { Total: 1, Page: 1, Products: [row] }
}

describe('a new product', () => {
  it('is a service product with everything that Cin7 requires', async () => {
    const run = scripted(shelf([]))
    const ref = await products.create(run.api, draft())
    expect(run.sent[0]?.body).toEqual({
      SKU: 'WAVE-77',
      Name: 'Consulting',
      Category: 'Other',
      UOM: 'Item',
      Type: 'Service',
      CostingMethod: 'FIFO',
      Status: 'Active',
      Description: 'By the hour',
      RevenueAccount: '201',
    })
    expect(ref).toMatchObject({ id: 'p-1', number: 'WAVE-77', facts: { sku: 'WAVE-77', name: 'Consulting' } })
  })

  it.each<Trouble>(['lost', 'never'])('is made once where its answer is lost (%s)', async (what) => {
    const rows: Row[] = [{ ID: 'p-0', SKU: 'WAVE-778', Name: 'Consulting', Type: 'Service', Status: 'Active' }]
    const ledger: Ledger = new Map()
    await expect(products.create(scripted(shelf(rows), ledger, { product: what }).api, draft())).rejects.toThrow()
    const ref = await products.create(scripted(shelf(rows), ledger).api, draft())
    expect(rows.map(({ SKU }) => SKU)).toEqual(['WAVE-778', 'WAVE-77'])
    expect(ref.id).toBe('p-2')
  })
})

describe('a product that a person chose', () => {
  const rows = (): Row[] => [{ ID: 'p-9', SKU: 'Bread', Name: 'Baked Bread', Type: 'Stock', Status: 'Active' }]

  it('is linked and never written to, not even after the choice was taken back', async () => {
    const run = scripted(shelf(rows()))
    const ref = await products.create(run.api, { kind: 'chosen', sku: 'bread' })
    expect(ref).toMatchObject({ id: 'p-9', facts: { sku: 'Bread', name: 'Baked Bread', type: 'Stock' } })
    expect(await products.update?.(run.api, ref, draft())).toEqual(ref)
    expect(run.sent).toEqual([])
  })

  it('has to exist', async () => {
    const chosen = products.create(scripted(shelf(rows())).api, { kind: 'chosen', sku: 'Bre' })
    await expect(chosen).rejects.toMatchObject({ failure: { code: 'cin7_product_gone' } })
  })
})

describe('a changed product', () => {
  const change = async (row: Row, to: ProductDraft) => {
    const rows = [row]
    const ref = await products.create(scripted(shelf([])).api, draft())
    const run = scripted(shelf(rows))
    await products.update?.(run.api, ref, to)
    return run.sent[0]?.body
  }
  const stored = (over: Row = {}): Row => ({
    ID: 'p-1',
    SKU: 'WAVE-77',
    Name: 'Consulting',
    Type: 'Service',
    Status: 'Active',
    Category: 'Other',
    UOM: 'Item',
    CostingMethod: 'FIFO',
    ...over,
  })

  it('takes the new name and keeps what somebody chose in Cin7', async () => {
    const chosen = { SKU: 'HOURS', Category: 'Labour', UOM: 'Hour', RevenueAccount: '260', SaleTaxRule: 'Tax Exempt' }
    expect(await change(stored(chosen), draft({ name: 'Advice', taxRule: 'Tax on Sales' }))).toMatchObject({
      ...chosen,
      Name: 'Advice',
      Status: 'Active',
    })
  })

  it('is deprecated where the source says so, and stays deprecated where somebody else did it', async () => {
    expect(await change(stored(), draft({ deprecated: true }))).toMatchObject({ Status: 'Deprecated' })
    expect(await change(stored({ Status: 'Deprecated' }), draft())).toMatchObject({ Status: 'Deprecated' })
  })

  it('is named where it is gone', async () => {
    await expect(change(stored({ ID: 'p-2' }), draft())).rejects.toMatchObject({
      failure: { code: 'cin7_product_gone' },
    })
  })
})
