import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { approve, carry, draftInvoice, only, poll, writesTo } from '../support/wave-cin7'
import { arrive, booksOf, FLOWS, liveInvoice, map, recordOf, replay, theSale } from '../support/wave-cin7-books'

const PRODUCTS = [
  { id: '80000001', name: 'Misc. Services', unitPrice: '40', incomeAccount: 'Sales', taxes: ['GST'] },
  { id: '80000002', name: 'Bread', unitPrice: '8', incomeAccount: 'Sales' },
]

const withProducts = (settings: object = {}, products: object[] = PRODUCTS): Promise<Office> =>
  openOffice({ wave: { products }, settings: { ...settings } })

/** Those that the connector made. */
const made = async (office: Office) =>
  (await booksOf(office)).products
    .filter(({ SKU }) => SKU.startsWith('WAVE-'))
    .sort((a, b) => a.SKU.localeCompare(b.SKU))

const idOf = ({ wave }: Office, name: string) => wave.business.products.find((product) => product.name === name)

describe('a Wave product', () => {
  it('becomes a service product with a SKU of its own', async () => {
    const office = await withProducts()
    await poll(office, FLOWS.product)
    expect(await made(office)).toMatchObject([
      {
        SKU: 'WAVE-80000001',
        Name: 'Misc. Services',
        Type: 'Service',
        RevenueAccount: '200',
        SaleTaxRule: 'Tax on Sales',
      },
      { SKU: 'WAVE-80000002', Name: 'Bread', Type: 'Service', Status: 'Active' },
    ])
    await office.world.forgetCalls()
    await poll(office, FLOWS.product)
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('that was mapped to a SKU by a person is that one, and it is not written to', async () => {
    const office = await withProducts()
    await map(office, 'product', [{ code: idOf(office, 'Bread')?.graphId, target: 'Bread' }])
    await poll(office, FLOWS.product)
    expect((await made(office)).map(({ Name }) => Name)).toEqual(['Misc. Services'])
    const linked = (await recordsOf(office, `flow=${FLOWS.product}`)).find(
      ({ sourceNumber }) => sourceNumber === 'Bread',
    )
    expect(linked).toMatchObject({ state: 'done', targetNumber: 'Bread' })
    expect(await writesTo(office, 'cin7')).toHaveLength(1)
  })

  it('follows Wave’s name; archived, it is left or deprecated as the settings say', async () => {
    for (const [archived, status] of [
      ['leave', 'Active'],
      ['deprecate', 'Deprecated'],
    ]) {
      const office = await withProducts({ products: { archived } }, PRODUCTS.slice(0, 1))
      await poll(office, FLOWS.product)
      const id = idOf(office, 'Misc. Services')?.graphId
      await office.world.act('wave', 'edit-product', { id, name: 'Services' })
      await office.world.act('wave', 'archive-product', { id })
      await poll(office, FLOWS.product)
      expect(only(await made(office))).toMatchObject({ Name: 'Services', Status: status })
    }
  })

  it('is made once where the answer is lost', async () => {
    const office = await withProducts({}, PRODUCTS.slice(0, 1))
    await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/product', kind: 'drop-after' })
    await poll(office, FLOWS.product)
    only(await made(office))
    expect(await recordOf(office, 'product')).toMatchObject({ state: 'done' })
  })

  it('whose SKU is taken is left to a person', async () => {
    const office = await openOffice({
      wave: { products: PRODUCTS.slice(0, 1) },
      cin7: {
        products: [
          { SKU: 'WAVE-80000001', Name: 'Mine' },
          { SKU: 'SERVICE', Name: 'Service' },
        ],
      },
    })
    await poll(office, FLOWS.product)
    const conflict = await recordOf(office, 'product')
    expect(conflict).toMatchObject({ reason: 'conflict', code: 'cin7_product_sku_taken' })
    await map(office, 'product', [{ code: idOf(office, 'Misc. Services')?.graphId, target: 'WAVE-80000001' }])
    await replay(office, conflict)
    expect(await recordOf(office, 'product')).toMatchObject({ state: 'done', targetNumber: 'WAVE-80000001' })
    expect(only(await made(office)).Name).toBe('Mine')
  })

  it('of a category that Cin7 does not have names the setting', async () => {
    const office = await withProducts({ products: { category: 'Nowhere' } }, PRODUCTS.slice(0, 1))
    await poll(office, FLOWS.product)
    expect(await recordOf(office, 'product')).toMatchObject({
      state: 'failed',
      code: 'cin7_category_unknown',
      remedy: expect.stringContaining('products.category'),
    })
  })
})

describe('an invoice', () => {
  const sold = (office: Office, name: string, quantity = '2') =>
    draftInvoice(office, { items: [{ product: idOf(office, name)?.bareId, quantity, unitPrice: '8', taxes: ['GST'] }] })

  it('names its charges by the service products that were carried', async () => {
    const office = await withProducts()
    await carry(office, await sold(office, 'Bread'))
    expect(only(liveInvoice(await theSale(office)).AdditionalCharges).Description).toBe('Service')
    await poll(office, FLOWS.product)
    await carry(office, await sold(office, 'Bread'))
    const [, second] = (await booksOf(office)).sales
    expect(second && only(liveInvoice(second).AdditionalCharges).Description).toBe('Bread')
  })

  it('of stock has lines of the mapped SKU, and of a service that is carried first', async () => {
    const office = await withProducts({ lines: 'stock' })
    await map(office, 'product', [{ code: idOf(office, 'Bread')?.graphId, target: 'Bread' }])
    const items = ['Bread', 'Misc. Services'].map((name) => ({
      product: idOf(office, name)?.bareId,
      quantity: '2',
      unitPrice: '8',
      taxes: ['GST'],
    }))
    await carry(office, await draftInvoice(office, { items }))
    const { Lines, Total } = liveInvoice(await theSale(office))
    expect(Lines.map(({ SKU, Quantity }) => [SKU, Quantity])).toEqual([
      ['Bread', 2],
      ['WAVE-80000001', 2],
    ])
    expect(Total).toBe(35.2)
  })

  it('of stock that is mapped needs no product, and a later edit undoes and posts the lines again', async () => {
    const office = await withProducts({ lines: 'stock' })
    await map(office, 'product', [{ code: idOf(office, 'Bread')?.graphId, target: 'Bread' }])
    const invoice = await sold(office, 'Bread')
    await approve(office, invoice)
    await arrive(office)
    const bare = idOf(office, 'Bread')?.bareId
    await office.world.act('wave', 'edit-invoice', {
      id: invoice.bareId,
      items: [{ product: bare, quantity: '3', unitPrice: '8', taxes: ['GST'] }],
    })
    await office.world.act('wave', 'emit', { event: 'invoice.viewed', invoice: invoice.bareId })
    await arrive(office)
    expect(only(liveInvoice(await theSale(office)).Lines)).toMatchObject({ SKU: 'Bread', Quantity: 3 })
    expect(await made(office)).toEqual([])
  })
})
