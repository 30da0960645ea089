import { beforeEach, describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import { at, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { aBill, dearerBill, howMany, shown, supplierId, uncertain, writes } from './a-purchase'
import { openCin7 } from './with-cin7'

let rig: Rig

beforeEach(() => {
  rig = openCin7({ suppliers: [{ Name: 'Bayside' }, { Name: 'Bayside Two' }, { Name: 'Northern', Currency: 'CAD' }] })
})

const bills = () => writes(rig, servicePurchases)
const made = async () => (await bills().create(aBill(rig))).ref
const halfBuilt = (): TargetRef => ({
  id: String(at(rig.vendor.dump(), 'purchases', 0, 'ID')),
  number: 'PO-00001',
  facts: {},
})

const dearer = { Status: 'INVOICED', Order: { Total: 76 }, Invoice: [{ Status: 'AUTHORISED', Total: 76 }] }

describe('a changed purchase', () => {
  it('is stepped back, stage by stage, and posted again', async () => {
    const ref = await made()
    const { calls, ref: changed } = await bills().update(ref, dearerBill(rig))
    expect(calls.map(({ step, method, query }) => [step || 'read', method, query.Void ?? ''])).toEqual([
      ['read', 'GET', ''],
      ['light', 'PUT', ''],
      ['undo-invoice', 'DELETE', 'false'],
      ['undo-order', 'DELETE', 'false'],
      ['order', 'POST', ''],
      ['invoice', 'POST', ''],
      ['read', 'GET', ''],
      ['authorise', 'POST', ''],
    ])
    expect(shown(rig, ref.id)).toMatchObject(dearer)
    expect(changed).toMatchObject({ id: ref.id, facts: { total: '76' } })
    expect(changed.facts.stamp).not.toBe(ref.facts.stamp)
  })

  it('that already holds this content is left alone', async () => {
    const ref = await made()
    expect((await bills().update(ref, aBill(rig))).steps()).toEqual([])
  })

  it('can be changed again and again', async () => {
    const first = await made()
    const { ref: second } = await bills().update(first, dearerBill(rig))
    const { ref: third } = await bills().update(second, aBill(rig, { invoiceNumber: 'SUP-7a' }))
    const { ref: fourth } = await bills().update(third, dearerBill(rig))
    expect(fourth.facts.stamp).toBe(second.facts.stamp)
    expect(shown(rig, first.id)).toMatchObject(dearer)
  })

  it('of which only terms, memo or attributes changed is changed in place, even when it is paid', async () => {
    const ref = await made()
    rig.act('pay-purchase', { purchase: ref.id })
    const { steps, ref: changed } = await bills().update(ref, aBill(rig, { memo: 'corrected', attributes: { 1: 'x' } }))
    expect(steps()).toEqual(['light'])
    expect(shown(rig, ref.id)).toMatchObject({
      Status: 'COMPLETED',
      AdditionalAttributes: { AdditionalAttribute1: 'x' },
    })
    expect(at(shown(rig, ref.id), 'Note')).toMatch(/^corrected\nmlc:/)
    rig.act('delete-purchase-payment', { id: at(shown(rig, ref.id), 'Invoice', 0, 'Payments', 0, 'ID') })
    await bills().update(changed, dearerBill(rig))
    expect(shown(rig, ref.id)).toMatchObject(dearer)
  })

  it('keeps a note that a person wrote', async () => {
    const ref = await made()
    rig.act('edit-purchase', { purchase: ref.id, changes: { Note: 'call Bob' } })
    await bills().update(ref, dearerBill(rig))
    expect(shown(rig, ref.id)).toMatchObject({ ...dearer, Note: 'call Bob' })
  })

  it('moves to another supplier and other tax terms while it is a draft', async () => {
    const ref = await made()
    const draft = aBill(rig, {
      supplierId: supplierId(rig, 'Bayside Two'),
      taxInclusive: true,
      beforeTax: '46',
      total: '50',
    })
    const { steps } = await bills().update(ref, draft)
    expect(steps()).toEqual(['light', 'undo-invoice', 'undo-order', 'header', 'order', 'invoice', 'authorise'])
    expect(shown(rig, ref.id)).toMatchObject({
      Supplier: 'Bayside Two',
      TaxCalculation: 'Inclusive',
      Invoice: [{ Status: 'AUTHORISED', Total: 50 }],
    })
  })

  it('cannot become a purchase of goods', async () => {
    const ref = await made()
    await expect(bills().update(ref, dearerBill(rig, { kind: 'stock' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_purchase_is_service' },
    })
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'INVOICED', Invoice: [{ Total: 54 }] })
  })
})

describe('a purchase that somebody worked on', () => {
  const bread = { SKU: 'Bread', Name: 'Bread', Quantity: 1, Price: 50, Tax: 4, TaxRule: 'Tax on Purchases', Total: 50 }
  const rewritten = (id: string, charge: object) => {
    rig.act('undo-purchase', { purchase: id })
    rig.act('invoice-purchase', {
      purchase: id,
      charges: [
        {
          Description: 'Posters',
          Quantity: 1,
          Price: 50,
          Tax: 4,
          TaxRule: 'Tax on Purchases',
          Total: 50,
          Account: '400',
          ...charge,
        },
      ],
      invoiceNumber: 'SUP-7',
      date: '2026-02-20',
      dueDate: '2026-03-22',
    })
  }

  it.each<[string, (id: string) => void, string]>([
    ['paid', (id) => rig.act('pay-purchase', { purchase: id }), 'invoice SUP-7 has payments'],
    ['partly paid', (id) => rig.act('pay-purchase', { purchase: id, amount: 1 }), 'invoice SUP-7 has payments'],
    ['voided', (id) => rig.act('void-purchase', { purchase: id }), 'the purchase was voided'],
    ['credited', (id) => rig.act('credit-purchase', { purchase: id, amount: 1 }), 'it has a credit note'],
    ['stepped back', (id) => rig.act('undo-purchase', { purchase: id }), 'invoice SUP-7 was stepped back'],
    [
      'stepped back as a whole',
      (id) => [1, 2].map(() => rig.act('undo-purchase', { purchase: id })),
      'the order was stepped back',
    ],
    [
      'put on other accounts',
      (id) => rewritten(id, { Account: '404' }),
      'lines or accounts of invoice SUP-7 were changed',
    ],
    [
      'changed to another total',
      (id) => rewritten(id, { Price: 49, Total: 49 }),
      'invoice SUP-7 is over 53 instead of 54',
    ],
    [
      'ordered anew',
      (id) => {
        rig.act('undo-purchase', { purchase: id })
        rig.act('undo-purchase', { purchase: id })
        rig.act('order-purchase', { purchase: id, charges: [{ ...bread, SKU: undefined, Description: 'x' }] })
      },
      'the order was written by somebody else',
    ],
  ])('that was %s is left to a person', async (_what, touch, words) => {
    const ref = await made()
    touch(ref.id)
    const before = shown(rig, ref.id)
    await expect(bills().update(ref, dearerBill(rig))).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_purchase_changed',
        message: expect.stringContaining(words),
        facts: { sourceTotal: '76', carriedTotal: '54', cin7Purchase: 'PO-00001' },
      },
    })
    expect(shown(rig, ref.id)).toEqual(before)
  })

  it('and goods that were received are not taken back', async () => {
    const line = {
      sku: 'Bread',
      name: 'Bread',
      quantity: '2',
      price: '2',
      tax: '0',
      taxRule: 'Tax Exempt',
      account: '630',
      comment: '',
      total: '4',
    }
    const draft = aBill(rig, { kind: 'stock', lines: [line], beforeTax: '54', total: '58' })
    const { ref } = await bills().create(draft)
    rig.act('receive-purchase', { purchase: ref.id, status: 'DRAFT' })
    await expect(bills().update(ref, { ...draft, invoiceNumber: 'SUP-8' })).rejects.toMatchObject({
      failure: { kind: 'conflict', message: expect.stringContaining('goods were received') },
    })
  })
})

describe.each(['light', 'undo-invoice', 'undo-order', 'header', 'order', 'invoice', 'authorise'])(
  'a change where the answer of "%s" is lost',
  (step) => {
    const draft = () => dearerBill(rig, { supplierId: supplierId(rig, 'Bayside Two') })

    it.each<Trouble>(['lost', 'never'])('is finished by the next run, nothing done twice (%s)', async (what) => {
      const ref = await made()
      const ledger: Ledger = new Map()
      await uncertain(bills().update(ref, draft(), { ledger, trouble: { [step]: what } }))
      const { ref: changed } = await bills().update(ref, draft(), { ledger })
      expect(shown(rig, ref.id)).toMatchObject({ ...dearer, Supplier: 'Bayside Two' })
      expect(changed.facts).toMatchObject({ invoice: ref.id, total: '76' })
      expect(howMany(rig)).toBe(1)
    })

    it.each<Trouble>(['lost', 'never'])(
      'is finished by a later revision that knows nothing of the steps before (%s)',
      async (what) => {
        const ref = await made()
        await uncertain(bills().update(ref, draft(), { trouble: { [step]: what } }))
        await bills().update(ref, { ...draft(), invoiceNumber: 'SUP-9' })
        expect(shown(rig, ref.id)).toMatchObject({
          ...dearer,
          Supplier: 'Bayside Two',
          Invoice: [{ InvoiceNumber: 'SUP-9', Total: 76 }],
        })
      },
    )

    it('goes back to what it was where the source went back', async () => {
      const ref = await made()
      await uncertain(bills().update(ref, draft(), { trouble: { [step]: 'lost' } }))
      const ledger: Ledger = new Map()
      for (const next of ['order', 'invoice', 'authorise'])
        await bills()
          .update(ref, aBill(rig), { ledger, trouble: { [next]: 'lost' } })
          .catch(() => {})
      await bills().update(ref, aBill(rig), { ledger })
      expect(shown(rig, ref.id)).toMatchObject({ Supplier: 'Bayside', Invoice: [{ Status: 'AUTHORISED', Total: 54 }] })
    })
  },
)

describe('a half-built purchase is finished by the next revision', () => {
  const failAt = (step: string) => uncertain(bills().create(aBill(rig), { trouble: { [step]: 'never' } }))

  it('header without order', async () => {
    await failAt('order')
    expect((await bills().update(halfBuilt(), aBill(rig))).steps()).toEqual(['order', 'invoice', 'authorise'])
  })

  it('header without order, for other content', async () => {
    await failAt('order')
    expect((await bills().update(halfBuilt(), dearerBill(rig))).steps()).toEqual([
      'light',
      'order',
      'invoice',
      'authorise',
    ])
  })

  it('order without invoice, for other content', async () => {
    await failAt('invoice')
    expect((await bills().update(halfBuilt(), dearerBill(rig))).steps()).toEqual([
      'light',
      'undo-order',
      'order',
      'invoice',
      'authorise',
    ])
  })

  it('a draft invoice, for the same content', async () => {
    await failAt('authorise')
    const { steps, ref } = await bills().update(halfBuilt(), aBill(rig))
    expect(steps()).toEqual(['invoice', 'authorise'])
    expect(ref.facts.total).toBe('54')
  })

  it('a draft invoice, for other content', async () => {
    await failAt('authorise')
    await bills().update(halfBuilt(), dearerBill(rig))
    expect(shown(rig, halfBuilt().id)).toMatchObject(dearer)
  })

  it('not where a person authorised another invoice on it', async () => {
    await failAt('invoice')
    rig.act('invoice-purchase', { purchase: 'PO-00001', amount: 60, invoiceNumber: 'SUP-7' })
    await expect(bills().update(halfBuilt(), aBill(rig))).rejects.toMatchObject({
      failure: { kind: 'totals', remedy: expect.stringContaining('SUP-7 of purchase PO-00001 is authorised') },
    })
  })

  it('also after a change that was refused on its totals', async () => {
    const ref = await made()
    await expect(bills().update(ref, dearerBill(rig, { beforeTax: '69', tax: '7' }))).rejects.toMatchObject({
      failure: { kind: 'totals' },
    })
    await bills().update(ref, dearerBill(rig))
    expect(shown(rig, ref.id)).toMatchObject(dearer)
  })
})

describe('a purchase that is gone in the source', () => {
  it('is voided', async () => {
    const ref = await made()
    const run = await bills().remove(ref)
    expect(run.calls.map(({ step, query }) => [step, query.Void])).toEqual([
      ['', undefined],
      ['void-purchase', 'true'],
    ])
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'VOIDED' })
    expect((await bills().remove(ref)).steps()).toEqual([])
  })

  it('loses the payments that we carried first', async () => {
    const ref = await made()
    rig.act('pay-purchase', { purchase: ref.id, reference: 'FB 9 · ml-connector 0123456789ab' })
    expect((await bills().remove(ref)).steps()).toEqual([expect.stringMatching(/^delete-payment-/), 'void-purchase'])
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'VOIDED' })
  })

  it('is left to a person where somebody paid it', async () => {
    const ref = await made()
    rig.act('pay-purchase', { purchase: ref.id })
    await expect(bills().remove(ref)).rejects.toMatchObject({ failure: { code: 'cin7_purchase_changed' } })
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'COMPLETED' })
  })

  it('is flagged where the settings say so, once', async () => {
    const ref = await made()
    await bills().remove(ref, 'flag')
    expect(at(shown(rig, ref.id), 'Note')).toMatch(/^DELETED IN THE SOURCE. .*\nFreshBooks bill 7\nmlc:/)
    expect((await bills().remove(ref, 'flag')).steps()).toEqual([])
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'INVOICED' })
  })

  it.each<Trouble>(['lost', 'never'])('is voided once where the answer is lost (%s)', async (what) => {
    const ref = await made()
    const ledger: Ledger = new Map()
    await uncertain(bills().remove(ref, undefined, { ledger, trouble: { 'void-purchase': what } }))
    await bills().remove(ref, undefined, { ledger })
    expect(shown(rig, ref.id)).toMatchObject({ Status: 'VOIDED' })
  })
})
