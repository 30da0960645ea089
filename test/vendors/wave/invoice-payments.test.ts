import { beforeEach, describe, expect, it } from 'vitest'
import { Failed } from '../../../src/core/failure'
import { type InvoicePaymentDraft, invoicePayments } from '../../../src/vendors/wave/invoice-payments'
import { client, openWave, type Rig } from './with-wave'

const MARKER = 'mlc:wave-wise/receipt-to-payment:14599371-200001-77:payment:g1'

let rig: Rig
beforeEach(() => {
  rig = openWave()
})

const draft = (invoice: { graphId: string }, over: Partial<InvoicePaymentDraft> = {}): InvoicePaymentDraft => ({
  invoice: invoice.graphId,
  account: rig.account('Wise USD'),
  amount: '80.00',
  currency: 'USD',
  rate: '1',
  date: '2026-03-03',
  memo: 'Wise BNK-77',
  ...over,
})

const failed = async (work: Promise<unknown>): Promise<Failed['failure']> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Failed) return thrown.failure
  throw thrown ?? new Error('it did not fail')
}

describe('a payment of an invoice', () => {
  it('makes the invoice paid, and holds our marker behind what people read', async () => {
    const { api, steps, reads } = client(rig, { marker: MARKER })
    const made = await invoicePayments.create(api, draft(rig.invoice()))
    const { payments } = rig.dump()
    expect(payments).toMatchObject([
      { id: made.number, amount: '80', memo: `Wise BNK-77 [${MARKER}]`, paymentMethod: 'BANK_TRANSFER' },
    ])
    expect([steps(), reads().length]).toEqual([['payment'], 1])
  })

  it('whose answer was lost is found by its memo, although the invoice is paid by now, and not made twice', async () => {
    const invoice = rig.invoice()
    const mine = client(rig, { marker: MARKER, trouble: { payment: 'lost' } })
    await expect(invoicePayments.create(mine.api, draft(invoice))).rejects.toThrow('no answer')
    const again = client(rig, { marker: MARKER, ledger: mine.ledger })
    const made = await invoicePayments.create(again.api, draft(invoice))
    expect(rig.dump().payments.map(({ id }) => id)).toEqual([made.number])
    expect(again.steps()).toEqual([])
  })

  it('that never left is sent again', async () => {
    const invoice = rig.invoice()
    const mine = client(rig, { marker: MARKER, trouble: { payment: 'never' } })
    await expect(invoicePayments.create(mine.api, draft(invoice))).rejects.toThrow('no answer')
    await invoicePayments.create(client(rig, { marker: MARKER, ledger: mine.ledger }).api, draft(invoice))
    expect(rig.dump().payments).toHaveLength(1)
  })

  it.each([
    ['entered by hand meanwhile', (id: string) => rig.act('pay-invoice', { id }), 'of which 0 USD is open (PAID)'],
    [
      'partly paid meanwhile',
      (id: string) => rig.act('pay-invoice', { id, amount: '30' }),
      'of which 50 USD is open (PARTIAL)',
    ],
  ])('of an invoice that was %s stops and asks', async (_, happens, words) => {
    const invoice = rig.invoice()
    happens(invoice.id)
    const { api, steps } = client(rig, { marker: MARKER })
    const failure = await failed(invoicePayments.create(api, draft(invoice)))
    expect(failure).toMatchObject({ kind: 'conflict', code: 'wave_invoice_not_open' })
    expect(failure.message).toContain(words)
    expect(steps()).toEqual([])
  })

  it('is not made of another currency, for a draft, or for an invoice that is gone', async () => {
    const { api, steps } = client(rig, { marker: MARKER })
    expect(await failed(invoicePayments.create(api, draft(rig.invoice(), { currency: 'EUR' })))).toMatchObject({
      code: 'wave_invoice_not_open',
    })
    expect(await failed(invoicePayments.create(api, draft(rig.invoice({ status: 'DRAFT' }))))).toMatchObject({
      code: 'wave_invoice_not_open',
    })
    const gone = rig.invoice()
    rig.act('delete-invoice', { id: gone.id })
    expect(await failed(invoicePayments.create(api, draft(gone)))).toMatchObject({ code: 'wave_invoice_gone' })
    expect(steps()).toEqual([])
  })

  it('cannot be changed or taken back by us', () => {
    expect(Object.keys(invoicePayments).sort()).toEqual(['create', 'draft', 'type', 'vendor'])
  })
})
