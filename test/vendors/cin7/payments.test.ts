import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import type { Call } from '../../../src/core/vendor'
import { type PaymentDraft, payments } from '../../../src/vendors/cin7/payments'
import { type Ledger, scripted, type Trouble } from './scripted'

type Row = Record<string, unknown>

const draft = (change: Partial<PaymentDraft> = {}): PaymentDraft => ({
  saleId: 'sale-1',
  task: 'task-1',
  account: '713',
  amount: '30',
  currency: 'USD',
  date: '2026-03-05',
  rate: '1',
  reference: 'Wave 15 · payment 77',
  over: 'refuse',
  ...change,
})

/** One invoice over 48 with its payments. */
const till =
  (rows: Row[], invoice: Row = {}) =>
  (call: Call) => {
    const body: Row = Object(call.body)
    switch (`${call.method} ${call.path.replace('/ExternalApi/v2', '')}`) {
      case 'GET /sale': {
        const shown = {
          TaskID: 'TASK-1',
          InvoiceNumber: 'INV-1',
          Status: 'AUTHORISED',
          Total: 48,
          Payments: rows,
          ...invoice,
        }
        return { ID: 'sale-1', Status: 'INVOICED', Order: { SaleOrderNumber: 'SO-1' }, Invoices: [shown] }
      }
      case 'GET /sale/payment':
        return rows
      case 'POST /sale/payment':
        rows.push({ ...body, ID: `p-${rows.length + 1}`, InvoiceNumber: 'INV-1' })
        return rows.at(-1)
      case 'PUT /sale/payment':
        return Object.assign(rows.find(({ ID }) => ID === body.ID) ?? {}, body)
      case 'DELETE /sale/payment':
        rows.splice(0, rows.length, ...rows.filter(({ ID }) => ID !== call.query?.ID))
        return { Success: true }
      default:
        throw new Error(call.path)
    }
  }

const create = async (
  rows: Row[],
  given = draft(),
  invoice?: Row,
  ledger?: Ledger,
  trouble?: Record<string, Trouble>,
) => {
  const run = scripted(till(rows, invoice), ledger, trouble)
  return { ...run, ref: await payments.create(run.api, given) }
}

const update = async (rows: Row[], target: TargetRef, given: PaymentDraft) => {
  const run = scripted(till(rows))
  return { ...run, ref: await payments.update?.(run.api, target, given) }
}

describe('a new payment', () => {
  it('goes on the invoice, with our mark at the end of its reference, in one read and one write', async () => {
    const { sent, reads, ref } = await create([])
    expect(reads).toHaveLength(1)
    expect(sent.map(({ call }) => call.method)).toEqual(['POST'])
    expect(sent[0]?.body).toEqual({
      TaskID: 'task-1',
      Type: 'Payment',
      Reference: expect.stringMatching(/^Wave 15 · payment 77 · ml-connector [0-9a-f]{12}$/),
      Amount: 30,
      DatePaid: '2026-03-05T00:00:00',
      Account: '713',
      CurrencyRate: 1,
    })
    expect(ref).toEqual({
      id: 'p-1',
      number: 'INV-1 30.00',
      facts: { sale: 'sale-1', amount: '30', date: '2026-03-05', account: '713' },
    })
  })

  it.each<Trouble>(['lost', 'never'])(
    'is made once where its answer is lost (%s), full payment or not',
    async (what) => {
      for (const amount of ['30', '47']) {
        const rows: Row[] = [{ ID: 'p-1', Reference: 'bank', Amount: 1 }]
        const ledger: Ledger = new Map()
        const lost = create(rows, draft({ amount }), undefined, ledger, { payment: what })
        await expect(lost).rejects.toMatchObject({ failure: { kind: 'uncertain' } })
        const { ref } = await create(rows, draft({ amount }), undefined, ledger)
        expect(rows).toHaveLength(2)
        expect(ref.id).toBe('p-2')
      }
    },
  )

  it('beside others takes what is open, and no more', async () => {
    const others = [{ ID: 'p-0', Reference: 'bank', Amount: 18 }]
    expect((await create([...others])).ref.number).toBe('INV-1 30.00')
    await expect(create([...others], draft({ amount: '30.01' }))).rejects.toMatchObject({
      failure: {
        kind: 'rejected',
        code: 'payment_beyond_invoice',
        message: expect.stringContaining('30.00 USD that are open'),
      },
    })
    expect((await create([...others], draft({ amount: '50', over: 'credit' }))).sent[0]?.body.Amount).toBe(50)
  })

  it('waits for a person where the invoice is not authorised', async () => {
    await expect(create([], draft(), { Status: 'DRAFT' })).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_invoice_not_open', message: expect.stringContaining('SO-1') },
    })
    expect((await create([], draft({ amount: '10' }), { Status: 'PAID' })).ref.id).toBe('p-1')
  })

  it('is not believed where Cin7 says that it took another amount', async () => {
    const rows: Row[] = []
    const handle = till(rows)
    const run = scripted((call) => (call.method === 'POST' ? { ...Object(handle(call)), Amount: 3 } : handle(call)))
    await expect(payments.create(run.api, draft())).rejects.toMatchObject({ failure: { kind: 'totals' } })
  })
})

describe('a changed payment', () => {
  it('is changed by its id, within what is open', async () => {
    const rows: Row[] = []
    const { ref } = await create(rows)
    const { sent, ref: after } = await update(rows, ref, draft({ amount: '48', date: '2026-03-06' }))
    expect(sent[0]).toMatchObject({ call: { method: 'PUT' }, body: { ID: 'p-1', Amount: 48 } })
    expect(after?.facts).toMatchObject({ amount: '48', date: '2026-03-06' })
    await expect(update(rows, after ?? ref, draft({ amount: '49' }))).rejects.toMatchObject({
      failure: { code: 'payment_beyond_invoice' },
    })
  })

  it.each<[string, (rows: Row[]) => void, string]>([
    ['its amount', (rows) => Object.assign(rows[0] ?? {}, { Amount: 29 }), 'over 29.00'],
    ['its date', (rows) => Object.assign(rows[0] ?? {}, { DatePaid: '2026-04-01T00:00:00' }), 'dated 2026-04-01'],
    ['its account', (rows) => Object.assign(rows[0] ?? {}, { Account: '718' }), 'account 718'],
    ['it away', (rows) => rows.splice(0), 'was deleted'],
  ])('is a conflict where somebody changed %s in Cin7', async (_what, edit, words) => {
    const rows: Row[] = []
    const { ref } = await create(rows)
    edit(rows)
    await expect(update(rows, ref, draft({ amount: '31' }))).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_payment_changed', message: expect.stringContaining(words) },
    })
  })
})

describe('a payment that was deleted in the source', () => {
  it('is deleted, once', async () => {
    const rows: Row[] = [{ ID: 'p-0', Reference: 'bank', Amount: 1 }]
    const { ref } = await create(rows)
    const run = scripted(till(rows))
    await payments.remove?.(run.api, ref)
    await payments.remove?.(run.api, ref)
    expect(run.sent.map(({ call }) => call.query)).toEqual([{ ID: 'p-2' }])
    expect(rows.map(({ ID }) => ID)).toEqual(['p-0'])
  })

  it('is a conflict where somebody changed it', async () => {
    const rows: Row[] = []
    const { ref } = await create(rows)
    Object.assign(rows[0] ?? {}, { Amount: 29 })
    await expect(payments.remove?.(scripted(till(rows)).api, ref)).rejects.toMatchObject({
      failure: { code: 'cin7_payment_changed' },
    })
  })
})
