import { beforeEach, describe, expect, it } from 'vitest'
import {
  approvalsOf,
  approve,
  askFor,
  atWise,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  settleIn,
} from '../support/payouts'
import { runOnce, settle } from '../support/settle'
import { passTime } from '../support/time'
import { news, recordsIn, tell } from '../support/wave-wise'

const REASON = 'the supplier has sent a credit note'

let office: PayOffice
let invoice: string
beforeEach(async () => {
  office = await openPayOffice()
  await settleIn(office)
  invoice = await invoiceFor(office)
  await askFor(office, invoice)
})

const withdraw = (invoiceId = invoice) =>
  office.ada.ask('POST', office.path('transfers/withdraw'), { invoiceId, reason: REASON })

const runs = async () => {
  for (let run = 0; run < 5; run += 1) await runOnce(office.books.tenant)
}

const ordered = async () => {
  expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
  await runs()
  await passTime(20_000)
}

const atOrder = async () => {
  const { transfers, payments } = await atWise(office)
  return { transfers: transfers.map(({ status }) => status), payments: payments.length }
}

const WITHDRAWN = { state: 'skipped', reason: `withdrawn by Ada: ${REASON}` }
const act = (action: string, input: object) => office.books.world.act('wise', action, input)
const waiting = async () =>
  (await approvalsOf(office)).filter(({ subject }) => subject.startsWith('invoice-to-transfer'))

describe('a payment that is withdrawn', () => {
  it('while it waits for approval is not there to be approved any more, and stands in the audit', async () => {
    const [proposed] = await waiting()
    expect(await withdraw()).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([WITHDRAWN])
    expect(await waiting()).toEqual([])
    const { subject, hash } = proposed ?? { subject: '', hash: '' }
    expect(await office.ben.ask('POST', office.path('approvals'), { subject, hash })).toMatchObject({ status: 404 })
    expect(await atOrder()).toEqual({ transfers: [], payments: 0 })
    const { items } = await office.ada.call<{ items: { outcome: string; text: string; details: object }[] }>(
      'GET',
      `/v1/tenants/${office.books.tenant}/audit?limit=100`,
    )
    expect(items.filter(({ outcome }) => outcome === 'payment.withdraw')).toMatchObject([
      { text: 'Ada', details: { sourceId: invoice, reason: REASON } },
    ])
  })

  it.each([
    ['the balance is empty', () => act('spend', { currency: 'USD', amount: '24900' })],
    ['Wise asks for strong authentication', () => act('set-country', { country: 'DE' })],
  ])('while it waits for its money because %s is cancelled at Wise', async (_, trouble) => {
    await trouble()
    await ordered()
    expect(await payoutsOf(office)).toMatchObject([{ state: 'waiting', reason: 'funding' }])
    expect(await withdraw()).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([WITHDRAWN])
    expect(await atOrder()).toEqual({ transfers: ['cancelled'], payments: 0 })
  })

  it('while nobody knows whether it was ordered is looked up, and cancelled', async () => {
    await office.books.world.fault({ vendor: 'wise', path: '/v1/transfers', method: 'POST', kind: 'drop-after' })
    await office.books.world.fault({ vendor: 'wise', path: '/v1/transfers', method: 'GET', kind: 'throttled' })
    await ordered()
    expect(await withdraw()).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([WITHDRAWN])
    expect(await atOrder()).toEqual({ transfers: ['cancelled'], payments: 0 })
  })

  it('although somebody has just funded it on wise.com is paid, and says so', async () => {
    await act('set-country', { country: 'DE' })
    await ordered()
    const [{ id } = { id: 0 }] = (await atWise(office)).transfers
    await act('fund-transfer', { transfer: String(id) })
    await withdraw()
    await tell(office.books, await news(office.books))
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done', transfer: String(id) }])
    expect(await atOrder()).toEqual({ transfers: ['processing'], payments: 1 })
  })

  it('can be asked for anew, is approved anew, and is paid once', async () => {
    await act('set-country', { country: 'DE' })
    await ordered()
    await withdraw()
    await settle(office.books.tenant)
    await act('set-country', { country: 'US' })
    await askFor(office, invoice)
    expect(await payoutsOf(office)).toMatchObject([{ state: 'waiting', reason: 'approval' }])
    await approve(office, 'invoice-to-transfer')
    await settle(office.books.tenant)
    expect(await atOrder()).toEqual({ transfers: ['cancelled', 'processing'], payments: 1 })
  })

  it('does not use up the limit of the day', async () => {
    await act('set-country', { country: 'DE' })
    await ordered()
    await withdraw()
    await settle(office.books.tenant)
    await act('set-country', { country: 'US' })
    const other = await invoiceFor(office, '4500')
    await askFor(office, other, '4500')
    await approve(office, `invoice-to-transfer|${other}`)
    await settle(office.books.tenant)
    expect((await atOrder()).payments).toBe(1)
  })

  it('is none where it has its money, or where nobody has asked for it', async () => {
    await ordered()
    expect(await withdraw()).toMatchObject({ status: 409, body: { code: 'payment_made' } })
    expect(await withdraw('unknown')).toMatchObject({ status: 404 })
    expect(await office.ben.ask('POST', office.path('transfers/withdraw'), {})).toMatchObject({ status: 403 })
    expect(await recordsIn(office.books, 'invoice-to-transfer')).toMatchObject([{ state: 'done' }])
  })
})
