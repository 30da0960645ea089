import { beforeEach, describe, expect, it } from 'vitest'
import { purchaseOrders } from '../../../src/vendors/cin7/purchase-orders'
import { purchasePayments } from '../../../src/vendors/cin7/purchase-payments'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import type { Rig } from '../../sandbox/cin7/rig'
import type { VendorRequest, VendorResponse } from '../../sandbox/vendor'
import { aBill, dearerBill, shown, uncertain, writes } from './a-purchase'
import { openCin7 } from './with-cin7'

let plain: Rig
let rig: Rig

/** Cin7 as it answers, changed on its way. */
const answering = (change: (answer: unknown, request: VendorRequest) => unknown): void => {
  const handle = (request: VendorRequest): VendorResponse => {
    const response = plain.vendor.handle(request)
    if (response instanceof Promise) throw new Error('unexpected promise')
    return response.status === 200 ? { ...response, body: change(copy(response.body), request) } : response
  }
  rig = { ...plain, vendor: { ...plain.vendor, handle } }
}

const copy = (body: unknown): unknown => JSON.parse(JSON.stringify(body))

const without =
  (...keys: string[]) =>
  (answer: unknown) =>
    JSON.parse(JSON.stringify(answer, (key, value) => (keys.includes(key) ? undefined : value)))

beforeEach(() => {
  plain = openCin7()
  rig = plain
})

const bills = () => writes(rig, servicePurchases)
const dearer = { Status: 'INVOICED', Order: { Total: 76 }, Invoice: [{ Status: 'AUTHORISED', Total: 76 }] }

describe('answers in other shapes', () => {
  it('with GUIDs in upper case and words in any case make no difference', async () => {
    const guid = /"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"/g
    answering((answer) =>
      JSON.parse(
        JSON.stringify(answer)
          .replace(guid, (whole) => whole.toUpperCase())
          .replace(/"(AUTHORISED|DRAFT|VOIDED|PAID)"/g, (whole) => whole.toLowerCase()),
      ),
    )
    const { ref } = await bills().create(aBill(rig))
    const { ref: changed } = await bills().update(ref, dearerBill(rig))
    expect(shown(plain, ref.id)).toMatchObject(dearer)
    expect((await bills().update(changed, dearerBill(rig))).steps()).toEqual([])
    const pays = writes(rig, purchasePayments, 'mlc:x')
    const payment = await pays.create({
      purchaseId: ref.id,
      task: changed.facts.invoice ?? '',
      account: '718',
      amount: '6',
      currency: 'USD',
      date: '2026-03-01',
      rate: '1',
      reference: '',
      over: 'refuse',
    })
    await pays.remove(payment.ref)
    await bills().remove(changed)
    expect(shown(plain, ref.id)).toMatchObject({ Status: 'VOIDED' })
  })

  it('without totals on what was posted are read back', async () => {
    answering((answer, { method }) =>
      method === 'POST' ? without('Total', 'Tax', 'TotalBeforeTax', 'InvoiceTotalAmount')(answer) : answer,
    )
    await bills().create(aBill(rig))
    const { invoiceNumber, date, dueDate, ...order } = aBill(rig)
    await expect(writes(rig, purchaseOrders, 'mlc:y').create({ ...order, total: '54.01' })).rejects.toMatchObject({
      failure: { kind: 'totals', differences: [{ target: '54' }] },
    })
  })

  it('without rates of their own on invoices, and without documents in the answer to an undo', async () => {
    answering((answer, { method }) =>
      method === 'DELETE' ? without('Order', 'Invoice')(answer) : without('CurrencyRate')(answer),
    )
    const { ref } = await bills().create(aBill(rig))
    await bills().update(ref, dearerBill(rig))
    expect(shown(plain, ref.id)).toMatchObject(dearer)
  })

  it('say so where the order or the invoice is not authorised although the call was taken', async () => {
    answering((answer, { path, method }) =>
      method === 'POST' && path.endsWith('/purchase/order') ? { ...Object(answer), Status: 'DRAFT' } : answer,
    )
    await expect(bills().create(aBill(rig))).rejects.toMatchObject({
      failure: {
        kind: 'malformed',
        code: 'cin7_not_authorised',
        message: expect.stringContaining('the order is DRAFT'),
      },
    })
  })
})

describe('an undo', () => {
  it('that takes both stages back with one call is enough', async () => {
    const { ref } = await bills().create(aBill(rig))
    answering((answer, { method }) => {
      if (method !== 'DELETE') return answer
      plain.act('undo-purchase', { purchase: ref.id })
      return copy(shown(plain, ref.id))
    })
    expect((await bills().update(ref, dearerBill(rig))).steps()).toEqual([
      'light',
      'undo-invoice',
      'order',
      'invoice',
      'authorise',
    ])
    expect(shown(plain, ref.id)).toMatchObject(dearer)
  })

  it('that is taken and changes nothing is noticed before anything is written over', async () => {
    const { ref } = await bills().create(aBill(rig))
    const handle = (request: VendorRequest): VendorResponse | Promise<VendorResponse> =>
      request.method === 'DELETE' ? { status: 200, body: shown(plain, ref.id) } : plain.vendor.handle(request)
    rig = { ...plain, vendor: { ...plain.vendor, handle } }
    await expect(bills().update(ref, dearerBill(rig))).rejects.toMatchObject({
      failure: { code: 'cin7_not_authorised', message: expect.stringContaining('the invoice is still authorised') },
    })
    expect(shown(plain, ref.id)).toMatchObject({ Status: 'INVOICED', Invoice: [{ Total: 54 }] })
  })

  it('that Cin7 refuses leaves all as it is; undone there by hand, the change goes on', async () => {
    const { ref } = await bills().create(aBill(rig))
    plain.act('set-lock-date', { date: '2026-02-25' })
    await expect(bills().update(ref, dearerBill(rig))).rejects.toMatchObject({ failure: { kind: 'closed_period' } })
    expect(shown(plain, ref.id)).toMatchObject({ Status: 'INVOICED', Invoice: [{ Total: 54 }] })
    plain.act('set-lock-date', { date: null })
    plain.act('undo-purchase', { purchase: ref.id })
    plain.act('undo-purchase', { purchase: ref.id })
    await bills().update(ref, dearerBill(rig))
    expect(shown(plain, ref.id)).toMatchObject(dearer)
  })
})

describe('a draft invoice with other rows', () => {
  it('is not taken for ours where nobody knows whether ours was posted', async () => {
    const { ref } = await bills().create(aBill(rig))
    const ledger = new Map()
    await uncertain(bills().update(ref, dearerBill(rig), { ledger, trouble: { invoice: 'never' } }))
    const charge = {
      Description: 'x',
      Quantity: 1,
      Price: 71,
      Tax: 6,
      TaxRule: 'Tax on Purchases',
      Total: 71,
      Account: '404',
    }
    plain.act('invoice-purchase', {
      purchase: ref.id,
      charges: [charge],
      status: 'DRAFT',
      invoiceNumber: 'SUP-7',
      date: '2026-02-20',
      dueDate: '2026-03-22',
    })
    await bills().update(ref, dearerBill(rig), { ledger })
    expect(shown(plain, ref.id)).toMatchObject({
      ...dearer,
      Invoice: [{ AdditionalCharges: [{ Account: '400' }, { Account: '404' }] }],
    })
  })
})

describe('a list that lags behind', () => {
  it('does not hide a header for ever: it is looked for again', async () => {
    plain.switches.listLagMs = 30_000
    const ledger = new Map()
    await uncertain(bills().create(aBill(rig), { ledger, trouble: { header: 'lost' } }))
    plain.advance(30_000)
    const { ref } = await bills().create(aBill(rig), { ledger })
    expect(ref.number).toBe('PO-00001')
  })
})
