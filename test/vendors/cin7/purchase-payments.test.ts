import { beforeEach, describe, expect, it } from 'vitest'
import { type PurchasePaymentDraft, purchasePayments } from '../../../src/vendors/cin7/purchase-payments'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import { at, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { aBill, shown, uncertain, writes } from './a-purchase'
import { client, openCin7 } from './with-cin7'

let rig: Rig
let id: string

beforeEach(async () => {
  rig = openCin7()
  const { ref } = await writes(rig, servicePurchases).create(aBill(rig))
  id = ref.id
})

const pays = (marker = 'mlc:freshbooks-cin7/bill-payment-to-payment:bill-7:pay-1:g1') =>
  writes(rig, purchasePayments, marker)

const draft = (change: Partial<PurchasePaymentDraft> = {}): PurchasePaymentDraft => ({
  purchaseId: id,
  task: id,
  account: '718',
  amount: '30.5',
  currency: 'USD',
  date: '2026-03-01',
  rate: '1',
  reference: 'FreshBooks bill 7 · check',
  over: 'refuse',
  ...change,
})

const paid = () => at(shown(rig, id), 'Invoice', 0, 'Payments')

describe('a new supplier payment', () => {
  it('goes on the invoice, with our mark at the end of its reference, in one read and one write', async () => {
    const { calls, ref } = await pays().create(draft())
    expect(calls.map(({ method, path }) => [method, path.replace('/ExternalApi/v2', '')])).toEqual([
      ['GET', '/advanced-purchase'],
      ['POST', '/advanced-purchase/payment'],
    ])
    expect(paid()).toMatchObject([
      {
        Amount: 30.5,
        Account: '718',
        DatePaid: '2026-03-01T00:00:00',
        Reference: expect.stringMatching(/^FreshBooks bill 7 · check · ml-connector [0-9a-f]{12}$/),
      },
    ])
    expect(ref).toMatchObject({
      number: 'SUP-7 30.50',
      facts: { purchase: id, amount: '30.5', date: '2026-03-01', account: '718' },
    })
  })

  it('and a second one make the bill paid', async () => {
    await pays().create(draft())
    await pays('mlc:x:2').create(draft({ amount: '23.5' }))
    expect(shown(rig, id)).toMatchObject({ Status: 'COMPLETED', Invoice: [{ Status: 'PAID', Paid: 54 }] })
  })

  it('beyond what is open is refused, with what is open', async () => {
    await pays().create(draft())
    await expect(pays('mlc:x:2').create(draft())).rejects.toMatchObject({
      failure: {
        code: 'payment_beyond_invoice',
        message: expect.stringContaining('23.50 USD that are open on invoice SUP-7'),
      },
    })
    rig.switches['payments.acceptOver'] = true
    await pays('mlc:x:2').create(draft({ over: 'credit' }))
    expect(paid()).toHaveLength(2)
  })

  it('is left to a person where the invoice was stepped back or voided', async () => {
    rig.act('undo-purchase', { purchase: id })
    await expect(pays().create(draft())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_purchase_invoice_not_open',
        message: expect.stringContaining('PO-00001 takes no payment: it is DRAFT'),
      },
    })
    rig.act('void-purchase', { purchase: id })
    await expect(pays().create(draft())).rejects.toMatchObject({
      failure: { message: expect.stringContaining('voided or gone') },
    })
  })

  it.each<Trouble>(['lost', 'never'])('is made once where the answer is lost (%s)', async (what) => {
    const ledger: Ledger = new Map()
    await uncertain(pays().create(draft(), { ledger, trouble: { payment: what } }))
    const { steps, ref } = await pays().create(draft(), { ledger })
    expect(steps()).toEqual(what === 'lost' ? [] : ['payment'])
    expect(paid()).toMatchObject([{ ID: ref.id, Amount: 30.5 }])
  })
})

describe('a changed supplier payment', () => {
  it('is changed in place', async () => {
    const { ref } = await pays().create(draft())
    const { calls, ref: changed } = await pays().update(
      ref,
      draft({ amount: '54', date: '2026-03-02', account: '713' }),
    )
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'PUT'])
    expect(paid()).toMatchObject([{ ID: ref.id, Amount: 54, DatePaid: '2026-03-02T00:00:00', Account: '713' }])
    expect(changed).toMatchObject({ id: ref.id, facts: { amount: '54', account: '713' } })
  })

  it('is left to a person where it was changed or deleted in Cin7', async () => {
    const { ref } = await pays().create(draft())
    const edited = { ...ref, facts: { ...ref.facts, amount: '31' } }
    await expect(pays().update(edited, draft({ amount: '40' }))).rejects.toMatchObject({
      failure: { code: 'cin7_payment_changed', message: expect.stringContaining('it is over 30.50 there') },
    })
    rig.act('delete-purchase-payment', { id: ref.id })
    await expect(pays().update(ref, draft())).rejects.toMatchObject({
      failure: { message: expect.stringContaining('deleted in Cin7') },
    })
  })

  it.each<Trouble>(['lost', 'never'])('is changed once where the answer is lost (%s)', async (what) => {
    const { ref } = await pays().create(draft())
    const ledger: Ledger = new Map()
    await uncertain(pays().update(ref, draft({ amount: '40' }), { ledger, trouble: { payment: what } }))
    await pays().update(ref, draft({ amount: '40' }), { ledger })
    expect(paid()).toMatchObject([{ Amount: 40 }])
  })
})

describe('a supplier payment that is gone in the source', () => {
  it('is deleted, and the bill is open again', async () => {
    const { ref } = await pays().create(draft({ amount: '54' }))
    const { calls } = await pays().remove(ref)
    expect(calls.map(({ method, path, query }) => [method, path.replace('/ExternalApi/v2', ''), query])).toEqual([
      ['GET', '/advanced-purchase', { ID: id }],
      ['DELETE', '/purchase/payment', { ID: ref.id, DeleteAllocation: 'true' }],
    ])
    expect(shown(rig, id)).toMatchObject({ Status: 'INVOICED', Invoice: [{ Status: 'AUTHORISED', Payments: [] }] })
    expect((await pays().remove(ref)).steps()).toEqual([])
  })

  it('is left to a person where it was changed in Cin7', async () => {
    const { ref } = await pays().create(draft())
    await expect(pays().remove({ ...ref, facts: { ...ref.facts, date: '2026-01-01' } })).rejects.toMatchObject({
      failure: { code: 'cin7_payment_changed' },
    })
  })

  it.each<Trouble>(['lost', 'never'])('is deleted once where the answer is lost (%s)', async (what) => {
    const { ref } = await pays().create(draft())
    const ledger: Ledger = new Map()
    await uncertain(pays().remove(ref, undefined, { ledger, trouble: { [`delete-payment-${ref.id}`]: what } }))
    await pays().remove(ref, undefined, { ledger })
    expect(paid()).toEqual([])
  })
})

describe('for reconciliation', () => {
  it('payments are listed with their supplier, one read for each paid purchase', async () => {
    const { ref } = await pays().create(draft())
    rig.act('create-purchase', { supplier: 'Northern', amount: 9, invoiceNumber: 'N-1' })
    rig.act('create-purchase', { supplier: 'Northern', upTo: 'invoice' })
    const run = client(rig)
    const page = await purchasePayments.list(run.api, null)
    expect(page).toMatchObject({
      done: true,
      rows: [
        {
          id: ref.id,
          number: 'SUP-7 30.50',
          date: '2026-03-01',
          booked: true,
          currency: 'USD',
          total: '30.5',
          customer: { name: 'Bayside' },
        },
        { number: 'N-1 9.00', currency: 'CAD', total: '9', customer: { name: 'Northern' } },
      ],
    })
    expect(run.calls).toHaveLength(3)
  })

  it('a long list is walked twenty purchases at a time, none twice', async () => {
    for (let n = 0; n < 45; n += 1) rig.act('create-purchase', { supplier: 'Bayside', amount: n + 1 })
    const seen: string[] = []
    let cursor: string | null = null
    let pages = 0
    for (let done = false; !done; pages += 1) {
      const page: Awaited<ReturnType<typeof purchasePayments.list>> = await purchasePayments.list(
        client(rig).api,
        cursor,
      )
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
      done = page.done
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 45, 45])
  })

  it('a payment says what stands, and what somebody changed', async () => {
    const { ref } = await pays().create(draft())
    const booked = (target = ref) => purchasePayments.booked(client(rig).api, target)
    expect(await booked()).toEqual({
      number: 'SUP-7 30.50',
      date: '2026-03-01',
      figures: {
        currency: 'USD',
        total: '30.5',
        tax: '0',
        customer: { id: expect.any(String), name: 'Bayside' },
        accounts: { 718: '30.5' },
      },
      changes: [],
    })
    expect(await booked({ ...ref, facts: { ...ref.facts, amount: '31' } })).toMatchObject({
      changes: ['it is over 30.50 there'],
    })
    rig.act('delete-purchase-payment', { id: ref.id })
    expect(await booked()).toBeNull()
  })
})
