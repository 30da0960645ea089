import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { type MoneyDraft, moneyOperations } from '../../../src/vendors/cin7/money-operations'
import { Tasks } from './one-task'
import { type Ledger, scripted, type Trouble } from './scripted'

const draft = (change: Partial<MoneyDraft> = {}): MoneyDraft => ({
  kind: 'Spend Money',
  bank: '718',
  currency: 'CAD',
  rate: '1',
  isBase: true,
  date: '2026-03-05',
  supplierId: 'Supplier-1',
  reference: 'FreshBooks expense 701',
  note: 'Airport',
  lines: [
    { name: 'Travel', comment: 'City Taxi', amount: '100.00', tax: '13', taxRule: 'HST', account: '404' },
    { name: 'Meals', comment: '', amount: '5.5', tax: '0', taxRule: 'Tax Exempt', account: '405' },
  ],
  ...change,
})

const create = async (tasks: Tasks, given = draft(), ledger?: Ledger, trouble?: Record<string, Trouble>) => {
  const run = scripted(tasks.handle, ledger, trouble)
  return { ...run, ref: await moneyOperations.create(run.api, given) }
}
const update = async (tasks: Tasks, target: TargetRef, given: MoneyDraft) => {
  const run = scripted(tasks.handle)
  return { ...run, ref: await moneyOperations.update?.(run.api, target, given) }
}
const booked = (tasks: Tasks, ref: TargetRef) => moneyOperations.booked?.(scripted(tasks.handle).api, ref)

describe('money that was spent', () => {
  it('is drafted on its bank account, compared and completed, in three calls', async () => {
    const tasks = new Tasks()
    const { sent, reads, ref } = await create(tasks)
    expect(reads.map(({ path, query }) => [path, query?.Code])).toEqual([['/ExternalApi/v2/ref/account', '718']])
    const content = {
      TaskType: 'Spend Money',
      BankAccount: '718',
      CurrencyConversionRate: 1,
      SupplierID: 'Supplier-1',
      Reference: expect.stringMatching(/^FreshBooks expense 701 · ml-connector [0-9a-f]{12}$/),
      Date: '2026-03-05T00:00:00',
      TaxInclusive: false,
      Note: 'Airport',
      Lines: [
        {
          Name: 'Travel',
          Comment: 'City Taxi',
          Quantity: 1,
          Price: 100,
          Discount: 0,
          Tax: 13,
          TaxRuleName: 'HST',
          AccountCode: '404',
          Total: 100,
        },
        {
          Name: 'Meals',
          Comment: '',
          Quantity: 1,
          Price: 5.5,
          Discount: 0,
          Tax: 0,
          TaxRuleName: 'Tax Exempt',
          AccountCode: '405',
          Total: 5.5,
        },
      ],
    }
    expect(sent.map(({ call, body }) => [call.method, body])).toEqual([
      ['POST', { Status: 'DRAFT', ...content }],
      ['PUT', { TaskID: 'TASK-1', Status: 'COMPLETED', ...content }],
    ])
    expect(ref).toEqual({
      id: 'TASK-1',
      number: 'FreshBooks expense 701',
      facts: { currency: 'CAD', shown: expect.stringMatching(/^[0-9a-f]{12}$/) },
    })
  })

  it('names nobody where there is no supplier', async () => {
    expect((await create(new Tasks(), draft({ supplierId: '' }))).sent[0]?.body).not.toHaveProperty('SupplierID')
  })

  it.each([
    [null, { currency: 'USD', isBase: false }, 'the base currency'],
    ['USD', {}, 'USD'],
  ])(
    'is refused on a bank account in %s where the document is not, before anything is sent',
    async (currency, change, words) => {
      const tasks = new Tasks()
      tasks.accounts = [{ Code: '718', Currency: currency }]
      await expect(create(tasks, draft(change))).rejects.toMatchObject({
        failure: { kind: 'rejected', code: 'cin7_bank_currency', message: expect.stringContaining(words) },
      })
      expect(tasks.docs).toEqual([])
    },
  )

  it.each(['money-operation', 'complete'])(
    'is made once where the answer of "%s" is lost, or nothing happened',
    async (step) => {
      for (const what of ['lost', 'never'] as const) {
        const tasks = new Tasks()
        const ledger: Ledger = new Map()
        await expect(create(tasks, draft(), ledger, { [step]: what })).rejects.toMatchObject({
          failure: { kind: 'uncertain' },
        })
        await create(tasks, draft(), ledger)
        expect(tasks.states).toEqual(['COMPLETED'])
      }
    },
  )

  it('is not completed where Cin7 took another amount or tax', async () => {
    for (const line of [
      { Total: 90, Tax: 13 },
      { Total: 105.5, Tax: 12.99 },
    ]) {
      const tasks = new Tasks()
      tasks.takes = (body) => ({ ...body, Lines: [line] })
      await expect(create(tasks)).rejects.toMatchObject({ failure: { kind: 'totals' } })
      expect(tasks.states).toEqual(['DRAFT'])
    }
  })

  it('that changed is a new one, and the old one is voided', async () => {
    const tasks = new Tasks()
    const { ref } = await create(tasks)
    const changed = await update(tasks, ref, draft({ date: '2026-03-06' }))
    expect(changed.steps()).toEqual(['money-operation', 'void-task-1', 'complete'])
    expect(changed.ref?.id).toBe('TASK-2')
    expect(tasks.states).toEqual(['VOIDED', 'COMPLETED'])
  })

  it('is a conflict where somebody gave it to another supplier in Cin7', async () => {
    const tasks = new Tasks()
    const { ref } = await create(tasks)
    Object.assign(tasks.docs[0] ?? {}, { SupplierID: 'other' })
    await expect(update(tasks, ref, draft())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_money_operation_changed' },
    })
  })
})

describe('reconciliation of money operations', () => {
  it('sees spent money as it is and received money the other way round', async () => {
    const tasks = new Tasks()
    const spent = (await create(tasks)).ref
    expect(await booked(tasks, spent)).toEqual({
      number: 'FreshBooks expense 701',
      date: '2026-03-05',
      figures: {
        currency: 'CAD',
        total: '118.5',
        tax: '13',
        customer: { id: 'supplier-1', name: '' },
        accounts: { '404': '100', '405': '5.5' },
      },
      changes: [],
    })
    const received = new Tasks()
    const back = (await create(received, draft({ kind: 'Receive Money' }))).ref
    expect((await booked(received, back))?.figures).toMatchObject({
      total: '-118.5',
      tax: '-13',
      accounts: { '404': '-100', '405': '-5.5' },
    })
  })

  it('lists them all, without transfers between bank accounts', async () => {
    const tasks = new Tasks()
    await create(tasks)
    Object.assign(tasks.docs[0] ?? {}, { TotalAmount: 118.5, SupplierCustomerName: 'City Taxi' })
    tasks.docs.push({ TaskID: 't', TaskType: 'Transfer Money', Status: 'COMPLETED', Date: '2026-03-05' })
    const page = await moneyOperations.list?.(scripted(tasks.handle).api, null)
    expect(page?.rows).toMatchObject([
      {
        id: 'TASK-1',
        number: 'FreshBooks expense 701',
        date: '2026-03-05',
        booked: true,
        currency: '',
        total: '118.5',
        customer: { id: 'supplier-1', name: 'City Taxi' },
      },
    ])
  })
})
