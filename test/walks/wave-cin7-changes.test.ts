import { describe, expect, it } from 'vitest'
import { type Office, type Opening, openOffice } from '../support/office'
import { passTime } from '../support/time'
import { approve, carry, draftInvoice, type Invoice, only, writesTo } from '../support/wave-cin7'
import {
  arrive,
  booksOf,
  edit,
  liveInvoice,
  map,
  recordOf,
  replay,
  rewriteInvoice as rewrite,
  theSale,
} from '../support/wave-cin7-books'

const carried = async (opening: Opening = {}, over: Record<string, unknown> = {}): Promise<[Office, Invoice]> => {
  const office = await openOffice(opening)
  const invoice = await draftInvoice(office, over)
  await carry(office, invoice)
  return [office, invoice]
}

const items = (office: Office, ...lines: [string, string, string[]][]) => ({
  items: lines.map(([quantity, unitPrice, taxes]) => ({
    product: office.wave.business.products[0]?.bareId,
    quantity,
    unitPrice,
    taxes,
  })),
})

/** An invoice with these lines, carried; what stands in Cin7 afterwards. */
const billed = async (
  lines: [string, string, string[]][],
  opening: Opening = {},
  over: Record<string, unknown> = {},
) => {
  const office = await openOffice(opening)
  await carry(office, await draftInvoice(office, { ...items(office, ...lines), ...over }))
  return { office, sale: await theSale(office), invoice: liveInvoice(await theSale(office)) }
}

describe('what an invoice may hold', () => {
  it.each([
    [false, { discountType: 'FIXED', amount: '10' }],
    [true, { discountType: 'FIXED', amount: '10' }],
    [false, { discountType: 'PERCENTAGE', percentage: '12.5' }],
    [true, { discountType: 'PERCENTAGE', percentage: '12.5' }],
  ])('a discount, taken before tax or after (%s), to the cent', async (beforeTax, discount) => {
    const office = await openOffice()
    await office.world.switches({ 'wave.discount.beforeTax': beforeTax })
    const form = items(office, ['3', '19.99', ['GST']], ['1', '7.77', ['QST']])
    await carry(office, await draftInvoice(office, { ...form, discount }))
    const { AdditionalCharges } = liveInvoice(await theSale(office))
    expect(AdditionalCharges.at(-1)).toMatchObject({ Account: '260', Quantity: 1 })
    expect(AdditionalCharges.at(-1)?.Price).toBeLessThan(0)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done' })
  })

  it('several taxes on a line, as one rule', async () => {
    const office = await openOffice()
    const taxes = office.wave.business.salesTaxes.map(({ graphId }) => graphId).sort()
    await map(office, 'tax', [{ code: taxes.join('+'), target: 'GST on Income' }])
    await carry(office, await draftInvoice(office, items(office, ['1', '100', ['GST', 'QST']])))
    expect(only(liveInvoice(await theSale(office)).AdditionalCharges)).toMatchObject({
      TaxRule: 'GST on Income',
      Tax: 19.98,
    })
  })

  it('prices that Cin7 is to show with their tax', async () => {
    const { sale, invoice } = await billed(
      [
        ['2', '40', ['GST']],
        ['1', '19.99', ['QST']],
      ],
      { settings: { prices: 'inclusive' } },
    )
    expect(sale.TaxCalculation).toBe('Inclusive')
    expect(invoice.AdditionalCharges.map(({ Total, Tax }) => [Total, Tax])).toEqual([
      [88, 8],
      [21.98, 1.99],
    ])
    expect(invoice.Total).toBe(109.98)
  })

  it('credit lines', async () => {
    const { invoice } = await billed([
      ['5', '20', ['GST']],
      ['1', '-15', []],
    ])
    expect(invoice).toMatchObject({ Total: 95, Status: 'AUTHORISED' })
  })

  it('a due date, from which the terms follow, a memo and an order number', async () => {
    const opening = { settings: { terms: { 14: '14 days' } } }
    const over = { dueDate: '2026-03-16', memo: 'Mind the step', poNumber: 'PO-9' }
    const { sale, invoice } = await billed([['1', '40', []]], opening, over)
    expect(sale).toMatchObject({ Terms: '14 days', Note: expect.stringMatching(/PO PO-9\nMind the step/) })
    expect(invoice).toMatchObject({ InvoiceDate: '2026-03-02T00:00:00', InvoiceDueDate: '2026-03-16T00:00:00' })
  })

  it('cost dimensions, by the accounts of its lines', async () => {
    const office = await openOffice()
    const sales = office.wave.business.accounts.find(({ name }) => name === 'Sales')?.graphId ?? ''
    const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
    const { settings } = await office.admin.call<{ settings: object }>('GET', path)
    const attributes = [{ attribute: 3, from: 'account', values: { [sales]: 'North' } }]
    await office.admin.call('PATCH', path, { settings: { ...settings, attributes } })
    await carry(office, await draftInvoice(office))
    expect((await theSale(office)).AdditionalAttributes).toMatchObject({ AdditionalAttribute3: 'North' })
  })
})

describe('memo, terms and reference', () => {
  it('follow in one write that undoes nothing, also on a sale that was shipped', async () => {
    const [office, invoice] = await carried({ settings: { terms: { 14: '14 days' } } })
    const before = liveInvoice(await theSale(office)).TaskID
    await office.world.act('cin7', 'pick-sale', { sale: (await theSale(office)).ID, shipping: 'SHIPPED' })
    await office.world.forgetCalls()
    await edit(office, invoice, { memo: 'thank you', number: '4711' })
    expect((await writesTo(office, 'cin7')).map(({ method, path }) => `${method} ${path.split('/v2')[1]}`)).toEqual([
      'PUT /sale',
    ])
    expect(await theSale(office)).toMatchObject({
      CustomerReference: '4711',
      Note: expect.stringContaining('thank you'),
    })
    expect(liveInvoice(await theSale(office)).TaskID).toBe(before)
  })

  it('are written once more where the answer is lost', async () => {
    const [office, invoice] = await carried()
    await office.world.fault({ vendor: 'cin7', method: 'PUT', path: '/v2/sale', kind: 'drop-after' })
    await edit(office, invoice, { memo: 'thank you' })
    expect((await theSale(office)).Note).toContain('thank you')
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done' })
  })
})

describe('an edit in Cin7 that leaves the total as it was', () => {
  it.each([
    ['the account', {}, { Account: '201' }, /lines or accounts/],
    ['the lines', {}, { Quantity: 1, Price: 80 }, /lines or accounts/],
    ['the date', { InvoiceDate: '2026-02-27T00:00:00' }, {}, /dates/],
    ['the due date', { InvoiceDueDate: '2026-06-30T00:00:00' }, {}, /dates/],
  ])('of %s makes a later change of the source a conflict', async (_what, change, charge, words) => {
    const [office, invoice] = await carried()
    await rewrite(office, change, charge)
    await office.world.forgetCalls()
    await edit(office, invoice, items(office, ['3', '40', ['GST']]))
    const conflict = await recordOf(office, 'sale')
    expect(conflict).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_sale_changed' })
    expect(conflict.text).toMatch(words)
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('that was none after all is no conflict', async () => {
    const [office, invoice] = await carried()
    await rewrite(office, {})
    await edit(office, invoice, items(office, ['3', '40', ['GST']]))
    expect(liveInvoice(await theSale(office)).Total).toBe(132)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'updated' })
  })

  it('is forgiven once it was resolved by making the sale right: the next change is carried', async () => {
    const [office, invoice] = await carried()
    await rewrite(office, {}, { Account: '201' })
    await edit(office, invoice, items(office, ['3', '40', ['GST']]))
    await rewrite(office, {}, { Account: '200' })
    await replay(office, await recordOf(office, 'sale'))
    expect(liveInvoice(await theSale(office)).Total).toBe(132)
  })
})

describe('an invoice that is deleted in Wave', () => {
  const deleted = async (settings: object): Promise<Office> => {
    const [office, invoice] = await carried({ settings: { ...settings } })
    await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
    await replay(office, await recordOf(office, 'sale'), { reread: true })
    await passTime(600_000)
    await arrive(office)
    return office
  }

  it('leaves the sale as it is, unless the settings say otherwise', async () => {
    const office = await deleted({})
    expect(await theSale(office)).toMatchObject({ Order: { Status: 'AUTHORISED' } })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'skipped', reason: expect.stringContaining('left') })
  })

  it('is written into the note of the sale, which stands, also one that was shipped', async () => {
    const [office, invoice] = await carried({ settings: { deleted: 'flag' } })
    await office.world.act('cin7', 'pick-sale', { sale: (await theSale(office)).ID, shipping: 'SHIPPED' })
    await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
    await replay(office, await recordOf(office, 'sale'), { reread: true })
    await passTime(600_000)
    await arrive(office)
    expect(await theSale(office)).toMatchObject({
      Note: expect.stringMatching(/^DELETED IN THE SOURCE/),
      Order: { Status: 'AUTHORISED' },
    })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'removed' })
  })

  it('voids the sale, if nobody has worked on it in Cin7', async () => {
    expect((await theSale(await deleted({ deleted: 'void' }))).Status).toBe('VOIDED')
    const [office, invoice] = await carried({ settings: { deleted: 'void' } })
    await office.world.act('cin7', 'pick-sale', { sale: (await theSale(office)).ID })
    await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
    await replay(office, await recordOf(office, 'sale'), { reread: true })
    await passTime(600_000)
    await arrive(office)
    expect((await theSale(office)).Status).not.toBe('VOIDED')
    expect(await recordOf(office, 'sale')).toMatchObject({ reason: 'conflict', code: 'cin7_sale_changed' })
  })
})

describe('a draft that is deleted before it is approved', () => {
  it('leaves nothing', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await approve(office, invoice)
    await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
    await arrive(office)
    expect((await booksOf(office)).sales).toEqual([])
  })
})
