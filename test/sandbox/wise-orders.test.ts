import { beforeEach, describe, expect, it } from 'vitest'
import {
  ADDRESS,
  type Answer,
  aba,
  iban,
  type Json,
  MERGE,
  openStage,
  ordered,
  quoteBody,
  type Stage,
} from './wise/stage'

let stage: Stage
let quotes: string
beforeEach(() => {
  stage = openStage()
  quotes = `/v3/profiles/${stage.business}/quotes`
})

const problem = ({ json }: Answer): Json => {
  const [first] = json.errors
  if (!first) throw new Error('no problem')
  return first
}
const option = (quote: Json, payIn: string) => quote.paymentOptions.find((one) => one.payIn === payIn)

describe('profiles, balances and rates', () => {
  it('are as their owner left them', async () => {
    const { list } = await stage.call('GET', '/v2/profiles')
    expect(list.map(({ type, fullName }) => [type, fullName])).toEqual([
      ['PERSONAL', 'Nora Field'],
      ['BUSINESS', 'Field Trading LLC'],
    ])
    const balances = await stage.call('GET', `/v4/profiles/${stage.business}/balances?types=STANDARD`)
    expect(balances.list.map(({ amount }) => amount)).toEqual([
      { value: 25_000, currency: 'USD' },
      { value: 500.5, currency: 'EUR' },
    ])
    expect((await stage.call('GET', `/v4/profiles/${stage.business}/balances`)).status).toBe(400)
  })

  it('open a balance once for one idempotence header', async () => {
    const path = `/v4/profiles/${stage.business}/balances`
    const body = { currency: 'GBP', type: 'STANDARD' }
    expect((await stage.call('POST', path, body)).status).toBe(400)
    const key = { 'x-idempotence-uuid': crypto.randomUUID() }
    const first = await stage.call('POST', path, body, key)
    expect(first.status).toBe(201)
    expect((await stage.call('POST', path, body, key)).body).toEqual(first.body)
    expect((await stage.call('POST', path, body, { 'x-idempotence-uuid': crypto.randomUUID() })).status).toBe(409)
  })

  it('convert between balances by a quote, once', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody({ payOut: 'BALANCE' }))).json
    const move = (key = crypto.randomUUID()) =>
      stage.call(
        'POST',
        `/v2/profiles/${stage.business}/balance-movements`,
        { quoteId: quote.id },
        { 'x-idempotence-uuid': key },
      )
    const key = crypto.randomUUID()
    const made = await move(key)
    expect([made.status, made.json.balancesAfter]).toEqual([
      201,
      [
        { value: 24_000, currency: 'USD' },
        { value: 1417.25, currency: 'EUR' },
      ],
    ])
    expect((await move(key)).body).toEqual(made.body)
    expect((await move()).status).toBe(409)
  })

  it('show rates, and refuse pairs that they do not know', async () => {
    const { list } = await stage.call('GET', '/v1/rates?source=USD&target=EUR')
    expect(list).toEqual([{ rate: 0.9215, source: 'USD', target: 'EUR', time: '2026-03-02T15:04:05+0000' }])
    expect((await stage.call('GET', '/v1/rates?source=USD&target=ZZZ')).json).toMatchObject({ status: 400 })
    await stage.act('set-rate', { source: 'USD', target: 'EUR', rate: '0.95' })
    expect((await stage.call('GET', '/v1/rates?source=USD&target=EUR')).list[0]).toMatchObject({ rate: 0.95 })
  })
})

describe('quotes', () => {
  it('reckon fee and amounts for each way of paying', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody())).json
    expect(quote).toMatchObject({ sourceAmount: 1000, targetAmount: 916.75, rate: 0.9215, status: 'PENDING' })
    expect(option(quote, 'BALANCE')).toMatchObject({ disabled: false, targetAmount: 916.75, fee: { total: 5.15 } })
    expect(option(quote, 'BANK_TRANSFER')).toMatchObject({ targetAmount: 915.88, fee: { total: 6.1 } })
    expect(quote).toMatchObject({
      expirationTime: '2026-03-02T15:34:05Z',
      rateExpirationTime: '2026-03-02T15:34:05Z',
      preferredPayIn: 'BALANCE',
    })
  })

  it('are priced as a bank transfer when no way is preferred', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody({ preferredPayIn: null }))).json
    expect(quote).toMatchObject({ targetAmount: 915.88, preferredPayIn: null })
  })

  it('hit a target amount: what is sent less the fee, at the rate, is that amount', async () => {
    const body = quoteBody({ sourceAmount: null, targetAmount: 916.75 })
    const quote = (await stage.call('POST', quotes, body)).json
    // 916.75 / 0.9215 = 994.85, and 5.15 on top.
    expect(quote).toMatchObject({ sourceAmount: 1000, targetAmount: 916.75, providedAmountType: 'TARGET' })
  })

  it('know that yen have no decimals', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody({ targetCurrency: 'JPY' }))).json
    expect(quote.targetAmount).toBe(149_078)
    const body = quoteBody({ targetCurrency: 'JPY', sourceAmount: null, targetAmount: 100.5 })
    expect((await stage.call('POST', quotes, body)).status).toBe(400)
  })

  it('are refused for bad currencies, amounts, text for a number, and routes that do not exist', async () => {
    const refused = async (change: Record<string, unknown>) => {
      const answer = await stage.call('POST', quotes, quoteBody(change))
      return [answer.status, problem(answer).code, problem(answer).path]
    }
    expect(await refused({ targetCurrency: 'XYZ' })).toEqual([400, 'CurrencyCode', 'targetCurrency'])
    expect(await refused({ sourceCurrency: null })).toEqual([400, 'CurrencyCode', 'sourceCurrency'])
    expect(await refused({ sourceAmount: 0 })).toEqual([400, 'error.greaterThanZero', 'sourceAmount'])
    expect(await refused({ sourceAmount: null })).toEqual([400, 'error.greaterThanZero', 'sourceAmount'])
    expect(await refused({ targetAmount: 5 })).toEqual([400, 'error.quote.amount.onlySingle', 'sourceAmount'])
    expect(await refused({ sourceAmount: '1000' })).toEqual([400, 'NOT_VALID', 'sourceAmount'])
    expect(await refused({ sourceAmount: 1.005 })).toEqual([400, 'error.amount.too.fine', 'sourceAmount'])
    expect(await refused({ sourceAmount: 0.5 })).toEqual([400, 'error.amount.below.fee', 'sourceAmount'])
    const route = await stage.call('POST', quotes, quoteBody({ sourceCurrency: 'CNY' }))
    expect(problem(route)).toMatchObject({ code: 'error.route.not.supported', arguments: ['CNY-EUR'] })
  })

  it('close the balance as a way of paying where none is in the currency', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody({ sourceCurrency: 'AUD' }))).json
    expect(option(quote, 'BALANCE')).toMatchObject({ disabled: true, disabledReason: { message: expect.any(String) } })
    expect(option(quote, 'BANK_TRANSFER')).toMatchObject({ disabled: false })
  })

  it('take a recipient by merge patch only, which may change the price and the way out', async () => {
    const { id } = (await stage.call('POST', quotes, quoteBody({ targetCurrency: 'USD' }))).json
    const swift = {
      ...aba(stage.business),
      type: 'swift_code',
      details: { legalType: 'PRIVATE', swiftCode: 'NWBKGB2L', accountNumber: '33445566', address: ADDRESS },
    }
    const recipient = (await stage.call('POST', '/v1/accounts', swift)).json
    const body = { targetAccount: recipient.id }
    expect((await stage.call('PATCH', `${quotes}/${id}`, body)).status).toBe(415)
    stage.switches['quotes.recipientFee'] = '1'
    const patched = (await stage.call('PATCH', `${quotes}/${id}`, body, MERGE)).json
    expect(patched).toMatchObject({ id, targetAccount: recipient.id, payOut: 'SWIFT', targetAmount: 993.85 })
    expect(option(patched, 'BALANCE')).toMatchObject({ payOut: 'SWIFT', fee: { total: 6.15 } })
    const other = (await stage.call('POST', '/v1/accounts', iban(stage.business))).json
    expect((await stage.call('PATCH', `${quotes}/${id}`, { targetAccount: other.id }, MERGE)).status).toBe(400)
  })

  it('expire after half an hour, stay readable for two days, and belong to one profile', async () => {
    const { id } = (await stage.call('POST', quotes, quoteBody())).json
    expect((await stage.call('GET', `/v3/profiles/${stage.personal}/quotes/${id}`)).status).toBe(404)
    stage.clock.now += 30 * 60_000
    expect((await stage.call('GET', `${quotes}/${id}`)).json.status).toBe('EXPIRED')
    expect((await stage.call('PATCH', `${quotes}/${id}`, {}, MERGE)).status).toBe(422)
    stage.clock.now += 2 * 86_400_000
    expect((await stage.call('GET', `${quotes}/${id}`)).status).toBe(404)
  })

  it('end at the earlier of two times where these differ', async () => {
    stage.switches['quotes.quoteMinutes'] = 1440
    const quote = (await stage.call('POST', quotes, quoteBody())).json
    expect(quote.expirationTime).toBe('2026-03-03T15:04:05Z')
    stage.clock.now += 31 * 60_000
    expect((await stage.call('GET', `${quotes}/${quote.id}`)).json.status).toBe('EXPIRED')
  })

  it('can be looked at without a token, but then have no id', async () => {
    const preview = await stage.call('POST', '/v3/quotes', quoteBody(), { authorization: '' })
    expect(preview.json).toMatchObject({ targetAmount: 916.75 })
    expect(preview.json).not.toHaveProperty('id')
  })

  it('warn when three guaranteed rates are open', async () => {
    for (let count = 0; count < 3; count += 1) await ordered(stage)
    expect((await stage.call('POST', quotes, quoteBody())).json.notices).toMatchObject([{ type: 'WARNING' }])
  })
})

describe('recipients', () => {
  const create = (body: unknown) => stage.call('POST', '/v1/accounts', body)

  it('answer in the shape of 2026, or in the older one', async () => {
    const { json } = await create(iban(stage.business))
    expect(json).toMatchObject({
      active: true,
      currency: 'EUR',
      country: 'DE',
      type: 'Iban',
      name: { fullName: 'Lea Sommer' },
    })
    stage.switches['recipients.shape'] = 'older'
    const older = (await stage.call('GET', `/v2/accounts/${json.id}`)).json
    expect(older).toMatchObject({ id: json.id, accountHolderName: 'Lea Sommer', type: 'iban', active: true })
  })

  it('are refused with every field that is missing or wrong', async () => {
    const refused = async (body: unknown) => (await create(body)).json.errors.map(({ path, code }) => [path, code])
    const good = iban(stage.business)
    expect(await refused({ ...good, details: { legalType: 'PRIVATE' } })).toEqual([['IBAN', 'NOT_VALID']])
    const spelt = { legalType: 'PRIVATE', iban: good.details.IBAN }
    expect(await refused({ ...good, details: spelt })).toEqual([['IBAN', 'NOT_VALID']])
    const typo = { ...good.details, IBAN: 'DE75512108001245126198' }
    expect(await refused({ ...good, details: typo })).toEqual([['IBAN', 'NOT_VALID']])
    expect(await refused({ ...good, details: { ...good.details, legalType: 'PERSON' } })).toEqual([
      ['legalType', 'NOT_VALID'],
    ])
    expect(await refused({ ...good, currency: 'USD' })).toEqual([['currency', 'NOT_VALID']])
    expect(await refused({ ...good, type: 'cheque' })).toEqual([['type', 'NOT_VALID']])
    const half = { ...good.details, address: { country: 'DE', city: 'Berlin' } }
    expect(await refused({ ...good, details: half })).toEqual([['address.firstLine', 'NOT_VALID']])
    const bank = aba(stage.business)
    const stateless = { ...bank.details, address: { ...ADDRESS, state: null } }
    expect(await refused({ ...bank, details: stateless })).toEqual([['address.state', 'NOT_VALID']])
    const wrong = { legalType: 'PRIVATE', abartn: '026009594', accountNumber: '1', accountType: 'GIRO' }
    expect(await refused({ ...bank, details: wrong })).toEqual([
      ['abartn', 'NOT_VALID'],
      ['accountNumber', 'NOT_VALID'],
      ['accountType', 'NOT_VALID'],
    ])
    expect(await refused({})).toEqual([
      ['profile', 'NOT_VALID'],
      ['currency', 'NOT_VALID'],
      ['accountHolderName', 'NOT_VALID'],
      ['type', 'NOT_VALID'],
    ])
  })

  it('who are persons need two whole names; firms do not', async () => {
    const refused = await create(iban(stage.business, 'Lea S'))
    expect(refused.status).toBe(422)
    expect(refused.json).toHaveProperty('timestamp')
    expect(problem(refused)).toEqual({
      code: 'NOT_VALID',
      message: 'Please enter the recipients first and last name.',
      path: 'accountHolderName',
      arguments: ['accountHolderName', 'Lea S'],
    })
    expect((await create(iban(stage.business, 'Lea S0mmer'))).status).toBe(422)
    const firm = { ...iban(stage.business, 'Sommer24'), details: { ...iban(0).details, legalType: 'BUSINESS' } }
    expect((await create(firm)).status).toBe(200)
    expect((await create(iban(stage.business, 'Lea & Sommer'))).status).toBe(422)
    stage.switches['recipients.refusal'] = 400
    expect((await create(iban(stage.business, 'Lea'))).status).toBe(400)
  })

  it('can be deactivated once, and are never folded together', async () => {
    const first = (await create(iban(stage.business))).json
    const second = (await create(iban(stage.business))).json
    expect(second.id).not.toBe(first.id)
    expect(second.hash).toBe(first.hash)
    const path = `/v2/accounts/${first.id}`
    expect((await stage.call('DELETE', path)).json.active).toBe(false)
    expect((await stage.call('DELETE', path)).status).toBe(403)
    expect((await stage.call('GET', path)).json.active).toBe(false)
  })

  it('are listed twenty at most, by seeking, with each end marker', async () => {
    for (let count = 0; count < 23; count += 1) await create(iban(stage.business))
    const removed = (await create(iban(stage.business))).json
    await stage.call('DELETE', `/v2/accounts/${removed.id}`)
    const page = async (position: unknown) =>
      (await stage.call('GET', `/v2/accounts?profileId=${stage.business}&size=50&seekPosition=${position}`)).json
    const first = await page(0)
    expect(first.content).toHaveLength(20)
    const second = await page(first.seekPositionForNext)
    expect([second.content.length, second.seekPositionForNext]).toEqual([3, 0])
    expect(new Set([...first.content, ...second.content].map(({ id }) => id)).size).toBe(23)
    stage.switches['recipients.endMarker'] = 'last'
    const again = await page(first.seekPositionForNext)
    const empty = await page(again.seekPositionForNext)
    expect(empty.content).toEqual([])
  })

  it('are filtered by currency, type and activity, for the personal profile unless told', async () => {
    await create(iban(stage.business))
    const dollar = (await create(aba(stage.business))).json
    const gone = (await create(iban(stage.business))).json
    await stage.act('delete-recipient', { recipient: gone.id })
    const ids = async (query: string) =>
      (await stage.call('GET', `/v2/accounts?${query}`)).json.content.map(({ id }) => id)
    const own = `profileId=${stage.business}`
    expect(await ids(`${own}&currency=USD`)).toEqual([dollar.id])
    expect(await ids(`${own}&type=aba`)).toEqual([dollar.id])
    expect(await ids(`${own}&active=false`)).toEqual([gone.id])
    expect(await ids(`${own}&sort=id,desc`)).toHaveLength(2)
    expect(await ids('')).toEqual([])
  })

  it('whose name did not match wait for somebody to accept it', async () => {
    stage.switches['recipients.nameCheck'] = 'PARTIAL_FAILURE'
    const { recipient, transfer, body } = await ordered(stage)
    expect(transfer.errors[0]).toMatchObject({ code: 'INVALID_RECIPIENT' })
    expect(recipient.confirmations).toMatchObject({
      acceptedOutcomes: false,
      outcomes: [{ requiresCustomerAcceptance: true }],
    })
    const path = `/v2/accounts/${recipient.id}/confirmations`
    expect((await stage.call('PATCH', path, { acceptedOutcomes: true })).json.confirmations).toMatchObject({
      acceptedOutcomes: true,
    })
    expect((await stage.call('POST', '/v1/transfers', body)).status).toBe(200)
  })

  it('can be asked for by a form, which grows with the country', async () => {
    const { id } = (await stage.call('POST', quotes, quoteBody({ targetCurrency: 'USD' }))).json
    const path = `/v1/quotes/${id}/account-requirements`
    const forms = (await stage.call('GET', path)).list
    expect(forms.map(({ type }) => type)).toEqual(['aba', 'swift_code', 'email'])
    const keys = ({ list }: Answer) => JSON.stringify(list[0]).match(/"key":"address\.\w+"/g)
    expect(keys(await stage.call('GET', path))).not.toContain('"key":"address.state"')
    const partial = { type: 'aba', details: { address: { country: 'US' } } }
    expect(keys(await stage.call('POST', path, partial))).toContain('"key":"address.state"')
  })
})

describe('transfers', () => {
  it('are made from quote and recipient, waiting for money', async () => {
    const { transfer, quote, recipient, body } = await ordered(stage)
    expect(transfer).toMatchObject({
      targetAccount: recipient.id,
      quoteUuid: quote.id,
      quote: null,
      status: 'incoming_payment_waiting',
      created: '2026-03-02 15:04:05',
      business: stage.business,
      sourceValue: 994.85,
      targetValue: 916.75,
      rate: 0.9215,
      reference: 'INV-7',
      hasActiveIssues: false,
      customerTransactionId: body.customerTransactionId,
    })
    expect((await stage.call('GET', `${quotes}/${quote.id}`)).json.status).toBe('ACCEPTED')
    expect((await stage.call('GET', `/v1/transfers/${transfer.id}`)).body).toEqual(transfer)
  })

  it('are made once for one customerTransactionId, also when two calls race', async () => {
    const quote = (await stage.call('POST', quotes, quoteBody())).json
    const recipient = (await stage.call('POST', '/v1/accounts', iban(stage.business))).json
    const body = { targetAccount: recipient.id, quoteUuid: quote.id, customerTransactionId: crypto.randomUUID() }
    const make = () => stage.call('POST', '/v1/transfers', body)
    const both = await Promise.all([make(), make()])
    expect(both.map(({ status, json }) => [status, json.id])).toEqual([
      [200, both[0].json.id],
      [200, both[0].json.id],
    ])
    stage.clock.now += 3_600_000
    expect((await make()).json.id).toBe(both[0].json.id)
    expect((await stage.call('GET', '/v1/transfers')).list).toHaveLength(1)
    const other = { ...body, targetAccount: Number(recipient.id) + 1 }
    expect((await stage.call('POST', '/v1/transfers', other)).json.id).toBe(both[0].json.id)
    stage.switches['transfers.otherBody'] = 'refuse'
    expect((await stage.call('POST', '/v1/transfers', other)).status).toBe(409)
  })

  it('are refused without a good id, recipient or quote', async () => {
    const { body } = await ordered(stage)
    const make = async (change: Record<string, unknown>) => {
      const fresh = { ...body, customerTransactionId: crypto.randomUUID(), ...change }
      const answer = await stage.call('POST', '/v1/transfers', fresh)
      return [answer.status, answer.status === 200 ? 'ok' : problem(answer).code]
    }
    const quote = async (change = {}) => (await stage.call('POST', quotes, quoteBody(change))).json.id
    expect(await make({ customerTransactionId: 'INV-7' })).toEqual([400, 'NOT_VALID'])
    expect(await make({ customerTransactionId: null })).toEqual([400, 'NOT_VALID'])
    expect(await make({ targetAccount: null })).toEqual([422, 'ERROR'])
    expect(await make({ quoteUuid: crypto.randomUUID() })).toEqual([422, 'sandbox.quote.unknown'])
    expect(await make({})).toEqual([409, 'sandbox.quote.used'])
    expect(await make({ quoteUuid: await quote(), targetAccount: 1 })).toEqual([422, 'INVALID_RECIPIENT'])
    expect(await make({ quoteUuid: await quote({ targetCurrency: 'GBP' }) })).toEqual([
      422,
      'sandbox.recipient.currency',
    ])
    const old = await quote()
    stage.clock.now += 30 * 60_000
    expect(await make({ quoteUuid: old })).toEqual([422, 'sandbox.quote.expired'])
    await stage.act('delete-recipient', { recipient: body.targetAccount })
    expect(await make({ quoteUuid: await quote() })).toEqual([422, 'INVALID_RECIPIENT'])
  })

  it('in or out of dollars need the address of the recipient', async () => {
    const bare = { ...iban(stage.business), details: { legalType: 'PRIVATE', IBAN: iban(0).details.IBAN } }
    const recipient = (await stage.call('POST', '/v1/accounts', bare)).json
    const quote = (await stage.call('POST', quotes, quoteBody())).json
    const body = { targetAccount: recipient.id, quoteUuid: quote.id, customerTransactionId: crypto.randomUUID() }
    const refused = await stage.call('POST', '/v1/transfers', body)
    expect([refused.status, problem(refused).code, problem(refused).message]).toEqual([
      422,
      'INVALID_RECIPIENT',
      'Recipient address is mandatory for this payment, please update or create a new recipient.',
    ])
  })

  it('go to the recipient of their quote only, and not at all on a blocked one or without approval', async () => {
    const { recipient } = await ordered(stage)
    const make = async (bound: unknown, to = recipient.id) => {
      const { id } = (await stage.call('POST', quotes, quoteBody({ targetAccount: bound }))).json
      const body = { targetAccount: to, quoteUuid: id, customerTransactionId: crypto.randomUUID() }
      return stage.call('POST', '/v1/transfers', body)
    }
    const other = (await stage.call('POST', '/v1/accounts', iban(stage.business))).json
    expect((await make(recipient.id, other.id)).status).toBe(422)
    stage.switches['quotes.notices'] = [{ text: 'Not now.', link: null, type: 'BLOCKED' }]
    expect(problem(await make(recipient.id)).message).toBe('Not now.')
    stage.switches['quotes.notices'] = []
    stage.switches['transfers.approval'] = true
    expect(problem(await make(recipient.id)).message).toContain('missing approval')
  })

  it('follow the rules of their route for reference, purpose and source of funds', async () => {
    const bank = (await stage.call('POST', '/v1/accounts', aba(stage.business))).json
    const make = async (change: Record<string, unknown>, targetAccount: unknown, details: unknown) => {
      const { id } = (await stage.call('POST', quotes, quoteBody(change))).json
      const body = { targetAccount, quoteUuid: id, customerTransactionId: crypto.randomUUID(), details }
      const answer = await stage.call('POST', '/v1/transfers', body)
      const form = await stage.call('POST', '/v1/transfer-requirements', body)
      const asked = JSON.stringify(form.body).match(/"key":"(reference|transferPurpose|sourceOfFunds)"/g)?.length
      return [answer.status === 200 ? 200 : problem(answer).path, asked]
    }
    const dollars = { targetCurrency: 'USD' }
    expect(await make(dollars, bank.id, { reference: 'INVOICE 1234' })).toEqual(['details.reference', 1])
    expect(await make(dollars, bank.id, { reference: 'INV/1' })).toEqual(['details.reference', 1])
    expect(await make(dollars, bank.id, { reference: 'INV-1' })).toEqual([200, 1])
    const large = { ...dollars, sourceAmount: 90_000 }
    expect(await make(large, bank.id, {})).toEqual(['details.sourceOfFunds', 2])
    const rupees = {
      ...aba(stage.business),
      currency: 'INR',
      type: 'indian',
      details: {
        legalType: 'PRIVATE',
        ifscCode: 'HDFC0001234',
        accountNumber: '12345678',
        address: { ...ADDRESS, country: 'IN' },
      },
    }
    const indian = (await stage.call('POST', '/v1/accounts', rupees)).json
    expect(await make({ targetCurrency: 'INR' }, indian.id, {})).toEqual(['details.transferPurpose', 2])
    const purpose = { transferPurpose: 'verification.transfers.purpose.pay.bills' }
    expect(await make({ targetCurrency: 'INR' }, indian.id, purpose)).toEqual([200, 2])
  })

  it('are listed by profile, state, currency and date, newest first, in pages', async () => {
    const first = await ordered(stage)
    stage.clock.now += 86_400_000
    const second = await ordered(stage)
    await stage.act('cancel-transfer', { transfer: first.transfer.id })
    const ids = async (query: string) => (await stage.call('GET', `/v1/transfers?${query}`)).list.map(({ id }) => id)
    const [one, two] = [first.transfer.id, second.transfer.id]
    expect(await ids(`profile=${stage.business}`)).toEqual([two, one])
    expect(await ids(`profile=${stage.personal}`)).toEqual([])
    expect(await ids('status=processing,cancelled')).toEqual([one])
    expect(await ids('createdDateStart=2026-03-03')).toEqual([two])
    expect(await ids('createdDateEnd=2026-03-02')).toEqual([one])
    expect(await ids('targetCurrency=GBP')).toEqual([])
    expect(await ids('limit=1&offset=1')).toEqual([one])
    expect(await ids(`customerTransactionId=${crypto.randomUUID()}`)).toHaveLength(2)
    expect((await stage.call('GET', '/v1/transfers?createdDateStart=yesterday')).status).toBe(400)
  })

  it('of other users are not found', async () => {
    const { transfer } = await ordered(stage)
    stage.wise.seed({ users: [{ email: 'x@x.example', name: 'Xi Other', tokens: [{ token: 'other' }] }] })
    stage.token = 'other'
    expect((await stage.call('GET', `/v1/transfers/${transfer.id}`)).status).toBe(404)
    expect((await stage.call('GET', '/v1/transfers')).list).toEqual([])
  })
})
