import { beforeEach, describe, expect, it } from 'vitest'
import { approve, askFor, atWise, invoiceFor, openPayOffice, type PayOffice, settleIn } from '../support/payouts'
import { compare, itemsOf, reconciledFlows } from '../support/reconciliation'
import { settle } from '../support/settle'
import { news, payLena, tell } from '../support/wave-wise'

const FLOW = 'wave-wise/invoice-to-transfer'

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice()
  await settleIn(office)
})

const act = (action: string, input: object) => office.books.world.act('wise', action, input)
const told = async () => tell(office.books, await news(office.books))

const paid = async (): Promise<{ invoice: string; transfer: string }> => {
  const invoice = await invoiceFor(office)
  await askFor(office, invoice)
  await approve(office, 'invoice-to-transfer')
  await settle(office.books.tenant)
  await told()
  const [{ id } = { id: 0 }] = (await atWise(office)).transfers
  return { invoice, transfer: String(id) }
}

const payouts = async () => (await reconciledFlows(office.books)).find(({ flow }) => flow === FLOW)

describe('the reconciliation of payments', () => {
  it('shows by the id of a transfer its invoice, its entries in Wave and the movements of the balance', async () => {
    const { invoice, transfer } = await paid()
    await compare(office.books)
    const rows = await itemsOf(office.books, `about=${transfer}`)
    expect(rows.map(({ flow, status, code }) => [flow.split('/')[1], status, code])).toEqual([
      ['balance-to-transaction', 'only_source', 'not_booked'],
      ['invoice-to-transfer', 'matched', ''],
      ['receipt-to-payment', 'only_source', 'not_booked'],
      ['transfer-to-transaction', 'matched', ''],
    ])
    expect(rows[1]).toMatchObject({
      sourceId: invoice,
      targetId: transfer,
      source: { total: '921.50', currency: 'EUR' },
      target: { total: '921.5', currency: 'EUR' },
    })
    expect(await payouts()).toMatchObject({ agrees: true, counts: { matched: 1, differs: 0, only_source: 0 } })
  })

  it('names what waits, and what nobody here has asked for', async () => {
    const invoice = await invoiceFor(office)
    await askFor(office, invoice)
    const elsewhere = await payLena(office.books)
    await act('fund-transfer', { transfer: String(elsewhere) })
    await told()
    await compare(office.books)
    expect((await itemsOf(office.books)).filter(({ flow }) => flow === FLOW)).toMatchObject([
      { sourceId: invoice, status: 'only_source', code: 'guard_unapproved', source: { total: '921.50' } },
      { targetId: String(elsewhere), status: 'only_target', code: 'not_ours', foreign: true },
    ])
  })

  it('names a payment whose money came back as missing, and what stands for it in Wave as even', async () => {
    const { invoice, transfer } = await paid()
    await act('advance-transfer', { transfer, to: 'bounced_back' })
    await act('advance-transfer', { transfer, to: 'funds_refunded' })
    await told()
    await compare(office.books)
    const rows = await itemsOf(office.books, `about=${transfer}`)
    expect(rows.filter(({ flow }) => flow === FLOW)).toMatchObject([
      { sourceId: invoice, status: 'only_source', code: 'gone_in_target', source: { total: '921.50' }, target: null },
    ])
    const entries = rows.filter(({ flow }) => flow.endsWith('transfer-to-transaction'))
    expect(entries.map(({ status }) => status)).toEqual(['matched', 'matched'])
    expect(await payouts()).toMatchObject({ agrees: false })
  })
})
