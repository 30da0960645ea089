import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { type SaleDraft, sales } from '../../../src/vendors/cin7/sales'
import { aSale, dearer, OneSale } from './one-sale'
import { type Ledger, scripted, type Trouble } from './scripted'

const made = async (draft = aSale(), sale = new OneSale()): Promise<{ sale: OneSale; target: TargetRef }> => ({
  sale,
  target: await sales.create(scripted(sale.handle).api, draft),
})

const changed = async (
  sale: OneSale,
  target: TargetRef,
  draft: SaleDraft,
  ledger?: Ledger,
  trouble?: Record<string, Trouble>,
) => {
  const run = scripted(sale.handle, ledger, trouble)
  const ref = await sales.update(run.api, target, draft)
  return { ...run, ref }
}

const removed = async (
  sale: OneSale,
  target: TargetRef,
  how?: string,
  ledger?: Ledger,
  trouble?: Record<string, Trouble>,
) => {
  const run = scripted(sale.handle, ledger, trouble)
  await sales.remove(run.api, target, how)
  return run
}

const invoiceOf = (sale: OneSale) => {
  const [invoice] = sale.invoices
  if (!invoice) throw new Error('no invoice')
  return invoice
}

const OURS = { ID: 'pay-1', Reference: 'Wave 15 · ml-connector 0123456789ab', Amount: 48 }
const THEIRS = { ID: 'pay-2', Reference: 'bank', Amount: 8 }

/** Paid by the connector. */
const pay = (sale: OneSale, ...Payments: object[]) =>
  Object.assign(invoiceOf(sale), { Status: 'PAID', Paid: 48, Payments })

const reworded = () =>
  aSale({ memo: 'Wave invoice 15\nPO 9', terms: '14 days', reference: '15-A', attributes: { '1': 'North' } })

describe('what books nothing', () => {
  it('is changed in place, also on a sale that is paid and shipped', async () => {
    const { sale, target } = await made()
    pay(sale, OURS)
    Object.assign(sale.sale, { CombinedShippingStatus: 'SHIPPED' })
    const { sent, ref } = await changed(sale, target, reworded())
    expect(sent.map(({ step, call, body }) => [step, call.method, Object.keys(body)])).toEqual([
      ['light', 'PUT', ['ID', 'Terms', 'CustomerReference', 'Note', 'AdditionalAttributes']],
    ])
    expect(sent[0]?.body).toMatchObject({
      Terms: '14 days',
      CustomerReference: '15-A',
      Note: expect.stringContaining('PO 9'),
      AdditionalAttributes: { AdditionalAttribute1: 'North' },
    })
    expect(ref).toEqual(target)
  })

  it.each<Trouble>(['lost', 'never'])(
    'is finished where the answer is lost (%s), and then left alone',
    async (what) => {
      const { sale, target } = await made()
      const ledger: Ledger = new Map()
      await expect(changed(sale, target, reworded(), ledger, { light: what })).rejects.toThrow()
      const { steps } = await changed(sale, target, reworded(), ledger)
      expect(steps()).toEqual(what === 'lost' ? [] : ['light'])
      expect((await changed(sale, target, reworded())).steps()).toEqual([])
    },
  )

  it('leaves a note that somebody wrote', async () => {
    const { sale, target } = await made()
    sale.sale.Note = 'Call Ann first'
    const { sent } = await changed(sale, target, reworded())
    expect(sent[0]?.body).not.toHaveProperty('Note')
    expect(sale.sale).toMatchObject({ Note: 'Call Ann first', CustomerReference: '15-A' })
    expect((await changed(sale, target, reworded())).steps()).toEqual([])
  })
})

describe('an edit in Cin7 that leaves the total as it is', () => {
  const row = (sale: OneSale): Record<string, unknown> => {
    const [charge] = [invoiceOf(sale).AdditionalCharges].flat()
    return Object(charge)
  }

  it.each<[string, (sale: OneSale) => void, string]>([
    ['account', (sale) => Object.assign(row(sale), { Account: '201' }), 'lines or accounts of invoice INV-1'],
    ['line', (sale) => Object.assign(row(sale), { Quantity: 1, Price: 40 }), 'lines or accounts of invoice INV-1'],
    ['invoice date', (sale) => Object.assign(invoiceOf(sale), { InvoiceDate: '2026-02-28T00:00:00' }), 'dates'],
    ['due date', (sale) => Object.assign(invoiceOf(sale), { InvoiceDueDate: '2026-12-31T00:00:00' }), 'dates'],
    ['customer', (sale) => Object.assign(sale.sale, { CustomerID: 'customer-2' }), 'another customer'],
    ['order line', (sale) => Object.assign(sale.order, { AdditionalCharges: [] }), 'the order'],
    ['stage', (sale) => Object.assign(invoiceOf(sale), { Status: 'DRAFT' }), 'was stepped back'],
  ])('of its %s is a conflict, and nothing is undone', async (_what, edit, words) => {
    const { sale, target } = await made()
    edit(sale)
    const run = scripted(sale.handle)
    await expect(sales.update(run.api, target, dearer())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_sale_changed', message: expect.stringContaining(words) },
    })
    expect(run.steps()).toEqual([])
  })

  it('is not forgotten by a change of the memo in between', async () => {
    const { sale, target } = await made()
    Object.assign(row(sale), { Account: '201' })
    const { ref } = await changed(sale, target, reworded())
    await expect(changed(sale, ref ?? target, dearer())).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })

  it('is not seen in another order of the same lines, or in other upper and lower case', async () => {
    const [charge] = aSale().charges
    if (!charge) throw new Error('no charge')
    const charges = [charge, { ...charge, account: '201' }]
    const { sale, target } = await made(aSale({ charges, beforeTax: '80', tax: '16', total: '96' }))
    const rows = [invoiceOf(sale).AdditionalCharges].flat()
    Object.assign(invoiceOf(sale), { AdditionalCharges: rows.reverse() })
    sale.sale.CustomerID = 'CUSTOMER-1'
    expect((await changed(sale, target, dearer())).steps()).toContain('authorise')
  })
})

describe('prices that include their tax', () => {
  const inclusive = aSale({ taxInclusive: true })
  const [charge] = inclusive.charges
  const draft = { ...inclusive, charges: charge ? [{ ...charge, price: '24', total: '48' }] : [] }

  it('are told to Cin7 in the header, and the totals agree', async () => {
    const sale = new OneSale()
    const run = scripted(sale.handle)
    const ref = await sales.create(run.api, draft)
    expect(run.sent[0]?.body).toMatchObject({ TaxInclusive: true })
    expect(invoiceOf(sale)).toMatchObject({ TotalBeforeTax: 40, Tax: 8, Total: 48 })
    expect(ref.facts.total).toBe('48')
  })
})

describe('stock', () => {
  const [charge] = aSale().charges
  const line = charge && { ...charge, sku: 'Bread', name: 'Bread' }
  const ofStock = (fulfil: boolean) => aSale({ lines: line ? [line] : [], charges: [], fulfil })

  it.each([
    [true, 'AUTOPICKPACKSHIP'],
    [false, undefined],
  ])('is picked, packed and shipped with the order where the settings say so (%s)', async (fulfil, mode) => {
    const run = scripted(new OneSale().handle)
    await sales.create(run.api, ofStock(fulfil))
    expect(run.sent[1]?.body.AutoPickPackShipMode).toBe(mode)
    expect(run.sent[1]?.body.Lines).toEqual([expect.objectContaining({ SKU: 'Bread', Name: 'Bread' })])
  })
})

describe('a sale whose source was deleted', () => {
  it('is voided, after the payments that the connector carried', async () => {
    const { sale, target } = await made()
    pay(sale, OURS)
    const run = await removed(sale, target)
    expect(run.sent.map(({ call }) => [call.path.split('/v2')[1], call.query])).toEqual([
      ['/sale/payment', { ID: 'pay-1' }],
      ['/sale', { ID: 'sale-1', Void: 'true' }],
    ])
    expect((await removed(sale, target)).steps()).toEqual([])
  })

  it.each<Trouble>(['lost', 'never'])('is voided by the next run where an answer is lost (%s)', async (what) => {
    for (const step of ['delete-payment-pay-1', 'void-sale']) {
      const { sale, target } = await made()
      pay(sale, OURS)
      const ledger: Ledger = new Map()
      await expect(removed(sale, target, undefined, ledger, { [step]: what })).rejects.toThrow()
      await removed(sale, target, undefined, ledger)
      expect(sale.sale.Status).toBe('VOIDED')
    }
  })

  it('is a conflict where somebody else paid it or changed it', async () => {
    const paid = await made()
    pay(paid.sale, OURS, THEIRS)
    await expect(removed(paid.sale, paid.target)).rejects.toMatchObject({ failure: { code: 'cin7_sale_changed' } })
    const edited = await made()
    Object.assign(invoiceOf(edited.sale), { Total: 50 })
    await expect(removed(edited.sale, edited.target)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })

  it('waits for its payments where those are records of their own', async () => {
    const { sale, target } = await made()
    pay(sale, OURS)
    await expect(removed(sale, target, 'unpaid')).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_sale_paid', message: expect.stringContaining('stand in Cin7: 1') },
    })
    expect(sale.sale.Status).not.toBe('VOIDED')
    Object.assign(invoiceOf(sale), { Status: 'AUTHORISED', Paid: 0, Payments: [] })
    expect((await removed(sale, target, 'unpaid')).steps()).toEqual(['void-sale'])
  })

  it('is only flagged in its note where the settings say so, whatever was done to it', async () => {
    const { sale, target } = await made()
    pay(sale, THEIRS)
    const before = String(sale.sale.Note)
    expect((await removed(sale, target, 'flag')).steps()).toEqual(['flag'])
    expect(sale.sale).toMatchObject({ Note: expect.stringMatching(/^DELETED IN THE SOURCE/), Status: 'ESTIMATED' })
    expect(sale.sale.Note).toContain(before)
    expect((await removed(sale, target, 'flag')).steps()).toEqual([])
  })
})

describe('a sale that Cin7 shows without content', () => {
  it('is gone', async () => {
    const { api } = scripted(() => ({}))
    expect(await sales.booked?.(api, { id: 'sale-1', number: 'SO-1', facts: {} })).toBeNull()
  })
})
