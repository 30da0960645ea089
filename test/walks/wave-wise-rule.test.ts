import { beforeEach, describe, expect, it } from 'vitest'
import {
  approvalOf,
  approve,
  as,
  atWise,
  changePayout,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  settleIn,
} from '../support/payouts'
import { settle } from '../support/settle'
import { hearWave, news, recordsIn, tell } from '../support/wave-wise'

const MARKER = '#payout'
const FLOW = 'invoice-to-transfer'

interface Made {
  id: string
  graphId: string
}

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice()
  await hearWave(office.books)
  await settleIn(office)
})

const act = <T>(action: string, input: object) => office.books.world.act<T>('wave', action, input)

const turnOn = (customers = [office.books.customer], marker = MARKER) =>
  changePayout(office, { rule: { customers, marker } })

/** Somebody pays an invoice of Lena's (or of another customer), and Wave tells of it. */
const paid = async (marked: object, customer = office.books.customer): Promise<string> => {
  const items = [{ product: 'Misc. Services', quantity: '1', unitPrice: '921.50' }]
  const given = { customer, items, currency: 'EUR', status: 'SAVED', ...marked }
  const { id, graphId } = await act<Made>('create-invoice', given)
  await act('pay-invoice', { id, exchangeRate: '1.08' })
  await tell(office.books, await news(office.books))
  return graphId
}

const orders = async () => (await atWise(office)).transfers.map(({ status }) => status)
const states = async () => (await recordsIn(office.books, FLOW)).map(({ state, reason, code }) => [state, reason, code])

describe('a rule of the settings', () => {
  it.each([
    ['memo', { memo: `June, ${MARKER}` }],
    ['PO number', { poNumber: `77 ${MARKER}` }],
  ])(
    'asks for a paid invoice with the marker in its %s to be paid out, once somebody has approved it',
    async (_, marked) => {
      await turnOn()
      await approve(office, 'settings')
      const invoice = await paid(marked)
      expect(await orders()).toEqual([])
      expect(await payoutsOf(office)).toMatchObject([
        {
          invoiceId: invoice,
          state: 'waiting',
          reason: 'approval',
          askedBy: ['tests'],
          asked: { by: 'the rule of the settings' },
          price: { target: '921.50 EUR' },
        },
      ])
      expect(await approve(office, FLOW)).toMatchObject({ status: 200 })
      await settle(office.books.tenant)
      expect(await orders()).toEqual(['processing'])
      expect(await payoutsOf(office)).toMatchObject([{ state: 'done', price: { target: '921.50 EUR' } }])
      await act('edit-invoice', { id: invoice, memo: `July, ${MARKER}` })
      await act('emit', { event: 'invoice.paid', invoice })
      await tell(office.books, await news(office.books))
      expect(await orders()).toEqual(['processing'])
    },
  )

  it('is not approved by whoever has set it, and neither is what it asks for', async () => {
    const setter = await as(office.books.admin, 'tests', ['approve'])
    await turnOn()
    const settings = await approvalOf(office, 'settings')
    const refused = { status: 409, body: { code: 'guard_same_person' } }
    expect(await approve(office, 'settings', setter)).toMatchObject(refused)
    await paid({ memo: MARKER })
    expect(await states()).toEqual([['waiting', 'approval', 'guard_settings_unapproved']])
    expect(settings.terms.rule).toContain(MARKER)
    expect(await approve(office, 'settings')).toMatchObject({ status: 200 })
    await settle(office.books.tenant)
    expect(await states()).toEqual([['waiting', 'approval', 'guard_unapproved']])
    expect(await approve(office, FLOW, setter)).toMatchObject(refused)
    await settle(office.books.tenant)
    expect(await orders()).toEqual([])
  })

  it.each([
    [
      'other customers',
      (rule: { customers: string[]; marker: string }) => ({ ...rule, customers: [...rule.customers, 'x'] }),
    ],
    ['another marker', (rule: { customers: string[]; marker: string }) => ({ ...rule, marker: '#pay' })],
  ])('that is altered, here by %s, pays nothing before somebody else has approved that', async (_, altered) => {
    await turnOn()
    await approve(office, 'settings')
    await paid({ memo: MARKER })
    await approve(office, FLOW)
    await changePayout(office, { rule: altered({ customers: [office.books.customer], marker: MARKER }) })
    await settle(office.books.tenant)
    expect(await states()).toEqual([['waiting', 'approval', 'guard_settings_unapproved']])
    expect(await orders()).toEqual([])
    await approve(office, 'settings')
    await settle(office.books.tenant)
    expect(await orders()).toEqual(['processing'])
  })

  it('passes over other customers, other markers, and what is not paid', async () => {
    const other = await act<Made>('create-customer', { name: 'Olga Petrova' })
    await turnOn()
    await approve(office, 'settings')
    await paid({ memo: MARKER }, other.graphId)
    await paid({ memo: 'nothing of the kind' })
    const items = [{ product: 'Misc. Services', quantity: '1', unitPrice: '5.00' }]
    await act('create-invoice', { customer: office.books.customer, items, memo: MARKER, status: 'SAVED' })
    await tell(office.books, await news(office.books))
    for (const { state, reason } of await recordsIn(office.books, FLOW))
      expect([state, reason]).toEqual(['skipped', 'nobody has asked for it to be paid'])
    expect(await payoutsOf(office)).toEqual([])
    expect(await orders()).toEqual([])
  })
})
