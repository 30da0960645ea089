import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { printOf } from '../../../src/lib/print'
import { bills } from '../../../src/vendors/quickbooks/bills'
import { type OrderDraft, purchaseOrders } from '../../../src/vendors/quickbooks/purchase-orders'
import type { Rig } from '../../sandbox/quickbooks/rig'
import type { Ledger, Trouble, Writing } from '../../support/on-simulator'
import { aBill, anOrder, onAccount, onItem } from './drafts'
import { BRITISH, client, openQuickbooks } from './with-quickbooks'

const create = async (rig: Rig, draft = anOrder(), writing: Writing = {}) => {
  const run = client(rig, writing)
  return { ...run, made: await purchaseOrders.create(run.api, draft) }
}

const update = async (rig: Rig, target: TargetRef, draft: OrderDraft, writing: Writing = {}) => {
  const run = client(rig, writing)
  return { ...run, changed: await purchaseOrders.update(run.api, target, draft) }
}

const more = (change: Partial<OrderDraft> = {}): OrderDraft =>
  anOrder({
    lines: [onItem('19', '12', '2.5', '30'), onAccount('82', '7.4', { description: 'Freight' })],
    total: '37.4',
    source: 'p2',
    ...change,
  })

/** Prints of the source's order. */
const [P1, P2] = [await printOf('p1'), await printOf('p2')]

const theOrder = (rig: Rig, { id }: TargetRef) => rig.read('PurchaseOrder', id)

/** Somebody changes quantity and amount of the first line in QuickBooks. */
const edit = async (rig: Rig, target: TargetRef, quantity: number, price = 2.5) => {
  const [first, ...rest] = (await theOrder(rig, target)).Line
  const detail = { ItemRef: { value: '19' }, Qty: quantity, UnitPrice: price }
  const line = { ...first, Amount: quantity * price, ItemBasedExpenseLineDetail: detail }
  rig.act('edit', { entity: 'PurchaseOrder', id: target.id, changes: { Line: [line, ...rest] } })
}

const billFor = async (rig: Rig, target: TargetRef, quantity = '10', amount = '25') => {
  const [first] = (await theOrder(rig, target)).Line
  const line = { ...onItem('19', quantity, '2.5', amount), order: { id: target.id, line: first?.Id ?? '' } }
  return bills.create(client(rig).api, aBill({ lines: [line], total: amount }))
}

describe('a new order', () => {
  it('is one call', async () => {
    const rig = openQuickbooks()
    const { made, calls } = await create(rig, anOrder({ dueDate: '2026-04-15' }))
    expect(calls).toHaveLength(1)
    expect(await theOrder(rig, made)).toMatchObject({
      DocNumber: 'PO-00042',
      DueDate: '2026-04-15',
      POStatus: 'Open',
      TotalAmt: 32.4,
      Line: [{ Amount: 25, ItemBasedExpenseLineDetail: { Qty: 10, UnitPrice: 2.5 } }, { Amount: 7.4 }],
    })
    expect(made).toMatchObject({ number: 'PO-00042', facts: { total: '32.4', open: 'yes', source: P1 } })
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost is made once (%s)', async (what) => {
    const rig = openQuickbooks()
    const ledger: Ledger = new Map()
    await expect(create(rig, anOrder(), { ledger, trouble: { 'purchase-order': what } })).rejects.toThrow()
    const { made, api } = await create(rig, anOrder(), { ledger })
    expect((await purchaseOrders.list(api, null)).rows.map(({ id }) => id)).toEqual([made.id])
  })

  it('is refused with the plan where the company has no orders', async () => {
    const rig = openQuickbooks({ plan: 'essentials', departments: [], classes: [] })
    await expect(create(rig)).rejects.toMatchObject({ failure: { kind: 'rejected', code: 'quickbooks_business_rule' } })
  })
})

describe('a changed order', () => {
  it('follows its source', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const { changed, calls } = await update(rig, made, more())
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 37.4, SyncToken: '1' })
    expect(changed.facts).toMatchObject({ total: '37.4', source: P2 })
  })

  it.each<Trouble>(['lost', 'never'])('whose answer is lost changes once (%s)', async (what) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const ledger: Ledger = new Map()
    await expect(update(rig, made, more(), { ledger, trouble: { 'purchase-order': what } })).rejects.toThrow()
    const { changed } = await update(rig, made, more(), { ledger })
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 37.4, SyncToken: '1' })
    expect(changed.facts.total).toBe('37.4')
  })

  it('that QuickBooks shows already, because it came from there, is not written', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 12)
    const { changed, steps } = await update(rig, made, more())
    expect(steps()).toEqual([])
    expect(changed.facts).toMatchObject({ total: '37.4', source: P2 })
    const again = await update(rig, changed, more({ lines: [onItem('19', '1', '2.5', '2.5')], total: '2.5' }))
    expect(again.steps()).toEqual(['purchase-order'])
  })

  it('on both sides overwrites nothing: both versions are shown', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    await expect(update(rig, made, more())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'quickbooks_purchase_order_changed',
        facts: {
          sourceTotal: '37.4',
          carriedTotal: '32.4',
          agreed: '10 × 2.5 = 25; 7.4',
          quickbooks: '3 × 2.5 = 7.5; 7.4',
        },
      },
    })
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 14.9 })
  })

  it('on both sides is overwritten where the source wins', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    await update(rig, made, more({ wins: 'source' }))
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 37.4 })
  })

  it('on both sides is left where QuickBooks wins, and what was agreed on stays known', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    const { changed, steps } = await update(rig, made, more({ wins: 'target' }))
    expect(steps()).toEqual([])
    expect(changed).toEqual(made)
  })

  it('that only QuickBooks has changed is left to the flow that goes back, whoever wins', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    for (const wins of ['ask', 'source', 'target'] as const) {
      const { changed, steps } = await update(rig, made, more({ source: 'p1', wins }))
      expect(steps()).toEqual([])
      expect(changed).toEqual(made)
    }
  })

  it('that says again what it said before somebody edited it in QuickBooks is written', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    const { Line } = await theOrder(rig, made)
    const lines = Line.map(({ Id, Amount }) => ({ id: Id, amount: String(Amount) }))
    const item = { item: '19', quantity: '3', price: '2.5' }
    const agreed = JSON.stringify({
      vendor: '56',
      rows: 2,
      lines: [
        { ...lines[0], ...item },
        { ...lines[1], item: '', quantity: null, price: null },
      ],
    })
    const target = { ...made, facts: { ...made.facts, agreed, stamp: '', source: 'back' } }
    const { steps } = await update(rig, target, anOrder())
    expect(steps()).toEqual(['purchase-order'])
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 32.4 })
  })

  it('that was edited in between is not written over', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const { Line } = await theOrder(rig, made)
    const run = client(rig, {}, () =>
      rig.act('edit', { entity: 'PurchaseOrder', id: made.id, changes: { Line: Line.slice(0, 1) } }),
    )
    await expect(purchaseOrders.update(run.api, made, more())).rejects.toMatchObject({
      failure: { code: 'quickbooks_purchase_order_changed' },
    })
  })

  it('that bills take from already is a matter for a person', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await billFor(rig, made, '4', '10')
    await expect(update(rig, made, more({ wins: 'source' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_purchase_order_billed' },
    })
  })

  it('gets a new date although its goods are the same', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await update(rig, made, anOrder({ dueDate: '2026-05-01', source: 'p2' }))
    expect(await theOrder(rig, made)).toMatchObject({ DueDate: '2026-05-01', TotalAmt: 32.4 })
  })

  it('that was deleted in QuickBooks is not made again by itself', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('delete', { entity: 'PurchaseOrder', id: made.id })
    await expect(update(rig, made, more())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'quickbooks_purchase_order_gone' },
    })
  })

  it('that somebody closed in QuickBooks is a matter for a person', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('edit', { entity: 'PurchaseOrder', id: made.id, changes: { POStatus: 'Closed' } })
    await expect(update(rig, made, more())).rejects.toMatchObject({
      failure: { message: expect.stringContaining('it was closed there') },
    })
  })

  it('comes to the cent by a rounding line where QuickBooks computes another tax', async () => {
    const rig = openQuickbooks(BRITISH)
    const lines = [onAccount('80', '10.03', { taxCode: '4' })]
    const rounding = { account: '7', limit: '0.05', taxCode: '7' }
    const { made } = await create(rig, anOrder({ currency: 'GBP', tax: 'excluded', lines, total: '12.05', rounding }))
    expect(await theOrder(rig, made)).toMatchObject({ TotalAmt: 12.05 })
    expect(
      (await update(rig, made, anOrder({ currency: 'GBP', tax: 'excluded', lines, total: '12.05', rounding }))).steps(),
    ).toEqual([])
  })
})

describe('an order of which nothing more is expected', () => {
  it('is closed, so that it commits to nothing', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const { changed, steps } = await update(rig, made, anOrder({ open: false }))
    expect(steps()).toEqual(['close'])
    expect(await theOrder(rig, made)).toMatchObject({ POStatus: 'Closed', TotalAmt: 32.4 })
    expect(changed.facts.open).toBe('no')
  })

  it('that QuickBooks closed by itself needs nothing, and is not changed by that', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig, anOrder({ lines: [onItem('19', '10', '2.5', '25')], total: '25' }))
    await billFor(rig, made)
    expect(await theOrder(rig, made)).toMatchObject({ POStatus: 'Closed' })
    const { steps, api } = await update(
      rig,
      made,
      anOrder({ lines: [onItem('19', '10', '2.5', '25')], total: '25', open: false }),
    )
    expect(steps()).toEqual([])
    expect((await purchaseOrders.booked(api, made))?.changes).toEqual([])
  })

  it('is opened again where it was we who closed it', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const { changed } = await update(rig, made, anOrder({ open: false }))
    const { steps } = await update(rig, changed, anOrder())
    expect(steps()).toEqual(['reopen'])
    expect(await theOrder(rig, made)).toMatchObject({ POStatus: 'Open' })
  })

  it('is left closed where a person closed it', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    rig.act('edit', { entity: 'PurchaseOrder', id: made.id, changes: { POStatus: 'Closed' } })
    expect((await update(rig, made, anOrder())).steps()).toEqual([])
  })
})

describe('an order that is taken back', () => {
  it.each([
    ['delete', ['delete']],
    ['close', ['close']],
  ])('%s', async (how, steps) => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    const run = client(rig)
    await purchaseOrders.remove(run.api, made, how)
    expect(run.steps()).toEqual(steps)
    const { rows } = await purchaseOrders.list(run.api, null)
    expect(rows.map(({ booked }) => booked)).toEqual(how === 'close' ? [false] : [])
  })

  it('is not deleted under its bills', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await billFor(rig, made, '4', '10')
    await expect(purchaseOrders.remove(client(rig).api, made, 'delete')).rejects.toMatchObject({
      failure: { code: 'quickbooks_purchase_order_billed' },
    })
  })

  it('is not deleted where somebody changed it', async () => {
    const rig = openQuickbooks()
    const { made } = await create(rig)
    await edit(rig, made, 3)
    await expect(purchaseOrders.remove(client(rig).api, made, 'delete')).rejects.toMatchObject({
      failure: { code: 'quickbooks_purchase_order_changed' },
    })
  })
})

describe('for reconciliation', () => {
  it('what is open is committed, what is closed is nothing', async () => {
    const rig = openQuickbooks()
    const { made, api } = await create(rig)
    expect((await purchaseOrders.booked(api, made))?.figures).toEqual({
      currency: 'USD',
      total: '32.4',
      tax: '0',
      customer: { id: '56', name: 'Bayside' },
      accounts: { 'item 19': '25', '82': '7.4' },
    })
    await update(rig, made, anOrder({ open: false }))
    expect((await purchaseOrders.booked(api, made))?.figures).toEqual({
      currency: 'USD',
      total: '0',
      tax: '0',
      customer: { id: '56', name: 'Bayside' },
      accounts: {},
    })
  })
})
