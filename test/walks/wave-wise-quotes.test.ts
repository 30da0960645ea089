import { beforeEach, describe, expect, it } from 'vitest'
import {
  approve,
  askFor,
  atWise,
  invoiceFor,
  openPayOffice,
  type PayOffice,
  payoutsOf,
  pricesAt,
  settleIn,
} from '../support/payouts'
import { runOnce, settle } from '../support/settle'
import { passTime } from '../support/time'
import { PROFILE } from '../support/wave-wise-firm'

/** Longer than any price of the simulator holds. */
const BEYOND = 31 * 60_000
const RUNS = 6

let office: PayOffice
beforeEach(async () => {
  office = await openPayOffice()
})

/** Method, part of the path, and what happens there once. */
const fault = (words: string) => {
  const [method, path, kind] = words.split(' ')
  return office.books.world.fault({ vendor: 'wise', method, path, kind })
}

/** Comes as far as the fault lets it, and stands still there until the price has ended. */
const stall = async () => {
  for (let run = 0; run < RUNS; run += 1) await runOnce(office.books.tenant)
  await passTime(BEYOND)
}

const asked = async () => {
  await settleIn(office)
  await askFor(office, await invoiceFor(office))
}

const approved = async () => {
  expect(await approve(office, 'invoice-to-transfer')).toMatchObject({ status: 200 })
}

const paidOnce = async (...before: string[]) => {
  await settle(office.books.tenant)
  expect(await payoutsOf(office)).toMatchObject([{ state: 'done' }])
  const { transfers, late } = await pricesAt(office)
  expect(transfers).toEqual([...before, 'processing'])
  expect(late).toHaveLength(1)
  expect(late[0]).toBeLessThan(0)
}

describe('a price that ends', () => {
  it('between asking and approval is replaced', async () => {
    await asked()
    await passTime(BEYOND)
    await approved()
    await paidOnce()
  })

  it('between the quote for the bank details and the recipient hinders neither recipient nor payment', async () => {
    const { ada, books, path } = office
    await settle(books.tenant)
    await approve(office, 'settings')
    await ada.call('PUT', path('recipients'), { customerId: books.customer, profile: PROFILE })
    await settle(books.tenant)
    await approve(office, 'customer-to-recipient')
    await fault('POST /v1/accounts throttled')
    await stall()
    await settle(books.tenant)
    await askFor(office, await invoiceFor(office))
    await approved()
    await paidOnce()
  })

  it.each([
    ['the quote and the form of the transfer', ['POST /v1/transfer-requirements throttled'], []],
    ['the quote and the transfer', ['POST /v1/transfers throttled'], []],
    ['the quote and a transfer that never arrived', ['POST /v1/transfers drop-before'], []],
    [
      'the transfer, whose answer is lost, and its look-up',
      ['POST /v1/transfers drop-after', 'GET /v1/transfers throttled'],
      ['cancelled'],
    ],
    ['the transfer and the look before its money', ['GET /v1/transfers/ throttled'], ['cancelled']],
    ['the transfer and its money', ['POST /payments throttled'], ['cancelled']],
  ])('between %s is replaced, and nothing is paid at it', async (_, faults, before) => {
    await asked()
    for (const one of faults) await fault(one)
    await approved()
    await stall()
    await paidOnce(...before)
  })

  it('between both of two rounds is replaced twice', async () => {
    await asked()
    await fault('POST /payments throttled')
    await approved()
    await stall()
    await fault('POST /payments throttled')
    await stall()
    await paidOnce('cancelled', 'cancelled')
  })

  it('while nobody knows whether its money moved is not paid: a person cancels it, or funds it, on wise.com', async () => {
    await asked()
    await fault('POST /payments drop-before')
    await approved()
    await stall()
    for (let run = 0; run < RUNS; run += 1) await runOnce(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([
      { state: 'waiting', reason: 'funding', text: expect.stringContaining('its price has ended') },
    ])
    expect(await pricesAt(office)).toEqual({ transfers: ['incoming_payment_waiting'], late: [] })
    const [{ id } = { id: 0 }] = (await atWise(office)).transfers
    await office.books.world.act('wise', 'cancel-transfer', { transfer: String(id) })
    await passTime(2 * 3_600_000)
    await settle(office.books.tenant)
    expect(await payoutsOf(office)).toMatchObject([{ state: 'failed', text: /^wise_transfer_cancelled/ }])
    expect((await pricesAt(office)).late).toEqual([])
  })
})
