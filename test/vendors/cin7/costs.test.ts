import { describe, expect, it } from 'vitest'
import { type CostDraft, costs } from '../../../src/vendors/cin7/costs'
import { at, type Rig } from '../../sandbox/cin7/rig'
import type { Ledger } from '../../support/on-simulator'
import { aBill, dearerBill, MARKER, uncertain, writes } from './a-purchase'
import { client, openCin7 } from './with-cin7'

const purchase = (rig: Rig): CostDraft => ({ as: 'purchase', purchase: aBill(rig) })
const money = (amount = '50.00'): CostDraft => ({
  as: 'money',
  money: {
    kind: 'Spend Money',
    bank: '718',
    currency: 'USD',
    rate: '1',
    isBase: true,
    date: '2026-02-20',
    supplierId: '',
    reference: 'FreshBooks expense 7',
    note: 'Airport',
    lines: [{ name: 'Travel', comment: '', amount, tax: '4', taxRule: 'Tax on Purchases', account: '404' }],
  },
})

const purchases = (rig: Rig) =>
  [at(rig.ok('GET', '/purchaseList'), 'PurchaseList')].flat().map((row) => at(row, 'Status'))
const operations = (rig: Rig) =>
  [at(rig.ok('GET', '/moneyTaskList'), 'MoneyTasks')].flat().map((row) => at(row, 'Status'))
const booked = (rig: Rig, ref: Parameters<NonNullable<typeof costs.booked>>[1]) => costs.booked?.(client(rig).api, ref)

describe('a cost', () => {
  it('is a purchase or a money operation, and its link says which', async () => {
    const rig = openCin7()
    const { create } = writes(rig, costs)
    const open = await create(purchase(rig))
    expect(open.ref).toMatchObject({ number: 'PO-00001', facts: { as: 'purchase', total: '54' } })
    const paid = await writes(rig, costs, `${MARKER}2`).create(money())
    expect(paid.ref).toMatchObject({ number: 'FreshBooks expense 7', facts: { as: 'money' } })
    expect(await booked(rig, open.ref)).toMatchObject({ figures: { total: '54' }, changes: [] })
    expect(await booked(rig, paid.ref)).toMatchObject({ figures: { total: '54', tax: '4' }, changes: [] })
    expect([purchases(rig), operations(rig)]).toEqual([['INVOICED'], ['COMPLETED']])
  })

  it('is changed as what it is', async () => {
    const rig = openCin7()
    const { create, update } = writes(rig, costs)
    const { ref } = await create(purchase(rig))
    const dearer = await update(ref, { as: 'purchase', purchase: dearerBill(rig) })
    expect(dearer.ref).toMatchObject({ id: ref.id, facts: { as: 'purchase', total: '76' } })
    const other = writes(rig, costs, `${MARKER}2`)
    const paid = await other.create(money())
    expect((await other.update(paid.ref, money('60.00'))).ref.facts.as).toBe('money')
    expect(operations(rig).toSorted()).toEqual(['COMPLETED', 'VOIDED'])
  })

  it('that becomes the other kind is taken back and made anew, whatever answer is lost', async () => {
    for (const [from, to, steps] of [
      ['purchase', 'money', ['void-purchase', 'money-operation', 'complete']],
      ['money', 'purchase', ['header', 'order', 'invoice', 'authorise']],
    ] as const)
      for (const step of steps)
        for (const what of ['lost', 'never'] as const) {
          const rig = openCin7()
          const { create, update } = writes(rig, costs)
          const draft = (as: string) => (as === 'money' ? money() : purchase(rig))
          const { ref } = await create(draft(from))
          const ledger: Ledger = new Map()
          await uncertain(update(ref, draft(to), { ledger, trouble: { [step]: what } }))
          const after = await update(ref, draft(to), { ledger })
          expect(after.ref.facts.as, step).toBe(to)
          const [open, paid] = from === 'money' ? [['INVOICED'], ['VOIDED']] : [['VOIDED'], ['COMPLETED']]
          expect([purchases(rig), operations(rig)], `${step} ${what}`).toEqual([open, paid])
        }
  })

  it('that somebody paid in Cin7 does not become the other kind', async () => {
    const rig = openCin7()
    const { create, update } = writes(rig, costs)
    const { ref } = await create(purchase(rig))
    const payment = {
      TaskID: ref.facts.invoice,
      Type: 'Payment',
      Amount: 54,
      DatePaid: '2026-03-01',
      Account: '718',
      CurrencyRate: 1,
    }
    rig.ok('POST', '/advanced-purchase/payment', payment)
    await expect(update(ref, money())).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    expect(operations(rig)).toEqual([])
  })

  it('is voided as what it is', async () => {
    const rig = openCin7()
    const { create, remove } = writes(rig, costs)
    await remove((await create(purchase(rig))).ref)
    const other = writes(rig, costs, `${MARKER}2`)
    await other.remove((await other.create(money())).ref)
    expect([purchases(rig), operations(rig)]).toEqual([['VOIDED'], ['VOIDED']])
  })
})

describe('the list of costs', () => {
  it('has all purchases, then all money operations', async () => {
    const rig = openCin7()
    await writes(rig, costs).create(purchase(rig))
    await writes(rig, costs, `${MARKER}2`).create(money())
    const numbers: string[] = []
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<NonNullable<typeof costs.list>>> | undefined = await costs.list?.(
        client(rig).api,
        cursor,
      )
      if (!page) throw new Error('no list')
      numbers.push(...page.rows.map(({ number }) => number))
      cursor = page.next
      if (page.done) break
    }
    expect(numbers).toEqual(['PO-00001', 'FreshBooks expense 7'])
  })
})
