import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TargetRef } from '../../../src/core/flow'
import { type BillDraft, bills } from '../../../src/vendors/quickbooks/bills'
import { purchaseOrders } from '../../../src/vendors/quickbooks/purchase-orders'
import type { Rig } from '../../sandbox/quickbooks/rig'
import type { Ledger, Trouble, Writing } from '../../support/on-simulator'
import { aBill, anOrder, dearer, onAccount, onItem } from './drafts'
import { BRITISH, client, later, MARKER, openQuickbooks } from './with-quickbooks'

const create = async (rig: Rig, draft = aBill(), writing: Writing = {}) => {
  const run = client(rig, writing)
  const made = await bills.create(run.api, draft)
  return { ...run, made }
}

const update = async (rig: Rig, target: TargetRef, draft: BillDraft, writing: Writing = {}) => {
  const run = client(rig, writing)
  return { ...run, changed: await bills.update(run.api, target, draft) }
}

const Rows = z.array(z.looseObject({ Id: z.string() })).default([])

const allBills = async (rig: Rig) => Rows.parse((await rig.query('SELECT * FROM Bill')).Bill)

describe('a new bill', () => {
  it('is one call, with our mark below the memo', async () => {
    const rig = openQuickbooks()
    const { calls, made } = await create(rig, aBill({ department: '1', term: '3' }))
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      step: 'bill',
      path: '/v3/company/9341453000000000001/bill',
      query: { minorversion: '75', requestid: expect.stringMatching(/bill\|0$/) },
    })
    expect(await rig.read('Bill', made.id)).toMatchObject({
      VendorRef: { value: '56' },
      APAccountRef: { value: '33' },
      CurrencyRef: { value: 'USD' },
      TxnDate: '2026-03-02',
      DueDate: '2026-04-01',
      DocNumber: 'INV-88121',
      DepartmentRef: { value: '1' },
      SalesTermRef: { value: '3' },
      PrivateNote: expect.stringMatching(
        /^Cin7 PO-00042 \/ INV-88121\nmlc:quickbooks-cin7\/purchase-to-bill:p-1:t-1:g1 [0-9a-f]{12}$/,
      ),
      TotalAmt: 344.9,
    })
    expect(made).toMatchObject({ number: 'INV-88121', facts: { total: '344.9', currency: 'USD' } })
  })

  it('sends money digit for digit, and the class of a line', async () => {
    const rig = openQuickbooks()
    const lines = [onAccount('80', '1234567.89', { class: '5000000000000007280' })]
    const draft = aBill({ vendor: '57', payable: '34', currency: 'EUR', rate: '1.0823', lines, total: '1234567.89' })
    const { calls, made } = await create(rig, draft)
    expect(calls[0]?.body).toMatchObject({
      ExchangeRate: 1.0823,
      Line: [{ Amount: 1234567.89, AccountBasedExpenseLineDetail: { ClassRef: { value: '5000000000000007280' } } }],
    })
    expect(await rig.read('Bill', made.id)).toMatchObject({ ExchangeRate: 1.0823, TotalAmt: 1234567.89 })
  })

  it('has item lines where the draft has', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig, aBill({ lines: [onItem('19', '3', '1.6666667', '5')], total: '5' }))
    expect((await rig.read('Bill', made.id)).Line).toMatchObject([
      { Amount: 5, ItemBasedExpenseLineDetail: { ItemRef: { value: '19' }, Qty: 3, UnitPrice: 1.6666667 } },
    ])
  })

  describe('whose answer is lost', () => {
    it.each<[Trouble, string[]]>([
      ['lost', []],
      ['never', ['bill']],
    ])('is not posted twice (%s)', async (what, sent) => {
      const rig = openQuickbooks()
      const ledger: Ledger = new Map()
      await expect(create(rig, aBill(), { ledger, trouble: { bill: what } })).rejects.toMatchObject({
        failure: { kind: 'uncertain' },
      })
      const { made, steps } = await create(rig, aBill(), { ledger })
      expect(steps()).toEqual(sent)
      expect(await allBills(rig)).toHaveLength(1)
      expect(made.facts.total).toBe('344.9')
    })

    it('is found by its day where the company gave it another number', async () => {
      const rig = openQuickbooks()
      const ledger: Ledger = new Map()
      await expect(create(rig, aBill(), { ledger, trouble: { bill: 'lost' } })).rejects.toThrow()
      const [there] = await allBills(rig)
      rig.act('edit', { entity: 'Bill', id: there?.Id, changes: { DocNumber: '1001' } })
      expect((await create(rig, aBill(), { ledger })).made.number).toBe('1001')
    })

    it('is not mistaken for one of the same number that a person entered', async () => {
      const rig = openQuickbooks({ warnDuplicateBills: false })
      await create(rig, aBill(), { marker: 'mlc:quickbooks-cin7/purchase-to-bill:p-1:t-10:g1' })
      const ledger: Ledger = new Map([['bill', { state: 'sent' }]])
      expect((await create(rig, aBill(), { ledger })).steps()).toEqual(['bill'])
      expect(await allBills(rig)).toHaveLength(2)
    })

    it('is left to a person where two carry the mark', async () => {
      const rig = openQuickbooks({ warnDuplicateBills: false })
      await create(rig)
      await create(rig)
      const ledger: Ledger = new Map([['bill', { state: 'sent' }]])
      await expect(create(rig, aBill(), { ledger })).rejects.toMatchObject({
        failure: { kind: 'conflict', code: 'quickbooks_bill_twice' },
      })
    })
  })

  it('of a number that is taken waits for a person, unless that is allowed', async () => {
    const rig = openQuickbooks()
    await create(rig, aBill(), { marker: 'mlc:other' })
    await expect(create(rig)).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_number_taken', facts: { number: 'INV-88121', type: 'Bill' } },
    })
    const { calls } = await create(rig, aBill({ duplicateNumber: 'allow' }))
    expect(calls[0]?.query).toMatchObject({ include: 'allowduplicatedocnum' })
  })

  it('in a closed period is refused with the remedy', async () => {
    const rig = openQuickbooks({ bookCloseDate: '2026-03-31' })
    await expect(create(rig)).rejects.toMatchObject({
      failure: { kind: 'closed_period', remedy: expect.stringContaining('Re-open the period') },
    })
  })
})

describe('where QuickBooks comes to another total', () => {
  const british = (total: string, rounding: BillDraft['rounding'] = null) =>
    aBill({
      currency: 'GBP',
      tax: 'excluded',
      lines: [onAccount('80', '10.03', { taxCode: '4' }), onAccount('82', '10.03', { taxCode: '4' })],
      total,
      rounding,
    })
  const ROUNDING = { account: '7', limit: '0.05', taxCode: '7' }

  it('agrees to the cent: nothing more is done', async () => {
    const rig = openQuickbooks(BRITISH)
    expect((await create(rig, british('24.07'))).steps()).toEqual(['bill'])
  })

  it('a difference within the limit becomes a line that says so', async () => {
    const rig = openQuickbooks(BRITISH)
    const { made, steps } = await create(rig, british('24.08', ROUNDING))
    expect(steps()).toEqual(['bill', 'rounding'])
    expect(await rig.read('Bill', made.id)).toMatchObject({
      TotalAmt: 24.08,
      Line: [{ Amount: 10.03 }, { Amount: 10.03 }, { Amount: 0.01, Description: 'Rounding' }],
    })
  })

  it.each<Trouble>(['lost', 'never'])('the line is not added twice (%s)', async (what) => {
    const rig = openQuickbooks(BRITISH)
    const ledger: Ledger = new Map()
    const draft = british('24.08', ROUNDING)
    await expect(create(rig, draft, { ledger, trouble: { rounding: what } })).rejects.toThrow()
    const { made } = await create(rig, draft, { ledger })
    expect((await rig.read('Bill', made.id)).Line).toHaveLength(3)
  })

  it('beyond it, the bill is deleted again and both figures are said', async () => {
    const rig = openQuickbooks(BRITISH)
    const run = client(rig)
    await expect(bills.create(run.api, british('24.20', ROUNDING))).rejects.toMatchObject({
      failure: {
        kind: 'totals',
        differences: [{ what: 'total', source: '24.20', target: '24.07', currency: 'GBP' }],
        remedy: 'nothing, bill INV-88121 was deleted again',
      },
    })
    expect(run.steps()).toEqual(['bill', 'delete'])
    expect(await allBills(rig)).toEqual([])
  })

  it('the next attempt makes it anew', async () => {
    const rig = openQuickbooks(BRITISH)
    const wrong = client(rig)
    await expect(bills.create(wrong.api, british('24.20'))).rejects.toThrow()
    const { Id } = z.object({ Id: z.string() }).parse(wrong.calls.at(-1)?.body)
    const target = { id: Id, number: 'INV-88121', facts: { takenBack: 'yes' } }
    const { changed } = await update(rig, target, british('24.07'))
    expect(await allBills(rig)).toMatchObject([{ Id: changed.id, TotalAmt: 24.07 }])
  })

  it('one that was changed stands, and that is said', async () => {
    const rig = openQuickbooks(BRITISH)
    const { made } = await create(rig, british('24.07'))
    const run = client(rig)
    const lines = [onAccount('80', '20', { taxCode: '4' })]
    await expect(bills.update(run.api, made, { ...british('99'), lines })).rejects.toMatchObject({
      failure: { kind: 'totals', remedy: expect.stringContaining('bill INV-88121 over 24.00 GBP') },
    })
  })
})

describe('a changed bill', () => {
  it('is the whole of what was read, with the new values: one read, one call', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const before = await rig.read('Bill', made.id)
    const { calls, changed } = await update(rig, made, dearer())
    expect(calls.map(({ method, step }) => [method, step])).toEqual([
      ['GET', ''],
      ['POST', 'bill'],
    ])
    expect(calls[1]?.body).toMatchObject({ Id: made.id, SyncToken: before.SyncToken })
    expect(calls[1]?.body).not.toHaveProperty('TotalAmt')
    const after = await rig.read('Bill', made.id)
    expect(after.TotalAmt).toBe(407.4)
    expect(after.Line.map(({ Id }) => Id)).toEqual(before.Line.map(({ Id }) => Id))
    expect(changed.facts.total).toBe('407.4')
  })

  it('keeps what somebody added to it that books nothing', async () => {
    const rig = openQuickbooks({ customers: [{ Id: '3', DisplayName: 'Cool Cars' }] })
    const { made } = await create(rig)
    const { Line } = await rig.read('Bill', made.id)
    const first = {
      ...Line[0],
      AccountBasedExpenseLineDetail: { AccountRef: { value: '80' }, CustomerRef: { value: '3' } },
    }
    rig.act('edit', { entity: 'Bill', id: made.id, changes: { SalesTermRef: { value: '3' }, Line: [first, Line[1]] } })
    await update(rig, made, dearer())
    expect(await rig.read('Bill', made.id)).toMatchObject({
      SalesTermRef: { value: '3' },
      Line: [{ Amount: 400, AccountBasedExpenseLineDetail: { CustomerRef: { value: '3' } } }, { Amount: 7.4 }],
    })
  })

  it('loses and gains lines as the source does', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const one = await update(rig, made, aBill({ lines: [onAccount('80', '1')], total: '1' }))
    const lines = [onAccount('80', '1'), onAccount('82', '2'), onAccount('7', '3')]
    await update(rig, one.changed, aBill({ lines, total: '6' }))
    expect((await rig.read('Bill', made.id)).Line.map(({ Amount }) => Amount)).toEqual([1, 2, 3])
  })

  it('that holds this content already is left alone', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    expect((await update(rig, made, aBill())).steps()).toEqual([])
  })

  it('is written on top of what somebody else has just saved', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const edit = () => rig.act('edit', { entity: 'Bill', id: made.id, changes: { SalesTermRef: { value: '1' } } })
    const run = client(rig, {}, () => void edit())
    await bills.update(run.api, made, dearer())
    expect(run.steps()).toEqual(['bill', 'bill'])
    const ids = run.calls.flatMap(({ query }) => query.requestid ?? [])
    expect(new Set(ids).size).toBe(2)
    expect(await rig.read('Bill', made.id)).toMatchObject({ TotalAmt: 407.4, SalesTermRef: { value: '1' } })
  })

  it('is not written over an edit of its lines that was saved in between', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const edit = () => rig.act('edit', { entity: 'Bill', id: made.id, changes: { Line: [{ ...LINE, Amount: 1 }] } })
    const run = client(rig, {}, () => void edit())
    await expect(bills.update(run.api, made, dearer())).rejects.toMatchObject({
      failure: { code: 'quickbooks_bill_changed' },
    })
    expect(await rig.read('Bill', made.id)).toMatchObject({ TotalAmt: 1 })
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost is changed once (%s)', async (what) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const ledger: Ledger = new Map()
    await expect(update(rig, made, dearer(), { ledger, trouble: { bill: what } })).rejects.toThrow()
    const { changed } = await update(rig, made, dearer(), { ledger })
    expect(await rig.read('Bill', made.id)).toMatchObject({ TotalAmt: 407.4, SyncToken: '1' })
    expect(changed.facts.total).toBe('407.4')
  })

  it('in part paid is left to a person, with the remedy', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('pay-bill', { id: made.id, amount: 100 })
    const run = client(rig)
    await expect(bills.update(run.api, made, dearer())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'quickbooks_bill_paid',
        message: 'the source changed, but 100.00 of bill INV-88121 over 344.90 is paid in QuickBooks',
        remedy: expect.stringContaining('Take the payment off bill INV-88121'),
        facts: { sourceTotal: '407.4', quickbooksTotal: '344.9', open: '244.9' },
      },
    })
    expect(run.steps()).toEqual([])
  })

  it('in a period closed since stands as it was, with the remedy', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('settings', { changes: { bookCloseDate: '2026-03-31' } })
    await expect(update(rig, made, dearer())).rejects.toMatchObject({ failure: { kind: 'closed_period' } })
    expect(await rig.read('Bill', made.id)).toMatchObject({ TotalAmt: 344.9 })
  })

  const LINE = {
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: { AccountRef: { value: '7' } },
  }
  it.each<[string, object, string]>([
    ['lines', { Line: [{ ...LINE, Amount: 344.9 }] }, 'lines, accounts or amounts were changed'],
    ['dates', { DueDate: '2026-05-01' }, 'dates or exchange rate were changed'],
    ['number', { DocNumber: 'MINE' }, 'number or department was changed'],
    ['department', { DepartmentRef: { value: '1' } }, 'number or department was changed'],
  ])('whose %s somebody edited in QuickBooks is left to a person', async (_what, changes, words) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('edit', { entity: 'Bill', id: made.id, changes })
    const run = client(rig)
    await expect(bills.update(run.api, made, dearer())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_bill_changed', message: expect.stringContaining(words) },
    })
    expect(run.steps()).toEqual([])
    expect((await bills.booked(run.api, made))?.changes).toEqual([words])
  })

  it('that was deleted in QuickBooks is not made again by itself', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('delete', { entity: 'Bill', id: made.id })
    await expect(update(rig, made, dearer())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_bill_gone', remedy: expect.stringContaining('newGeneration') },
    })
    expect(await allBills(rig)).toEqual([])
  })

  it('keeps a memo that a person wrote instead of ours', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('edit', { entity: 'Bill', id: made.id, changes: { PrivateNote: 'Ask Ann first' } })
    await update(rig, made, dearer())
    expect(await rig.read('Bill', made.id)).toMatchObject({
      PrivateNote: expect.stringMatching(new RegExp(`^Ask Ann first\n${MARKER} [0-9a-f]{12}$`)),
    })
  })
})

describe('a bill for an order', () => {
  const ordered = async (rig: Rig) => {
    const run = client(rig, { marker: 'mlc:quickbooks-cin7/purchase-to-order:p-1:order:g1' })
    const order = await purchaseOrders.create(run.api, anOrder())
    const { Line } = await rig.read('PurchaseOrder', order.id)
    const [widgets, freight] = Line.map(({ Id }) => ({ id: order.id, line: Id }))
    const lines = [
      { ...onItem('19', '10', '2.5', '25'), order: widgets ?? null },
      onAccount('82', '7.4', { order: freight ?? null }),
    ]
    return { order, bill: aBill({ lines, total: '32.4' }) }
  }

  it('is linked to it, and closes it', async () => {
    const rig = openQuickbooks()
    const { order, bill } = await ordered(rig)
    const { made, calls } = await create(rig, bill)
    expect(calls).toHaveLength(1)
    expect(await rig.read('Bill', made.id)).toMatchObject({
      LinkedTxn: [{ TxnId: order.id, TxnType: 'PurchaseOrder' }],
      Line: [
        { LinkedTxn: [{ TxnId: order.id, TxnLineId: '1' }] },
        { LinkedTxn: [{ TxnId: order.id, TxnLineId: '2' }] },
      ],
    })
    expect(await rig.read('PurchaseOrder', order.id)).toMatchObject({ POStatus: 'Closed' })
  })

  it('keeps its links when it changes', async () => {
    const rig = openQuickbooks()
    const { order, bill } = await ordered(rig)
    const { made } = await create(rig, bill)
    const [widgets, freight] = bill.lines
    const lines = [widgets ?? [], { ...onAccount('82', '9'), order: freight?.order ?? null }].flat()
    await update(rig, made, { ...bill, lines, total: '34' })
    expect(await rig.read('Bill', made.id)).toMatchObject({
      TotalAmt: 34,
      Line: [{ LinkedTxn: [{ TxnId: order.id }] }, { Amount: 9, LinkedTxn: [{ TxnId: order.id }] }],
    })
  })

  it('that is closed already stands without a link', async () => {
    const rig = openQuickbooks()
    const { order, bill } = await ordered(rig)
    rig.act('edit', { entity: 'PurchaseOrder', id: order.id, changes: { POStatus: 'Closed' } })
    const { made, calls } = await create(rig, bill)
    expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET'])
    expect(await rig.read('Bill', made.id)).not.toHaveProperty('LinkedTxn')
  })

  it('that stays open without being linked is a matter for a person', async () => {
    const rig = openQuickbooks()
    const { order, bill } = await ordered(rig)
    const lines = bill.lines.map((line) => ({ ...line, order: { id: order.id, line: '99' } }))
    await expect(create(rig, { ...bill, lines })).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_order_link_dropped', facts: { order: order.id } },
    })
    expect(await allBills(rig)).toHaveLength(1)
  })

  it('is unlinked before it is deleted', async () => {
    const rig = openQuickbooks()
    const { order, bill } = await ordered(rig)
    const { made } = await create(rig, bill)
    const run = client(rig)
    await bills.remove(run.api, made)
    expect(run.steps()).toEqual(['unlink', 'delete'])
    expect(await allBills(rig)).toEqual([])
    expect(await rig.read('PurchaseOrder', order.id)).toMatchObject({ POStatus: 'Open' })
  })
})

describe('a bill that is taken back', () => {
  it('is deleted: a bill cannot be voided', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const run = client(rig)
    await bills.remove(run.api, made)
    expect(run.steps()).toEqual(['delete'])
    expect(run.calls.at(-1)).toMatchObject({ query: { operation: 'delete' }, body: { Id: made.id, SyncToken: '0' } })
    expect(await allBills(rig)).toEqual([])
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost is gone in the end (%s)', async (what) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const ledger: Ledger = new Map()
    await expect(bills.remove(client(rig, { ledger, trouble: { delete: what } }).api, made)).rejects.toThrow()
    await bills.remove(client(rig, { ledger }).api, made)
    expect(await allBills(rig)).toEqual([])
  })

  it('that is gone already needs nothing', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('delete', { entity: 'Bill', id: made.id })
    const run = client(rig)
    await bills.remove(run.api, made)
    expect(run.steps()).toEqual([])
  })

  it('is left where it is paid', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('pay-bill', { id: made.id })
    await expect(bills.remove(client(rig).api, made)).rejects.toMatchObject({
      failure: { code: 'quickbooks_bill_paid' },
    })
  })
})

describe('for reconciliation', () => {
  it('all bills are listed, whoever made them', async () => {
    const rig = openQuickbooks()
    const { made, api } = await create(rig)
    later(rig)
    rig.act('create', {
      entity: 'Bill',
      fields: {
        VendorRef: { value: '57' },
        CurrencyRef: { value: 'EUR' },
        APAccountRef: { value: '34' },
        TxnDate: '2026-03-05',
        Line: [
          {
            DetailType: 'AccountBasedExpenseLineDetail',
            Amount: 9,
            AccountBasedExpenseLineDetail: { AccountRef: { value: '7' } },
          },
        ],
      },
    })
    const page = await bills.list(api, null)
    expect(page.done).toBe(true)
    expect(page.rows).toMatchObject([
      {
        id: made.id,
        number: 'INV-88121',
        date: '2026-03-02',
        booked: true,
        currency: 'USD',
        total: '344.9',
        customer: { id: '56' },
      },
      { date: '2026-03-05', currency: 'EUR', total: '9', customer: { id: '57' } },
    ])
  })

  it('ours says what it books on which account; a payment is no change', async () => {
    const rig = openQuickbooks(BRITISH)
    const lines = [onAccount('80', '10', { taxCode: '4' }), onItem('19', '2', '5', '10')]
    const coded = lines.map((line) => ({ ...line, taxCode: '4' }))
    const { made, api } = await create(rig, aBill({ currency: 'GBP', tax: 'excluded', lines: coded, total: '24' }))
    later(rig)
    rig.act('pay-bill', { id: made.id, amount: 1 })
    expect(await bills.booked(api, made)).toEqual({
      number: 'INV-88121',
      date: '2026-03-02',
      figures: {
        currency: 'GBP',
        total: '24',
        tax: '4',
        customer: { id: '56', name: 'Bayside' },
        accounts: { '80': '10', 'item 19': '10' },
      },
      changes: [],
    })
  })

  it('one that is gone says so', async () => {
    const rig = openQuickbooks()
    const { made, api } = await create(rig)
    rig.act('delete', { entity: 'Bill', id: made.id })
    expect(await bills.booked(api, made)).toBeNull()
  })
})

describe('a bill that others made and a person has linked', () => {
  it('is compared with what it shows, and changed as if it were ours', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig, aBill(), { marker: 'by hand' })
    rig.act('edit', { entity: 'Bill', id: made.id, changes: { PrivateNote: 'Entered by Ann' } })
    const adopted = await bills.adopt(client(rig).api, made.id)
    expect(adopted).toMatchObject({
      target: { id: made.id, number: 'INV-88121', facts: { total: '344.9', currency: 'USD' } },
      terms: { kind: 'dated', number: 'INV-88121', date: '2026-03-02', total: '344.9', party: 'Bayside' },
    })
    if (!adopted) return
    await update(rig, adopted.target, dearer())
    expect(await rig.read('Bill', made.id)).toMatchObject({
      TotalAmt: 407.4,
      PrivateNote: expect.stringMatching(new RegExp(`^Entered by Ann\n${MARKER} [0-9a-f]{12}$`)),
    })
  })

  it('there is none of another id', async () => {
    expect(await bills.adopt(client(openQuickbooks()).api, '999')).toBeNull()
  })
})
