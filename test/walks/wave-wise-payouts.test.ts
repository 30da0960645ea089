import { beforeEach, describe, expect, it } from 'vitest'
import {
  approvalOf,
  approve,
  as,
  askFor,
  atWise,
  changePayout,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  settleIn,
} from '../support/payouts'
import { runOnce, settle } from '../support/settle'
import { passTime } from '../support/time'
import { news, recordsIn, tell } from '../support/wave-wise'
import { PROFILE } from '../support/wave-wise-firm'

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice()
})

describe('an invoice that somebody asks to be paid', () => {
  it('is paid once, after somebody else has approved settings, recipient and payment', async () => {
    await settleIn(office)
    const invoice = await invoiceFor(office)
    await askFor(office, invoice)
    expect((await atWise(office)).transfers).toEqual([])
    expect(await payoutsOf(office)).toMatchObject([
      { invoiceId: invoice, state: 'waiting', reason: 'approval', askedBy: ['Ada'], price: { target: '921.50 EUR' } },
    ])
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect((await atWise(office)).transfers).toMatchObject([{ status: 'processing' }])
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done', price: { target: '921.50 EUR', fee: /USD/ } }])
    expect((await office.ada.ask('POST', office.path('transfers'), { invoiceId: invoice })).status).toBe(409)
  })
})

describe('a payment that is approved', () => {
  let invoice: string
  beforeEach(async () => {
    await settleIn(office)
    invoice = await invoiceFor(office)
    await askFor(office, invoice)
  })

  const go = async () => {
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
  }
  const debits = async () => {
    const { transfers, payments } = await atWise(office)
    return { transfers: transfers.map(({ status }) => status), payments: payments.length }
  }
  const act = (action: string, input: object) => office.books.world.act('wise', action, input)

  it('is not approved by who asked, by a key of theirs, nor on other terms', async () => {
    const { subject, hash } = await approvalOf(office, 'invoice-to-transfer')
    const by = (admin: PayOffice['ada'], of = hash) =>
      admin.ask('POST', office.path('approvals'), { subject, hash: of })
    const same = await as(office.books.admin, 'ada ', ['approve'])
    expect(await by(same)).toMatchObject({ status: 409, body: { code: 'guard_same_person' } })
    const ofAda = await as(await as(office.books.admin, 'Ada', ['admin', 'approve']), 'Bea', ['approve'])
    expect(await by(ofAda)).toMatchObject({ status: 409, body: { code: 'guard_same_person' } })
    expect(await by(office.ben, 'other')).toMatchObject({ status: 409, body: { code: 'guard_changed' } })
    expect((await by(office.books.admin)).status).toBe(200)
    expect((await by(office.ada)).status).toBe(403)
  })

  it('is ordered and funded once although both answers are lost', async () => {
    await office.books.world.fault({ vendor: 'wise', path: '/v1/transfers', method: 'POST', kind: 'drop-after' })
    await office.books.world.fault({ vendor: 'wise', path: '/payments', method: 'POST', kind: 'drop-after' })
    await go()
    expect(await debits()).toEqual({ transfers: ['processing'], payments: 1 })
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done' }])
  })

  it('waits for its money where the balance is empty, and goes on once somebody has funded it', async () => {
    await act('spend', { currency: 'USD', amount: '24900' })
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    for (let run = 0; run < 5; run += 1) await runOnce(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([{ state: 'waiting', reason: 'funding' }])
    expect(await debits()).toEqual({ transfers: ['incoming_payment_waiting'], payments: 0 })
    await passTime(2 * 3_600_000)
    await act('top-up', { currency: 'USD', amount: '30000' })
    for (let run = 0; run < 5; run += 1) await runOnce(office.books.tenant)
    expect(await debits()).toEqual({ transfers: ['incoming_payment_waiting'], payments: 0 })
    const [{ id } = { id: 0 }] = (await atWise(office)).transfers
    await act('fund-transfer', { transfer: String(id) })
    await tell(office.books, await news(office.books))
    expect(await payoutsOf(office)).toMatchObject([{ state: 'done', transfer: String(id) }])
    expect(await debits()).toEqual({ transfers: ['processing'], payments: 1 })
  })

  it('waits for somebody on wise.com where Wise asks for strong authentication, and is not asked for twice', async () => {
    await act('set-country', { country: 'DE' })
    expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
    for (let run = 0; run < 5; run += 1) await runOnce(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([{ state: 'waiting', reason: 'funding', text: /wise_sca_required/ }])
    const again = await office.ada.ask('POST', office.path('transfers'), { invoiceId: invoice })
    expect(again).toMatchObject({ status: 409, body: { code: 'guard_second_transfer' } })
  })

  it('that was paid is not paid again by a replay with fresh keys', async () => {
    await go()
    const [record] = await recordsIn(office.books, 'invoice-to-transfer')
    const path = `/v1/tenants/${office.books.tenant}/records/${record?.id}/replay`
    await office.books.admin.ask('POST', path, { newGeneration: true })
    await settle(office.books.tenant)
    expect(await debits()).toEqual({ transfers: ['processing'], payments: 1 })
    expect(await recordsIn(office.books, 'invoice-to-transfer')).toMatchObject([
      { state: 'failed', code: 'guard_second_transfer' },
    ])
  })

  it('asks again where the price has moved beyond what was approved', async () => {
    await act('set-rate', { source: 'USD', target: 'EUR', rate: '0.5' })
    await go()
    expect(await payoutsOf(office)).toMatchObject([{ state: 'waiting', reason: 'approval' }])
    expect(await debits()).toEqual({ transfers: [], payments: 0 })
    await go()
    expect(await debits()).toEqual({ transfers: ['processing'], payments: 1 })
  })

  it('and asked at the same moment as another cannot pass the limit of the day with it', async () => {
    const { ada, path, books } = office
    const others = await Promise.all([4000, 4500].map((price) => invoiceFor(office, String(price))))
    await Promise.all(
      others.map((invoiceId) => ada.call('POST', path('transfers'), { invoiceId, amount: '3000', currency: 'EUR' })),
    )
    await settle(books.tenant)
    for (const id of others) await approve(office, `invoice-to-transfer|${id}`)
    await settle(books.tenant)
    expect((await debits()).payments).toBe(1)
    expect((await recordsIn(books, 'invoice-to-transfer')).map(({ code }) => code)).toContain('guard_day_limit')
  })

  it('waits again once somebody has changed the settings that guard it', async () => {
    await changePayout(office, { perDay: '90000' })
    await go()
    expect(await debits()).toEqual({ transfers: [], payments: 0 })
    expect(await approve(office, 'settings', office.books.admin)).toMatchObject({ status: 409 })
    expect(await approve(office, 'settings')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await debits()).toEqual({ transfers: ['processing'], payments: 1 })
  })
})

describe('bank details', () => {
  it('are shown nowhere again, and changed ones make a new recipient and retire the old', async () => {
    await settleIn(office)
    const { ada, books, path } = office
    const other = { ...PROFILE, details: { ...PROFILE.details, IBAN: 'DE02120300000000202051' } }
    await ada.call('PUT', path('recipients'), { customerId: books.customer, profile: other })
    await settle(books.tenant)
    expect(await recordsIn(books, 'customer-to-recipient')).toMatchObject([
      { state: 'waiting', code: 'guard_unapproved' },
    ])
    await approve(office, 'customer-to-recipient')
    await settle(books.tenant)
    const { recipients } = (await books.world.dump<{ wise: { recipients: { active: boolean }[] } }>()).wise
    expect(recipients.map(({ active }) => active)).toEqual([true, false, true])
    const audit = await books.admin.call<object>('GET', `/v1/tenants/${books.tenant}/audit`)
    const seen = JSON.stringify([
      audit,
      await ada.call('GET', path('recipients')),
      await ada.call('GET', path('approvals')),
    ])
    expect(seen).toContain('…2051')
    expect(seen).not.toContain('DE02120300000000202051')
  })

  it('are not shown by a preview of the recipient that they would make', async () => {
    await settle(office.books.tenant)
    await approve(office, 'settings')
    await office.ada.call('PUT', office.path('recipients'), { customerId: office.books.customer, profile: PROFILE })
    const flow = 'wave-wise/customer-to-recipient'
    const previewed = await office.ada.call<{ items: { writes: { requests: { path: string }[] }[] }[] }>(
      'POST',
      office.path('preview'),
      { flow, sourceId: office.books.customer },
    )
    const shown = JSON.stringify(previewed)
    expect(shown).toContain('/quotes')
    expect(shown).not.toContain(PROFILE.details.IBAN)
    expect(shown).not.toContain(PROFILE.details.address.firstLine)
  })

  it('that Wise would not take are named field by field', async () => {
    await settle(office.books.tenant)
    await approve(office, 'settings')
    const profile = { ...PROFILE, accountHolderName: 'Lena 4 F', details: { address: PROFILE.details.address } }
    await office.ada.call('PUT', office.path('recipients'), { customerId: office.books.customer, profile })
    await settle(office.books.tenant)
    await approve(office, 'customer-to-recipient')
    await settle(office.books.tenant)
    const [record] = await recordsIn(office.books, 'customer-to-recipient')
    expect(record).toMatchObject({ state: 'failed', code: 'recipient_incomplete' })
    expect(JSON.stringify(record)).toMatch(/accountHolderName.*IBAN/)
  })
})
