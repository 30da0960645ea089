import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { type SaleDraft, sales } from '../../../src/vendors/cin7/sales'
import { aSale, dearer, OneSale } from './one-sale'
import { type Ledger, MARKER, scripted, type Trouble } from './scripted'

const create = async (sale = new OneSale(), draft = aSale(), ledger?: Ledger, trouble?: Record<string, Trouble>) => {
  const run = scripted(sale.handle, ledger, trouble)
  const made = await sales.create(run.api, draft)
  return { ...run, sale, made }
}

const update = async (
  sale: OneSale,
  target: TargetRef,
  draft: SaleDraft,
  ledger?: Ledger,
  trouble?: Record<string, Trouble>,
) => {
  if (!sales.update) throw new Error('sales can be changed')
  const run = scripted(sale.handle, ledger, trouble)
  const changed = await sales.update(run.api, target, draft)
  return { ...run, changed }
}

const halfBuilt: TargetRef = { id: 'sale-1', number: 'SO-1', facts: {} }

describe('a new sale', () => {
  it('is made in four stages, the invoice as a draft first', async () => {
    const { sent, sale, made } = await create()
    expect(sent.map(({ step, call }) => [step, call.method, call.path])).toEqual([
      ['header', 'POST', '/ExternalApi/v2/sale'],
      ['order', 'POST', '/ExternalApi/v2/sale/order'],
      ['invoice', 'POST', '/ExternalApi/v2/sale/invoice'],
      ['authorise', 'POST', '/ExternalApi/v2/sale/invoice'],
    ])
    expect(sent.map(({ body }) => [body.Status, body.TaskID])).toEqual([
      [undefined, undefined],
      ['AUTHORISED', undefined],
      ['DRAFT', '00000000-0000-0000-0000-000000000000'],
      ['AUTHORISED', 'TASK-1'],
    ])
    expect(sale.invoices[0]?.Status).toBe('AUTHORISED')
    expect(made).toMatchObject({
      id: 'sale-1',
      number: 'SO-1',
      facts: { invoice: 'TASK-1', invoiceNumber: 'INV-1', total: '48' },
    })
  })

  it('carries our mark, calendar dates, and the account only where Cin7 takes it', async () => {
    const { sent } = await create()
    const [header, order, invoice] = sent.map(({ body }) => body)
    expect(header).toMatchObject({
      CustomerID: 'customer-1',
      ExternalID: MARKER,
      SkipQuote: true,
      SaleType: 'Simple',
      TaxInclusive: false,
      SaleOrderDate: '2026-03-02T00:00:00',
      CustomerReference: '15',
      CurrencyRate: 1,
    })
    expect(order?.AdditionalCharges).toEqual([
      {
        Description: 'Wave line',
        Quantity: 2,
        Price: 20,
        Discount: 0,
        Tax: 8,
        TaxRule: 'Tax on Sales',
        Comment: 'Spreadsheet changes',
      },
    ])
    expect(invoice?.AdditionalCharges).toEqual([expect.objectContaining({ Account: '200' })])
    expect(invoice).toMatchObject({ InvoiceDate: '2026-03-02T00:00:00', InvoiceDueDate: '2026-04-01T00:00:00' })
  })

  it('sends money digit for digit', async () => {
    const draft = aSale({ rate: '0.92415' })
    const { sent } = await create(new OneSale(), draft)
    expect(JSON.stringify(sent[0]?.call.body)).toContain('"CurrencyRate":0.92415,')
  })

  it('stops after the order where Cin7 computes another total', async () => {
    const sale = new OneSale()
    sale.offByOrder = 0.01
    const run = scripted(sale.handle)
    await expect(sales.create(run.api, aSale())).rejects.toMatchObject({
      failure: {
        kind: 'totals',
        differences: [{ what: 'order total', source: '48', target: '48.01', currency: 'USD' }],
      },
    })
    expect(run.steps()).toEqual(['header', 'order'])
  })

  it('is not authorised where the draft invoice shows another tax, and says what stands', async () => {
    const sale = new OneSale()
    sale.offByInvoice = -0.01
    const run = scripted(sale.handle)
    await expect(sales.create(run.api, aSale())).rejects.toMatchObject({
      failure: {
        kind: 'totals',
        remedy: expect.stringContaining('sale SO-1 with an authorised order and the draft invoice INV-1'),
        differences: [{ what: 'invoice tax' }, { what: 'invoice total' }],
      },
    })
    expect(run.steps()).toEqual(['header', 'order', 'invoice'])
    expect(sale.invoices[0]?.Status).toBe('DRAFT')
  })

  it('is refused where the customer is in another currency', async () => {
    const sale = new OneSale()
    sale.currency = 'EUR'
    await expect(create(sale)).rejects.toMatchObject({ failure: { code: 'cin7_sale_currency' } })
    expect(sale.order.Status).toBe('NOT AVAILABLE')
  })

  describe.each(['header', 'order', 'invoice', 'authorise'])('where the answer of "%s" is lost', (step) => {
    it.each<Trouble>(['lost', 'never'])('goes on and posts nothing twice (%s)', async (what) => {
      const sale = new OneSale()
      const ledger: Ledger = new Map()
      await expect(create(sale, aSale(), ledger, { [step]: what })).rejects.toMatchObject({
        failure: { kind: 'uncertain' },
      })
      const { made, steps } = await create(sale, aSale(), ledger)
      const rest = ['header', 'order', 'invoice', 'authorise']
      expect(steps()).toEqual(rest.slice(rest.indexOf(step) + (what === 'lost' ? 1 : 0)))
      expect(made.facts).toMatchObject({ invoice: 'TASK-1', total: '48' })
      expect(sale.invoices.map(({ Status }) => Status)).toEqual(['AUTHORISED'])
    })
  })

  it('is found by its exact mark only', async () => {
    const sale = new OneSale()
    const ledger: Ledger = new Map()
    await expect(create(sale, aSale(), ledger, { header: 'never' })).rejects.toThrow()
    sale.externalId = MARKER.toUpperCase()
    const { steps } = await create(sale, aSale(), ledger)
    expect(steps()[0]).toBe('header')
  })
})

describe('a changed sale', () => {
  it('is taken back, stage by stage, and posted again', async () => {
    const { sale, made } = await create()
    const { changed, sent } = await update(sale, made, dearer())
    expect(sent.map(({ step, call }) => [step, call.method, call.query ?? {}])).toEqual([
      ['void-invoice', 'DELETE', { TaskID: 'TASK-1', Void: 'true' }],
      ['undo-order', 'DELETE', { ID: 'sale-1', Void: 'false' }],
      ['header', 'PUT', {}],
      ['order', 'POST', {}],
      ['invoice', 'POST', {}],
      ['authorise', 'POST', {}],
    ])
    expect(sale.invoices.map(({ Status, Total }) => [Status, Total])).toEqual([
      ['VOIDED', 48],
      ['AUTHORISED', 72],
    ])
    expect(changed.facts).toMatchObject({ invoice: 'TASK-2', invoiceNumber: 'INV-2', total: '72' })
  })

  it('that already holds this content is left alone', async () => {
    const { sale, made } = await create()
    expect((await update(sale, made, aSale())).steps()).toEqual([])
  })

  it.each<[string, (sale: OneSale) => void, string]>([
    ['paid', (sale) => Object.assign(sale.invoices[0] ?? {}, { Status: 'PAID', Paid: 48 }), 'has payments'],
    [
      'partly paid',
      (sale) => Object.assign(sale.invoices[0] ?? {}, { Payments: [{ Amount: 1 }], Paid: 1 }),
      'has payments',
    ],
    ['voided', (sale) => Object.assign(sale.sale, { Status: 'VOIDED' }), 'was voided'],
    ['picked', (sale) => Object.assign(sale.sale, { CombinedPickingStatus: 'PICKED' }), 'picking: PICKED'],
    ['shipped', (sale) => Object.assign(sale.sale, { CombinedShippingStatus: 'SHIPPED' }), 'shipping: SHIPPED'],
    ['credited', (sale) => Object.assign(sale.sale, { CreditNotes: [{ Status: 'DRAFT' }] }), 'credit note'],
    ['edited', (sale) => Object.assign(sale.invoices[0] ?? {}, { Total: 50 }), 'is over 50 instead of 48'],
    ['invoiced again', (sale) => sale.invoices.push({ TaskID: 'X', Status: 'DRAFT' }), 'it has 2 invoices'],
    ['re-ordered', (sale) => Object.assign(sale.order, { Memo: 'mine now' }), 'the order was written by somebody else'],
  ])('that somebody has %s in Cin7 is left to a person', async (_what, touch, words) => {
    const { sale, made } = await create()
    touch(sale)
    const run = scripted(sale.handle)
    await expect(sales.update?.(run.api, made, dearer())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_sale_changed',
        message: expect.stringContaining(words),
        facts: { sourceTotal: '72', carriedTotal: '48', cin7Sale: 'SO-1' },
      },
    })
    expect(run.steps()).toEqual([])
  })

  describe.each(['void-invoice', 'undo-order', 'header', 'order', 'invoice', 'authorise'])(
    'where the answer of "%s" is lost',
    (step) => {
      it.each<Trouble>(['lost', 'never'])('is finished by the next run, nothing done twice (%s)', async (what) => {
        const { sale, made } = await create()
        const ledger: Ledger = new Map()
        await expect(update(sale, made, dearer(), ledger, { [step]: what })).rejects.toMatchObject({
          failure: { kind: 'uncertain' },
        })
        const { changed } = await update(sale, made, dearer(), ledger)
        expect(sale.invoices.map(({ Status, Total }) => [Status, Total])).toEqual([
          ['VOIDED', 48],
          ['AUTHORISED', 72],
        ])
        expect(changed.facts).toMatchObject({ invoice: 'TASK-2', total: '72' })
      })

      it('is finished by a later revision that knows nothing of the steps before', async () => {
        const { sale, made } = await create()
        await expect(update(sale, made, dearer(), new Map(), { [step]: 'lost' })).rejects.toThrow()
        await update(sale, made, dearer())
        expect(sale.invoices.filter(({ Status }) => Status === 'AUTHORISED').map(({ Total }) => Total)).toEqual([72])
      })
    },
  )
})

describe('a half-built sale is finished by the next revision', () => {
  const failAt = async (sale: OneSale, step: string, draft = aSale()) =>
    expect(create(sale, draft, new Map(), { [step]: 'never' })).rejects.toThrow()

  it('header without order', async () => {
    const sale = new OneSale()
    await failAt(sale, 'order')
    expect((await update(sale, halfBuilt, aSale())).steps()).toEqual(['order', 'invoice', 'authorise'])
  })

  it('header without order, for other content', async () => {
    const sale = new OneSale()
    await failAt(sale, 'order')
    expect((await update(sale, halfBuilt, dearer())).steps()).toEqual(['header', 'order', 'invoice', 'authorise'])
  })

  it('order without invoice, for other content', async () => {
    const sale = new OneSale()
    await failAt(sale, 'invoice')
    expect((await update(sale, halfBuilt, dearer())).steps()).toEqual([
      'undo-order',
      'header',
      'order',
      'invoice',
      'authorise',
    ])
  })

  it('a draft invoice, for the same content', async () => {
    const sale = new OneSale()
    await failAt(sale, 'authorise')
    const { changed, steps } = await update(sale, halfBuilt, aSale())
    expect(steps()).toEqual(['authorise'])
    expect(changed.facts.invoice).toBe('TASK-1')
  })

  it('a draft invoice, for other content', async () => {
    const sale = new OneSale()
    await failAt(sale, 'authorise')
    const { steps } = await update(sale, halfBuilt, dearer())
    expect(steps()).toEqual(['void-invoice', 'undo-order', 'header', 'order', 'invoice', 'authorise'])
    expect(sale.invoices.map(({ Status }) => Status)).toEqual(['VOIDED', 'AUTHORISED'])
  })

  it('also after a change that was refused on its totals', async () => {
    const { sale, made } = await create()
    sale.offByInvoice = 0.01
    await expect(update(sale, made, dearer())).rejects.toMatchObject({ failure: { kind: 'totals' } })
    sale.offByInvoice = 0
    await update(sale, made, aSale({ memo: 'Wave invoice 15, corrected' }))
    expect(sale.invoices.map(({ Status }) => Status)).toEqual(['VOIDED', 'VOIDED', 'AUTHORISED'])
  })

  it('an order that was begun for the very same content is not taken back after a crash', async () => {
    const sale = new OneSale()
    await failAt(sale, 'order')
    const ledger: Ledger = new Map()
    await expect(update(sale, halfBuilt, dearer(), ledger, { invoice: 'never' })).rejects.toThrow()
    expect((await update(sale, halfBuilt, dearer(), ledger)).steps()).toEqual(['invoice', 'authorise'])
  })
})
