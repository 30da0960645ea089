import { beforeEach, describe, expect, it } from 'vitest'
import {
  bookedCreditNotes,
  bookedInvoices,
  invoiceContent,
  isReceived,
  isVoided,
  orderContent,
  orderStands,
  standingInvoices,
  standingOf,
} from '../../../src/vendors/cin7/purchase-standing'
import { type Purchase, purchases } from '../../../src/vendors/cin7/purchases'
import { idAt, type Rig } from '../../sandbox/cin7/rig'
import { client, openCin7 } from './with-cin7'

const BREAD = { SKU: 'Bread', Quantity: 2, Price: 2, Tax: 0, TaxRule: 'Tax Exempt', Total: 4 }

let rig: Rig

beforeEach(() => {
  rig = openCin7()
})

const made = (extra: object = {}): string => idAt(rig.act('create-purchase', { supplier: 'Bayside', ...extra }), 'ID')

const read = async (id: string): Promise<Purchase> => {
  const purchase = await purchases.read(client(rig).api, id)
  if (!purchase) throw new Error('it is there')
  return purchase
}

const carried = (purchase: Purchase) => ({
  order: orderStands(purchase),
  bills: bookedInvoices(purchase).map(({ number }) => number),
  stands: standingInvoices(purchase).map(({ status }) => status),
})

describe('what a purchase becomes elsewhere', () => {
  it.each([
    ['header', { order: false, bills: [], stands: [] }],
    ['order', { order: true, bills: [], stands: [] }],
    ['invoice', { order: true, bills: ['S-1'], stands: ['AUTHORISED'] }],
    ['payment', { order: true, bills: ['S-1'], stands: ['PAID'] }],
  ])('as far as %s', async (upTo, expected) => {
    expect(carried(await read(made({ upTo, invoiceNumber: 'S-1' })))).toEqual(expected)
  })

  it('keeps a bill that was stepped back in sight, and lets a voided one go', async () => {
    const id = made({ type: 'Advanced', upTo: 'invoice', invoiceNumber: 'S-1' })
    const task = idAt(rig.ok('GET', `/advanced-purchase?ID=${id}`), 'Invoice', 0, 'TaskID')
    rig.act('undo-purchase-invoice', { taskId: task })
    expect(carried(await read(id))).toEqual({ order: true, bills: [], stands: ['DRAFT'] })
    rig.act('void-purchase-invoice', { taskId: task })
    expect(carried(await read(id))).toEqual({ order: true, bills: [], stands: [] })
  })

  it('lets all go that stood on a voided purchase', async () => {
    const id = made({ upTo: 'invoice' })
    rig.act('void-purchase', { purchase: id })
    const purchase = await read(id)
    expect(isVoided(purchase)).toBe(true)
    expect(carried(purchase)).toEqual({ order: false, bills: [], stands: [] })
  })

  it('reads a composite status by its first word', async () => {
    expect(isVoided(await read(made({ shownStatus: 'COMPLETED / CREDIT NOTE CLOSED' })))).toBe(false)
  })

  it('has bills and no order where goods come without one', async () => {
    const id = made({ BlindReceipt: true, upTo: 'header' })
    rig.act('invoice-purchase', { purchase: id, amount: 12, invoiceNumber: 'S-2' })
    expect(carried(await read(id))).toEqual({ order: false, bills: ['S-2'], stands: ['AUTHORISED'] })
  })

  it('has vendor credits for authorised credit notes', async () => {
    const id = made({ upTo: 'invoice', invoiceNumber: 'S-3' })
    expect(bookedCreditNotes(await read(id))).toEqual([])
    rig.act('credit-purchase', { purchase: id, number: 'CR-3' })
    expect(bookedCreditNotes(await read(id))).toMatchObject([{ number: 'CR-3' }])
  })

  it('reads approaches of the brief as the brief means them', async () => {
    const purchase = await read(made({ upTo: 'invoice', invoiceNumber: 'S-4' }))
    expect(carried({ ...purchase, approach: 'ORDER' })).toMatchObject({ order: true, bills: [] })
    expect(carried({ ...purchase, approach: 'RECEIVE' })).toMatchObject({ order: false, bills: [] })
    expect(carried({ ...purchase, approach: 'STOCK' })).toMatchObject({ order: true, bills: ['S-4'] })
  })

  it('does not take a word that it does not know for a void', () => {
    expect(standingOf({ status: 'CLOSED' })).toBe('other')
  })

  it('knows goods that came', async () => {
    expect(isReceived(await read(made({ upTo: 'invoice', lines: [BREAD] })))).toBe(false)
    expect(isReceived(await read(made({ upTo: 'received', lines: [BREAD] })))).toBe(true)
  })
})

describe('what an invoice says', () => {
  const contents = (purchase: Purchase) => [
    orderContent(purchase),
    ...purchase.invoices.map((one) => invoiceContent(purchase, one)),
  ]

  it('stays the same when it is paid, received or credited, and when Cin7 shows its lines in another order', async () => {
    const id = made({
      upTo: 'invoice',
      lines: [BREAD],
      charges: [{ ...BREAD, SKU: undefined, Description: 'Freight' }],
      invoiceNumber: 'S-1',
    })
    const before = await read(id)
    rig.act('receive-purchase', { purchase: id })
    rig.act('pay-purchase', { purchase: id })
    rig.act('credit-purchase', { purchase: id, amount: 1 })
    const after = await read(id)
    expect(after.invoices[0]?.status).toBe('PAID')
    expect(contents(after)).toEqual(contents(before))
    const turned = after.invoices.map((one) => ({ ...one, rows: one.rows.toReversed() }))
    expect(contents({ ...after, invoices: turned })).toEqual(contents(before))
  })

  it('is another one with another account, date, number or rate', async () => {
    const purchase = await read(made({ upTo: 'invoice', lines: [BREAD] }))
    const [invoice] = purchase.invoices
    if (!invoice) throw new Error('it has an invoice')
    const same = JSON.stringify(invoiceContent(purchase, invoice))
    const [row] = invoice.rows
    if (!row) throw new Error('it has a row')
    for (const change of [
      { rows: [{ ...row, account: '404' }] },
      { date: '2026-01-01' },
      { number: 'Z' },
      { rate: '2' },
    ])
      expect(JSON.stringify(invoiceContent(purchase, { ...invoice, ...change }))).not.toBe(same)
  })
})
