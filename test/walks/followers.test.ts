import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { passTime } from '../support/time'
import { carry, draftInvoice, type Invoice, poll } from '../support/wave-cin7'
import { booksOf, FLOWS, mapBank, pay, recordOf, tell } from '../support/wave-cin7-books'

const billed = async (): Promise<[Office, Invoice]> => {
  const office = await openOffice()
  await mapBank(office)
  const invoice = await draftInvoice(office)
  await carry(office, invoice)
  return [office, invoice]
}

const turn = (office: Office, flow: keyof typeof FLOWS, enabled: boolean) =>
  office.admin.call('PATCH', `/v1/tenants/${office.tenant}/integrations/${office.integration}`, {
    flows: { [FLOWS[flow]]: { enabled } },
  })

const paid = async (office: Office): Promise<number[]> => (await booksOf(office)).payments.map(({ Amount }) => Amount)

describe('a flow that follows another one', () => {
  it('leaves no trace of a record that it has nothing to do with', async () => {
    const [office, invoice] = await billed()
    await tell(office, invoice)
    await poll(office, FLOWS.payment)
    expect(await recordsOf(office, `flow=${FLOWS.payment}`)).toEqual([])
  })

  it('and is switched on later finds by its poll what the other one had read without it', async () => {
    const [office, invoice] = await billed()
    await turn(office, 'payment', false)
    await pay(office, invoice, { amount: '30' })
    await poll(office, FLOWS.sale)
    expect(await paid(office)).toEqual([])
    await turn(office, 'payment', true)
    await poll(office, FLOWS.payment)
    expect(await paid(office)).toEqual([30])
  })

  it('that was off for a while finds what changed meanwhile, also of records that it knows', async () => {
    const [office, invoice] = await billed()
    await pay(office, invoice, { amount: '30' })
    await turn(office, 'payment', false)
    await pay(office, invoice, { amount: '20' })
    await turn(office, 'payment', true)
    await poll(office, FLOWS.payment)
    expect(await paid(office)).toEqual([30, 20])
  })

  it('reads for itself where the other one is switched off', async () => {
    const [office, invoice] = await billed()
    await turn(office, 'sale', false)
    await pay(office, invoice, { amount: '30' })
    expect(await paid(office)).toEqual([30])
  })

  it('says what it lacks where the other one is switched off and never carried the record', async () => {
    const office = await openOffice()
    await mapBank(office)
    await turn(office, 'sale', false)
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    await pay(office, invoice, { amount: '30' })
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'failed', code: 'dependency_unmet' })
  })

  it('hears of a record that the other one cannot carry', async () => {
    const office = await openOffice({ mapped: false })
    await mapBank(office)
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'failed' })
    await pay(office, invoice, { amount: '30' })
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'waiting', reason: 'dependency' })
  })

  it('that reads nothing new is not run again', async () => {
    const [office, invoice] = await billed()
    await pay(office, invoice, { amount: '30' })
    const before = await recordOf(office, 'payment')
    await passTime(60_000)
    await poll(office, FLOWS.sale)
    await poll(office, FLOWS.payment)
    expect(await recordOf(office, 'payment')).toEqual(before)
  })
})
