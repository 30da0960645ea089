import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passTimeBy } from '../../../src/lib/clock'
import type { BillDraft } from '../../../src/vendors/acumatica/bill-draft'
import { billsTarget, debitAdjustments } from '../../../src/vendors/acumatica/bill-target'
import { bills } from '../../../src/vendors/acumatica/bills'
import { markOf } from '../../../src/vendors/acumatica/marks'
import { MINUTE, type Rig } from '../../sandbox/acumatica/rig'
import type { Ledger, Trouble } from '../../support/on-simulator'
import { client, openAcumatica, stands } from './with-acumatica'

const MARKER = 'mlc:acumatica-cin7/purchase-to-bill:0b3c1f57-0a51-4f11-8d2a-00155d010203:1:g1'

let clock: { now: number } = { now: 0 }
beforeAll(() =>
  passTimeBy(async (ms) => {
    clock.now += ms
  }),
)
afterAll(() => passTimeBy((ms) => scheduler.wait(ms)))

const open = (tenant: object = {}): Rig => {
  const acu = openAcumatica(tenant)
  clock = acu.clock
  return acu
}

const line = (over: object = {}) => ({
  text: 'Freight',
  quantity: '1',
  unitCost: '42.5',
  amount: '42.5',
  account: '61000',
  subaccount: '',
  taxCategory: 'EXEMPT',
  branch: '',
  item: '',
  unit: '',
  order: null,
  ...over,
})

const draft = (over: Partial<BillDraft> = {}): BillDraft => ({
  vendor: 'ACME01',
  reference: 'INV-20417',
  date: '2026-03-04',
  dueDate: '2026-04-03',
  currency: 'USD',
  branch: 'MAIN',
  location: '',
  terms: '',
  text: 'Cin7 PO-00123',
  lines: [line(), line({ text: 'Customs', account: '54000', quantity: '3', unitCost: '0.3333', amount: '1' })],
  beforeTax: '43.5',
  tax: '0',
  total: '43.5',
  release: true,
  ...over,
})

const create = async (acu: Rig, over: Partial<BillDraft> = {}, writing: object = {}) => {
  const made = client(acu, { marker: MARKER, ...writing })
  return { ...made, target: await billsTarget.create(made.api, draft(over)) }
}

const failed = (work: Promise<unknown> | undefined) =>
  (work ?? Promise.resolve()).then(
    () => undefined,
    (thrown: { failure: unknown }) => thrown.failure,
  )

describe('a bill that is made', () => {
  it('is compared on hold, taken off hold and released', async () => {
    const acu = open()
    const { target, steps, calls } = await create(acu)
    const [bill] = stands(acu, 'Bill')
    expect(bill).toMatchObject({
      Type: 'Bill',
      Vendor: 'ACME01',
      VendorRef: 'INV-20417',
      Date: '2026-03-04T00:00:00-05:00',
      DueDate: '2026-04-03T00:00:00-04:00',
      CurrencyID: 'USD',
      Status: 'Open',
      Amount: '43.50',
      Description: expect.stringMatching(/^Cin7 PO-00123 mlc:[0-9a-f]{16}\.[0-9a-f]{8}$/),
    })
    expect(bill?.Description).toContain(await markOf(MARKER))
    expect(bill?.Details).toMatchObject([
      { Account: '61000', TransactionDescription: 'Freight', ExtendedCost: '42.50' },
      { Account: '54000', Qty: '3.00', ExtendedCost: '1.00' },
    ])
    expect(target).toMatchObject({ id: bill?.id, number: bill?.ReferenceNbr, facts: { total: '43.5', status: 'Open' } })
    expect(steps()).toEqual(['document', 'off-hold', 'release'])
    expect(calls.filter(({ step }) => step === '')).toHaveLength(4)
  })

  it('is left unposted where nobody wants it released, or where it waits for approval', async () => {
    const acu = open()
    expect((await create(acu, { release: false })).steps()).toEqual(['document', 'off-hold'])
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'Balanced' }])
    const approving = open({ preferences: { approveBills: true } })
    expect((await create(approving)).target.facts.status).toBe('Pending Approval')
  })

  it.each([0, 1, 4])('is asked after until the release has ended, after %i answers that it runs', async (polls) => {
    const acu = open()
    acu.switches['action.polls'] = polls
    acu.switches['action.seconds'] = 3_600
    expect((await create(acu)).target.facts.status).toBe('Open')
  })

  it('waits with its steps done where the release takes longer than a minute', async () => {
    const acu = open()
    acu.switches['action.polls'] = 12
    acu.switches['action.seconds'] = 3_600
    const ledger: Ledger = new Map()
    expect(await failed(create(acu, {}, { ledger }))).toMatchObject({
      kind: 'transient',
      code: 'acumatica_still_running',
    })
    const { api } = client(acu, { marker: MARKER, ledger })
    const patient: typeof api = {
      ...api,
      read: (call, schema) => (call.query?.$filter ? Promise.resolve(schema.parse([])) : api.read(call, schema)),
    }
    expect(await billsTarget.create(patient, draft())).toMatchObject({ facts: { status: 'Open' } })
    expect(stands(acu, 'Bill')).toHaveLength(1)
  })

  it('says what stands where its totals are not those of the source, and posts nothing', async () => {
    const acu = open()
    expect(await failed(create(acu, { total: '43.51', tax: '0.01' }))).toMatchObject({
      kind: 'totals',
      differences: [
        { what: 'tax', source: '0.01', target: '0', currency: 'USD' },
        { what: 'total', source: '43.51', target: '43.5', currency: 'USD' },
      ],
      remedy: expect.stringContaining('(On Hold), not posted'),
    })
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'On Hold' }])
  })

  it('has the tax of its categories, to the cent', async () => {
    const acu = openAcumatica({}, [{ VendorID: 'TAXED', VendorName: 'Taxed', TaxZone: 'LOCAL' }])
    clock = acu.clock
    const lines = [line({ taxCategory: 'TAXABLE', unitCost: '44.95', amount: '44.95' })]
    const { target } = await create(acu, { vendor: 'TAXED', lines, beforeTax: '44.95', tax: '4.5', total: '49.45' })
    expect(target.facts).toMatchObject({ total: '49.45', status: 'Open' })
  })

  it('sends its amount where the tenant validates totals on entry, and only there', async () => {
    const acu = open({ preferences: { validateBillTotals: true } })
    const { calls } = await create(acu)
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'Open', Amount: '43.50' }])
    const offHold = calls.find(({ step }) => step === 'off-hold')
    expect(offHold?.body).toMatchObject({ Amount: { value: '43.5' } })
    const plain = (await create(open())).calls.find(({ step }) => step === 'off-hold')
    expect(plain?.body).not.toHaveProperty('Amount')
  })

  it('takes the items of an order by a link to its line', async () => {
    const acu = openAcumatica({
      purchaseOrders: [
        {
          VendorID: 'ACME01',
          OrderNbr: '000871',
          Date: '2026-03-01',
          Hold: false,
          Details: [{ InventoryID: 'BRICKS', OrderQty: 10, UnitCost: 12.35 }],
        },
      ],
    })
    clock = acu.clock
    const bricks = {
      item: 'BRICKS',
      account: '',
      quantity: '10',
      unitCost: '12.35',
      amount: '123.5',
      order: { number: '000871', line: 1 },
    }
    await create(acu, { lines: [line(bricks)], beforeTax: '123.5', total: '123.5' })
    expect(stands(acu, 'Bill')).toMatchObject([
      { Status: 'Open', Details: [{ POOrderNbr: '000871', InventoryID: 'BRICKS' }] },
    ])
    expect(await failed(create(openAcumatica(), { lines: [line({ ...bricks, order: null })] }))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('Details[0].InventoryID'),
    })
  })

  it('in a closed period is said so', async () => {
    const acu = open({ periods: { first: '2026-01', last: '2026-12', closed: ['2026-03'] } })
    expect(await failed(create(acu))).toMatchObject({ kind: 'closed_period' })
    expect(stands(acu, 'Bill')).toEqual([])
  })

  it('is left to a person where the vendor’s number is there already', async () => {
    const acu = openAcumatica({
      bills: [
        {
          Vendor: 'ACME01',
          VendorRef: 'INV-20417',
          Date: '2026-03-04',
          Details: [{ Qty: 1, UnitCost: 43.5, Account: '61000' }],
        },
      ],
    })
    expect(await failed(create(acu))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_vendor_ref_taken',
      facts: { total: '43.5', sourceTotal: '43.5' },
    })
    expect(stands(acu, 'Bill')).toHaveLength(1)
  })
})

describe('a bill whose answer was lost', () => {
  const STEPS: [string, Trouble][] = [
    ['document', 'lost'],
    ['document', 'never'],
    ['off-hold', 'lost'],
    ['off-hold', 'never'],
    ['release', 'lost'],
    ['release', 'never'],
  ]

  it.each(STEPS)('at the step %s (%s) is there once and posted once', async (step, trouble) => {
    const acu = open()
    acu.switches['action.polls'] = 0
    const ledger: Ledger = new Map()
    expect(await failed(create(acu, {}, { ledger, trouble: { [step]: trouble } }))).toMatchObject({ kind: 'uncertain' })
    const { target } = await create(acu, {}, { ledger })
    expect(stands(acu, 'Bill')).toMatchObject([{ id: target.id, Status: 'Open' }])
  })

  it.each(['500', '500-html', '503', '302'])('and told as %s is looked up before it is sent again', async (form) => {
    const acu = open()
    acu.switches['write.answer'] = form
    const ledger: Ledger = new Map()
    await failed(create(acu, {}, { ledger }))
    acu.switches['write.answer'] = 'normal'
    await create(acu, {}, { ledger })
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'Open' }])
  })

  it('is not taken for another of the same number that a person made', async () => {
    const acu = open()
    const ledger: Ledger = new Map()
    await failed(create(acu, {}, { ledger, trouble: { document: 'never' } }))
    await acu.act('create', {
      entity: 'Bill',
      fields: {
        Vendor: 'ACME01',
        VendorRef: 'INV-20417',
        Date: '2026-03-04',
        Details: [{ Qty: 1, UnitCost: 43.5, Account: '61000' }],
      },
    })
    expect(await failed(create(acu, {}, { ledger }))).toMatchObject({ code: 'acumatica_vendor_ref_taken' })
  })
})

describe('a bill that changes', () => {
  const change = async (
    acu: Rig,
    before: Partial<BillDraft>,
    after: Partial<BillDraft>,
    meanwhile = async () => {},
  ) => {
    const { target } = await create(acu, before)
    await meanwhile()
    const { api, steps } = client(acu, { marker: MARKER })
    return { target: await billsTarget.update?.(api, target, draft({ ...before, ...after })), steps }
  }

  it('is written anew while it is not posted', async () => {
    const acu = open()
    const lines = [line({ unitCost: '50', amount: '50' })]
    await change(acu, { release: false }, { lines, beforeTax: '50', total: '50', reference: 'INV-20417A' })
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'Balanced', Amount: '50.00', VendorRef: 'INV-20417A' }])
    expect(stands(acu, 'Bill')[0]?.Details).toHaveLength(1)
  })

  it('is only released where that alone is new', async () => {
    const acu = open()
    const { steps } = await change(acu, { release: false }, { release: true })
    expect(steps()).toEqual(['release'])
    expect(stands(acu, 'Bill')).toMatchObject([{ Status: 'Open' }])
  })

  it('is left to a person once it is posted', async () => {
    const acu = open()
    expect(await failed(change(acu, {}, { total: '50' }))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_bill_released',
      message: expect.stringContaining('is posted already (Open)'),
    })
  })

  it('is left to a person who has edited it', async () => {
    const acu = open()
    const edit = async () => {
      const [bill] = stands(acu, 'Bill')
      await acu.act('edit', {
        entity: 'Bill',
        key: String(bill?.ReferenceNbr),
        changes: { Details: [{ Qty: 1, UnitCost: 5, Account: '61000' }] },
      })
    }
    expect(await failed(change(acu, { release: false }, { text: 'other' }, edit))).toMatchObject({
      kind: 'conflict',
      code: 'acumatica_bill_edited',
      facts: { total: '48.5' },
    })
  })
})

describe('a bill that is taken back', () => {
  const take = async (acu: Rig, over: Partial<BillDraft>) => {
    const { target } = await create(acu, over)
    const { api } = client(acu, { marker: MARKER })
    await billsTarget.remove?.(api, target)
    return target
  }

  it('is deleted while it is not posted, and taking it back again does nothing', async () => {
    const acu = open()
    const target = await take(acu, { release: false })
    expect(stands(acu, 'Bill')).toEqual([])
    const { api, steps } = client(acu, { marker: MARKER })
    await billsTarget.remove?.(api, target)
    expect(steps()).toEqual([])
  })

  it('is left to a person once it is posted, or where others made it', async () => {
    expect(await failed(take(open(), {}))).toMatchObject({ kind: 'conflict', code: 'acumatica_bill_released' })
    const acu = openAcumatica({
      bills: [
        { Vendor: 'ACME01', VendorRef: 'X', Date: '2026-03-04', Details: [{ Qty: 1, UnitCost: 5, Account: '61000' }] },
      ],
    })
    const { api } = client(acu, { marker: MARKER })
    const target = { id: String(stands(acu, 'Bill')[0]?.id), number: '000001', facts: {} }
    expect(await failed(billsTarget.remove?.(api, target))).toMatchObject({ code: 'acumatica_bill_edited' })
  })
})

describe('a debit adjustment', () => {
  it('is made like a bill and takes away in the books', async () => {
    const acu = open()
    const { api } = client(acu, { marker: MARKER })
    const target = await debitAdjustments.create(api, draft({ reference: 'CN-1' }))
    expect(stands(acu, 'Bill')).toMatchObject([{ Type: 'Debit Adj.', Status: 'Open' }])
    const booked = await debitAdjustments.booked?.(api, target)
    expect(booked).toMatchObject({
      figures: { total: '-43.5', accounts: { 61000: '-42.5', 54000: '-1' } },
      changes: [],
    })
    expect((await debitAdjustments.list?.(api, null))?.rows).toMatchObject([{ total: '-43.5', booked: true }])
    expect((await billsTarget.list?.(api, null))?.rows).toEqual([])
  })
})

describe('bills in the books', () => {
  it('are listed and shown with their figures by account', async () => {
    const acu = open()
    const { target, api } = await create(acu)
    expect(await billsTarget.list?.(api, null)).toEqual({
      rows: [
        {
          id: target.id,
          number: target.number,
          date: '2026-03-04',
          stamp: expect.stringMatching(/Z$/),
          booked: true,
          currency: 'USD',
          total: '43.5',
          customer: { id: 'ACME01', name: 'ACME01' },
        },
      ],
      next: '0',
      done: true,
    })
    expect(await billsTarget.booked?.(api, target)).toEqual({
      number: target.number,
      date: '2026-03-04',
      figures: {
        currency: 'USD',
        total: '43.5',
        tax: '0',
        customer: { id: 'ACME01', name: 'ACME01' },
        accounts: { 61000: '42.5', 54000: '1' },
      },
      changes: [],
    })
    await acu.act('pay-bill', { key: target.number })
    expect(await billsTarget.booked?.(api, target)).toMatchObject({ figures: { total: '43.5' }, changes: [] })
    await acu.act('status', { entity: 'Bill', key: target.number, status: 'Voided' })
    expect(await billsTarget.booked?.(api, target)).toMatchObject({ figures: null })
  })

  it('of others can be matched and adopted', async () => {
    const acu = openAcumatica({
      bills: [
        {
          Vendor: 'ACME01',
          VendorRef: 'X',
          Date: '2026-03-04',
          Hold: false,
          Details: [{ Qty: 1, UnitCost: 5, Account: '61000' }],
        },
      ],
    })
    const { api } = client(acu)
    const id = String(stands(acu, 'Bill')[0]?.id)
    const terms = { kind: 'dated', number: 'X', date: '2026-03-04', total: '5', currency: 'USD', party: 'ACME01' }
    expect((await billsTarget.candidates?.(api, null))?.rows).toEqual([{ id, number: '000001', terms }])
    expect(await billsTarget.adopt?.(api, id)).toMatchObject({ target: { id, facts: { total: '5' } }, terms })
    expect(await debitAdjustments.adopt?.(api, id)).toBeNull()
  })
})

describe('a bill as a source', () => {
  it('is read whole, with what its lines come to', async () => {
    const acu = open()
    const { target, api } = await create(acu)
    const record = await bills.read(api, target.id)
    expect(record).toMatchObject({
      id: target.id,
      type: 'Bill',
      number: target.number,
      vendor: 'ACME01',
      vendorRef: 'INV-20417',
      date: '2026-03-04',
      dueDate: '2026-04-03',
      status: 'Open',
      total: '43.5',
      tax: '0',
      balance: '43.5',
      lines: [
        {
          text: 'Freight',
          quantity: '1',
          unitCost: '42.5',
          amount: '42.5',
          account: '61000',
          accountName: 'Freight and cartage',
          orderNumber: '',
          orderLine: 0,
        },
        { text: 'Customs', quantity: '3', unitCost: '0.3333', amount: '1', account: '54000' },
      ],
      taxes: [],
    })
    expect(bills.record.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(await bills.read(api, '00000000-0000-4000-8000-000000000000')).toBeNull()
  })

  it('shows in its list with stage and date', async () => {
    const acu = open()
    const { target, api } = await create(acu)
    const first = await bills.changes(api, null, null)
    expect(first.items).toMatchObject([
      { change: { type: 'bill', id: target.id }, date: '2026-03-04', row: 'Open', number: target.number },
    ])
    const record = await bills.read(api, target.id)
    if (!record) throw new Error('not read')
    expect(first.items[0]?.version).toBe(bills.version(record))
    acu.clock.now += 30 * MINUTE
    await acu.act('pay-bill', { key: target.number })
    expect((await bills.changes(api, first.next, null)).items).toMatchObject([{ row: 'Closed' }])
  })
})
