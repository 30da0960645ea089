import { beforeEach, describe, expect, it } from 'vitest'
import { ADDRESS, type Answer, aba, balanceOf, openStage, ordered, quoteBody, type Stage } from './wise/stage'

let stage: Stage
beforeEach(() => {
  stage = openStage()
})

const DAY = 86_400_000
const fund = (path: string, body: unknown = { type: 'BALANCE' }) => stage.call('POST', path, body)
const statusOf = async (id: unknown) => (await stage.call('GET', `/v1/transfers/${id}`)).json.status
const funded = async (change = {}) => {
  const made = await ordered(stage, change)
  expect((await fund(made.pay)).status).toBe(201)
  return made
}

describe('funding', () => {
  it("takes the quote's source amount from the balance and moves the transfer on", async () => {
    const { transfer, pay, quote } = await ordered(stage)
    const paid = await fund(pay)
    expect([paid.status, paid.json]).toEqual([
      201,
      { type: 'BALANCE', status: 'COMPLETED', balanceTransactionId: expect.any(Number) },
    ])
    expect(await balanceOf(stage, 'USD')).toBe(24_000)
    expect(await statusOf(transfer.id)).toBe('processing')
    expect((await stage.call('GET', `/v3/profiles/${stage.business}/quotes/${quote.id}`)).json.status).toBe('FUNDED')
    expect((await stage.call('GET', `/v1/transfers/${transfer.id}/payments`)).list).toMatchObject([
      { method: 'BALANCE', amount: 1000, currency: 'USD' },
    ])
  })

  it('is refused a second time as plain text, and takes nothing', async () => {
    const { pay } = await funded()
    const again = await fund(pay)
    expect([again.status, again.body, again.headers['content-type']]).toEqual([
      409,
      'payment.exists',
      'text/plain;charset=UTF-8',
    ])
    expect(await balanceOf(stage, 'USD')).toBe(24_000)
  })

  it('says that money is missing in each of its ways, and the transfer waits on', async () => {
    const { pay, transfer } = await ordered(stage, { sourceAmount: 25_000.01 })
    const refused = async (mode: string) => {
      stage.switches['funding.insufficient'] = mode
      const { status, body } = await fund(pay)
      return [status, body]
    }
    const rejected = (errorCode: string) => ({ type: 'BALANCE', status: 'REJECTED', errorCode })
    expect(await refused('rejected')).toEqual([201, rejected('balance.insufficient-funds')])
    expect(await refused('legacy')).toEqual([201, rejected('transfer.insufficient_funds')])
    expect(await refused('unavailable')).toEqual([
      422,
      { ...rejected('balance.payment-option-unavailable'), errorMessage: null },
    ])
    expect(await refused('text')).toEqual([422, 'balance.insufficient-funds'])
    expect([await statusOf(transfer.id), await balanceOf(stage, 'USD')]).toEqual(['incoming_payment_waiting', 25_000])
    await stage.act('top-up', { currency: 'USD', amount: '0.01' })
    expect((await fund(pay)).json.status).toBe('COMPLETED')
    expect(await balanceOf(stage, 'USD')).toBe(0)
  })

  it('is refused for what is unknown, not yours, closed, in another currency, or past its state', async () => {
    const { pay, transfer } = await ordered(stage)
    const refused = async (path: string, body?: unknown) => {
      const { status, body: text } = await fund(path, body)
      return [status, text]
    }
    expect(await refused(pay.replace(String(transfer.id), '1'))).toEqual([404, 'transfer.not-found'])
    const elsewhere = pay.replace(String(stage.business), String(stage.personal))
    await stage.act('set-country', { profile: stage.personal, country: 'US' })
    expect(await refused(elsewhere)).toEqual([403, 'transfer.not-accessible-for-user'])
    expect(await refused(pay, { type: 'CARD' })).toEqual([422, 'payment.option-unavailable'])
    expect(await refused(pay, { type: 'BALANCE', balanceId: stage.balances.EUR })).toEqual([
      422,
      'balance.currency-unsupported',
    ])
    expect(await refused(pay, { type: 'BALANCE', balanceId: 1 })).toEqual([404, 'balance.account-not-found'])
    stage.switches['funding.missingRole'] = true
    expect(await refused(pay)).toEqual([403, 'balance.unauthorised.missing-security-role'])
    stage.switches['funding.missingRole'] = false
    await stage.act('close-balance', { currency: 'USD' })
    expect(await refused(pay)).toEqual([422, 'balance.no-balance-for-currency'])
    await stage.act('cancel-transfer', { transfer: transfer.id })
    expect(await refused(pay)).toEqual([409, 'transfer.invalid-state'])
    stage.switches['funding.errors'] = 'json'
    expect(await refused(pay)).toEqual([409, expect.objectContaining({ errorCode: 'transfer.invalid-state' })])
  })

  it('can be accepted first and finished later, or answer in the older form', async () => {
    stage.switches['funding.pendingMs'] = 60_000
    const { pay, transfer } = await ordered(stage)
    expect((await fund(pay)).json.status).toBe('CREATED')
    expect([await statusOf(transfer.id), await balanceOf(stage, 'USD')]).toEqual(['incoming_payment_waiting', 25_000])
    expect((await fund(pay)).status).toBe(409)
    stage.clock.now += 60_000
    expect([await statusOf(transfer.id), await balanceOf(stage, 'USD')]).toEqual(['processing', 24_000])
    stage.switches['funding.pendingMs'] = 0
    stage.switches['funding.status'] = 200
    const older = await fund((await ordered(stage)).pay)
    expect([older.status, older.json]).toEqual([200, { type: 'BALANCE', status: 'COMPLETED', errorCode: null }])
  })

  it('can be done by a user on wise.com, also by bank transfer', async () => {
    const first = await ordered(stage)
    await stage.act('fund-transfer', { transfer: first.transfer.id })
    const second = await ordered(stage)
    await stage.act('fund-transfer', { transfer: second.transfer.id, by: 'BANK_TRANSFER' })
    expect([await statusOf(first.transfer.id), await statusOf(second.transfer.id)]).toEqual([
      'processing',
      'processing',
    ])
    expect(await balanceOf(stage, 'USD')).toBe(24_000)
  })
})

describe('cancelling', () => {
  const cancel = (id: unknown) => stage.call('PUT', `/v1/transfers/${id}/cancel`)

  it('ends a transfer without money, and refunds one with money', async () => {
    const bare = await ordered(stage)
    expect((await cancel(bare.transfer.id)).json.status).toBe('cancelled')
    expect(await statusOf(bare.transfer.id)).toBe('cancelled')
    const paid = await funded()
    expect((await cancel(paid.transfer.id)).json.status).toBe('cancelled')
    expect([await statusOf(paid.transfer.id), await balanceOf(stage, 'USD')]).toEqual(['funds_refunded', 25_000])
  })

  it('can leave the refund for later', async () => {
    stage.switches['refunds.delayMs'] = 60_000
    const { transfer } = await funded()
    await cancel(transfer.id)
    expect([await statusOf(transfer.id), await balanceOf(stage, 'USD')]).toEqual(['cancelled', 24_000])
    stage.clock.now += 60_000
    expect([await statusOf(transfer.id), await balanceOf(stage, 'USD')]).toEqual(['funds_refunded', 25_000])
  })

  it('is refused once converted, while somebody must look at it, and for the unknown', async () => {
    const { transfer } = await funded()
    await stage.act('open-case', { transfer: transfer.id })
    expect((await stage.call('GET', `/v1/transfers/${transfer.id}`)).json.hasActiveIssues).toBe(true)
    expect((await cancel(transfer.id)).status).toBe(409)
    await stage.act('close-case', { transfer: transfer.id })
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'funds_converted' })
    const refused = await cancel(transfer.id)
    expect([refused.status, refused.body]).toEqual([
      409,
      {
        errors: [{ code: 'transfer.cancellation.not.allowed', message: 'Transfer cannot be cancelled', arguments: [] }],
      },
    ])
    expect((await cancel(1)).status).toBe(404)
  })

  it('follows the rule of 2020 when told to', async () => {
    stage.switches['cancel.unfundedOnly'] = true
    const { transfer } = await funded()
    expect((await cancel(transfer.id)).status).toBe(409)
  })

  it('happens by itself after fourteen days without money, and not to paid transfers', async () => {
    const bare = await ordered(stage)
    const paid = await funded()
    stage.clock.now += 14 * DAY - 1
    expect(await statusOf(bare.transfer.id)).toBe('incoming_payment_waiting')
    stage.clock.now += 1
    expect([await statusOf(bare.transfer.id), await statusOf(paid.transfer.id)]).toEqual(['cancelled', 'processing'])
  })
})

describe('simulation', () => {
  const simulate = (id: unknown, state: string): Promise<Answer> =>
    stage.call('GET', `/v1/simulation/transfers/${id}/${state}`)
  const step = async (id: unknown, state: string) => {
    const { status } = await simulate(id, state)
    stage.clock.now += 5000
    return [status, await statusOf(id)]
  }

  it('goes step by step, a while after each call, and refuses any other order', async () => {
    const { transfer, pay } = await ordered(stage)
    expect(await step(transfer.id, 'processing')).toEqual([400, 'incoming_payment_waiting'])
    await fund(pay)
    expect(await step(transfer.id, 'funds_converted')).toEqual([400, 'processing'])
    expect(await step(transfer.id, 'processing')).toEqual([200, 'processing'])
    expect(await step(transfer.id, 'outgoing_payment_sent')).toEqual([400, 'processing'])
    expect((await simulate(transfer.id, 'funds_converted')).json.status).toBe('processing')
    expect((await simulate(transfer.id, 'outgoing_payment_sent')).status).toBe(400)
    stage.clock.now += 5000
    expect(await step(transfer.id, 'outgoing_payment_sent')).toEqual([200, 'outgoing_payment_sent'])
    expect(await step(transfer.id, 'bounced_back')).toEqual([200, 'bounced_back'])
    expect(await step(transfer.id, 'funds_refunded')).toEqual([200, 'funds_refunded'])
    expect(await balanceOf(stage, 'USD')).toBe(25_000)
    expect(await step(transfer.id, 'funds_refunded')).toEqual([400, 'funds_refunded'])
    expect(await step(transfer.id, 'paid')).toEqual([400, 'funds_refunded'])
  })

  it('is not for recipients by e-mail, nor for readers', async () => {
    const quote = (await stage.call('POST', `/v3/profiles/${stage.business}/quotes`, quoteBody())).json
    const body = { profile: stage.business, currency: 'EUR', type: 'email', accountHolderName: 'Lea Sommer' }
    const friend = (await stage.call('POST', '/v1/accounts', { ...body, details: { email: 'lea@sommer.example' } }))
      .json
    const order = { targetAccount: friend.id, quoteUuid: quote.id, customerTransactionId: crypto.randomUUID() }
    const transfer = (await stage.call('POST', '/v1/transfers', order)).json
    await stage.act('fund-transfer', { transfer: transfer.id })
    expect((await simulate(transfer.id, 'processing')).status).toBe(400)
    await stage.act('issue-token', { token: 'reader', readOnly: true })
    stage.token = 'reader'
    expect((await simulate(transfer.id, 'processing')).status).toBe(403)
  })

  it('fails payouts of bounced transfers only, for a known reason or any', async () => {
    const { transfer } = await funded()
    const fail = (body?: unknown) =>
      stage.call('POST', `/v1/simulation/transfers/${transfer.id}/payout-failure`, body ?? {})
    expect((await fail()).json.errors[0]).toMatchObject({ code: 'invalid_transfer_state' })
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'bounced_back' })
    expect((await fail({ failure_reason_code: 'BAD_LUCK' })).json.errors[0]).toMatchObject({
      code: 'invalid_failure_reason_code',
    })
    const failed = await fail({ failure_reason_code: 'WRONG_NAME' })
    expect([failed.status, failed.json.failure_description]).toEqual([200, 'Wrong name'])
    expect((await fail()).json.failure_reason_code).toMatch(/^[A-Z_0-9]+$/)
  })

  it('tops balances up', async () => {
    const body = { profileId: stage.business, balanceId: stage.balances.USD, currency: 'USD', amount: 12.34 }
    const topped = await stage.call('POST', '/v1/simulation/balance/topup', body)
    expect(topped.json).toMatchObject({ state: 'COMPLETED', balancesAfter: [{ value: 25_012.34 }] })
    expect((await stage.call('POST', '/v1/simulation/balance/topup', { ...body, currency: 'EUR' })).status).toBe(400)
    expect(await balanceOf(stage, 'USD')).toBe(25_012.34)
  })

  it('can be left out: transfers then go their way on the clock', async () => {
    stage.switches['transfers.autoMs'] = 60_000
    const { transfer } = await funded()
    stage.clock.now += 60_000
    expect(await statusOf(transfer.id)).toBe('funds_converted')
    stage.clock.now += 60_000
    expect(await statusOf(transfer.id)).toBe('outgoing_payment_sent')
  })
})

describe('statements and receipts', () => {
  const statement = (change: Record<string, string> = {}) => {
    const query = {
      currency: 'USD',
      intervalStart: '2026-03-01T00:00:00.000Z',
      intervalEnd: '2026-03-31T23:59:59.999Z',
    }
    const asked = new URLSearchParams({ ...query, type: 'COMPACT', ...change })
    return stage.call(
      'GET',
      `/v1/profiles/${stage.business}/balance-statements/${stage.balances.USD}/statement.json?${asked}`,
    )
  }

  it('show debits below zero, under the name of the transfer', async () => {
    const { transfer } = await funded()
    const { json } = await statement()
    expect(json.transactions).toMatchObject([
      {
        type: 'DEBIT',
        amount: { value: -1000, currency: 'USD' },
        totalFees: { value: 5.15 },
        runningBalance: { value: 24_000 },
        referenceNumber: `TRANSFER-${transfer.id}`,
        details: { paymentReference: 'INV-7' },
      },
    ])
    expect(json.endOfStatementBalance).toEqual({ value: 24_000, currency: 'USD' })
    const flat = (await statement({ type: 'FLAT' })).json.transactions
    expect(flat.map(({ amount }) => amount)).toMatchObject([{ value: -5.15 }, { value: -994.85 }])
  })

  it('may lag behind', async () => {
    stage.switches['statements.lagMs'] = 120_000
    await funded()
    expect((await statement()).json.transactions).toEqual([])
    stage.clock.now += 120_000
    expect((await statement()).json.transactions).toHaveLength(1)
  })

  it('are refused for another currency, no interval, or one that is too long', async () => {
    expect((await statement({ currency: 'EUR' })).status).toBe(400)
    expect((await statement({ intervalEnd: 'soon' })).status).toBe(400)
    expect((await statement({ intervalStart: '2024-01-01T00:00:00Z' })).status).toBe(400)
    expect((await statement({ type: 'LONG' })).status).toBe(400)
  })

  it('come as a receipt after the payout only', async () => {
    const { transfer } = await funded()
    const receipt = () => stage.call('GET', `/v1/transfers/${transfer.id}/receipt.pdf`)
    expect((await receipt()).status).toBe(404)
    await stage.act('advance-transfer', { transfer: transfer.id, to: 'outgoing_payment_sent' })
    expect(await receipt()).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } })
    const estimate = await stage.call('GET', `/v1/delivery-estimates/${transfer.id}`)
    expect(estimate.json.estimatedDeliveryDate).toBe('2026-03-04T12:00:00.000+0000')
  })
})

describe('acts', () => {
  it('make and pay a transfer that no API call made', async () => {
    const recipient = (await stage.call('POST', '/v1/accounts', aba(stage.business, ADDRESS))).json
    const made = await stage.act('create-transfer', {
      recipient: recipient.id,
      sourceCurrency: 'EUR',
      targetAmount: 100,
      reference: 'RENT',
    })
    expect(await statusOf(made.id)).toBe('incoming_payment_waiting')
    await stage.act('fund-transfer', { transfer: made.id })
    expect(await balanceOf(stage, 'EUR')).toBeLessThan(500.5)
  })

  it('follow the state diagram unless forced', async () => {
    const { transfer } = await funded()
    const set = (to: string, force = false) => stage.act('set-transfer-state', { transfer: transfer.id, to, force })
    await expect(set('outgoing_payment_sent')).rejects.toThrow('processing cannot become outgoing_payment_sent')
    await set('outgoing_payment_sent', true)
    await set('bounced_back')
    await set('processing')
    await set('charged_back')
    expect(await statusOf(transfer.id)).toBe('charged_back')
    await expect(stage.act('dance')).rejects.toThrow('no action dance')
  })
})
