import { beforeEach, describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import type { Rig } from '../../sandbox/cin7/rig'
import { aBill, writes } from './a-purchase'
import { client, openCin7 } from './with-cin7'

let rig: Rig
let ref: TargetRef

beforeEach(async () => {
  rig = openCin7()
  ref = (await writes(rig, servicePurchases).create(aBill(rig))).ref
})

const booked = () => servicePurchases.booked(client(rig).api, ref)

describe('the list of purchases for reconciliation', () => {
  it('shows what each books, in the currency of its supplier', async () => {
    rig.act('create-purchase', { supplier: 'Northern', upTo: 'order' })
    rig.act('create-purchase', { supplier: 'Northern', amount: 9, date: '2026-01-05' })
    const page = await servicePurchases.list(client(rig).api, null)
    expect(page).toMatchObject({
      done: true,
      rows: [
        {
          id: ref.id,
          number: 'PO-00001',
          date: '2026-02-20',
          booked: true,
          currency: 'USD',
          total: '54',
          customer: { name: 'Bayside' },
        },
        { number: 'PO-00002', booked: false, total: '0' },
        {
          number: 'PO-00003',
          date: '2026-01-05',
          booked: true,
          currency: 'CAD',
          total: '9',
          customer: { name: 'Northern' },
        },
      ],
    })
  })

  it('shows a voided one as not booked, and a paid one with another stamp', async () => {
    const [before] = (await servicePurchases.list(client(rig).api, null)).rows
    rig.advance(1000)
    rig.act('pay-purchase', { purchase: ref.id, amount: 4 })
    const [after] = (await servicePurchases.list(client(rig).api, null)).rows
    expect(after).toMatchObject({ booked: true, total: '54' })
    expect(after?.stamp).not.toBe(before?.stamp)
    rig.act('delete-purchase-payment', { id: paymentId() })
    rig.act('void-purchase', { purchase: ref.id })
    expect((await servicePurchases.list(client(rig).api, null)).rows[0]).toMatchObject({ booked: false })
  })
})

const paymentId = (): string => {
  const run = rig.ok('GET', `/advanced-purchase/payment?PurchaseID=${ref.id}`)
  return Array.isArray(run) ? String(run[0]?.ID) : ''
}

describe('what a purchase books', () => {
  it('is told by account, its tax beside them, and adds up', async () => {
    expect(await booked()).toEqual({
      number: 'PO-00001',
      date: '2026-02-20',
      figures: {
        currency: 'USD',
        total: '54',
        tax: '4',
        customer: { id: expect.any(String), name: 'Bayside' },
        accounts: { 400: '40', 404: '10' },
      },
      changes: [],
    })
  })

  it('is told without the tax where prices include it', async () => {
    const draft = aBill(rig, { taxInclusive: true, beforeTax: '46', total: '50' })
    ref = (await writes(rig, servicePurchases, 'mlc:x:2').create(draft)).ref
    expect(await booked()).toMatchObject({ figures: { total: '50', tax: '4', accounts: { 400: '36', 404: '10' } } })
  })

  it('stays as it is when it is paid', async () => {
    const before = await booked()
    rig.act('pay-purchase', { purchase: ref.id })
    expect(await booked()).toEqual(before)
  })

  it('is nothing once it is voided or stepped back, and null where there is no such purchase', async () => {
    rig.act('undo-purchase', { purchase: ref.id })
    expect(await booked()).toMatchObject({ figures: null })
    rig.act('void-purchase', { purchase: ref.id })
    expect(await booked()).toMatchObject({ figures: null, changes: [] })
    ref = { ...ref, id: '00000000-0000-0000-0000-000000000001' }
    expect(await booked()).toBeNull()
  })

  it('says what somebody changed at the same total', async () => {
    rig.act('undo-purchase', { purchase: ref.id })
    rig.act('invoice-purchase', {
      purchase: ref.id,
      amount: 54,
      account: '404',
      invoiceNumber: 'SUP-7',
      date: '2026-02-20',
      dueDate: '2026-03-22',
    })
    expect(await booked()).toMatchObject({
      figures: { total: '54', accounts: { 404: '54' } },
      changes: ['lines or accounts of invoice SUP-7 were changed'],
    })
    rig.act('credit-purchase', { purchase: ref.id, amount: 1 })
    expect((await booked())?.changes).toContain('it has a credit note')
  })
})
