import { beforeEach, describe, expect, it } from 'vitest'
import { purchaseOrders } from '../../../src/vendors/cin7/purchase-orders'
import { purchasePayments } from '../../../src/vendors/cin7/purchase-payments'
import { purchases } from '../../../src/vendors/cin7/purchases'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import { supplierRecords } from '../../../src/vendors/cin7/supplier-records'
import { at, idAt, type Rig } from '../../sandbox/cin7/rig'
import { aBill, dearerBill, shown, writes } from './a-purchase'
import { client, openCin7 } from './with-cin7'

let rig: Rig

beforeEach(() => {
  rig = openCin7()
})

const theirs = (extra: object = {}): string =>
  idAt(
    rig.act('create-purchase', {
      supplier: 'Bayside',
      type: 'Service',
      upTo: 'invoice',
      amount: 54,
      date: '2026-02-20',
      invoiceNumber: 'SUP-7',
      ...extra,
    }),
    'ID',
  )

const BILL = { kind: 'dated', number: 'SUP-7', date: '2026-02-20', total: '54', currency: 'USD', party: 'Bayside' }

describe('a purchase that somebody made', () => {
  it('is proposed by what the supplier calls its invoice, where it is booked', async () => {
    const id = theirs()
    theirs({ upTo: 'order' })
    expect(await servicePurchases.candidates(client(rig).api, null)).toMatchObject({
      done: true,
      rows: [{ id, number: 'PO-00001', terms: BILL }],
    })
  })

  it('can be linked, and is compared but never undone', async () => {
    const adopted = await servicePurchases.adopt(client(rig).api, theirs())
    if (!adopted) throw new Error('it is there')
    expect(adopted).toMatchObject({ terms: BILL, target: { number: 'PO-00001', facts: { invoiceNumber: 'SUP-7' } } })
    expect(await servicePurchases.booked(client(rig).api, adopted.target)).toMatchObject({ changes: [] })
    const bills = writes(rig, servicePurchases)
    const before = shown(rig, adopted.target.id)
    await expect(bills.update(adopted.target, dearerBill(rig))).rejects.toMatchObject({
      failure: { kind: 'conflict', message: expect.stringContaining('the order was written by somebody else') },
    })
    await expect(bills.remove(adopted.target)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    expect(shown(rig, adopted.target.id)).toEqual(before)
  })

  it('cannot be linked where it is voided, not invoiced, or has several invoices', async () => {
    const { api } = client(rig)
    const voided = theirs()
    rig.act('void-purchase', { purchase: voided })
    const several = theirs({ type: 'Advanced', upTo: 'order' })
    for (const invoiceNumber of ['A', 'B'])
      rig.act('invoice-purchase', { purchase: several, amount: 20, invoiceNumber })
    for (const id of [voided, theirs({ upTo: 'order' }), several])
      expect(await servicePurchases.adopt(api, id)).toBeNull()
    expect(await servicePurchases.adopt(api, '00000000-0000-0000-0000-000000000001')).toBeNull()
  })

  it('can be linked as an order', async () => {
    const id = theirs({ upTo: 'order' })
    expect(await purchaseOrders.adopt(client(rig).api, id)).toMatchObject({
      target: { id, number: 'PO-00001', facts: { total: '54' } },
      terms: { kind: 'dated', number: 'PO-00001', date: '2026-02-20', total: '54', party: 'Bayside' },
    })
    rig.act('undo-purchase', { purchase: id })
    expect(await purchaseOrders.adopt(client(rig).api, id)).toBeNull()
  })
})

describe('a payment that somebody entered', () => {
  const pay = async () => {
    const { ref } = await writes(rig, servicePurchases).create(aBill(rig))
    rig.act('pay-purchase', { purchase: ref.id, amount: 30, date: '2026-03-01', reference: 'by hand' })
    return { id: ref.id, payment: idAt(shown(rig, ref.id), 'Invoice', 0, 'Payments', 0, 'ID') }
  }

  it('is not entered a second time: a person says whether it is the same', async () => {
    const { id, payment } = await pay()
    const draft = {
      purchaseId: id,
      task: id,
      account: '718',
      amount: '30',
      currency: 'USD',
      date: '2026-03-01',
      rate: '1',
      reference: 'FreshBooks',
      over: 'refuse' as const,
    }
    await expect(writes(rig, purchasePayments, 'mlc:x').create(draft)).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_payment_exists',
        message: expect.stringContaining('on this purchase in Cin7'),
        facts: { target: `${id}/${payment}`, cin7Reference: 'by hand' },
      },
    })
    await writes(rig, purchasePayments, 'mlc:x').create({ ...draft, amount: '24' })
    expect(at(shown(rig, id), 'Invoice', 0, 'Payments')).toHaveLength(2)
  })

  it('can be linked, and is compared from then on', async () => {
    const { id, payment } = await pay()
    const adopted = await purchasePayments.adopt(client(rig).api, `${id}/${payment}`)
    if (!adopted) throw new Error('it is there')
    expect(adopted).toMatchObject({
      target: { id: payment, number: 'SUP-7 30.00', facts: { purchase: id, amount: '30', date: '2026-03-01' } },
      terms: { kind: 'dated', number: 'by hand', date: '2026-03-01', total: '30' },
    })
    expect(await purchasePayments.booked(client(rig).api, adopted.target)).toMatchObject({ changes: [] })
    expect(await purchasePayments.adopt(client(rig).api, `${id}/nobody`)).toBeNull()
  })
})

describe('lists of Cin7 as a source', () => {
  it('show how a supplier and an order can be recognised on the other side', async () => {
    theirs({ upTo: 'order' })
    const { items } = await purchases.changes(client(rig).api, null, null)
    expect(items[0]?.terms).toEqual({
      kind: 'dated',
      number: 'PO-00001',
      date: '2026-02-20',
      total: '',
      currency: 'USD',
      party: 'Bayside',
    })
    const suppliers = await supplierRecords.changes(client(rig).api, null, null)
    expect(suppliers.items.map(({ terms }) => terms)).toEqual([
      { kind: 'named', code: '', name: 'Bayside', currency: 'USD' },
      { kind: 'named', code: '', name: 'Northern', currency: 'CAD' },
    ])
  })
})
