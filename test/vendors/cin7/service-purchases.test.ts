import { beforeEach, describe, expect, it } from 'vitest'
import { moveClock, now } from '../../../src/lib/clock'
import { servicePurchases } from '../../../src/vendors/cin7/service-purchases'
import { at, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { aBill, howMany, MARKER, shown, uncertain, writes } from './a-purchase'
import { openCin7 } from './with-cin7'

/** The simulator's clock stands here. */
const RIG_START = Date.parse('2026-03-02T10:00:00Z')

let rig: Rig

beforeEach(() => {
  rig = openCin7()
})

const bills = () => writes(rig, servicePurchases)

describe('a new purchase', () => {
  it('is made in four stages and one read, the invoice as a draft first', async () => {
    const { calls, ref } = await bills().create(aBill(rig))
    expect(calls.map(({ step, method, path }) => [step, method, path.replace('/ExternalApi/v2', '')])).toEqual([
      ['header', 'POST', '/advanced-purchase'],
      ['order', 'POST', '/purchase/order'],
      ['invoice', 'POST', '/advanced-purchase/invoice'],
      ['', 'GET', '/advanced-purchase'],
      ['authorise', 'POST', '/advanced-purchase/invoice'],
    ])
    expect(calls.map(({ body }) => (body ? at(body, 'Status') : ''))).toEqual([
      undefined,
      'AUTHORISED',
      'DRAFT',
      '',
      'AUTHORISED',
    ])
    expect(ref).toMatchObject({
      number: 'PO-00001',
      facts: { invoice: ref.id, invoiceNumber: 'SUP-7', total: '54', currency: 'USD' },
    })
  })

  it('is a service purchase with the number of the supplier, its costs on their accounts, each with its tax', async () => {
    const { ref } = await bills().create(aBill(rig, { attributes: { 2: 'Berlin' }, requiredBy: '2026-04-01' }))
    expect(shown(rig, ref.id)).toMatchObject({
      Type: 'Service Purchase',
      Status: 'INVOICED',
      Supplier: 'Bayside',
      Approach: 'INVOICE',
      Terms: '30 days',
      TaxCalculation: 'Exclusive',
      RequiredBy: '2026-04-01T00:00:00',
      AdditionalAttributes: { AdditionalAttribute2: 'Berlin' },
      Order: { Status: 'AUTHORISED', Total: 54 },
      Invoice: [
        {
          Status: 'AUTHORISED',
          InvoiceNumber: 'SUP-7',
          InvoiceDate: '2026-02-20T00:00:00',
          InvoiceDueDate: '2026-03-22T00:00:00',
          TotalBeforeTax: 50,
          Tax: 4,
          Total: 54,
          AdditionalCharges: [
            {
              Description: 'Posters',
              Reference: 'A1',
              Account: '400',
              Quantity: 2,
              Price: 20,
              Tax: 4,
              TaxRule: 'Tax on Purchases',
            },
            { Description: 'Fees', Account: '404', Tax: 0, TaxRule: 'Tax Exempt' },
          ],
        },
      ],
    })
  })

  it('carries our mark on a line of its note, and our stamps at the ends of note and memo', async () => {
    const { ref } = await bills().create(aBill(rig))
    expect(at(shown(rig, ref.id), 'Note')).toMatch(
      /^FreshBooks bill 7\nmlc:freshbooks-cin7\/bill-to-purchase:bill-7:bill:g1\nml-connector [0-9a-f]{12}$/,
    )
    expect(at(shown(rig, ref.id), 'Order', 'Memo')).toMatch(/^FreshBooks bill 7\nml-connector [0-9a-f]{12}$/)
  })

  it('keeps mark and stamps whole where the memo is too long', async () => {
    const { ref } = await bills().create(aBill(rig, { memo: 'x'.repeat(3000) }))
    const note = String(at(shown(rig, ref.id), 'Note'))
    expect(note.length).toBeLessThanOrEqual(1024)
    expect(note.split('\n')[1]).toBe(MARKER)
    expect(String(at(shown(rig, ref.id), 'Order', 'Memo'))).toMatch(/…\nml-connector [0-9a-f]{12}$/)
  })

  it('has goods as lines where they are mapped, and is left to be received', async () => {
    const bread = {
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
    const draft = aBill(rig, { kind: 'stock', lines: [bread], beforeTax: '54', total: '58' })
    const { ref } = await bills().create(draft)
    expect(shown(rig, ref.id)).toMatchObject({
      Type: 'Simple Purchase',
      CombinedReceivingStatus: 'NOT RECEIVED',
      Invoice: [{ Total: 58, Lines: [{ SKU: 'Bread', Account: '630' }], AdditionalCharges: [{}, {}] }],
    })
  })

  it('is in the currency of its supplier, at the rate of the source', async () => {
    const northern = { supplierId: at(rig.ok('GET', '/supplier?Name=Northern'), 'SupplierList', 0, 'ID') }
    const draft = aBill(rig, { supplierId: String(northern.supplierId), currency: 'CAD', rate: '0.71234' })
    const { ref } = await bills().create(draft)
    expect(shown(rig, ref.id)).toMatchObject({
      SupplierCurrency: 'CAD',
      CurrencyRate: 0.71234,
      Invoice: [{ CurrencyRate: 0.71234 }],
    })
  })

  it('is refused where the supplier is in another currency, before anything is ordered', async () => {
    await expect(bills().create(aBill(rig, { currency: 'EUR' }))).rejects.toMatchObject({
      failure: { code: 'cin7_purchase_currency', remedy: expect.stringContaining('PO-00001') },
    })
    expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Order: { Status: 'NOT AVAILABLE' } }] })
  })

  it('takes prices with their tax', async () => {
    const draft = aBill(rig, { taxInclusive: true, beforeTax: '46', total: '50' })
    const { ref } = await bills().create(draft)
    expect(shown(rig, ref.id)).toMatchObject({
      TaxCalculation: 'Inclusive',
      Invoice: [{ TotalBeforeTax: 46, Tax: 4, Total: 50 }],
    })
  })

  it('stops after the order where Cin7 computes another total', async () => {
    await expect(bills().create(aBill(rig, { total: '54.01' }))).rejects.toMatchObject({
      failure: {
        kind: 'totals',
        remedy: expect.stringContaining('purchase PO-00001 with an authorised order and no invoice'),
        differences: [{ what: 'order total', source: '54.01', target: '54', currency: 'USD' }],
      },
    })
    expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Invoice: [{ Status: 'NOT AVAILABLE' }] }] })
  })

  it('is not authorised where the draft invoice shows another tax, and says what stands', async () => {
    await expect(bills().create(aBill(rig, { beforeTax: '49', tax: '5' }))).rejects.toMatchObject({
      failure: {
        kind: 'totals',
        remedy: expect.stringContaining(
          'purchase PO-00001 with an authorised order and the draft invoice SUP-7, nothing is booked',
        ),
        differences: [{ what: 'invoice total before tax' }, { what: 'invoice tax', source: '5', target: '4' }],
      },
    })
    expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Invoice: [{ Status: 'DRAFT' }] }] })
  })

  it('is not authorised at another exchange rate than the source has', async () => {
    const supplier = String(at(rig.ok('GET', '/supplier?Name=Northern'), 'SupplierList', 0, 'ID'))
    const draft = aBill(rig, { supplierId: supplier, currency: 'CAD', rate: '0.71' })
    const ledger: Ledger = new Map()
    await uncertain(bills().create(draft, { ledger, trouble: { invoice: 'lost' } }))
    rig.act('set-invoice-rate', { taskId: at(rig.vendor.dump(), 'purchases', 0, 'ID'), rate: '0.8' })
    await expect(bills().create(draft, { ledger })).rejects.toMatchObject({
      failure: { kind: 'totals', differences: [{ what: 'exchange rate', source: '0.71', target: '0.8' }] },
    })
  })

  describe.each(['header', 'order', 'invoice', 'authorise'])('where the answer of "%s" is lost', (step) => {
    it.each<Trouble>(['lost', 'never'])('goes on and posts nothing twice (%s)', async (what) => {
      const ledger: Ledger = new Map()
      await uncertain(bills().create(aBill(rig), { ledger, trouble: { [step]: what } }))
      const { ref, steps } = await bills().create(aBill(rig), { ledger })
      const rest = ['header', 'order', 'invoice', 'authorise']
      expect(steps()).toEqual(rest.slice(rest.indexOf(step) + (what === 'lost' ? 1 : 0)))
      expect(ref.facts).toMatchObject({ invoice: ref.id, total: '54' })
      expect(rig.vendor.dump()).toMatchObject({
        purchases: [{ ID: ref.id, Status: 'INVOICED', Invoice: [{ Total: 54 }] }],
      })
      expect(howMany(rig)).toBe(1)
    })
  })
})

describe('a header whose answer was lost', () => {
  const lost = async (between: () => void, draft = aBill(rig)) => {
    const ledger: Ledger = new Map()
    await uncertain(bills().create(draft, { ledger, trouble: { header: 'lost' } }))
    between()
    return bills().create(draft, { ledger })
  }

  it('is found among the headers of its supplier in one list and one read', async () => {
    rig.act('create-purchase', { supplier: 'Northern', upTo: 'header' })
    const { calls, ref } = await lost(() => {})
    expect(calls.slice(0, 2).map(({ path, query }) => [path.replace('/ExternalApi/v2', ''), query])).toEqual([
      ['/purchaseList', { Status: 'DRAFT', Page: '1', Limit: '1000' }],
      ['/advanced-purchase', { ID: ref.id }],
    ])
  })

  it('is found by the number of its invoice where a person went on with it', async () => {
    const found = lost(() => {
      rig.act('order-purchase', { purchase: 'PO-00001', amount: 5 })
      rig.act('invoice-purchase', { purchase: 'PO-00001', amount: 5, invoiceNumber: 'SUP-7', status: 'DRAFT' })
    })
    await expect(found).rejects.toMatchObject({ failure: { kind: 'rejected' } })
    expect(howMany(rig)).toBe(1)
  })

  it('is found among what changed of late where a person only ordered', async () => {
    const apart = RIG_START - now()
    moveClock(apart)
    await lost(() => rig.act('order-purchase', { purchase: 'PO-00001', amount: 54, status: 'DRAFT' })).finally(() =>
      moveClock(-apart),
    )
    expect(rig.vendor.dump()).toMatchObject({ purchases: [{ Status: 'INVOICED' }] })
    expect(howMany(rig)).toBe(1)
  })

  it('is not taken from another record of the same supplier, nor from a voided one', async () => {
    await bills().create(aBill(rig), { marker: `${MARKER}0` })
    const { ref } = await lost(() => rig.act('void-purchase', { purchase: 'PO-00002' }))
    expect(ref.number).toBe('PO-00003')
  })

  it('is left to a person where two carry the mark', async () => {
    const found = lost(() =>
      rig.act('create-purchase', {
        supplier: 'Bayside',
        upTo: 'header',
        Note: at(rig.vendor.dump(), 'purchases', 0, 'Note'),
      }),
    )
    await expect(found).rejects.toMatchObject({
      failure: { code: 'cin7_purchase_twice', facts: { purchases: 'PO-00001, PO-00002' } },
    })
  })
})
